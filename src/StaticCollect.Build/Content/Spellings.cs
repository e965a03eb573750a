namespace StaticCollect.Build.Content;

/// <summary>
/// Finds paths as a file system does: where it takes names that differ in case or Unicode form for one, under any of them.
/// </summary>
internal sealed class Spellings
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byKey = new(LogicalPath.KeyComparer);
    private readonly bool _areOne;

    /// <summary>Of these paths.</summary>
    /// <param name="paths">The paths.</param>
    /// <param name="names">How the system compares names.</param>
    public Spellings(IEnumerable<string> paths, StringComparison names)
    {
        _areOne = names != StringComparison.Ordinal;
        foreach (var path in paths)
            Add(path);
    }

    /// <summary>Adds a path.</summary>
    public void Add(string path)
    {
        _paths.Add(path);
        if (_areOne)
            _byKey.TryAdd(LogicalPath.Key(path), path);
    }

    /// <summary>The path of these that the system finds at a path, as it is spelled there; <see langword="null"/> where it finds none.</summary>
    public string? Find(string path) => _paths.Contains(path) ? path : _areOne ? _byKey.GetValueOrDefault(LogicalPath.Key(path)) : null;

    /// <summary>Whether it finds one.</summary>
    public bool Has(string path) => Find(path) is not null;
}
