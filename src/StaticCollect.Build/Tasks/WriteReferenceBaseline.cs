using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>Writes down which references lead nowhere: the task of the target <c>WriteStaticBaseline</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteReferenceBaseline : StaticCollectTask
{
    /// <summary>The views of the project.</summary>
    public ITaskItem[] Views { get; set; } = [];

    /// <inheritdoc/>
    private protected override RawSettings Complete(RawSettings raw) => raw with { Views = [.. Views.Select(Value)] };

    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) =>
        BaselineWriter.Write(settings, log, cancellation);
}
