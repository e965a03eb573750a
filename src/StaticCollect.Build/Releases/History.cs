using StaticCollect.Build.Content;

namespace StaticCollect.Build.Releases;

/// <summary>
/// The releases that count, on disk: the last one in <c>release.json</c>, those before it in the folder <c>releases</c>
/// beside it, by number. Releases are counted, not days and not runs.
/// </summary>
/// <param name="folder">Full path of the folder that holds them.</param>
/// <param name="names">Which names the store takes for one; <see langword="null"/> for those that this system does.</param>
internal sealed class History(string folder, FileNames? names = null)
{
    private readonly string _earlierFolder = Path.Combine(folder, "releases");
    private IReadOnlyList<Release>? _earlier;
    private Release? _last;
    private byte[]? _recovered;

    /// <summary>Full path of the last release.</summary>
    public string LastPath { get; } = Path.Combine(folder, "release.json");

    /// <summary>The last release; empty where there is none.</summary>
    public Release Last => _last ??= ReleaseJson.Read(LastPath) ?? Release.Empty;

    /// <summary>Takes a release for the last one, where the folder has none.</summary>
    /// <param name="release">The release.</param>
    /// <param name="bytes">Its form on disk.</param>
    public void Recover(Release release, byte[] bytes) => (_last, _recovered) = (release, bytes);

    /// <summary>All of them, the youngest first.</summary>
    public IReadOnlyList<PastRelease> All => [.. new[] { Numbered(LastPath, Numbers().LastOrDefault() + 1) }.Concat(Numbers().Reverse().Select(number => Numbered(PathOf(number), number))).OfType<PastRelease>()];

    /// <summary>Those before it, the youngest first.</summary>
    private IReadOnlyList<Release> Earlier => _earlier ??= [.. Numbers().Reverse().Select(number => ReleaseJson.Read(PathOf(number))).OfType<Release>()];

    /// <summary>
    /// What earlier releases brought and this one has no more, and pages that were served before may still ask for:
    /// files that a browser may keep for ever, with their encodings.
    /// </summary>
    /// <param name="release">The release, as the stages made it.</param>
    /// <param name="keep">How many releases a file stays after it was last current.</param>
    /// <param name="isThere">Whether the store still has a file as it was left.</param>
    public IEnumerable<ReleaseFile> Kept(Release release, int keep, Predicate<ReleaseFile> isThere)
    {
        var kept = new Dictionary<string, ReleaseFile>(StringComparer.Ordinal);
        var keptAs = new Spellings(names ?? FilePath.Names);

        // A name that is asked for means the file of this release, also where it lies under another name only.
        var taken = new Spellings(release.Current.SelectMany(file => new[] { file.Path, file.LogicalPath }), names ?? FilePath.Names);
        var counting = Earlier.Prepend(Last).SkipWhile(earlier => IsSame(earlier, release)).Take(keep);
        var paths = new PathSet(release.Current.Select(file => file.Path));
        foreach (var file in counting.SelectMany(earlier => earlier.Current).Where(file => file.Cache == CachePolicy.Immutable))
        {
            if (!keptAs.Has(file.Path) && HasPlace(file) && isThere(file))
            {
                kept.Add(file.Path, file with { Role = Role.Kept, References = [], Missing = [], RewrittenFrom = default, HasWindowsLineEnds = false });
                keptAs.Add(file.Path);
                paths.Add(file.Path);
            }
        }

        return kept.Values.Where(file => file.Encoding is null || kept.ContainsKey(file.PathOfOriginal));

        // A file cannot lie where a folder is needed, nor below another file, nor beside one that servers would send in its
        // place, nor where the store takes its name for that of another.
        bool HasPlace(ReleaseFile file) =>
            !taken.Has(file.PathOfOriginal)
            && !taken.Has(file.Path)
            && !paths.IsFolder(file.Path)
            && !paths.IsBelowFile(file.Path)
            && !ContentEncodings.All.Any(encoding => taken.Has(file.Path + encoding.Suffix));
    }

    /// <summary>
    /// Files whose names promise the same bytes for ever, and had other ones in an earlier release: whoever has those
    /// would never see these.
    /// </summary>
    /// <param name="release">The release, as the stages made it.</param>
    public IEnumerable<ReleaseFile> BrokenPromises(Release release)
    {
        var promised = new Dictionary<string, Sha256>(StringComparer.Ordinal);
        foreach (var file in Earlier.Prepend(Last).SelectMany(earlier => earlier.Files).Where(IsPromise))
            promised.TryAdd(file.Path, file.Content.Hash);
        return release.Current.Where(file => IsPromise(file) && promised.TryGetValue(file.Path, out var hash) && hash != file.Content.Hash);
    }

    /// <summary>Writes a release as the last one; the one before becomes an earlier one where it is another.</summary>
    /// <param name="release">The release.</param>
    /// <param name="bytes">Its form on disk.</param>
    /// <param name="keep">How many earlier ones count.</param>
    public void Add(Release release, ReadOnlySpan<byte> bytes, int keep)
    {
        var there = FileSystem.TryReadAllBytes(LastPath);
        var last = there ?? _recovered ?? [];
        if (there is not null && bytes.SequenceEqual(last))
            return;
        if (Last.Files.Count > 0 && !IsSame(Last, release))
        {
            // A run that did not end has perhaps put it there already, and one release counts once.
            var number = Numbers().LastOrDefault();
            if (number == 0 || !FileSystem.ReadAllBytes(PathOf(number)).AsSpan().SequenceEqual(last))
                AtomicFile.Write(PathOf(number + 1), last);
        }

        AtomicFile.Write(LastPath, bytes);
        foreach (var number in Numbers().SkipLast(keep).ToList())
            FileSystem.Delete(PathOf(number));
    }

    private static bool IsPromise(ReleaseFile file) => file is { Cache: CachePolicy.Immutable, Encoding: null };

    // Kept files and manifests follow from the others, so a release is another one when those are.
    private static bool IsSame(Release a, Release b) => a.Current
        .Select(file => (file.Path, file.Content.Hash, file.Cache))
        .SequenceEqual(b.Current.Select(file => (file.Path, file.Content.Hash, file.Cache)));

    private static PastRelease? Numbered(string path, int number) => ReleaseJson.ReadPast(path) is { } release ? release with { Number = number } : null;

    private IEnumerable<int> Numbers() => Directory.Exists(_earlierFolder)
        ? FileSystem.Files(_earlierFolder, "*.json")
            .Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path), out var number) ? number : 0)
            .Where(number => number > 0)
            .Order()
        : [];

    private string PathOf(int number) => Path.Combine(_earlierFolder, $"{number:D6}.json");
}
