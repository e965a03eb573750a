namespace StaticCollect.Build.Settings;

/// <summary>The names that a project file may use: a test holds them equal to those of the build files and of the docs.</summary>
internal static class KnownNames
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "StaticCollect";

    /// <summary>The properties.</summary>
    public static readonly IReadOnlySet<string> Properties = Set(
        "StaticCollectEnabled", "StaticCollectUrl", "StaticCollectRoot", "StaticCollectFolderName", "StaticCollectFinders",
        "StaticCollectPackagesAtRoot", "StaticCollectConflict", "StaticCollectClear", "StaticCollectDryRun", "StaticCollectLink",
        "StaticCollectDefaultIgnore", "StaticCollectFollowLinks", "StaticCollectFingerprint", "StaticCollectManifest",
        "StaticCollectKeepOriginals", "StaticCollectKeepReleases", "StaticCollectMissingReference", "StaticCollectCheckViews", "StaticCollectBaseline", "StaticCollectCompress",
        "StaticCollectCompressLevel", "StaticCollectCompressMinimumSaving", "StaticCollectCompressSkip",
        "StaticCollectCacheDirectory", "StaticCollectCacheDays", "StaticCollectServerConfig", "StaticCollectServerRoot",
        "StaticCollectEndpoints", "StaticCollectDevelopment", "StaticCollectWebRoot", "StaticCollectItems",
        "StaticCollectVerbosity", "StaticCollectPath", "StaticCollectReleaseBefore", "StaticCollectReleaseAfter",
        "StaticCollectDiff", "StaticCollectReport", "StaticCollectDependsOn", "StaticCollectTasksAssembly");

    /// <summary>The items, each with its metadata.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Items = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["StaticCollectDirectory"] = ["Prefix", "App"],
        ["StaticCollectFile"] = ["LogicalPath", "App", "Order"],
        ["StaticCollectApp"] = [],
        ["StaticCollectIgnore"] = ["Source"],
        ["StaticCollectKeepName"] = [],
        ["StaticCollectAlreadyFingerprinted"] = [],
        ["StaticCollectIgnoreReference"] = ["Reference"],
    };

    /// <summary>The attributes of an item that are MSBuild's own.</summary>
    public static readonly IReadOnlySet<string> ItemAttributes = Set(
        "Include", "Exclude", "Remove", "Update", "Condition", "Label", "KeepDuplicates", "KeepMetadata", "RemoveMetadata",
        "MatchOnMetadata", "MatchOnMetadataOptions");

    /// <summary>The attributes of a property.</summary>
    public static readonly IReadOnlySet<string> PropertyAttributes = Set("Condition", "Label");

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.OrdinalIgnoreCase);
}
