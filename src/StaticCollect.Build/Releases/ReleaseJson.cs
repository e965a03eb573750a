using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Releases;

/// <summary>
/// A release on disk, <c>release.json</c>: JSON with a line for each file, in ordinal order of path. It tells no time
/// and no place of a machine: equal releases, equal bytes, wherever they are made.
/// </summary>
internal static class ReleaseJson
{
    /// <summary>The version of the form.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The bytes of a release in UTF-8; its id in them is a hash of the lines.</summary>
    /// <param name="release">The release.</param>
    /// <param name="url">The static URL.</param>
    /// <param name="show">Turns the full path of a source into one that says the same on every machine.</param>
    public static byte[] Format(Release release, string url, Func<Origin, string> show)
    {
        using var lines = new NativeStream();
        using var json = new Utf8JsonWriter(lines, Options);
        foreach (var file in release.Files)
        {
            if (lines.Length > 0)
                lines.Write(",\n"u8);
            json.Reset(lines);
            Write(json, file, show);
            json.Flush();
        }

        var id = Sha256.OfTexts(url, Sha256.Of(lines.Bytes).Hex);
        var quotedUrl = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(url);
        return [.. Encoding.UTF8.GetBytes($"{{\"version\":{Version},\"id\":\"{id}\",\"url\":\"{quotedUrl}\",\"files\":[\n"), .. lines.Bytes, .. "\n]}\n"u8];
    }

    /// <summary>Reads a release; <see langword="null"/> where there is none that can be understood.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a permission.</exception>
    public static Release? Read(string path) => ReadPast(path)?.Release;

    /// <inheritdoc cref="Read"/>
    public static PastRelease? ReadPast(string path)
    {
        if (FileSystem.TryReadAllBytes(path) is not { } bytes)
            return null;
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.GetProperty("version").GetInt32() != Version)
                return null;
            var release = new Release([.. json.RootElement.GetProperty("files").EnumerateArray().Select(Parse)]);
            return IsWhole(release) ? new PastRelease(release, Optional(json.RootElement, "id") ?? "") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    // Whoever edits the file by hand may leave what no release is.
    private static bool IsWhole(Release release) =>
        release.Files.DistinctBy(file => file.Path, StringComparer.Ordinal).Count() == release.Files.Count
        && release.Files.All(file =>
            LogicalPath.IsWhole(file.Path)
            && (file.Encoding is null || (file.Path.Length > file.Encoding.Suffix.Length && file.Path.EndsWith(file.Encoding.Suffix, StringComparison.OrdinalIgnoreCase))));

    private static void Write(Utf8JsonWriter json, ReleaseFile file, Func<Origin, string> show)
    {
        json.WriteStartObject();
        json.WriteString(Names.Path, file.Path);
        json.WriteString(Names.LogicalPath, file.LogicalPath);
        json.WriteString(Names.Role, file.Role.ToString());
        json.WriteString(Names.Sha256, file.Content.Hash.Hex);
        json.WriteNumber(Names.Length, file.Content.Length);
        if (file.RewrittenFrom.IsKnown)
            json.WriteString(Names.SourceSha256, file.RewrittenFrom.Hex);
        json.WriteString(Names.MediaType, file.MediaType);
        if (file.HasWindowsLineEnds)
            json.WriteString(Names.LineEnds, "CRLF");
        if (file.Encoding is { } encoding)
            json.WriteString(Names.Encoding, encoding.Name);
        if (file.Fingerprint is { } fingerprint)
            json.WriteString(Names.Fingerprint, fingerprint);
        json.WriteString(Names.Cache, file.Cache.ToString());
        if (file.Origin.Finder is { } finder)
            json.WriteString(Names.Finder, finder.ToString());
        json.WriteString(Names.App, file.Origin.App);
        if (file.Origin.SourcePath.Length > 0)
            json.WriteString(Names.Source, show(file.Origin));
        json.WriteStartArray(Names.References);
        foreach (var reference in file.References)
            json.WriteStringValue(reference);
        json.WriteEndArray();
        if (file.Missing.Count > 0)
            Write(json, file.Missing);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<MissingReference> missing)
    {
        json.WriteStartArray("missing");
        foreach (var reference in missing)
        {
            json.WriteStartObject();
            json.WriteString("url", reference.Url);
            json.WriteString("path", reference.Path);
            json.WriteNumber("line", reference.Line);
            json.WriteNumber("column", reference.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ReleaseFile Parse(JsonElement file) => new(
        Text(file, "path"),
        Text(file, "logicalPath"),
        Named<Role>(Text(file, "role")),
        new FileContent(Sha256.Parse(Text(file, "sha256")), file.GetProperty("length").GetInt64(), ByteSource.Stored.Instance),
        Named<CachePolicy>(Text(file, "cache")),
        new Origin(Optional(file, "finder") is { } finder ? Named<FinderKind>(finder) : null, Text(file, "app"), Optional(file, "source") ?? ""))
    {
        Encoding = Optional(file, "encoding") is { } encoding ? ContentEncodings.Find(encoding) : null,
        HasWindowsLineEnds = Optional(file, "lineEnds") == "CRLF",
        Fingerprint = Optional(file, "fingerprint"),
        RewrittenFrom = Optional(file, "sourceSha256") is { } hash ? Sha256.Parse(hash) : default,
        References = [.. file.GetProperty("references").EnumerateArray().Select(reference => reference.GetString() ?? throw new FormatException())],
        Missing = file.TryGetProperty("missing", out var missing) ? [.. missing.EnumerateArray().Select(ParseMissing)] : [],
    };

    private static MissingReference ParseMissing(JsonElement reference) =>
        new(Text(reference, "url"), Text(reference, "path"), reference.GetProperty("line").GetInt32(), reference.GetProperty("column").GetInt32());

    // A number that is too large for what it numbers is no name either.
    private static T Named<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) && Enum.IsDefined(value) ? value : throw new FormatException();

    private static string Text(JsonElement file, string name) => file.GetProperty(name).GetString() ?? throw new FormatException();

    private static string? Optional(JsonElement file, string name) => file.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>The names of what each line tells, made ready once.</summary>
    private static class Names
    {
        public static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
        public static readonly JsonEncodedText LogicalPath = JsonEncodedText.Encode("logicalPath");
        public static readonly JsonEncodedText Role = JsonEncodedText.Encode("role");
        public static readonly JsonEncodedText Sha256 = JsonEncodedText.Encode("sha256");
        public static readonly JsonEncodedText Length = JsonEncodedText.Encode("length");
        public static readonly JsonEncodedText SourceSha256 = JsonEncodedText.Encode("sourceSha256");
        public static readonly JsonEncodedText MediaType = JsonEncodedText.Encode("mediaType");
        public static readonly JsonEncodedText LineEnds = JsonEncodedText.Encode("lineEnds");
        public static readonly JsonEncodedText Encoding = JsonEncodedText.Encode("encoding");
        public static readonly JsonEncodedText Fingerprint = JsonEncodedText.Encode("fingerprint");
        public static readonly JsonEncodedText Cache = JsonEncodedText.Encode("cache");
        public static readonly JsonEncodedText Finder = JsonEncodedText.Encode("finder");
        public static readonly JsonEncodedText App = JsonEncodedText.Encode("app");
        public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
        public static readonly JsonEncodedText References = JsonEncodedText.Encode("references");
    }
}
