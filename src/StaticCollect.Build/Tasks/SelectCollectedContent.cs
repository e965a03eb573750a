using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Tasks;

/// <summary>
/// Picks the files that the SDK is about to publish although they lie in a source folder: the Web SDK counts every
/// <c>*.json</c> of the project as content, so <c>app1/static/x.json</c> would be published a second time beside the app.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class SelectCollectedContent : StaticCollectTask
{
    /// <summary>What the SDK is about to publish.</summary>
    [Required]
    public ITaskItem[] Candidates { get; set; } = [];

    /// <summary>Those of <see cref="Candidates"/> that lie in a source folder.</summary>
    [Output]
    public ITaskItem[] Selected { get; private set; } = [];

    /// <inheritdoc/>
    private protected override bool TellsWarnings => false;

    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation)
    {
        var isCollected = Finding.InSourceFolder(settings);
        Selected = [.. Candidates.Where(candidate => isCollected(candidate.GetMetadata("FullPath")))];
    }
}
