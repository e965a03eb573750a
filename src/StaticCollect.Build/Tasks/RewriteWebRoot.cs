using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>
/// Rewrites references in what the SDK publishes below the web root: the task behind <c>StaticCollectWebRoot</c>.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class RewriteWebRoot : StaticCollectTask
{
    /// <summary>The SDK's <c>StaticWebAsset</c> items as resolved for publish.</summary>
    [Required]
    public ITaskItem[] Assets { get; set; } = [];

    /// <summary>The SDK's <c>StaticWebAssetEndpoint</c> items.</summary>
    [Required]
    public ITaskItem[] Endpoints { get; set; } = [];

    /// <summary>All assets as they are now: other files where references are rewritten. Empty where none is.</summary>
    [Output]
    public ITaskItem[] RewrittenAssets { get; private set; } = [];

    /// <summary>All endpoints as they are now. Empty where nothing is rewritten.</summary>
    [Output]
    public ITaskItem[] RewrittenEndpoints { get; private set; } = [];

    /// <inheritdoc/>
    private protected override bool TellsWarnings => false;

    /// <inheritdoc/>
    private protected override RawSettings Complete(RawSettings raw)
    {
        IReadOnlyList<RawItem> assets = [.. Assets.Select(Value)];
        return raw with { WebAssets = assets, PublishedAssets = assets, PublishedEndpoints = [.. Endpoints.Select(Value)] };
    }

    /// <inheritdoc/>
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation)
    {
        var changes = WebRoot.Rewrite(settings, log, cancellation);
        if (changes.Assets.Count == 0)
            return;
        RewrittenAssets = [.. Changed(Assets, changes.Assets)];
        RewrittenEndpoints = [.. Changed(Endpoints, changes.Endpoints), .. changes.MoreEndpoints.Select(more => Changed(Endpoints[more.Original], more.Change))];
    }

    private static IEnumerable<ITaskItem> Changed(ITaskItem[] items, IReadOnlyDictionary<int, ItemChange> changes)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (!changes.TryGetValue(i, out var change))
            {
                yield return items[i];
            }
            else if (change != ItemChange.Gone)
            {
                yield return Changed(items[i], change);
            }
        }
    }

    private static TaskItem Changed(ITaskItem original, ItemChange change)
    {
        var item = new TaskItem(original);
        if (change.Include is not null)
            item.ItemSpec = Escaped.Text(change.Include);
        Escaped.Add(item, [.. change.Metadata]);
        return item;
    }
}
