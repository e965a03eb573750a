using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build.Emitters;

/// <summary>Which routes join ASP.NET Core's endpoints manifest.</summary>
public enum EndpointRoutes
{
    /// <summary>Plain and fingerprinted names.</summary>
    All,

    /// <summary>One route for each file: the fingerprinted name, or the plain one of a file that has no other.</summary>
    Fingerprinted,

    /// <summary>None.</summary>
    None,
}

/// <summary>
/// The endpoints manifest of an ASP.NET Core app, <c>{name}.staticwebassets.endpoints.json</c>: what
/// <c>MapStaticAssets()</c> serves and <c>@Assets[...]</c> looks names up in. The SDK has written it; the collected files
/// join it. Entries are as few and as short as they can be, since the app holds them all in memory: six routes at most
/// for a file, none for the names of encodings, compact JSON.
/// </summary>
/// <param name="settings">Where the manifest is, and which routes join it.</param>
/// <param name="pathOfRoot">Path of the static root below the web root, <c>/</c>-separated; empty for the web root itself.</param>
public sealed class EndpointsFile(EndpointsSettings settings, string pathOfRoot)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Merges the collected files, unless they are there already as they are.</summary>
    /// <param name="files">The published files.</param>
    /// <param name="left">What the collection left in the static root, files of earlier releases among it.</param>
    /// <param name="before">What the collection before left there: its routes go where its files are no more.</param>
    /// <exception cref="IOException">The manifest cannot be read or written.</exception>
    public void Merge(IReadOnlyList<PublishedFile> files, IReadOnlyList<RecordEntry> left, IReadOnlyList<RecordEntry> before)
    {
        var old = File.ReadAllBytes(settings.ManifestPath);
        var routes = Routes(files, left);
        var ours = left.Concat(before).Select(entry => Below(entry.Path)).ToHashSet(StringComparer.Ordinal);
        var taken = routes.Select(route => route.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);

        using var stream = new MemoryStream(old.Length);
        using (var manifest = JsonDocument.Parse(old))
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            foreach (var property in manifest.RootElement.EnumerateObject())
            {
                if (!property.NameEquals("Endpoints"))
                {
                    property.WriteTo(json);
                    continue;
                }

                json.WriteStartArray("Endpoints");
                foreach (var endpoint in property.Value.EnumerateArray())
                {
                    // A route twice is an error when it is asked for; and what speaks of a file of ours, from the run
                    // before or from the SDK about bytes that were there before, is out of date.
                    if (!taken.Contains(Text(endpoint, "Route")) && !ours.Contains(Text(endpoint, "AssetFile")))
                        endpoint.WriteTo(json);
                }

                foreach (var route in routes)
                    Write(json, route);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        var bytes = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        if (!bytes.SequenceEqual(old))
            AtomicFile.Write(settings.ManifestPath, bytes);
    }

    private List<Route> Routes(IReadOnlyList<PublishedFile> files, IReadOnlyList<RecordEntry> left)
    {
        var present = left.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var routes = new List<Route>();
        foreach (var file in files)
        {
            var hasPlain = present.Contains(file.File.LogicalPath);
            var plain = Below(file.File.LogicalPath);
            if (file.FingerprintedPath is { } fingerprinted)
            {
                routes.Add(new Route(Below(fingerprinted), Below(fingerprinted), file, file.Sha256, file.Length, file.Encodings, file.IsImmutable)
                {
                    Label = plain,
                });
                if (settings.Routes == EndpointRoutes.Fingerprinted)
                    continue;
            }

            // Without a plain file its route leads to the fingerprinted one: pages that name it plainly work on.
            routes.Add(hasPlain && file.FingerprintedPath is not null
                ? new Route(plain, plain, file, file.SourceSha256, file.File.Stamp.Length, file.Rewritten is null ? file.Encodings : file.SourceEncodings, IsImmutable: false)
                : new Route(plain, Below(file.Path), file, file.Sha256, file.Length, file.Encodings, file.FingerprintedPath is null && file.IsImmutable));
        }

        routes.AddRange(Retired(left, present));
        return routes;
    }

    /// <summary>Files of earlier releases: pages that were served before the release still ask for them.</summary>
    private IEnumerable<Route> Retired(IReadOnlyList<RecordEntry> left, HashSet<string> present) =>
        from entry in left
        where entry.Age > 0 && !ContentEncodings.All.Any(encoding => entry.Path.EndsWith(encoding.Suffix, StringComparison.Ordinal) && present.Contains(entry.Path[..^encoding.Suffix.Length]))
        let file = new PublishedFile(new StaticFile(entry.Path, entry.Source, entry.Stamp, "", default))
        select new Route(Below(entry.Path), Below(entry.Path), file, Sha256Of.Texts(entry.Path), entry.Stamp.Length, [], IsImmutable: true);

    private static void Write(Utf8JsonWriter json, Route route)
    {
        Write(json, route, encoded: null);
        foreach (var encoded in route.Encodings)
            Write(json, route, encoded);
    }

    private static void Write(Utf8JsonWriter json, Route route, Encoded? encoded)
    {
        json.WriteStartObject();
        json.WriteString("Route", route.Path);
        json.WriteString("AssetFile", route.AssetFile + encoded?.Encoding.Suffix);
        json.WriteStartArray("Selectors");
        if (encoded is not null)
        {
            json.WriteStartObject();
            json.WriteString("Name", "Content-Encoding");
            json.WriteString("Value", encoded.Encoding.Name);
            json.WriteString("Quality", (1.0 / (encoded.Length + 1)).ToString("F12", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("ResponseHeaders");
        Write(json, "Cache-Control", route.IsImmutable ? "max-age=31536000, immutable" : "no-cache");
        if (encoded is not null)
            Write(json, "Content-Encoding", encoded.Encoding.Name);
        Write(json, "Content-Length", (encoded?.Length ?? route.Length).ToString(CultureInfo.InvariantCulture));
        Write(json, "Content-Type", MediaTypes.Of(route.File.File.LogicalPath));
        Write(json, "ETag", $"\"{Convert.ToBase64String(Convert.FromHexString(route.Sha256))}{(encoded is null ? "" : "-" + encoded.Encoding.Name)}\"");
        Write(json, "Last-Modified", new DateTime(route.File.File.Stamp.Ticks, DateTimeKind.Utc).ToString("R", CultureInfo.InvariantCulture));
        if (route.Encodings.Count > 0)
            Write(json, "Vary", "Accept-Encoding");
        json.WriteEndArray();
        json.WriteStartArray("EndpointProperties");
        if (route.Label is not null)
        {
            Write(json, "fingerprint", route.File.Fingerprint!);
            Write(json, "label", route.Label);
        }

        if (route.File.Sha256.Length > 0)
            Write(json, "integrity", PublishedFile.IntegrityOf(route.Sha256));
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

    private string Below(string path) => LogicalPath.Combine(pathOfRoot, path);

    private sealed record Route(
        string Path, string AssetFile, PublishedFile File, string Sha256, long Length, IReadOnlyList<Encoded> Encodings, bool IsImmutable)
    {
        /// <summary>The plain route of a fingerprinted one: what pages look it up by.</summary>
        public string? Label { get; init; }
    }
}

/// <summary>Where the endpoints manifest of an app is, and what joins it.</summary>
/// <param name="ManifestPath">Full path of the manifest in the publish folder.</param>
/// <param name="WebRoot">Full path of the published app's web root.</param>
/// <param name="Routes">Which routes join it.</param>
public sealed record EndpointsSettings(string ManifestPath, string WebRoot, EndpointRoutes Routes)
{
    /// <summary>Path of a static root below the web root, <c>/</c>-separated; empty for the web root itself.</summary>
    public string PathOf(string root) => FilePath.Same(root, WebRoot) ? "" : FilePath.Show(root, WebRoot);
}
