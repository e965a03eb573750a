using StaticCollect.Build.Content;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>Says which files the static root shall hold: plain names, fingerprinted ones, the manifest.</summary>
internal static class Outputs
{
    /// <summary>The outputs in ordinal order of path, each path once.</summary>
    public static IReadOnlyList<Output> Of(IReadOnlyList<PublishedFile> files, CollectSettings settings)
    {
        var outputs = new Dictionary<string, Output>(files.Count * 2, StringComparer.Ordinal);
        foreach (var file in files.Where(file => IsPlainPublished(file, settings)))
        {
            Add(Plain(file, settings), file.FingerprintedPath is not null && file.Rewritten is not null ? file.SourceEncodings : file.Encodings);
        }

        foreach (var file in files.Where(file => file.FingerprintedPath is not null))
            Add(Published(file, file.Path, OutputKind.Copy), file.Encodings);

        if (Manifest(files, settings) is { } manifest)
            outputs[manifest.Path] = manifest;
        var sorted = outputs.Values.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return sorted;

        void Add(Output output, IReadOnlyList<Encoded> encodings)
        {
            // A source may bring a file of just the fingerprinted name; the fingerprints have seen to it that it holds
            // the same bytes.
            if (!outputs.TryAdd(output.Path, output))
                return;
            foreach (var encoded in encodings)
            {
                var path = output.Path + encoded.Encoding.Suffix;
                outputs[path] = output with { Path = path, Kind = OutputKind.Made, Made = encoded.Content };
            }
        }
    }

    /// <summary>Whether a file is published under its plain name.</summary>
    public static bool IsPlainPublished(PublishedFile file, CollectSettings settings) =>
        file.FingerprintedPath is null || settings.Fingerprint is not { KeepOriginals: false };

    /// <summary>The path of the manifest below the static root; <see langword="null"/> where there is none in it.</summary>
    public static string? ManifestPath(CollectSettings settings) =>
        settings.Fingerprint is { } fingerprint && FilePath.IsAtOrBelow(fingerprint.ManifestPath, settings.Root)
            ? FilePath.Show(fingerprint.ManifestPath, settings.Root)
            : null;

    // A plain name keeps the bytes of its source, unless it is the only name the file has.
    private static Output Plain(PublishedFile file, CollectSettings settings) => file.FingerprintedPath is null
        ? Published(file, file.File.LogicalPath, SourceKind(settings))
        : new Output(file.File.LogicalPath, file.File, SourceKind(settings));

    // A name with a fingerprint of ours is never a link: it would change its bytes with the source.
    private static Output Published(PublishedFile file, string path, OutputKind kind)
    {
        var output = file.Rewritten is { } bytes
            ? new Output(path, file.File, OutputKind.Made) { Made = new MadeContent(file.Sha256, to => File.WriteAllBytes(to, bytes())) }
            : new Output(path, file.File, kind);
        return output with { OutlivesRelease = file.IsImmutable };
    }

    private static Output? Manifest(IReadOnlyList<PublishedFile> files, CollectSettings settings)
    {
        if (ManifestPath(settings) is not { } path)
            return null;
        var bytes = ManifestFile.Format(files);
        var file = new StaticFile(path, settings.Fingerprint!.ManifestPath, default, settings.ProjectName, default);
        return new Output(path, file, OutputKind.Made)
        {
            Made = new MadeContent(Sha256Of.Bytes(bytes), to => File.WriteAllBytes(to, bytes)),
            IsLast = true,
        };
    }

    private static OutputKind SourceKind(CollectSettings settings) => settings.Link switch
    {
        LinkMode.Symbolic => OutputKind.SymbolicLink,
        LinkMode.Hard => OutputKind.HardLink,
        _ => OutputKind.Copy,
    };
}
