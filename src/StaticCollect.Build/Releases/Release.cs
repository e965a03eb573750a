using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Releases;

/// <summary>Everything that one publish puts before browsers: complete, ordered, and free of what made it.</summary>
/// <param name="files">Its files in ordinal order of path, each path once.</param>
internal sealed class Release(IReadOnlyList<ReleaseFile> files)
{
    private Dictionary<string, ReleaseFile>? _byPath;
    private ILookup<string, ReleaseFile>? _encodings;

    /// <summary>The release of nothing.</summary>
    public static Release Empty { get; } = new([]);

    /// <summary>Its files in ordinal order of path, each path once.</summary>
    public IReadOnlyList<ReleaseFile> Files { get; } = files;

    /// <summary>The static files that were collected, in all their forms: neither kept files nor what was generated.</summary>
    public IEnumerable<ReleaseFile> Current => Files.Where(file => file.Role is Role.Plain or Role.Fingerprinted or Role.Encoding);

    /// <summary>The file at a path, or <see langword="null"/>.</summary>
    public ReleaseFile? this[string path] =>
        (_byPath ??= Files.ToDictionary(file => file.Path, StringComparer.Ordinal)).GetValueOrDefault(path);

    /// <summary>The static files that were collected, in ordinal order of logical path, each once.</summary>
    public IReadOnlyList<CollectedPath> Collected
    {
        get
        {
            var paths = new Dictionary<string, CollectedPath>(Files.Count, StringComparer.Ordinal);
            foreach (var file in Files.Where(file => file.Role is Role.Plain or Role.Fingerprinted))
            {
                var known = paths.GetValueOrDefault(file.LogicalPath) ?? new CollectedPath(this[file.LogicalPath], file);
                paths[file.LogicalPath] = file.Role == Role.Fingerprinted ? known with { Published = file } : known;
            }

            var collected = paths.Values.ToArray();
            Array.Sort(collected, static (a, b) => string.CompareOrdinal(a.LogicalPath, b.LogicalPath));
            return collected;
        }
    }

    /// <summary>Puts a release together from what the stages decided.</summary>
    /// <param name="files">The published files.</param>
    /// <param name="encodings">The encodings of each of them.</param>
    /// <param name="settings">The settings of the collection.</param>
    public static Release Of(IReadOnlyList<PublishedFile> files, IReadOnlyList<IReadOnlyList<Encoded>> encodings, CollectSettings settings)
    {
        var all = new Dictionary<string, ReleaseFile>(files.Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].FingerprintedPath is null || settings.Fingerprint is not { KeepOriginals: false })
                Add(Plain(files[i]), encodings[i]);
        }

        // A source may bring a file of just the name that another gets with its fingerprint: the bytes are the same, and
        // it is the promise of the name that counts.
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].FingerprintedPath is { } path)
                Add(Plain(files[i]) with { Path = path, Role = Role.Fingerprinted, Fingerprint = files[i].Fingerprint, Cache = CachePolicy.Immutable }, encodings[i]);
        }

        return Sorted(all.Values);

        void Add(ReleaseFile file, IReadOnlyList<Encoded> encoded)
        {
            all[file.Path] = file;
            foreach (var one in encoded)
            {
                var path = file.Path + one.Encoding.Suffix;
                all[path] = file with { Path = path, Role = Role.Encoding, Content = one.Content, Encoding = one.Encoding, References = [], Missing = [], Fingerprint = null, RewrittenFrom = default, HasWindowsLineEnds = false };
            }
        }
    }

    /// <summary>The same release with further files.</summary>
    public Release With(IEnumerable<ReleaseFile> more) => Sorted([.. Files, .. more]);

    /// <summary>The encodings of a file that stand beside it.</summary>
    public IEnumerable<ReleaseFile> EncodingsOf(ReleaseFile file) => (_encodings ??= ContentEncodings.All
        .SelectMany(encoding => Files.Where(other => other.Encoding == encoding && other.Path.EndsWith(encoding.Suffix, StringComparison.Ordinal)))
        .ToLookup(encoded => encoded.PathOfOriginal, StringComparer.Ordinal))[file.Path];

    private static Release Sorted(IEnumerable<ReleaseFile> files)
    {
        var sorted = files.ToArray();
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new Release(sorted);
    }

    private static ReleaseFile Plain(PublishedFile file) => new(
        file.File.LogicalPath,
        file.File.LogicalPath,
        Role.Plain,
        file.Content,
        file.IsNamedByBundler ? CachePolicy.Immutable : CachePolicy.Revalidate,
        new Origin(file.File.Finder, file.File.App, file.File.SourcePath))
    {
        References = file.References,
        Missing = file.Missing,
        HasWindowsLineEnds = file.HasWindowsLineEnds,
        RewrittenFrom = file.Content.From is ByteSource.Edited rewritten ? rewritten.SourceHash : default,
    };
}

/// <summary>One static file that was collected, under its one name or two.</summary>
/// <param name="Plain">The file at its logical path; <see langword="null"/> where it is published under another name only.</param>
/// <param name="Published">The file with the fingerprint in its name; the plain one where it has no other.</param>
internal sealed record CollectedPath(ReleaseFile? Plain, ReleaseFile Published)
{
    /// <summary>Its logical path.</summary>
    public string LogicalPath => Published.LogicalPath;

    /// <summary>The file at its logical path, where it is published there; else the only one there is.</summary>
    public ReleaseFile First => Plain ?? Published;
}
