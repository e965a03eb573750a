using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="StaticWebAssetFinder"/> finds static files.</summary>
internal static class StaticWebAssetSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(StaticWebAssetFinder finder, Action<Diagnostic> report) =>
        finder.Assets
            .Where(asset => asset.IsPublished && StaysBelowRoot(asset, report))
            .GroupBy(asset => (asset.SourceId, asset.ContentRoot))
            .OrderBy(group => group.Key.SourceId, StringComparer.Ordinal)
            .ThenBy(group => group.Key.ContentRoot, StringComparer.Ordinal)
            .Select(group => new Source(group.Key.SourceId, group.Key.ContentRoot)
            {
                Files = [.. group
                    .Select(asset => (asset.LogicalPath, asset.SourcePath))
                    .OrderBy(file => file.LogicalPath, StringComparer.Ordinal)],
            });

    private static bool StaysBelowRoot(WebAsset asset, Action<Diagnostic> report)
    {
        if (Content.LogicalPath.TryParse(asset.LogicalPath, out var path) && path.Length > 0)
            return true;
        report(Diagnostic.Error(Codes.LogicalPathNotAllowed,
            $"The static web asset '{asset.SourcePath}' of '{asset.SourceId}' wants the path '{asset.LogicalPath}', which is not allowed: it must stay below the static root."));
        return false;
    }
}
