using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Finds what a development server serves: the task behind <c>StaticCollectDevelopment</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class FindDevelopmentSources : StaticCollectTask
{
    /// <summary>
    /// The folders as the SDK's <c>StaticWebAssetDiscoveryPattern</c> items: <c>Source</c>, <c>BasePath</c> (URL path),
    /// <c>ContentRoot</c> (full path ending in a separator) and <c>Pattern</c>.
    /// </summary>
    [Output]
    public ITaskItem[] Patterns { get; private set; } = [];

    /// <summary>
    /// The single files as candidates of the SDK's <c>DefineStaticWebAssets</c>: full path, <c>RelativePath</c> (URL
    /// path) and <c>ContentRoot</c> (the file's folder, ending in a separator).
    /// </summary>
    [Output]
    public ITaskItem[] Assets { get; private set; } = [];

    /// <inheritdoc/>
    private protected override bool TellsWarnings => false;

    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation)
    {
        var sources = DevelopmentSources.Of(
            settings, Project.GetMetadata("AssetsFile"), Project.GetMetadata("TargetFramework"), cancellation);
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
    }
}
