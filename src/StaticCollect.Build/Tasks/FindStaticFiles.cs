using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Tells every source that offers a path, and which one wins: the task of the target <c>FindStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class FindStaticFiles : StaticCollectTask
{
    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        log.Answer(Project.ItemSpec, Inspector.Find(settings, log, cancellation));
}
