using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;

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
    /// <param name="report">Takes what is wrong with it; there are no files then.</param>
    public static IReadOnlyList<WebRootFile> Read(string manifestPath, string webRoot, Predicate<string> isOther, Action<Diagnostic> report)
    {
        try
        {
            using var json = JsonDocument.Parse(FileSystem.ReadAllBytes(manifestPath));
            return [.. Files(json, isOther).Where(file => File.Exists(Path.Combine(webRoot, file.Path)))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            report(Unreadable(manifestPath, e));
            return [];
        }
    }

    /// <summary>Says that the manifest is none.</summary>
    public static Diagnostic Unreadable(string manifestPath, Exception why) => Diagnostic.Error(Codes.RoutesUnreadable,
        $"'{manifestPath}' is not the list of routes that the SDK writes: {Diagnostic.Reason(why)} Delete it and publish again, without --no-build.");

    private static SortedDictionary<string, WebRootFile>.ValueCollection Files(JsonDocument json, Predicate<string> isOther)
    {
        var files = new SortedDictionary<string, WebRootFile>(StringComparer.Ordinal);
        foreach (var endpoint in json.RootElement.GetProperty("Endpoints").EnumerateArray())
        {
            // What lies elsewhere, whatever the list says, is none of the web root.
            if (endpoint.GetProperty("AssetFile").GetString() is not { } path || !LogicalPath.IsWhole(path))
                continue;
            if (endpoint.GetProperty("Selectors").GetArrayLength() > 0 || Value(endpoint, "ResponseHeaders", "Content-Encoding") is not null || isOther(path))
                continue;
            var route = endpoint.GetProperty("Route").GetString() ?? "";
            var known = files.GetValueOrDefault(path) ?? new WebRootFile(path, path);
            files[path] = Value(endpoint, "EndpointProperties", "fingerprint") is { } fingerprint
                ? known with { FingerprintedPath = route, Fingerprint = fingerprint, LogicalPath = Value(endpoint, "EndpointProperties", "label") ?? known.LogicalPath }
                : known;
        }

        return files.Values;
    }

    private static string? Value(JsonElement endpoint, string list, string name) => endpoint.GetProperty(list).EnumerateArray()
        .Where(entry => entry.GetProperty("Name").GetString() == name)
        .Select(entry => entry.GetProperty("Value").GetString())
        .FirstOrDefault();
}
