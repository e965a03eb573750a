namespace StaticCollect.Build.Settings;

/// <summary>The settings as the project file has them: text, not yet checked.</summary>
/// <param name="Project">
/// What the build knows of the project, and the <c>StaticCollect</c> properties under their own names. A value that is
/// absent or empty means the default.
/// </param>
internal sealed record RawSettings(RawItem Project)
{
    /// <summary><c>StaticCollectDirectory</c> items, with <c>Prefix</c> and <c>App</c>.</summary>
    public IReadOnlyList<RawItem> Directories { get; init; } = [];

    /// <summary><c>StaticCollectFile</c> items, with <c>LogicalPath</c>, <c>App</c> and <c>Order</c>.</summary>
    public IReadOnlyList<RawItem> Files { get; init; } = [];

    /// <summary><c>StaticCollectApp</c> items.</summary>
    public IReadOnlyList<RawItem> Apps { get; init; } = [];

    /// <summary><c>StaticCollectIgnore</c> items, with <c>Source</c>.</summary>
    public IReadOnlyList<RawItem> Ignore { get; init; } = [];

    /// <summary><c>StaticCollectKeepName</c> items.</summary>
    public IReadOnlyList<RawItem> KeepName { get; init; } = [];

    /// <summary><c>StaticCollectAlreadyFingerprinted</c> items.</summary>
    public IReadOnlyList<RawItem> AlreadyFingerprinted { get; init; } = [];

    /// <summary><c>StaticCollectIgnoreReference</c> items, with <c>Reference</c>.</summary>
    public IReadOnlyList<RawItem> IgnoreReference { get; init; } = [];

    /// <summary>Project files of the referenced projects, dependencies first, with <c>FolderName</c>.</summary>
    public IReadOnlyList<RawItem> Projects { get; init; } = [];

    /// <summary>The SDK's <c>StaticWebAsset</c> items as resolved for publish.</summary>
    public IReadOnlyList<RawItem> WebAssets { get; init; } = [];

    /// <summary>The same, where references in the web root are rewritten: all of them, in the order of the project.</summary>
    public IReadOnlyList<RawItem> PublishedAssets { get; init; } = [];

    /// <summary>The views of the project.</summary>
    public IReadOnlyList<RawItem> Views { get; init; } = [];

    /// <summary>The SDK's <c>StaticWebAssetEndpoint</c> items that go with them.</summary>
    public IReadOnlyList<RawItem> PublishedEndpoints { get; init; } = [];
}

/// <summary>An item of the project: its include and its metadata.</summary>
/// <param name="Include">What the item is.</param>
/// <param name="Metadata">
/// Gives the value of a metadata by its name, without regard to case; nothing where it is not set. There may be thousands of
/// items with dozens of metadata, few of which are asked for.
/// </param>
internal sealed record RawItem(string Include, Func<string, string?> Metadata)
{
    /// <summary>An item whose metadata are known.</summary>
    public RawItem(string include, IReadOnlyDictionary<string, string> metadata)
        : this(include, metadata.GetValueOrDefault)
    {
    }

    /// <summary>The value of one metadata, or <see langword="null"/> where it is not set.</summary>
    public string? this[string name] => Metadata(name)?.Trim() is { Length: > 0 } value ? value : null;
}
