using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Stores;

/// <summary>Compares a release with what is in the static root: the stage that decides what is done.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="listing">What is in the static root now.</param>
/// <param name="last">What the last run left there.</param>
/// <param name="webRoot">What the SDK publishes below the root; <see langword="null"/> for nothing.</param>
/// <param name="names">Which names the system of the root takes for one; <see langword="null"/> for those that this one does.</param>
internal sealed class Planner(CollectSettings settings, RootView listing, LastRun last, PublishedBySdk? webRoot = null, FileNames? names = null)
{
    private readonly FileNames _names = names ?? FilePath.Names;
    private readonly RootView _root = listing.KnownAs(last.Entries, names ?? FilePath.Names);

    // Of a file that a run began to write there are two.
    private readonly Lazy<ILookup<string, RootEntry>> _known = new(() => last.Entries.ToLookup(entry => entry.Path, StringComparer.Ordinal));
    private readonly Dictionary<string, RootEntry> _entries = Latest(last.Entries);

    /// <summary>Whether the root still has a file as it was left: at least its bytes, where the root was copied or restored since.</summary>
    public bool HasAsLeft(ReleaseFile file) =>
        !settings.Clear
        && _root.Files.TryGetValue(file.Path, out var present)
        && _entries.TryGetValue(file.Path, out var entry)
        && entry.Hash == file.Content.Hash
        && entry.Kind == EntryKind.Copy
        && (entry.Stamp == present.Stamp || (!present.IsLink && HashOf(_root.FullPath(file.Path)) == entry.Hash));

    /// <summary>
    /// Paths of the files in the root that are neither of a release nor of the last one, nor published there by the SDK. In a root
    /// that is the web root itself they are the app's own.
    /// </summary>
    public IReadOnlyList<string> Unknown(Release release) => settings.Clear || settings.BelowWebRoot is { Length: 0 }
        ? []
        : [.. _root.Files.Keys.Where(path => release[path] is null && !_entries.ContainsKey(path) && webRoot?.SourceOf(path) is null && webRoot?.Replaced.Contains(path) != true && webRoot?.Names.Contains(path) != true).Order(StringComparer.Ordinal)];

    /// <summary>Decides.</summary>
    /// <param name="release">What shall be in the root.</param>
    /// <param name="cancellation">Stops the work.</param>
    public StorePlan Plan(Release release, CancellationToken cancellation = default)
    {
        var files = release.Files;
        var steps = new PlannedStep[files.Count];
        var inDoubt = new List<int>();
        for (var i = 0; i < files.Count; i++)
        {
            var kind = KindOf(files[i]);
            var answer = IsUnchanged(files[i], kind);
            steps[i] = new PlannedStep(files[i], kind, answer != true, _root.Files.GetValueOrDefault(files[i].Path)?.Stamp ?? default);
            if (answer is null)
                inDoubt.Add(i);
        }

        // Stamps that differ prove nothing yet: equal bytes are not written again.
        Workers.For(
            inDoubt.Count,
            n =>
            {
                var i = inDoubt[n];
                if (HashOf(_root.FullPath(files[i].Path)) == files[i].Content.Hash)
                    steps[i] = steps[i] with { MustWrite = false };
            },
            cancellation);

        var wanted = new PathSet(files.Select(file => file.Path));

        // Where nothing is new nobody asks.
        var places = new Lazy<Spellings>(() => new Spellings(files.Select(file => file.Path), _names));
        var siblings = Siblings(release, places, cancellation);
        return new StorePlan(
            steps,
            Removals(release, wanted, places, siblings.Stale),
            EmptiedFolders(wanted),
            [.. Blocked(wanted, places), .. siblings.Stale.Select(Describe), .. NotAsLeft(steps, wanted, places, siblings.Stale)],
            siblings.Good);
    }

