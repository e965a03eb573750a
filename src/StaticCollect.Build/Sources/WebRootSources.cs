using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="WebRootFinder"/> finds static files.</summary>
internal static class WebRootSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(WebRootFinder finder) => Of(
        finder.Assets.Where(asset => asset.IsPublished), asset => new SingleFile(finder.PathOf(asset), asset.SourcePath));

    /// <summary>A source for each folder that the SDK takes assets from, in the order of who brings them.</summary>
    /// <param name="assets">The assets.</param>
    /// <param name="file">What an asset is as a file.</param>
    public static IEnumerable<Source> Of(IEnumerable<WebAsset> assets, Func<WebAsset, SingleFile> file) =>
        assets
            // Where the build and the publish have a file each under one path, the SDK publishes the latter.
            .GroupBy(asset => asset.PublishedPath, StringComparer.Ordinal)
            .SelectMany(group => group.Any(IsForPublish) ? group.Where(IsForPublish) : group)
            .GroupBy(asset => (asset.SourceId, asset.ContentRoot))
            .OrderBy(group => group.Key.SourceId, StringComparer.Ordinal)
            .ThenBy(group => group.Key.ContentRoot, StringComparer.Ordinal)
            .Select(group => new Source(group.Key.SourceId, group.Key.ContentRoot)
            {
                Files = [.. group.Select(file).OrderBy(one => one.LogicalPath, StringComparer.Ordinal)],
            });

    private static bool IsForPublish(WebAsset asset) => asset.AssetKind.Equals("Publish", StringComparison.OrdinalIgnoreCase);
}
