using System.Globalization;
using System.Text.Json;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>The ledger in its store: JSON with a line for each object, in ordinal order of path.</summary>
internal static class LedgerFile
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    /// <summary>The bytes of a ledger, in UTF-8.</summary>
    public static byte[] Format(Ledger ledger) => JsonLines.Format(
        json =>
        {
            json.WriteNumber("version", Version);
            json.WriteString("release", ledger.Release);
            json.WriteNumber("number", ledger.Number);
            if (ledger.Claim is { } claim)
                json.WriteString("claim", claim);
        },
        "files",
        ledger.Entries.OrderBy(pair => pair.Key, StringComparer.Ordinal),
        (json, pair) => Write(json, pair.Key, pair.Value));

    /// <summary>Reads a ledger; <see langword="null"/> where it cannot be understood.</summary>
    public static Ledger? Read(Stream bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var root = json.RootElement;
            return root.GetProperty("version").GetInt32() != Version
                ? null
                : new Ledger(
                    Text(root, "release"),
                    root.GetProperty("number").GetInt32(),
                    root.GetProperty("files").EnumerateArray().ToDictionary(file => Text(file, "path"), Parse, StringComparer.Ordinal))
                {
                    Claim = Optional(root, "claim"),
                };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string path, LedgerEntry entry)
    {
        json.WriteString("path", path);
        json.WriteString("kind", entry.Kind.ToString());
        json.WriteString("sha256", entry.Hash.Hex);
        json.WriteNumber("length", entry.Length);
        json.WriteString("headers", entry.Headers);
        if (entry.ETag is { } etag)
            json.WriteString("etag", etag);
        if (entry.Was.IsKnown)
            json.WriteString("was", entry.Was.Hex);
        if (entry.Promise.IsKnown)
            json.WriteString("promise", entry.Promise.Hex);
        if (entry.From != entry.Last)
            json.WriteNumber("from", entry.From);
        json.WriteNumber("last", entry.Last);
        if (entry.Retired is { } since)
            json.WriteString("retired", since.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    private static LedgerEntry Parse(JsonElement file) => new(
        Sha256.Parse(Text(file, "sha256")),
        file.GetProperty("length").GetInt64(),
        Text(file, "headers"),
        Optional(file, "etag"),
        file.GetProperty("last").GetInt32())
    {
        Was = Optional(file, "was") is { } was ? Sha256.Parse(was) : default,
        From = file.GetProperty(file.TryGetProperty("from", out _) ? "from" : "last").GetInt32(),
        Promise = Optional(file, "promise") is { } promise ? Sha256.Parse(promise) : default,
        Kind = Enum.TryParse<Kind>(Text(file, "kind"), out var kind) && Enum.IsDefined(kind) ? kind : throw new FormatException(),
        Retired = Optional(file, "retired") is { } since ? DateTimeOffset.Parse(since, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null,
    };

    private static string Text(JsonElement file, string name) => file.GetProperty(name).GetString() ?? throw new FormatException();

    private static string? Optional(JsonElement file, string name) => file.TryGetProperty(name, out var value) ? value.GetString() : null;
}
