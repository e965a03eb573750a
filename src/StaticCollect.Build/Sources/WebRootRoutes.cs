using System.Text.Json;

namespace StaticCollect.Build.Sources;

/// <summary>
/// A file that the SDK published below the web root, as its routes tell: <c>{name}.staticwebassets.endpoints.json</c> in
/// the publish folder.
/// </summary>
/// <param name="Path">Its path below the web root.</param>
/// <param name="LogicalPath">The plain name that pages know it by.</param>
internal sealed record WebRootFile(string Path, string LogicalPath)
{
    /// <summary>The path with its fingerprint, which may be <see cref="Path"/> itself; <see langword="null"/> where it has none.</summary>
    public string? FingerprintedPath { get; init; }

    /// <summary>The fingerprint; <see langword="null"/> where it has none.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>Reads which files the SDK published below the web root, and under which names it serves them.</summary>
internal static class WebRootRoutes
{
    /// <summary>The files that are there, in ordinal order of path, encodings left out.</summary>
    /// <param name="manifestPath">Full path of the endpoints manifest.</param>
    /// <param name="webRoot">Full path of the web root.</param>
    /// <param name="isOther">Whether a path below the web root is not the SDK's.</param>
    public static IReadOnlyList<WebRootFile> Read(string manifestPath, string webRoot, Predicate<string> isOther)
    {
        var files = new SortedDictionary<string, WebRootFile>(StringComparer.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifestPath));
        foreach (var endpoint in json.RootElement.GetProperty("Endpoints").EnumerateArray())
        {
            var path = endpoint.GetProperty("AssetFile").GetString()!;
            if (endpoint.GetProperty("Selectors").GetArrayLength() > 0 || Value(endpoint, "ResponseHeaders", "Content-Encoding") is not null || isOther(path))
                continue;
            var route = endpoint.GetProperty("Route").GetString()!;
            var known = files.GetValueOrDefault(path) ?? new WebRootFile(path, path);
            files[path] = Value(endpoint, "EndpointProperties", "fingerprint") is { } fingerprint
                ? known with { FingerprintedPath = route, Fingerprint = fingerprint, LogicalPath = Value(endpoint, "EndpointProperties", "label") ?? known.LogicalPath }
                : known;
        }

        return [.. files.Values.Where(file => File.Exists(Path.Combine(webRoot, file.Path)))];
    }

    private static string? Value(JsonElement endpoint, string list, string name) => endpoint.GetProperty(list).EnumerateArray()
        .Where(entry => entry.GetProperty("Name").GetString() == name)
        .Select(entry => entry.GetProperty("Value").GetString())
        .FirstOrDefault();
}
