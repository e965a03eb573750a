using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// Reads one source folder: one <c>stat</c> for each file, no file opened. Links are followed where the source allows
/// it, and never round in a circle.
/// </summary>
internal sealed class FolderWalk(
    Source source, FinderKind finder, CollectSettings settings, Action<Diagnostic> report, CancellationToken cancellation)
{
    // No site links one folder from as many places; what does so in nested folders has more paths than anybody can read.
    private const int MostWays = 1000;

    private readonly List<StaticFile> _files = [];
    private readonly bool _followLinks = settings.FollowLinks && source.MayFollowLinks;

    private readonly List<Diagnostic> _problems = [];
    private readonly Lazy<string> _realRoot = new(() => FilePath.Real(settings.Root));

    // The real places of the folders that the links on the way down lie in.
    private readonly Stack<string> _left = new();

    // How many links have led to each folder, by its real place.
    private readonly Dictionary<string, int> _ways = new(StringComparer.Ordinal);
    private bool _hasTooManyWays;

    /// <summary>The files of the folder in ordinal order of logical path.</summary>
    public List<StaticFile> Run()
    {
        // A package cannot lead out of itself, not even by its folder as a whole.
        if (source.MayFollowLinks || DiskEntry.Of(source.Path, followLinks: false) is not { IsLink: true })
            Read(source.Path, FilePath.Real(source.Path), "");
        _files.Sort(static (a, b) => string.CompareOrdinal(a.LogicalPath, b.LogicalPath));
        foreach (var problem in _problems.OrderBy(problem => problem.Text, StringComparer.Ordinal))
            report(problem);
        return _files;
    }

    private void Read(string folder, string realFolder, string relative)
    {
        cancellation.ThrowIfCancellationRequested();
        List<ListedEntry> entries;
        try
        {
            entries = FolderListing.Of(folder, name => TellNotUnicode(folder, relative, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _problems.Add(Diagnostic.Error(Codes.Unreadable,
                $"The folder '{settings.Show(folder)}' of '{source.App}' cannot be read: {Diagnostic.Reason(e)} Grant access to it, or leave it out with StaticCollectIgnore."));
            return;
        }

        foreach (var (name, entry) in entries)
        {
            var path = Path.Combine(folder, name);
            var below = relative.Length == 0 ? name : $"{relative}/{name}";
            if (settings.Ignore.Ignores(source, below, path))
                continue;
            if (entry.IsLink)
                FollowLink(path, realFolder, below);
            else if (entry.IsFolder)
                Read(path, Path.Combine(realFolder, name), below);
            else if (entry.IsRegular)
                Add(path, below, entry.Stamp);
            else
                _problems.Add(SourceProblems.NoFile(path, source.App, settings));
        }
    }

    private void TellNotUnicode(string folder, string relative, string name)
    {
        if (settings.Ignore.Ignores(source, relative.Length == 0 ? name : $"{relative}/{name}", Path.Combine(folder, name)))
            return;
        _problems.Add(Diagnostic.Error(Codes.NameNotUnicode,
            $"The name of '{settings.Show(Path.Combine(folder, name))}' of '{source.App}' is no UTF-8: no URL and no path can spell it (what is none is shown as a replacement character). Rename the file, or leave it out with StaticCollectIgnore."));
    }

    private void FollowLink(string path, string realFolder, string relative)
    {
        if (!_followLinks)
            return;

        // From the real place of the link: a relative target is relative to that, however the walk came here.
        var real = FilePath.Real(Path.Combine(realFolder, Path.GetFileName(path)));
        if (new FileInfo(real).LinkTarget is not null)
        {
            _problems.Add(Diagnostic.Warning(Codes.LinkLoop,
                $"The link '{settings.Show(path)}' of '{source.App}' leads back to itself and is left out."));
        }
        else if (Directory.Exists(real))
        {
            _left.Push(realFolder);
            if (MayEnter(path, real))
                Read(path, real, relative);
            _left.Pop();
        }
        else if (DiskEntry.Of(real, followLinks: true) is { } entry)
        {
            if (entry.IsRegular)
                Add(path, relative, entry.Stamp);
            else
                _problems.Add(SourceProblems.NoFile(path, source.App, settings));
        }
        else
        {
            _problems.Add(Diagnostic.Warning(Codes.BrokenLink,
                $"The link '{settings.Show(path)}' of '{source.App}' points to nothing and is left out. Mend or delete it."));
        }
    }

    private bool MayEnter(string link, string real)
    {
        if (_left.Any(folder => FilePath.IsAtOrBelow(folder, real)))
        {
            _problems.Add(Diagnostic.Warning(Codes.LinkLoop,
                $"The link '{settings.Show(link)}' of '{source.App}' leads back to '{settings.Show(real)}', which it lies in, and is left out."));
            return false;
        }

        if (FilePath.IsAtOrBelow(real, _realRoot.Value) || FilePath.IsAtOrBelow(_realRoot.Value, real))
        {
            _problems.Add(Diagnostic.Error(Codes.RootRefused,
                $"The static root '{settings.Root}' is refused: the link '{settings.Show(link)}' of '{source.App}' leads to it, so that each collection would collect the last one. Delete the link or set StaticCollectRoot to another folder."));
            return false;
        }

        var ways = _ways[real] = _ways.GetValueOrDefault(real) + 1;
        if (ways > MostWays && !_hasTooManyWays)
        {
            _problems.Add(Diagnostic.Error(Codes.LinkLoop,
                $"More than {MostWays} links of '{source.App}' lead to '{settings.Show(real)}', one of them by '{settings.Show(link)}': folders that are linked twice in folders that are linked twice have more paths than can be read. Delete some of the links, or leave them out with StaticCollectIgnore."));
            _hasTooManyWays = true;
        }

        return !_hasTooManyWays;
    }

    private void Add(string path, string relative, FileStamp stamp) =>
        _files.Add(new StaticFile(LogicalPath.Combine(source.Prefix, relative), path, stamp, source.App, finder));
}
