using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>
/// Finds out which files a bundler has fingerprinted, from the manifest that it left beside its output. The manifest is a
/// witness, not a proof: bundlers write names without a hash into it, too. It must give one name for another, and that
/// name must carry what can be a hash; in doubt the file gets a fingerprint of ours, which is never wrong.
/// </summary>
internal static class BundlerManifests
{
    private const string Vite = ".vite/manifest.json";

    // No file system has longer paths; what is longer leads to no file, and would only take long to follow.
    private const int LongestPath = 4096;

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
    /// The logical paths of the files that a bundler has fingerprinted, each with the full path of the manifest that says
    /// so (the first of several), and of the source maps beside them. A bundler gives a map the name of its script: the map
    /// keeps it, but may change under it.
    /// </summary>
    public static (IReadOnlyDictionary<string, string> Files, IReadOnlySet<string> Maps) Fingerprinted(
        IReadOnlyList<BundlerManifest> manifests, IReadOnlyList<StaticFile> files)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
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
                found.TryAdd(bySource[source], manifest.Path);
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

    /// <summary>The files that may be manifests of bundlers, each once: one file may be collected under several paths.</summary>
    public static IEnumerable<(string Path, FileStamp Stamp)> Candidates(IReadOnlyList<StaticFile> files)
    {
        foreach (var file in files.Where(file => Names.Contains(Path.GetFileName(file.SourcePath))).DistinctBy(file => file.SourcePath, StringComparer.Ordinal))
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
            using var json = JsonDocument.Parse(FileSystem.ReadAllBytes(path));
            return json.RootElement.ValueKind == JsonValueKind.Object ? Hashed(Named(json.RootElement)) : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Not a manifest of a bundler after all: a web app manifest, say.
            return [];
        }
    }

    /// <summary>The outputs whose names carry what can be a hash of their content.</summary>
    private static List<string> Hashed(IEnumerable<Output> outputs)
    {
        // A map has the hash of its script, which says nothing about the map.
        var hashed = outputs
            .Where(output => output.Path.Length <= LongestPath && !output.Path.Contains('\0', StringComparison.Ordinal))
            .Where(output => !output.Path.EndsWith(".map", StringComparison.OrdinalIgnoreCase))
            .GroupBy(output => output.Path, output => output.Sources, StringComparer.Ordinal)
            .Select(named => (Path: named.Key, Sources: named.SelectMany(sources => sources).ToHashSet(StringComparer.Ordinal)))
            .Where(output => output.Sources.All(source => IsOther(source, output.Path)))
            .Select(output => (output.Path, Hash: HashedName.HashOf(output.Path, output.Sources)))
            .Where(output => output.Hash is not null);

        // What several scripts have in common is the version or commit of all, or a word, and not the content of each.
        return
        [
            .. hashed.GroupBy(output => (output.Hash, Path.GetExtension(output.Path)))
                .Where(same => same.Count() == 1)
                .Select(same => same.First().Path),
        ];
    }

    private static IEnumerable<Output> Named(JsonElement root)
    {
        if (root.TryGetProperty("outputs", out var outputs) && root.TryGetProperty("inputs", out _))
            return Esbuild(outputs);
        return Entries(root.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Object ? files : root);
    }

    /// <summary>
    /// Vite: <c>"src/main.js": { "file": "assets/main.4a1b2c3d.js", "css": [...] }</c>; webpack:
    /// <c>"main.js": "main.4a1b2c3d.js"</c> or <c>"main": { "js": "main.4a1b2c3d.js" }</c>.
    /// Other JSON of that name has strings as well, <c>"start_url": "index.html"</c>: there the key is no file of that kind.
    /// </summary>
    private static IEnumerable<Output> Entries(JsonElement entries)
    {
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
            {
                var name = entry.Value.GetString()!;
                if (Path.GetExtension(entry.Name).Equals(Path.GetExtension(name), StringComparison.OrdinalIgnoreCase))
                    yield return new Output(name, [entry.Name]);
            }
            else if (entry.Value.ValueKind == JsonValueKind.Object && Text(entry.Value, "file") is { } file)
            {
                // What has no source of its own has the output's name as its key: "_shared.4a1b2c3d.js".
                string?[] keys = [entry.Name, Text(entry.Value, "src")];
                string[] sources = [.. keys.Append(Text(entry.Value, "name")).OfType<string>().Where(key => key != "_" + Path.GetFileName(file))];
                yield return new Output(file, sources);
                if (!entry.Value.TryGetProperty("css", out var css) || css.ValueKind != JsonValueKind.Array)
                    continue;
                foreach (var style in css.EnumerateArray().Where(style => style.ValueKind == JsonValueKind.String))
                    yield return new Output(style.GetString()!, sources);
            }
            else if (entry.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var kind in entry.Value.EnumerateObject().Where(kind => kind.Value.ValueKind == JsonValueKind.String))
                {
                    var name = kind.Value.GetString()!;
                    if (Path.GetExtension(name).Equals("." + kind.Name, StringComparison.OrdinalIgnoreCase))
                        yield return new Output(name, [entry.Name]);
                }
            }
        }
    }

    /// <summary>esbuild: <c>"dist/app-4A2B3C4D.js": { "entryPoint": "src/app.js", "inputs": { "src/app.js": ... } }</c>.</summary>
    private static IEnumerable<Output> Esbuild(JsonElement outputs)
    {
        // A style sheet that scripts import has the name of the script it is loaded with.
        var styles = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var output in outputs.EnumerateObject())
        {
            if (Text(output.Value, "cssBundle") is { } style && Text(output.Value, "entryPoint") is { } entry)
                styles[style] = entry;
        }

        foreach (var output in outputs.EnumerateObject())
        {
            var sources = new List<string>();
            if (Text(output.Value, "entryPoint") is { } entry)
                sources.Add(entry);
            else if (styles.TryGetValue(output.Name, out var script))
                sources.Add(script);
            else if (output.Value.TryGetProperty("inputs", out var inputs))
                sources.AddRange(inputs.EnumerateObject().Select(input => input.Name));
            if (sources.Count > 0)
                yield return new Output(output.Name, sources);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether a bundler gave a file another name than that of its source, extensions aside.</summary>
    private static bool IsOther(string source, string output) =>
        !Path.GetFileNameWithoutExtension(output).Equals(Path.GetFileNameWithoutExtension(source), StringComparison.Ordinal)
        && !Path.GetFileNameWithoutExtension(output).Equals(Path.GetFileName(source), StringComparison.Ordinal);

    private sealed record Output(string Path, IReadOnlyCollection<string> Sources);
}
