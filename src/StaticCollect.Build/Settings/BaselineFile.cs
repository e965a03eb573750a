using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Settings;

/// <summary>
/// A baseline on disk: JSON for the eyes of whoever reviews it. Each package stands there once with its version, each file of it once,
/// and each reference on a line of its own, all in ordinal order: equal baselines, equal bytes.
/// </summary>
internal static class BaselineFile
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The settings with the baseline that they name; <see langword="null"/> where it cannot be read, which is told.</summary>
    public static CollectSettings? Complete(CollectSettings settings, ICollectLog log)
    {
        if (settings.BaselinePath.Length == 0)
            return settings;
        var shown = settings.Show(settings.BaselinePath);
        if (FileSystem.TryReadAllBytes(settings.BaselinePath) is not { } bytes)
        {
            log.Report(Diagnostic.Error(Codes.BaselineUnreadable, $"The baseline '{shown}' is not there. Write it with dotnet build -t:WriteStaticBaseline, or leave StaticCollectBaseline out."));
            return null;
        }

        try
        {
            return settings with { Baseline = new Baseline(Parse(bytes)) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            var place = e as JsonException;
            log.Report(Diagnostic.Error(
                Codes.BaselineUnreadable,
                $"The baseline '{shown}' cannot be understood: {Diagnostic.Reason(e)} Mend it, or write it anew with dotnet build -t:WriteStaticBaseline.",
                settings.BaselinePath) with
            {
                Line = (int)(place?.LineNumber + 1 ?? 0),
                Column = (int)(place?.BytePositionInLine + 1 ?? 0),
            });
            return null;
        }
    }

    /// <summary>Writes a baseline, unless it is there already as it is.</summary>
    public static void Write(string path, IEnumerable<LostReference> entries)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
            Format(entries.Distinct().ToList(), json);

        // On Windows the lines end otherwise.
        var text = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length).Replace("\r\n", "\n", StringComparison.Ordinal);
        AtomicFile.WriteIfOther(path, Encoding.UTF8.GetBytes(text + "\n"));
    }

    /// <summary>What the bytes of a baseline say.</summary>
    public static IReadOnlyList<LostReference> Parse(byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
        if (json.RootElement.GetProperty("version").GetInt32() != Version)
            throw new FormatException("It has the version of another form.");
        return
        [
            .. from package in json.RootElement.GetProperty("missing").EnumerateArray()
               from file in package.GetProperty("references").EnumerateObject()
               from reference in file.Value.EnumerateArray()
               select new LostReference(Text(package, "package"), Text(package, "version"), file.Name, reference.GetString() ?? throw new FormatException("A reference is null.")),
        ];
    }

    private static void Format(List<LostReference> entries, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteStartArray("missing");
        foreach (var package in Sorted(entries, entry => $"{entry.Package}\n{entry.Version}"))
        {
            json.WriteStartObject();
            if (package.First() is { Package.Length: > 0 } first)
            {
                json.WriteString("package", first.Package);
                json.WriteString("version", first.Version);
            }

            json.WriteStartObject("references");
            foreach (var file in Sorted(package, entry => entry.Source))
            {
                json.WriteStartArray(file.Key);
                foreach (var reference in Sorted(file, entry => entry.Reference))
                    json.WriteStringValue(reference.Key);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<IGrouping<string, LostReference>> Sorted(IEnumerable<LostReference> entries, Func<LostReference, string> key) =>
        entries.GroupBy(key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal);

    private static string Text(JsonElement package, string name) => package.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
