namespace StaticCollect.Build.Content;

/// <summary>Finds the logical paths that somebody probably meant who wrote one that is not there.</summary>
/// <param name="paths">The paths that are there.</param>
internal sealed class NearestPaths(IReadOnlyCollection<string> paths)
{
    // To look for slips of the pen is to compare with every name of the folder: who asks thousands of times has another
    // mistake, and would wait for hours.
    private const int MostComparisons = 200_000;

    private readonly Lazy<ILookup<string, string>> _byKey =
        new(() => paths.ToLookup(LogicalPath.Key, LogicalPath.KeyComparer));

    private readonly Lazy<ILookup<string, string>> _byName =
        new(() => paths.Order(StringComparer.Ordinal).ToLookup(NameOf, StringComparer.OrdinalIgnoreCase));

    private readonly Lazy<ILookup<string, string>> _byFolder =
        new(() => paths.Order(StringComparer.Ordinal).ToLookup(FolderOf, StringComparer.Ordinal));

    private int _compared;

    /// <summary>The nearest one: another case first, then another folder, then a slip of the pen; <see langword="null"/> where none is near.</summary>
    public string? Of(string path) => All(path).FirstOrDefault();

    /// <summary>All that are near, the nearest first.</summary>
    public IEnumerable<string> All(string path)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        return _byKey.Value[LogicalPath.Key(path)].Concat(_byName.Value[NameOf(path)]).Concat(Slips(path)).Where(told.Add);
    }

    private IEnumerable<string> Slips(string path)
    {
        var name = NameOf(path);
        var neighbours = _byFolder.Value[FolderOf(path)].ToList();
        _compared += neighbours.Count;
        return _compared > MostComparisons ? [] : NearestNames.Of(name, neighbours, NameOf);
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];
}