    private EntryKind KindOf(ReleaseFile file)
    {
        // A link is right only where its bytes are the source's, and a name that promises its bytes is never one: it would
        // change them with the source, and lose them with it.
        if (file.Role != Role.Plain || file.Cache == CachePolicy.Immutable || file.Content.From is ByteSource.Edited)
            return EntryKind.Copy;

        // A release of an earlier run does not tell where its bytes came from, but the root does.
        if (file.Content.From is ByteSource.Stored)
            return _entries.GetValueOrDefault(file.Path)?.Kind ?? EntryKind.Copy;
        return settings.Link switch
        {
            LinkMode.Symbolic => EntryKind.SymbolicLink,
            LinkMode.Hard => EntryKind.HardLink,
            _ => EntryKind.Copy,
        };
    }

    /// <summary>Whether a file is there as it shall be; <see langword="null"/> when only its bytes can tell.</summary>
    private bool? IsUnchanged(ReleaseFile file, EntryKind kind)
    {
        if (file.Role == Role.Kept)
            return true;
        if (settings.Clear
            || !_root.Files.TryGetValue(file.Path, out var present)
            || !_entries.TryGetValue(file.Path, out var entry)
            || entry.Kind != kind
            || present.IsLink != (kind == EntryKind.SymbolicLink))
        {
            return false;
        }

        var isAsLeft = present.Stamp == entry.Stamp;
        return kind switch
        {
            // A link follows its source by itself.
            EntryKind.SymbolicLink => isAsLeft && entry.Target == file.Origin.SourcePath,
            // A source that was replaced left its old bytes here.
            EntryKind.HardLink => isAsLeft && entry.Target == file.Origin.SourcePath && entry.Hash == file.Content.Hash,
            EntryKind.Copy when isAsLeft => entry.Hash == file.Content.Hash,
            EntryKind.Copy => present.Stamp.Length == file.Content.Length ? null : false,
            _ => false,
        };
    }

