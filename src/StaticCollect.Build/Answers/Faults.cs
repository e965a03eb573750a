using StaticCollect.Build.Content;

namespace StaticCollect.Build.Answers;

/// <summary>
/// Finds out which file is at fault for those that were not edited: the nearest one over the references whose change a file
/// has to follow. One that was edited, added or removed comes before one that changed for a reason outside of the release.
/// </summary>
internal static class Faults
{
    /// <summary>The changes, each with its chain to the file at fault.</summary>
    /// <param name="changes">The changes, in ordinal order of logical path.</param>
    public static IReadOnlyList<FileChange> Explain(IReadOnlyList<FileChange> changes)
    {
        var byPath = changes.ToDictionary(change => change.LogicalPath, StringComparer.Ordinal);
        var causes = changes.Where(change => change.Kind == ChangeKind.Follows)
            .ToDictionary(change => change.LogicalPath, change => CausesOf(change, byPath), StringComparer.Ordinal);
        var followers = causes.SelectMany(pair => pair.Value.Select(cause => (Cause: cause, Follower: pair.Key)))
            .ToLookup(pair => pair.Cause, pair => pair.Follower, StringComparer.Ordinal);

        // The file that each refers to on the shortest way to one at fault.
        var next = new Dictionary<string, string>(StringComparer.Ordinal);
        Spread(changes.Where(change => change.Kind != ChangeKind.Follows));
        Spread(changes.Where(change => causes.TryGetValue(change.LogicalPath, out var of) && of.Count == 0));
        return [.. changes.Select(change =>
            change.Kind != ChangeKind.Follows ? change
            : next.ContainsKey(change.LogicalPath) ? change with { Chain = ChainFrom(change.LogicalPath, next) }
            : change with { Kind = ChangeKind.Otherwise })];

        void Spread(IEnumerable<FileChange> faults)
        {
            var open = new Queue<string>(faults.Select(fault => fault.LogicalPath));
            while (open.TryDequeue(out var path))
            {
                foreach (var follower in followers[path].Where(follower => next.TryAdd(follower, path)))
                    open.Enqueue(follower);
            }
        }
    }

    /// <summary>The files whose change that of another one is: those with another name, else those whose bytes it tells the hash of.</summary>
    private static List<string> CausesOf(FileChange change, Dictionary<string, FileChange> changes)
    {
        var referred = change.Before!.File.References.Union(change.After!.File.References, StringComparer.Ordinal)
            .Where(path => path != change.LogicalPath && changes.ContainsKey(path)).ToList();
        var renamed = referred.Where(path => NameOf(path, changes[path].Before) != NameOf(path, changes[path].After)).ToList();
        return renamed.Count > 0 ? renamed : [.. referred.Where(path => HashOf(changes[path].Before) != HashOf(changes[path].After))];
    }

    // A reference to what is not there is left as it is.
    private static string NameOf(string logicalPath, PublishedForms? file) => file?.File.Path ?? logicalPath;

    private static Sha256 HashOf(PublishedForms? file) => file?.File.Content.Hash ?? default;

    private static List<string> ChainFrom(string path, Dictionary<string, string> next)
    {
        var chain = new List<string> { path };
        while (next.TryGetValue(chain[^1], out var cause))
            chain.Add(cause);
        return chain;
    }
}
