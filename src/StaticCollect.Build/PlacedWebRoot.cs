using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>
/// The web root with its names with fingerprints in their places, and those of earlier releases still beside them: they go
/// once nothing tells of them any more.
/// </summary>
/// <param name="rootLock">Keeps others out until this ends.</param>
/// <param name="release">Everything that is served of the web root, the SDK's own files among it.</param>
internal sealed class PlacedWebRoot(RootLock? rootLock, Release release) : IDisposable
{
    /// <summary>The names of the web root are not wanted on the disk, and none are there.</summary>
    public static PlacedWebRoot Nothing { get; } = new(rootLock: null, Release.Empty);

    /// <summary>Everything that is served of the web root, the SDK's own files among it.</summary>
    public Release Release => release;

    /// <summary>What is still to be done, where anything is.</summary>
    public OldWebRootFiles? Old { get; init; }

    public void Dispose() => rootLock?.Dispose();
}

/// <summary>What a web root still has of earlier releases.</summary>
/// <param name="Settings">Those of the web root as a root of its own.</param>
/// <param name="History">Its releases.</param>
/// <param name="Writer">What placed the files.</param>
/// <param name="Plan">What was to be done.</param>
/// <param name="Now">What is recorded at the end.</param>
internal sealed record OldWebRootFiles(CollectSettings Settings, History History, RootWriter Writer, StorePlan Plan, LastRun Now)
{
    /// <summary>Paths below the web root.</summary>
    public IEnumerable<string> Paths => Plan.Removals.Where(removal => !removal.GoesFirst).Select(removal => removal.Path);

    /// <summary>Takes it away, and records what there is.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool Remove(ICollectLog log)
    {
        var isWanted = Settings.WebRoot?.ManifestPath is not null;
        if (!isWanted && Settings.Endpoints is { } endpoints)
            new EndpointsFile(endpoints, "", allowsOtherHosts: false) { Going = Paths }.MergeKept(Release.Empty, _ => default);
        if (!log.Tell(Writer.RemoveOld(Plan)))
            return false;
        if (!isWanted)
        {
            Content.FileSystem.DeleteFolder(Settings.StateFolder, recursive: true);
            return true;
        }

        History.Add(Now.Release, ReleaseJson.Format(Now.Release, Settings.Url, origin => Settings.Show(origin.SourcePath)), Settings.WebRoot!.Rules.KeepReleases);
        LastRunFile.Write(Settings.LastRunPath, Now);
        return true;
    }
}
