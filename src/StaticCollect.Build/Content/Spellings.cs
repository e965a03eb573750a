namespace StaticCollect.Build.Content;

/// <summary>
/// Finds paths as a file system does: where it takes names that differ in case or Unicode form for one, under any of them.
/// </summary>
/// <param name="names">Which names the file system takes for one.</param>
internal sealed class Spellings(FileNames names)
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byKey = new(FilePath.Comparer(names));

    /// <summary>Of these paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="names">Which names the file system takes for one.</param>
    public Spellings(IEnumerable<string> paths, FileNames names)
        : this(names)
    {
        foreach (var path in paths)
            Add(path);
    }

    /// <summary>Adds a path.</summary>
    public void Add(string path)
    {
        if (_paths.Add(path) && names != FileNames.AsWritten)
            _byKey.TryAdd(FilePath.Key(path, names), path);
    }

    /// <summary>The path of these that the system finds at a path, as it is spelled there; <see langword="null"/> where it finds none.</summary>
    public string? Find(string path) => _paths.Contains(path) ? path : _byKey.GetValueOrDefault(FilePath.Key(path, names));

    /// <summary>Whether it finds one.</summary>
    public bool Has(string path) => Find(path) is not null;
}
