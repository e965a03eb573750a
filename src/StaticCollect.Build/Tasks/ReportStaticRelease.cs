using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Writes the page about the last release: the task of the target <c>ReportStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReportStaticRelease : StaticCollectTask
{
    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        log.Answer(Project.ItemSpec, Reporter.Report(settings, log));
}
