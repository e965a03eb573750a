using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>
/// Finds out which files a bundler has fingerprinted, from the manifest that it left beside its output. What counts is
/// that the manifest gives one name for another: the look of a name proves nothing.
/// </summary>
internal static class BundlerManifests
{
    private const string Vite = ".vite/manifest.json";

    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "manifest.json", "asset-manifest.json", "webpack-manifest.json", "webpack-assets.json", "meta.json", "metafile.json", "esbuild-meta.json",
    };

    /// <summary>The manifests that lie among the sources.</summary>
    /// <param name="files">The collected files.</param>
    /// <param name="last">The manifests that the last run read; those that have not changed are not read again.</param>
    /// <param name="trustedBefore">Times (UTC ticks) before this prove that a file has not changed.</param>
    public static IReadOnlyList<BundlerManifest> Read(
        IReadOnlyList<StaticFile> files, IReadOnlyList<BundlerManifest> last, long trustedBefore)
    {
        var known = last.ToDictionary(manifest => (manifest.Path, manifest.Stamp));
        return
        [
            .. Candidates(files)
                .OrderBy(candidate => candidate.Path, StringComparer.Ordinal)
                .Select(candidate => candidate.Stamp.Ticks < trustedBefore && known.TryGetValue(candidate, out var manifest)
                    ? manifest
                    : new BundlerManifest(candidate.Path, candidate.Stamp, Outputs(candidate.Path))),
        ];
    }

    /// <summary>
    /// The logical paths of the files that manifests name, and of the source maps beside them. A bundler gives a map the
    /// name of its script: the map keeps it, but may change under it.
    /// </summary>
    public static (IReadOnlySet<string> Files, IReadOnlySet<string> Maps) Fingerprinted(IReadOnlyList<BundlerManifest> manifests, IReadOnlyList<StaticFile> files)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var maps = new HashSet<string>(StringComparer.Ordinal);
        if (manifests.Count == 0)
            return (found, maps);
        var bySource = new Dictionary<string, string>(StringComparer.FromComparison(FilePath.Comparison));
        foreach (var file in files)
            bySource.TryAdd(file.SourcePath, file.LogicalPath);
        foreach (var manifest in manifests)
        {
            var folder = Path.GetDirectoryName(manifest.Path.EndsWith(Vite, StringComparison.Ordinal) ? Path.GetDirectoryName(manifest.Path)! : manifest.Path)!;
            foreach (var output in manifest.Outputs)
            {
                if (Source(output, folder, bySource) is not { } source)
                    continue;
                found.Add(bySource[source]);
                if (bySource.TryGetValue(source + ".map", out var map))
                    maps.Add(map);
            }
        }

        return (found, maps);
    }

    // Paths in a manifest are relative to the folder of the build, or URLs below where that folder is served: what they
    // end in leads to the file.
    private static string? Source(string output, string folder, Dictionary<string, string> bySource)
    {
        for (var below = output.TrimStart('/'); below.Length > 0;)
        {
            var path = FilePath.Full(below, folder);
            if (bySource.ContainsKey(path))
                return path;
            var cut = below.IndexOf('/', StringComparison.Ordinal);
            below = cut < 0 ? "" : below[(cut + 1)..];
        }

        return null;
    }

    public static IEnumerable<(string Path, FileStamp Stamp)> Candidates(IReadOnlyList<StaticFile> files)
    {
        foreach (var file in files.Where(file => Names.Contains(Path.GetFileName(file.SourcePath))))
            yield return (file.SourcePath, file.Stamp);
        foreach (var folder in Folders(files))
        {
            // Vite hides its manifest in a folder that is not collected.
            var path = Path.Combine(folder, Vite);
            if (FileStamp.Of(path) is { } stamp)
                yield return (path, stamp);
        }
    }

    /// <summary>The folders that files lie in, up to where their logical paths begin.</summary>
    private static HashSet<string> Folders(IReadOnlyList<StaticFile> files)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var folder = Path.GetDirectoryName(file.SourcePath);
            for (var left = file.LogicalPath.Count(unit => unit == '/'); folder is not null && folders.Add(folder) && left > 0; left--)
                folder = Path.GetDirectoryName(folder);
        }

        return folders;
    }

    private static List<string> Outputs(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return [];
            if (json.RootElement.TryGetProperty("outputs", out var outputs) && json.RootElement.TryGetProperty("inputs", out _))
                return [.. Esbuild(outputs)];
            var entries = json.RootElement.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Object ? files : json.RootElement;
            return [.. Entries(entries)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Not a manifest of a bundler after all: a web app manifest, say.
            return [];
        }
    }

    /// <summary>
    /// Vite: <c>"src/main.js": { "file": "assets/main.4a1b.js", "css": [...] }</c>; webpack: <c>"main.js": "main.4a1b.js"</c>
    /// or <c>"main": { "js": "main.4a1b.js" }</c>.
    /// Other JSON of that name has strings as well, <c>"start_url": "index.html"</c>: there the key is no file of that kind.
    /// </summary>
    private static IEnumerable<string> Entries(JsonElement entries)
    {
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
            {
                var name = entry.Value.GetString()!;
                if (IsOther(entry.Name, name) && Path.GetExtension(entry.Name).Equals(Path.GetExtension(name), StringComparison.OrdinalIgnoreCase))
                    yield return name;
            }
            else if (entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.String)
            {
                var name = entry.Value.TryGetProperty("name", out var chunk) && chunk.ValueKind == JsonValueKind.String ? chunk.GetString()! : entry.Name;
                if (IsOther(name, file.GetString()!))
                    yield return file.GetString()!;
                if (!entry.Value.TryGetProperty("css", out var css) || css.ValueKind != JsonValueKind.Array)
                    continue;
                foreach (var style in css.EnumerateArray().Where(style => style.ValueKind == JsonValueKind.String && IsOther(name, style.GetString()!)))
                    yield return style.GetString()!;
            }
            else if (entry.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var kind in entry.Value.EnumerateObject().Where(kind => kind.Value.ValueKind == JsonValueKind.String))
                {
                    var name = kind.Value.GetString()!;
                    if (IsOther(entry.Name, name) && Path.GetExtension(name).Equals("." + kind.Name, StringComparison.OrdinalIgnoreCase))
                        yield return name;
                }
            }
        }
    }

    /// <summary>esbuild: <c>"dist/app-4A1B.js": { "entryPoint": "src/app.js", "inputs": { "src/app.js": ... } }</c>.</summary>
    private static IEnumerable<string> Esbuild(JsonElement outputs)
    {
        // A style sheet that scripts import has the name of the script it is loaded with.
        var styles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var output in outputs.EnumerateObject())
        {
            if (output.Value.TryGetProperty("cssBundle", out var style) && output.Value.TryGetProperty("entryPoint", out var entry))
                styles[style.GetString()!] = entry.GetString()!;
        }

        foreach (var output in outputs.EnumerateObject())
        {
            var sources = new List<string>();
            if (output.Value.TryGetProperty("entryPoint", out var entry))
                sources.Add(entry.GetString()!);
            else if (styles.TryGetValue(output.Name, out var script))
                sources.Add(script);
            else if (output.Value.TryGetProperty("inputs", out var inputs))
                sources.AddRange(inputs.EnumerateObject().Select(input => input.Name));
            if (sources.Count > 0 && sources.TrueForAll(source => IsOther(source, output.Name)))
                yield return output.Name;
        }
    }

    /// <summary>Whether a bundler gave a file another name than that of its source, extensions aside.</summary>
    private static bool IsOther(string source, string output) =>
        !Path.GetFileNameWithoutExtension(output).Equals(Path.GetFileNameWithoutExtension(source), StringComparison.Ordinal)
        && !Path.GetFileNameWithoutExtension(output).Equals(Path.GetFileName(source), StringComparison.Ordinal);
}
