using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// Turns one kind of source into places to read. A finder only says where files are; <see cref="Finding"/> reads them,
/// so every finder obeys the same rules about order, links and ignored names.
/// </summary>
internal static class FinderSources
{
    /// <summary>
    /// The sources in scan order. A source folder that is not there and that nobody named is left out; one that the
    /// user named is reported as an error.
    /// </summary>
    /// <param name="finder">The finder.</param>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="report">Takes what is wrong with the settings of this finder.</param>
    public static IEnumerable<Source> Sources(this Finder finder, CollectSettings settings, Action<Diagnostic> report) => finder switch
    {
        PackageFinder packages => PackageSources.Of(packages, settings, report),
        ProjectFinder projects => ProjectSources.Of(projects, settings),
        AppFinder apps => AppSources.Of(apps, settings, report),
        OwnFinder => OwnSources.Of(settings, report),
        DirectoryFinder directories => DirectorySources.Of(directories, settings, report),
        FileFinder files => FileSources.Of(files, settings, report),
        StaticWebAssetFinder assets => StaticWebAssetSources.Of(assets, report),
        WebRootFinder webRoot => WebRootSources.Of(webRoot),
        _ => throw new ArgumentOutOfRangeException(nameof(finder), finder, message: null),
    };
}
