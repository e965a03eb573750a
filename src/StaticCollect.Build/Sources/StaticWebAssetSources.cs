using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="StaticWebAssetFinder"/> finds static files.</summary>
internal static class StaticWebAssetSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(StaticWebAssetFinder finder, Action<Diagnostic> report) => WebRootSources.Of(
        // The runtime of Blazor finds its files by its own list, and only where the SDK puts them.
        finder.Assets.Where(asset => asset.IsPublished && !asset.IsOfFramework && StaysBelowRoot(asset, report)),
        asset => new SingleFile(asset.PublishedPath, asset.SourcePath)
        {
            IsNamedByHash = asset.PublishedPath != asset.LogicalPath,
            IsForeign = asset.IsComputed || asset.SourceType.Equals("Package", StringComparison.OrdinalIgnoreCase),
        });

    private static bool StaysBelowRoot(WebAsset asset, Action<Diagnostic> report)
    {
        if (Content.LogicalPath.TryParse(asset.PublishedPath, out var path) && path.Length > 0)
            return true;
        report(Diagnostic.Error(Codes.LogicalPathNotAllowed,
            $"The static web asset '{asset.SourcePath}' of '{asset.SourceId}' wants the path '{asset.PublishedPath}', which is not allowed: it must stay below the static root."));
        return false;
    }
}