    private static Sha256 HashOf(string path)
    {
        // A pipe that somebody put into the place of a file is not read to its end.
        if (FileStamp.Of(path) is null)
            return default;
        try
        {
            using var stream = FileSystem.OpenStream(path);
            return Sha256.Of(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is written anew, and whoever writes says what is wrong.
            return default;
        }
    }

    /// <summary>
    /// Servers send <c>app.js.gz</c> in place of <c>app.js</c> without a look at what it decodes to. So what lies beside
    /// a file under such a name and is no encoding of it goes, whoever wrote it.
    /// </summary>
    private (IReadOnlyList<string> Stale, IReadOnlyList<CheckedSibling> Good) Siblings(Release release, Lazy<Spellings> places, CancellationToken cancellation)
    {
        if (settings.Clear)
            return ([], []);
        var known = last.Siblings.ToHashSet();
        var stale = new ConcurrentBag<string>();
        var good = new ConcurrentBag<CheckedSibling>();
        var candidates = new List<Candidate>();
        foreach (var (path, present) in _root.Files)
        {
            if (Precompressed.EncodingOf(path) is { } encoding
                && !places.Value.Has(path)
                && !IsStillOurs(path)
                && places.Value.Find(Precompressed.Stem(path, encoding)) is { } stem
                && release[stem] is { } original)
            {
                candidates.Add(new Candidate(new CheckedSibling(path, present.Stamp, original.Content.Hash), encoding, original.Content.Length));
            }
        }

        Workers.For(
            candidates.Count,
            i =>
            {
                var (sibling, encoding, length) = candidates[i];
                if (known.Contains(sibling) || Precompressed.DecodesTo(encoding, _root.FullPath(sibling.Path), sibling.Original, length, cancellation))
                    good.Add(sibling);
                else
                    stale.Add(sibling.Path);
            },
            cancellation);
        return ([.. stale.Order(StringComparer.Ordinal)], [.. good.OrderBy(sibling => sibling.Path, StringComparer.Ordinal)]);
    }

    private IReadOnlyList<PlannedRemoval> Removals(Release release, PathSet wanted, Lazy<Spellings> places, IReadOnlyList<string> stale)
    {
        var present = settings.Clear
            ? _root.Files.Keys.Where(path => !IsLeftToSdk(places, path)).Concat(_root.Links.Keys)
            : _entries.Keys.Where(path => !wanted.Contains(path) && IsStillOurs(path)).Concat(stale).Union(Replaced(wanted), StringComparer.Ordinal);
        return
        [
            .. _root.Leftovers.Select(path => new PlannedRemoval(path, GoesFirst: true)),
            .. present.Order(StringComparer.Ordinal).Select(path => new PlannedRemoval(path, settings.Clear || IsInTheWay(wanted, path) || StandsBeside(places, path) || webRoot?.SourceOf(path) is not null)
            {
                Seen = (_root.Files.GetValueOrDefault(path) ?? _root.Links.GetValueOrDefault(path))?.Stamp,
                Role = last.Release[path]?.Role,
            }),
        ];
    }

    /// <summary>
    /// What a collected file replaces is not there under another spelling either, nor where only the name with a fingerprint is
    /// published. Compressed forms beside a file of the release are looked into with all others.
    /// </summary>
    private IEnumerable<string> Replaced(PathSet wanted) =>
        (webRoot ?? PublishedBySdk.Nothing).Replaced.Where(path =>
            _root.Files.ContainsKey(path)
            && !wanted.Contains(path)
            && !(Precompressed.EncodingOf(path) is { } encoding && wanted.Contains(Precompressed.Stem(path, encoding))));

    /// <summary>
    /// Tells of files that are not as a collection left them: those in whose places files of the release come, and those that
    /// would have gone, and stay. What the SDK put there is as it should be.
    /// </summary>
    private IEnumerable<Diagnostic> NotAsLeft(PlannedStep[] steps, PathSet wanted, Lazy<Spellings> places, IReadOnlyList<string> stale)
    {
        if (settings.Clear)
            yield break;
        var present = new Lazy<Spellings>(() => new Spellings(_root.Files.Keys, _names));
        var replaced = steps.Where(step => step.MustWrite).Select(step => present.Value.Find(step.File.Path)).OfType<string>().Where(IsOfOthers).ToList();
        if (replaced.Count > 0)
        {
            yield return new Diagnostic(Codes.NotAsLeft, Severity.Message,
                $"{Named(replaced)} not as a collection left {Them(replaced)}: what is collected takes the place.");
        }

        var left = _entries.Keys.Where(path => !wanted.Contains(path) && !places.Value.Has(path) && _root.Files.ContainsKey(path) && IsOfOthers(path)).Except(stale, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (left.Count > 0)
        {
            yield return Diagnostic.Warning(Codes.NotAsLeft,
                $"{Named(left)} not as a collection left {Them(left)}, and not collected any more: left there, and told this once. Delete what nobody needs.");
        }

        bool IsOfOthers(string path) => webRoot?.SourceOf(path) is null && webRoot?.Replaced.Contains(path) != true && !IsStillOurs(path);

        string Named(List<string> paths)
        {
            var (others, are) = paths.Count == 1 ? ("", "is") : ($" and {paths.Count - 1} more", "are");
            return $"'{paths[0]}'{others} in the static root '{settings.Show(settings.Root)}' {are}";
        }

        static string Them(List<string> paths) => paths.Count == 1 ? "it" : "them";
    }

    // What the SDK has published is no less wanted than what is collected, and it would not come again by itself.
    private bool IsLeftToSdk(Lazy<Spellings> places, string path) =>
        (webRoot?.SourceOf(path) is not null || webRoot?.Names.Contains(path) == true) && !_entries.ContainsKey(path) && !StandsBeside(places, path);

    /// <summary>
    /// Whether a file that a run left is still there. Somebody else may have put another one into its place since: the
    /// SDK, say, its own file of <c>wwwroot</c>. And a link to a file leads to a folder once its source is one.
    /// </summary>
    private bool IsStillOurs(string path)
    {
        if (!_root.Files.TryGetValue(path, out var present) && !_root.Links.TryGetValue(path, out present))
            return false;

        // Under a name that promises its bytes nobody else's are left.
        if (last.Release[path]?.Cache == CachePolicy.Immutable)
            return true;
        var entries = _known.Value[path].ToList();
        if (entries.Count == 0)
            return false;
        return entries.Exists(entry => entry.Stamp == present.Stamp || (entry.Kind == EntryKind.HardLink && IsSameFile(entry, present)))
            || (present.IsLink
                ? entries.Exists(entry => entry.Kind == EntryKind.Unfinished)
                : HashOf(_root.FullPath(path)) is var hash && entries.Exists(entry => entry.Kind != EntryKind.SymbolicLink && entry.Hash == hash));
    }

    // A hard link has other bytes and another time as soon as somebody writes to its source. Where file systems tell no time of
    // birth, it is known by being what the source is.
    private static bool IsSameFile(RootEntry entry, RootFile present) => entry.Stamp.Birth != 0
        ? entry.Stamp.Birth == present.Stamp.Birth
        : FileStamp.Of(entry.Target) == present.Stamp;

    private static Dictionary<string, RootEntry> Latest(IReadOnlyList<RootEntry> entries)
    {
        var latest = new Dictionary<string, RootEntry>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
            latest[entry.Path] = entry;
        return latest;
    }

    // A file that differs from a wanted one in case only may be that file itself: it goes first, or it would take the new
    // one with it.
    private static bool IsInTheWay(PathSet wanted, string path) =>
        wanted.IsFile(path) || wanted.IsFolder(path) || wanted.IsBelowFile(path);

    private static bool StandsBeside(Lazy<Spellings> places, string path) =>
        Precompressed.EncodingOf(path) is { } encoding && places.Value.Has(Precompressed.Stem(path, encoding));

    private Diagnostic Describe(string stale) => new(Codes.StaleSibling, Severity.Message,
        $"'{stale}' in the static root '{settings.Show(settings.Root)}' is no encoding of the file beside it, and servers would send it in its place: it goes.");

    // A folder where a file is to be written, left by a killed run or by whoever deleted its files, goes when it is empty.
    private IReadOnlyList<string> EmptiedFolders(PathSet wanted) =>
        settings.Clear ? _root.Folders : [.. _root.Folders.Where(path => wanted.IsFile(path) || wanted.IsBelowFile(path))];

    /// <summary>
    /// What no collection wrote is not touched, and neither is what somebody else put in place of a file of ours: where it
    /// stands in the way, the user must decide.
    /// </summary>
    private IReadOnlyList<Diagnostic> Blocked(PathSet wanted, Lazy<Spellings> places)
    {
        if (settings.Clear)
            return [];
        return
        [
            .. _root.Files.Keys.Where(path => wanted.IsFolder(path) && !GoesAsOurs(path))
                .Select(path => Describe(path, "is a file where a folder is needed")),
            .. _root.Links.Keys.Where(path => wanted.IsFolder(path) && !GoesAsOurs(path))
                .Select(path => Describe(path, "is a link to a folder; files would be written outside the static root")),
            .. _root.Files.Keys.Where(path => wanted.IsBelowFile(path) && !GoesAsOurs(path))
                .Select(path => Describe(path, "lies in a folder where a file is to be written")),
            .. _root.Links.Keys.Where(path => (places.Value.Has(path) || wanted.IsBelowFile(path)) && !GoesAsOurs(path))
                .Select(path => Describe(path, "is a link to a folder where a file is to be written")),
        ];
    }

    private bool GoesAsOurs(string path) => _entries.ContainsKey(path) && IsStillOurs(path);

    private Diagnostic Describe(string path, string why) => Diagnostic.Error(Codes.RootBlocked,
        $"'{path}' in the static root '{settings.Show(settings.Root)}' {why}, and no collection wrote it. Delete or move it, or set StaticCollectClear to true.");

    /// <summary>What may be an encoding of the file beside it.</summary>
    private sealed record Candidate(CheckedSibling Sibling, IContentEncoding Encoding, long Length);
}
