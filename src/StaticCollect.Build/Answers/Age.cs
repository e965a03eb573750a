using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>Since when a file is what it is.</summary>
/// <param name="Since">What the first release is called in which it has the bytes and the name that it has.</param>
/// <param name="Before">What the release before that is called; <see langword="null"/> where none is kept.</param>
/// <param name="Change">What happened to it there.</param>
/// <param name="Difference">What else was another there.</param>
internal sealed record Age(string Since, string? Before, FileChange? Change, ReleaseDifference? Difference);

/// <summary>The releases that are known, and what each file was in them.</summary>
/// <param name="releases">The releases with what each is called, the youngest first.</param>
internal sealed class Timeline(IReadOnlyList<(string Name, Release Release)> releases)
{
    private readonly Lazy<Dictionary<string, PublishedForms>>[] _files =
        [.. releases.Select(release => new Lazy<Dictionary<string, PublishedForms>>(() => PublishedForms.Of(release.Release)))];

    private readonly Dictionary<int, ReleaseDifference> _differences = [];

    /// <summary>The timeline of what would be published now, behind the releases that are kept.</summary>
    /// <param name="now">What would be published; encodings do not count.</param>
    /// <param name="kept">The releases that are kept, the youngest first.</param>
    public static Timeline Of(Release now, IReadOnlyList<PastRelease> kept)
    {
        List<(string, Release)> all = [.. kept.Select(release => ($"release {release.Number}", release.Release))];
        if (kept.Count == 0 || !Names(now).SequenceEqual(Names(kept[0].Release)))
            all.Insert(0, ("the next release", now));
        return new Timeline(all);

        static IEnumerable<object> Names(Release release) => release.Collected.Select(file => (object)(file.Published.Path, file.Published.Content.Hash));
    }

    /// <summary>Since when a file is what it is in the youngest release; <see langword="null"/> where it is in none.</summary>
    public Age? AgeOf(string logicalPath)
    {
        var i = 0;
        while (i + 1 < releases.Count && IsSame(FileIn(i), FileIn(i + 1)))
            i++;
        if (i + 1 == releases.Count)
            return FileIn(i) is null ? null : new Age(releases[i].Name, Before: null, Change: null, Difference: null);
        if (!_differences.TryGetValue(i, out var difference))
            _differences.Add(i, difference = ReleaseDifference.Between(releases[i + 1].Release, releases[i].Release));
        return new Age(releases[i].Name, releases[i + 1].Name, difference.Of(logicalPath), difference);

        PublishedForms? FileIn(int release) => _files[release].Value.GetValueOrDefault(logicalPath);
    }

    /// <summary>The youngest release in which a path was that of a file, and the logical path of that; <see langword="null"/> where none is kept.</summary>
    public (string Release, string LogicalPath)? Find(string path)
    {
        // A kept file is one of a release before that one.
        var found = releases.Select(release => (release.Name, File: release.Release[path])).Where(found => found.File is { Role: not Role.Generated }).ToList();
        return found.OrderBy(one => one.File!.Role == Role.Kept).Select(one => ((string, string)?)(one.Name, one.File!.LogicalPath)).FirstOrDefault();
    }

    private static bool IsSame(PublishedForms? a, PublishedForms? b) =>
        a?.File.Path == b?.File.Path && a?.File.Content.Hash == b?.File.Content.Hash;
}
