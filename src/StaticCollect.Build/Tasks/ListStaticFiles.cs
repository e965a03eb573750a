using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Tells all files that would be collected, with their sources: the task of the target <c>ListStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ListStaticFiles : StaticCollectTask
{
    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        log.Answer(Project.ItemSpec, Inspector.List(settings, log, cancellation));
}
