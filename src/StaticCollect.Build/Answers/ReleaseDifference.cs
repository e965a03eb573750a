using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>What is another in one release than in the one before, and why.</summary>
/// <param name="Changes">Each static file that is another one, in ordinal order of logical path.</param>
internal sealed record ReleaseDifference(IReadOnlyList<FileChange> Changes)
{
    /// <summary>How many bytes somebody downloads again who has all of the release before.</summary>
    public long Again => Changes.Sum(change => change.Again);

    /// <summary>How many bytes are new to everybody.</summary>
    public long New => Changes.Where(change => change.Kind == ChangeKind.Added).Sum(change => change.After!.Sent);

    /// <summary>What each file at fault costs somebody who has all of the release before: the most expensive first.</summary>
    public IReadOnlyList<Cost> Costs =>
    [
        .. Changes.Where(change => change.Again > 0)
            .GroupBy(change => change.Chain[^1], StringComparer.Ordinal)
            .Select(group => new Cost(group.Key, group.Count(), group.Sum(change => change.Again)))
            .OrderByDescending(cost => cost.Bytes)
            .ThenBy(cost => cost.LogicalPath, StringComparer.Ordinal),
    ];

    /// <summary>Compares two releases, by what they tell alone.</summary>
    public static ReleaseDifference Between(Release before, Release after)
    {
        var (old, now) = (PublishedForms.Of(before), PublishedForms.Of(after));
        var changes = new List<FileChange>();
        foreach (var path in old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (old.GetValueOrDefault(path), now.GetValueOrDefault(path));
            if (KindOf(was, becomes) is { } kind)
                changes.Add(new FileChange(path, kind, was, becomes));
        }

        return new ReleaseDifference(Faults.Explain(changes));
    }

    /// <summary>The change of one file, or <see langword="null"/>.</summary>
    public FileChange? Of(string logicalPath) => Changes.FirstOrDefault(change => change.LogicalPath == logicalPath);

    private static ChangeKind? KindOf(PublishedForms? was, PublishedForms? becomes) =>
        was is null ? ChangeKind.Added
        : becomes is null ? ChangeKind.Removed
        : was.File.SourceHash != becomes.File.SourceHash ? ChangeKind.Edited
        : was.File.Path != becomes.File.Path || was.File.Content.Hash != becomes.File.Content.Hash ? ChangeKind.Follows
        : was.IsSentAs(becomes) ? null
        : ChangeKind.Sent;
}

/// <summary>What the change of one file costs.</summary>
/// <param name="LogicalPath">The file at fault.</param>
/// <param name="Files">How many files are downloaded again for it, itself among them.</param>
/// <param name="Bytes">How many bytes they are.</param>
internal sealed record Cost(string LogicalPath, int Files, long Bytes);
