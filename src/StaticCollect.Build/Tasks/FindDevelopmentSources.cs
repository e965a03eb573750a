using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Finds what a development server serves: the task behind <c>StaticCollectDevelopment</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class FindDevelopmentSources : StaticCollectTask
{
    /// <summary>The SDK's <c>StaticWebAsset</c> items of the build.</summary>
    public ITaskItem[] WebAssets { get; set; } = [];

    /// <summary>
    /// The folders as the SDK's <c>StaticWebAssetDiscoveryPattern</c> items: <c>Source</c>, <c>BasePath</c> (URL path),
    /// <c>ContentRoot</c> (full path ending in a separator) and <c>Pattern</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Patterns { get; private set; } = [];

    /// <summary>
    /// The files as candidates of the SDK's <c>DefineStaticWebAssets</c>: full path, <c>RelativePath</c> (URL path) and
    /// <c>ContentRoot</c> (the file's folder, ending in a separator).
    /// </summary>
    [Output]
    public ITaskItem[] Assets { get; private set; } = [];

    /// <summary>
    /// The routes as the SDK's <c>StaticWebAssetEndpoint</c> items: the route, <c>AssetFile</c> (full path),
    /// <c>Selectors</c>, <c>ResponseHeaders</c> and <c>EndpointProperties</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Endpoints { get; private set; } = [];

    /// <summary>Those of the SDK's assets that development does without.</summary>
    [Output]
    public ITaskItem[] Replaced { get; private set; } = [];

    /// <summary>Those of them that are for the publish, as such.</summary>
    [Output]
    public ITaskItem[] ForPublish { get; private set; } = [];

    /// <inheritdoc/>
    private protected override bool TellsWarnings => false;

    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation)
    {
        var sources = DevelopmentSources.Of(settings, [.. WebAssets.Select(item => WebAsset.Of(Value(item), settings.ProjectFolder))], cancellation);
        foreach (var diagnostic in sources.Diagnostics)
            log.Report(diagnostic);
        Patterns = [.. sources.Folders.Select((folder, i) => Escaped.Item(
            $"StaticCollect{i}",
            ("Source", $"StaticCollect{i}"),
            ("BasePath", folder.UrlPath),
            ("ContentRoot", folder.Path + Path.DirectorySeparatorChar),
            ("Pattern", "**")))];
        Assets = [.. sources.Files.Select(file => Escaped.Item(
            file.Path,
            ("RelativePath", file.UrlPath),
            ("ContentRoot", Path.GetDirectoryName(file.Path) + Path.DirectorySeparatorChar)))];
        Endpoints = [.. sources.Routes.Select(route => Escaped.Item(
            route.UrlPath,
            ("AssetFile", route.Path),
            ("Selectors", "[]"),
            ("ResponseHeaders", route.Headers),
            ("EndpointProperties", "[]")))];
        var replaced = sources.Replaced.ToLookup(asset => asset.Path, StringComparer.Ordinal);
        Replaced = [.. WebAssets.Where(item => replaced.Contains(item.GetMetadata("FullPath")))];
        ForPublish = [.. Replaced.Where(item => replaced[item.GetMetadata("FullPath")].First().IsOfProject).Select(item => Published(item))];
    }

    private static TaskItem Published(ITaskItem item)
    {
        var published = new TaskItem(item);
        published.SetMetadata("AssetKind", "Publish");
        return published;
    }
}
