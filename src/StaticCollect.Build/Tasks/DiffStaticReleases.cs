using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Tells what is another in one release than in the one before, and why: the task of the target <c>DiffStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class DiffStaticReleases : StaticCollectTask
{
    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        log.Answer(Project.ItemSpec, Differ.Compare(settings, log));
}
