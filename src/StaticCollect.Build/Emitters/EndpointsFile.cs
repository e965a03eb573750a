using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Emitters;

/// <summary>
/// The endpoints manifest of an ASP.NET Core app, <c>{name}.staticwebassets.endpoints.json</c>: what
/// <c>MapStaticAssets()</c> serves and <c>@Assets[...]</c> looks names up in. The SDK has written it; the collected files
/// join it. Entries are as few and as short as they can be, since the app holds them all in memory: six routes at most
/// for a file, none for the names of encodings, compact JSON.
/// </summary>
/// <param name="settings">Where the manifest is, and which routes join it.</param>
/// <param name="pathOfRoot">Path of the static root below the web root, <c>/</c>-separated; empty for the web root itself.</param>
/// <param name="allowsOtherHosts">Whether pages of another host use the files.</param>
internal sealed class EndpointsFile(EndpointsSettings settings, string pathOfRoot, bool allowsOtherHosts)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Paths below the static root of files that are still there, and go once nothing speaks of them.</summary>
    public IEnumerable<string> Going { get; init; } = [];

    /// <summary>Merges the files of a release, unless they are there already as they are.</summary>
    /// <param name="release">The release.</param>
    /// <param name="written">When each file of it was written (UTC), by path.</param>
    /// <returns>Routes of whoever it is that cannot stand in one app.</returns>
    /// <exception cref="IOException">The manifest cannot be read or written.</exception>
    public IReadOnlyList<Diagnostic> Merge(Release release, Func<string, DateTime> written) => Merge(release, written, IsGone);

    /// <summary>Merges the kept files of a release alone, where the SDK itself tells of the others.</summary>
    /// <param name="release">The release.</param>
    /// <param name="written">When each of those files was written (UTC), by path.</param>
    /// <returns>Routes of whoever it is that cannot stand in one app.</returns>
    /// <exception cref="IOException">The manifest cannot be read or written.</exception>
    public IReadOnlyList<Diagnostic> MergeKept(Release release, Func<string, DateTime> written) =>
        Merge(new Release([.. release.Files.Where(file => file.Role == Role.Kept)]), written, (file, _) => !File.Exists(Path.Combine(settings.WebRoot, file)));

    private List<Diagnostic> Merge(Release release, Func<string, DateTime> written, Func<string, JsonElement, bool> isGone)
    {
        var old = FileSystem.ReadAllBytes(settings.ManifestPath);

        // Addresses that differ in case only are one, and of a file that was renamed so the present one answers: its bytes
        // are those of the kept one, whose name has the same fingerprint.
        var routes = Routes(release).Where(route => CanBeSaid(route.Path)).DistinctBy(route => route.Path, StringComparer.OrdinalIgnoreCase).ToList();
        var taken = routes.Select(route => Pattern(route.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var labels = release.Collected.Select(file => Below(file.LogicalPath)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var ours = release.Files.Select(file => file.Path).Concat(Going)
            .SelectMany(path => ContentEncodings.All.Select(encoding => path + encoding.Suffix).Prepend(path))
            .Select(Below)
            .ToHashSet(StringComparer.Ordinal);

        // A route twice is an error when it is asked for, and a label twice when the app starts; and what speaks of a file of
        // ours, from the run before or from the SDK about bytes that were there before, or of one that went, is out of date.
        var times = routes.ConvertAll(route => written(route.File.Path));
        using var stream = new MemoryStream(old.Length);
        List<Diagnostic> twice;
        try
        {
            using var manifest = JsonDocument.Parse(old);
            var others = manifest.RootElement.GetProperty("Endpoints").EnumerateArray().Where(endpoint =>
            {
                var file = Text(endpoint, "AssetFile");
                return !taken.Contains(Text(endpoint, "Route")) && !ours.Contains(file) && !labels.Contains(Value(endpoint, "EndpointProperties", "label")) && !isGone(file, endpoint);
            }).ToList();
            twice = [.. Twice(others)];

            // Half a character is good JSON that can be read, and not written.
            using var json = new Utf8JsonWriter(stream, Options);
            json.WriteStartObject();
            foreach (var property in manifest.RootElement.EnumerateObject())
            {
                if (!property.NameEquals("Endpoints"))
                {
                    property.WriteTo(json);
                    continue;
                }

                json.WriteStartArray("Endpoints");
                foreach (var endpoint in others)
                    endpoint.WriteTo(json);
                foreach (var (route, time) in routes.Zip(times))
                    Write(json, release, route, time);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return [WebRootRoutes.Unreadable(settings.ManifestPath, e)];
        }

        var bytes = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        if (!bytes.SequenceEqual(old))
            AtomicFile.Write(settings.ManifestPath, bytes);
        return twice;
    }

    /// <summary>
    /// What would stand twice: an app with two routes of one address fails when that is asked for, and one with two of
    /// one label when it starts. Ours are told apart from each other and from all of these.
    /// </summary>
    private static IEnumerable<Diagnostic> Twice(IReadOnlyList<JsonElement> endpoints)
    {
        var routes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var labels = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in endpoints.Where(endpoint => !IsEncoded(endpoint)))
        {
            var (route, file) = (Text(endpoint, "Route"), Text(endpoint, "AssetFile"));
            if (!routes.TryAdd(route, file))
                yield return Describe("address", route, routes[route], file);
            else if (Value(endpoint, "EndpointProperties", "label") is { Length: > 0 } label && !labels.TryAdd(label, file))
                yield return Describe("label", label, labels[label], file);
        }

        static Diagnostic Describe(string what, string name, string first, string second) => Diagnostic.Error(
            Codes.RouteTwice,
            $"Two routes of the app have the {what} '{name}', for '{first}' and for '{second}', and the app would fail over them. Rename one of these files, or leave it out.");
    }

    private IEnumerable<Route> Routes(Release release)
    {
        foreach (var file in release.Collected)
        {
            var plain = Below(file.LogicalPath);
            if (file.Published.Fingerprint is not null)
            {
                // What a label leads to is written into pages as it stands, as a pattern: of a name that is another one there,
                // pages know the plain one.
                var hasLabel = Pattern(plain) == plain;
                yield return new Route(Below(file.Published.Path), file.Published, file.Published.Cache) { Label = hasLabel ? plain : null };
                if (settings.Routes == EndpointRoutes.Fingerprinted && hasLabel)
                    continue;
            }

            // Without a plain file its route leads to the fingerprinted one: pages that name it plainly work on. Such
            // a route says nothing of the bytes, whatever the name of the file behind it promises.
            yield return file.Plain is { Role: Role.Plain } own
                ? new Route(plain, own, own.Cache)
                : new Route(plain, file.First, CachePolicy.Revalidate);
        }

        // Pages that were served before the release still ask for files of earlier ones.
        foreach (var kept in release.Files.Where(file => file is { Role: Role.Kept, Encoding: null }))
            yield return new Route(Below(kept.Path), kept, kept.Cache);
    }

    private void Write(Utf8JsonWriter json, Release release, Route route, DateTime written)
    {
        var encodings = release.EncodingsOf(route.File).ToList();
        Write(json, route, encoded: null, encodings.Count > 0, written);
        foreach (var encoded in encodings)
            Write(json, route, encoded, isVaried: true, written);
    }

    private void Write(Utf8JsonWriter json, Route route, ReleaseFile? encoded, bool isVaried, DateTime written)
    {
        var (file, name) = (encoded ?? route.File, encoded?.Encoding!.Name);
        json.WriteStartObject();
        json.WriteString("Route", Pattern(route.Path));
        json.WriteString("AssetFile", Below(file.Path));
        json.WriteStartArray("Selectors");
        if (name is not null)
        {
            json.WriteStartObject();
            json.WriteString("Name", "Content-Encoding");
            json.WriteString("Value", name);
            json.WriteString("Quality", (1.0 / (file.Content.Length + 1)).ToString("F12", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("ResponseHeaders");
        if (allowsOtherHosts)
            Write(json, "Access-Control-Allow-Origin", "*");
        Write(json, "Cache-Control", route.Cache == CachePolicy.Immutable ? "max-age=31536000, immutable" : "no-cache");
        if (name is not null)
            Write(json, "Content-Encoding", name);
        Write(json, "Content-Length", file.Content.Length.ToString(CultureInfo.InvariantCulture));
        Write(json, "Content-Type", MediaTypes.Header(file.MediaType));
        Write(json, "ETag", $"\"{route.File.Content.Hash.Base64}{(name is null ? "" : "-" + name)}\"");
        Write(json, "Last-Modified", written.ToString("R", CultureInfo.InvariantCulture));
        if (isVaried)
            Write(json, "Vary", "Accept-Encoding");
        json.WriteEndArray();
        json.WriteStartArray("EndpointProperties");
        if (route.Label is not null)
        {
            Write(json, "fingerprint", route.File.Fingerprint!);
            Write(json, "label", route.Label);
        }

        Write(json, "integrity", route.File.Content.Hash.Integrity);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("Name", name);
        json.WriteString("Value", value);
        json.WriteEndObject();
    }

    private static string Text(JsonElement endpoint, string name) =>
        endpoint.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static string Value(JsonElement endpoint, string list, string name) =>
        endpoint.TryGetProperty(list, out var properties) && properties.ValueKind == JsonValueKind.Array
            ? properties.EnumerateArray().Where(property => Text(property, "Name") == name).Select(property => Text(property, "Value")).FirstOrDefault("")
            : "";

    private static bool IsEncoded(JsonElement endpoint) => endpoint.TryGetProperty("Selectors", out var selectors) && selectors.GetArrayLength() > 0;

    // Of a run that was killed, or whose records were lost, nobody else knows the routes. A file that took the place
    // of one of the SDK's, and went, leaves the SDK's encodings of that alone. A length that is not the file's is an error
    // when it is asked for, and a hash that is not keeps a browser from using it.
    private bool IsGone(string file, JsonElement endpoint)
    {
        if (pathOfRoot.Length > 0 && !file.StartsWith(pathOfRoot + "/", StringComparison.Ordinal))
            return false;
        var info = new FileInfo(Path.Combine(settings.WebRoot, file));
        if (!info.Exists || (Value(endpoint, "ResponseHeaders", "Content-Length") is { Length: > 0 } length && length != info.Length.ToString(CultureInfo.InvariantCulture)))
            return true;

        // The SDK tells the hash of an encoding, and we that of what it encodes.
        var original = IsEncoded(endpoint) && Precompressed.EncodingOf(file) is { } encoding ? Precompressed.Stem(info.FullName, encoding) : info.FullName;
        return !File.Exists(original)
            || (Value(endpoint, "EndpointProperties", "integrity") is { Length: > 0 } integrity && integrity != IntegrityOf(original) && integrity != IntegrityOf(info.FullName));
    }

    private static string IntegrityOf(string path)
    {
        using var stream = FileSystem.OpenStream(path);
        return Sha256.Of(stream).Integrity;
    }

    // Routes are patterns, in which braces hold variables: {x}.css would answer for every style sheet that is not there.
    private static string Pattern(string path) => path.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    // No pattern can say these, and with one that is wrong the app does not start.
    private static bool CanBeSaid(string path) => !path.Contains('?', StringComparison.Ordinal) && !path.StartsWith('~');

    private string Below(string path) => LogicalPath.Combine(pathOfRoot, path);

    private sealed record Route(string Path, ReleaseFile File, CachePolicy Cache)
    {
        /// <summary>The plain route of a fingerprinted one: what pages look it up by.</summary>
        public string? Label { get; init; }
    }
}
