namespace StaticCollect.Build.Releases;

/// <summary>A release as it was written down.</summary>
/// <param name="Release">The release.</param>
/// <param name="Id">Its id; empty where the file tells none.</param>
internal sealed record PastRelease(Release Release, string Id)
{
    /// <summary>Its number among the releases of a static root, which the next one counts on from; 0 where it has none.</summary>
    public int Number { get; init; }
}
