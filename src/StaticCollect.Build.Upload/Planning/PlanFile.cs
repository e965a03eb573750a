using System.Globalization;
using System.Text.Json;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>The plan on disk: JSON with a line for each object, in the order in which it is carried out.</summary>
internal static class PlanFile
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    /// <summary>The bytes of a plan, in UTF-8.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="requests">What it costs.</param>
    public static byte[] Format(UploadPlan plan, PlanRequests requests) => JsonLines.Format(
        json =>
        {
            json.WriteNumber("version", Version);
            json.WriteString("release", plan.Release);
            json.WriteString("store", plan.Store);
            json.WriteString("ledger", plan.Ledger ?? "");
            json.WriteString("at", plan.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("summary", PlanSummary.Of(plan));
            json.WriteStartObject("requests");
            json.WriteNumber("put", requests.Puts);
            json.WriteNumber("list", requests.Lists);
            json.WriteNumber("get", requests.Gets);
            json.WriteNumber("delete", requests.Deletes);
            json.WriteEndObject();
        },
        "steps",
        plan.Steps,
        Write);

    /// <summary>What of a plan on disk decides whether a new one is the same; <see langword="null"/> where it cannot be understood.</summary>
    public static PlanOnDisk? Read(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            return root.GetProperty("version").GetInt32() != Version
                ? null
                : new PlanOnDisk(
                    root.GetProperty("release").GetString()!,
                    root.GetProperty("store").GetString()!,
                    root.GetProperty("ledger").GetString()!,
                    DateTimeOffset.Parse(root.GetProperty("at").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                    [.. root.GetProperty("steps").EnumerateArray().Select(step => step.GetRawText())]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, UploadStep step)
    {
        json.WriteString("do", step.Do.ToString());
        json.WriteString("path", step.Path);
        json.WriteString("why", step.Why);
        json.WriteNumber("bytes", step.Bytes);
        json.WriteString("stage", step.Stage.ToString());
        if (step.Seen is { } seen)
            json.WriteString("seen", seen);
        if (step.Headers is not { } headers)
            return;
        json.WriteStartObject("headers");
        foreach (var (name, value) in headers.All)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}

/// <summary>A plan that was read back.</summary>
/// <param name="Release">The id of the release.</param>
/// <param name="Store">Where to.</param>
/// <param name="Ledger">What the store called the state of the ledger; empty where there was none.</param>
/// <param name="At">The time that it goes by.</param>
/// <param name="Steps">Its lines.</param>
internal sealed record PlanOnDisk(string Release, string Store, string Ledger, DateTimeOffset At, IReadOnlyList<string> Steps)
{
    /// <summary>What is not as it was when this plan was made, for people; <see langword="null"/> where a new one is the same.</summary>
    public string? Difference(PlanOnDisk now) =>
        Release != now.Release ? "it is the plan of another release"
        : Store != now.Store ? $"it is a plan for '{Store}'"
        : Ledger != now.Ledger ? "another upload has run since"
        : !Steps.SequenceEqual(now.Steps, StringComparer.Ordinal) ? "objects in the store have changed since, or settings of the upload"
        : null;
}
