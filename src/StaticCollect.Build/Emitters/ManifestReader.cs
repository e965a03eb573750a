using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build.Emitters;

/// <summary>
/// Reads the manifest that a static root has of itself: what an earlier run left there, where the project remembers nothing of
/// it, as on a build server that checks out anew and keeps the root.
/// </summary>
internal static class ManifestReader
{
    /// <summary>The release that the manifest in a static root tells of, as far as it is there.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="root">What is in the root.</param>
    /// <returns><see langword="null"/> where the root has none, or one that nobody here wrote.</returns>
    public static Release? Read(CollectSettings settings, RootView root)
    {
        if (ManifestFile.PathInRoot(settings) is not { } path || !root.Files.ContainsKey(path) || FileSystem.TryReadAllBytes(root.FullPath(path)) is not { } bytes)
            return null;
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var files = json.RootElement.GetProperty("files");
            var manifest = ReleaseFile(path, path, Role.Generated, Sha256.Of(bytes), bytes.Length, CachePolicy.Revalidate, "");
            return Release.Empty.With([manifest, .. json.RootElement.GetProperty("paths").EnumerateObject()
                .Where(one => IsBelow(one.Name) && IsBelow(one.Value.GetString()))
                .SelectMany(one => Forms(one.Name, one.Value.GetString()!, files.GetProperty(one.Name), root))
                .DistinctBy(file => file.Path, StringComparer.Ordinal)
                .Where(file => file.Path != path)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    // What begins with a slash lies in the web root.
    private static bool IsBelow(string? path) => path is not null && LogicalPath.IsWhole(path);

    /// <summary>A static file under its names, with the encodings beside each, as they are there.</summary>
    private static IEnumerable<ReleaseFile> Forms(string logicalPath, string published, JsonElement about, RootView root)
    {
        var hash = Sha256.OfIntegrity(about.GetProperty("integrity").GetString() ?? "");
        var length = about.GetProperty("length").GetInt64();
        var app = about.GetProperty("app").GetString() ?? "";
        var cache = about.GetProperty("immutable").GetBoolean() ? CachePolicy.Immutable : CachePolicy.Revalidate;
        var fingerprint = about.TryGetProperty("fingerprint", out var told) ? told.GetString() : null;
        var named = ReleaseFile(published, logicalPath, fingerprint is null ? Role.Plain : Role.Fingerprinted, hash, length, cache, app) with { Fingerprint = fingerprint };
        var plain = ReleaseFile(logicalPath, logicalPath, Role.Plain, hash, length, CachePolicy.Revalidate, app);
        return (fingerprint is null ? [named] : new[] { named, plain })
            .Where(file => root.Files.ContainsKey(file.Path))
            .SelectMany(file => Encodings(file, root).Prepend(file));
    }

    // The manifest tells only how long encodings are.
    private static IEnumerable<ReleaseFile> Encodings(ReleaseFile file, RootView root) =>
        from encoding in ContentEncodings.All
        let path = file.Path + encoding.Suffix
        where root.Files.ContainsKey(path)
            && Precompressed.DecodesTo(encoding, root.FullPath(path), file.Content.Hash, file.Content.Length)
        let bytes = FileSystem.TryReadAllBytes(root.FullPath(path))
        where bytes is not null
        select ReleaseFile(path, file.LogicalPath, Role.Encoding, Sha256.Of(bytes), bytes.Length, file.Cache, file.Origin.App) with { Encoding = encoding };

    private static ReleaseFile ReleaseFile(string path, string logicalPath, Role role, Sha256 hash, long length, CachePolicy cache, string app) =>
        new(path, logicalPath, role, new FileContent(hash, length, ByteSource.Stored.Instance), cache, new Origin(Finder: null, app, ""));
}
