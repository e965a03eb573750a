using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Tells everything that is known of a file: the task of the target <c>ExplainStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ExplainStaticFiles : StaticCollectTask
{
    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        log.Answer(Project.ItemSpec, Explainer.Explain(settings, log, cancellation));
}
