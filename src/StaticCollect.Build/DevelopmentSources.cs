using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build;

/// <summary>
/// What a development server serves: the source folders as they are, so that an edited file is served at once and so is
/// a new one; and file by file only what folders cannot say: who wins where two of them offer one path, and files that
/// were named one by one.
/// </summary>
/// <param name="Folders">Folders whose files are served as they are.</param>
/// <param name="Files">Single files, which win over the folders.</param>
internal sealed record DevelopmentSources(IReadOnlyList<DevelopmentFolder> Folders, IReadOnlyList<DevelopmentFile> Files)
{
    /// <summary>Finds them.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="assetsFile">Full path of the assets file of the restore.</param>
    /// <param name="targetFramework">The target framework being built.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static DevelopmentSources Of(
        CollectSettings settings, string assetsFile, string targetFramework, CancellationToken cancellation = default)
    {
        var below = settings.Url.StartsWith('/') && !settings.Url.StartsWith("//", StringComparison.Ordinal) ? settings.Url.Trim('/') : "static";
        var found = Finding.Run(
            settings with
            {
                Finders =
                [
                    .. settings.Finders
                        .Where(finder => finder.Kind != FinderKind.StaticWebAsset)
                        .Select(finder => finder.Kind == FinderKind.Project ? new RestoredProjectFinder(assetsFile, targetFramework) : finder),
                ],
            },
            cancellation);
        var contested = found.Sources
            .SelectMany(source => source.Files)
            .GroupBy(file => LogicalPath.Key(file.LogicalPath), LogicalPath.KeyComparer)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Key)
            .ToHashSet(LogicalPath.KeyComparer);
        return new DevelopmentSources(
            [.. found.Sources
                .Where(source => source.Source.Files is null)
                .Select(source => new DevelopmentFolder(source.Source.Path, LogicalPath.Combine(below, source.Source.Prefix)))],
            [.. Stages.Select(settings, found, new Comparisons([], trustedBefore: 0)).All
                .Where(file => file.Finder == FinderKind.File || contested.Contains(LogicalPath.Key(file.LogicalPath)))
                .Select(file => new DevelopmentFile(file.SourcePath, LogicalPath.Combine(below, file.LogicalPath)))]);
    }
}

/// <summary>A folder whose files are served as they are.</summary>
/// <param name="Path">Full path of the folder.</param>
/// <param name="UrlPath">Path below the web root under which it is served.</param>
internal sealed record DevelopmentFolder(string Path, string UrlPath);

/// <summary>A file that is served by itself.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="UrlPath">Path below the web root under which it is served.</param>
internal sealed record DevelopmentFile(string Path, string UrlPath);
