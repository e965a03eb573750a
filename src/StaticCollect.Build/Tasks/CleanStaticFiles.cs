using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>
/// Removes what collections put into the static root, and their record: the task of the target <c>CleanStatic</c>.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CleanStaticFiles : StaticCollectTask
{
    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        Cleaner.Clean(settings, log, cancellation);
}
