using System.IO.Enumeration;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Finders;

/// <summary>
/// Reads one source folder: one <c>stat</c> for each file, no file opened. Links are followed where the source allows
/// it, and never round in a circle.
/// </summary>
internal sealed class FolderWalk(
    Source source, FinderKind finder, CollectSettings settings, Action<Diagnostic> report, CancellationToken cancellation)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<StaticFile> _files = [];
    private readonly bool _followLinks = settings.FollowLinks && source.MayFollowLinks;

    // The real places of the source folder and of each linked folder on the way down.
    private readonly Stack<string> _entered = new();

    /// <summary>The files of the folder in ordinal order of logical path.</summary>
    public List<StaticFile> Run()
    {
        _entered.Push(FilePath.Real(source.Path));
        Read(source.Path, _entered.Peek(), "");
        _files.Sort(static (a, b) => string.CompareOrdinal(a.LogicalPath, b.LogicalPath));
        return _files;
    }

    private void Read(string folder, string realFolder, string relative)
    {
        cancellation.ThrowIfCancellationRequested();
        List<Entry> entries;
        try
        {
            entries = [.. new FileSystemEnumerable<Entry>(folder, static (ref FileSystemEntry entry) => new Entry(ref entry), Everything)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report(Diagnostic.Error(Codes.Unreadable,
                $"The folder '{settings.Show(folder)}' of '{source.App}' cannot be read: {Diagnostic.Reason(e)} Grant access to it, or leave it out with StaticCollectIgnore."));
            return;
        }

        foreach (var entry in entries)
        {
            var path = Path.Combine(folder, entry.Name);
            var below = relative.Length == 0 ? entry.Name : $"{relative}/{entry.Name}";
            if (settings.Ignore.Ignores(source, below, path))
                continue;
            if (entry.IsLink)
                FollowLink(path, realFolder, below);
            else if (entry.IsFolder)
                Read(path, Path.Combine(realFolder, entry.Name), below);
            else
                Add(path, below, entry.Stamp);
        }
    }

    private void FollowLink(string path, string realFolder, string relative)
    {
        if (!_followLinks)
            return;

        var target = Target(path, out var isLoop);
        if (target is null || !target.Exists)
        {
            report(isLoop
                ? Diagnostic.Warning(Codes.LinkLoop, $"The link '{settings.Show(path)}' of '{source.App}' leads back to itself and is left out.")
                : Diagnostic.Warning(Codes.BrokenLink, $"The link '{settings.Show(path)}' of '{source.App}' points to nothing and is left out. Mend or delete it."));
        }
        else if (target is FileInfo file)
        {
            Add(path, relative, FileStamp.Of(file));
        }
        else
        {
            var real = FilePath.Real(Path.TrimEndingDirectorySeparator(target.FullName));
            if (FilePath.IsAtOrBelow(realFolder, real) || _entered.Any(entered => FilePath.IsAtOrBelow(entered, real)))
            {
                report(Diagnostic.Warning(Codes.LinkLoop,
                    $"The link '{settings.Show(path)}' of '{source.App}' leads back to '{settings.Show(real)}', which it lies in, and is left out."));
                return;
            }

            _entered.Push(real);
            Read(path, real, relative);
            _entered.Pop();
        }
    }

    private static FileSystemInfo? Target(string path, out bool isLoop)
    {
        isLoop = false;
        try
        {
            // The kind of link is not known beforehand: a link to a folder resolves either way, so ask the file system.
            var info = Directory.Exists(path) ? (FileSystemInfo)new DirectoryInfo(path) : new FileInfo(path);
            return info.ResolveLinkTarget(returnFinalTarget: true);
        }
        catch (IOException)
        {
            // Resolving gives up after a number of steps; for a target that is not there it would not fail.
            isLoop = true;
            return null;
        }
    }

    private void Add(string path, string relative, FileStamp stamp) =>
        _files.Add(new StaticFile(LogicalPath.Combine(source.Prefix, relative), path, stamp, source.App, finder));

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink, FileStamp Stamp)
    {
        public Entry(ref FileSystemEntry entry)
            : this(
                entry.FileName.ToString(),
                entry.IsDirectory,
                (entry.Attributes & FileAttributes.ReparsePoint) != 0,
                entry.IsDirectory ? default : new FileStamp(entry.Length, entry.LastWriteTimeUtc.UtcTicks))
        {
        }
    }
}
