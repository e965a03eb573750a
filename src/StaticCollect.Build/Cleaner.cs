using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters.Servers;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Takes collections back: removes what they left in a static root, and nothing else.</summary>
internal static class Cleaner
{
    /// <summary>Removes the files that the record names, in the web root too, the folders that are empty then, the servers' configuration and the record.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what was removed.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Clean(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        using var rootLock = RootLock.Take(settings, log, cancellation);
        if (rootLock is null)
            return;

        var owner = new RootOwner(settings);
        if (owner.Check() is { } ofAnother)
        {
            log.Report(ofAnother);
            return;
        }

        var root = RootView.Read(settings.Root, cancellation);
        var last = Recovery.Read(settings, root, new History(settings.StateFolder)).LastRun;
        // What a release of nothing would remove.
        var plan = new Planner(settings with { Clear = false }, root, last).Plan(Release.Empty, cancellation);
        var summary = Wording.Count(plan.Removals.Count, "static file");
        if (settings.DryRun)
        {
            log.Summary($"{summary} would be removed from '{settings.Show(settings.Root)}/'. Dry run: nothing was removed.");
            return;
        }

        var written = new RootWriter(settings, new ContentReader()).Run(plan, cancellation);
        if (!log.Tell(plan.Diagnostics.Concat(written.Problems)))
            return;

        // What is not wanted any more goes with a collection, and so it does here.
        using var webRoot = new WebRootCollector(settings with { WebRoot = null }, new ContentReader(), trustedBefore: 0).Place(log, cancellation);
        if (webRoot is null || webRoot.Old?.Remove(log) == false)
            return;
        if (Directory.Exists(settings.StateFolder))
            FileSystem.DeleteFolder(settings.StateFolder, recursive: true);
        ServerConfigFiles.Remove(settings);
        owner.Leave();
        if (Directory.Exists(settings.Root) && FileSystem.IsEmpty(settings.Root))
            FileSystem.DeleteFolder(settings.Root);
        log.Summary($"{summary} removed from '{settings.Show(settings.Root)}/'.");
    }
}
