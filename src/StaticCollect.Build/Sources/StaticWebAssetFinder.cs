using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>What the SDK's static web assets resolved for publish.</summary>
/// <param name="assets">The assets, in any order.</param>
internal sealed class StaticWebAssetFinder(IReadOnlyList<WebAsset> assets) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.StaticWebAsset;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report) =>
        assets
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

/// <summary>A static web asset of the SDK, as its <c>StaticWebAsset</c> item describes it.</summary>
/// <param name="SourcePath">Full path of the file.</param>
/// <param name="SourceId">The project or package that brings it.</param>
/// <param name="ContentRoot">The folder it lies in.</param>
/// <param name="BasePath">URL path of its source, e.g. <c>_content/Radzen.Blazor</c>, or <c>/</c>.</param>
/// <param name="RelativePath">Its path below the base path, with the SDK's <c>#[.{fingerprint}]?</c> expressions.</param>
/// <param name="AssetKind"><c>All</c>, <c>Build</c> or <c>Publish</c>.</param>
/// <param name="AssetRole"><c>Primary</c>, <c>Related</c> or <c>Alternative</c>; the last are compressed twins.</param>
internal sealed record WebAsset(
    string SourcePath, string SourceId, string ContentRoot, string BasePath, string RelativePath, string AssetKind, string AssetRole)
{
    /// <summary><c>All</c>, <c>CurrentProject</c> or <c>Reference</c>; the last are for projects that refer to the asset's own.</summary>
    public string AssetMode { get; init; } = "";

    /// <summary><c>Discovered</c> or <c>Computed</c> in the project itself, <c>Project</c> or <c>Package</c> for others.</summary>
    public string SourceType { get; init; } = "";

    /// <summary>Whether the file belongs to what is published, and is not the compressed form of another.</summary>
    public bool IsPublished =>
        !AssetKind.Equals("Build", StringComparison.OrdinalIgnoreCase)
        && !AssetRole.Equals("Alternative", StringComparison.OrdinalIgnoreCase)
        && !(IsOwn && AssetMode.Equals("Reference", StringComparison.OrdinalIgnoreCase));

    // The scoped CSS of the project itself: App.styles.css is published, App.bundle.scp.css is for those that refer to it.
    private bool IsOwn =>
        SourceType.Equals("Discovered", StringComparison.OrdinalIgnoreCase) || SourceType.Equals("Computed", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of the file below the web root, expressions left out.</summary>
    public string LogicalPath
    {
        get
        {
            var relative = RelativePath.Replace('\\', '/');
            while (relative.IndexOf("#[", StringComparison.Ordinal) is >= 0 and var start
                && relative.IndexOf(']', start) is >= 0 and var end)
            {
                var after = end + 1;
                if (after < relative.Length && relative[after] is '?' or '!')
                    after++;
                relative = string.Concat(relative.AsSpan(0, start), relative.AsSpan(after));
            }

            return Content.LogicalPath.Combine(BasePath.Trim('/'), relative.TrimStart('/'));
        }
    }
}
