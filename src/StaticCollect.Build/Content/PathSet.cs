namespace StaticCollect.Build.Content;

/// <summary>
/// Paths of files that shall lie in one root, and the folders they need, as they stand in each other's way: there Windows
/// and macOS take names that differ in case or Unicode form for one.
/// </summary>
internal sealed class PathSet
{
    private readonly HashSet<string> _files;
    private readonly HashSet<string> _fileKeys;
    private readonly HashSet<string> _folderKeys = new(LogicalPath.KeyComparer);

    // Paths mostly come in order, many of one folder.
    private string _added = "";
    private (string Folder, bool IsAtOrBelowFile) _asked = ("", false);

    /// <summary>A set of the paths given.</summary>
    public PathSet(IEnumerable<string> paths)
    {
        var count = paths.TryGetNonEnumeratedCount(out var known) ? known : 0;
        _files = new(count, StringComparer.Ordinal);
        _fileKeys = new(count, LogicalPath.KeyComparer);
        foreach (var path in paths)
            Add(path);
    }

    /// <summary>Adds the path of a file.</summary>
    public void Add(string path)
    {
        _files.Add(path);
        _fileKeys.Add(LogicalPath.Key(path));
        _asked = ("", false);
        var end = Math.Max(0, path.LastIndexOf('/'));
        if (path.AsSpan(0, end).SequenceEqual(_added))
            return;
        _added = path[..end];
        foreach (var folder in LogicalPath.FoldersOf(path))
        {
            if (!_folderKeys.Add(LogicalPath.Key(folder)))
                break;
        }
    }

    /// <summary>Whether just this path is one of the files.</summary>
    public bool Contains(string path) => _files.Contains(path);

    /// <summary>Whether a file lies at a path, or one that some systems take for it.</summary>
    public bool IsFile(string path) => _fileKeys.Contains(LogicalPath.Key(path));

    /// <summary>Whether a folder is needed at a path.</summary>
    public bool IsFolder(string path) => _folderKeys.Contains(LogicalPath.Key(path));

    /// <summary>Whether a path lies below one of the files.</summary>
    public bool IsBelowFile(string path)
    {
        var end = Math.Max(0, path.LastIndexOf('/'));
        if (!path.AsSpan(0, end).SequenceEqual(_asked.Folder))
            _asked = (path[..end], LogicalPath.FoldersOf(path).Any(IsFile));
        return _asked.IsAtOrBelowFile;
    }
}
