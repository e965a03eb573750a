using StaticCollect.Build.Emitters;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>
/// What the last run knew. Where its record is gone, the release still tells what was published: the one on disk or, where that
/// is gone with it, the one that the static root's own manifest names.
/// </summary>
/// <param name="LastRun">What is known of the last run.</param>
/// <param name="IsLost">Whether its record is gone, or there never was one.</param>
internal sealed record Recovery(LastRun LastRun, bool IsLost)
{
    /// <summary>Reads what there is.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="root">What is in the static root.</param>
    /// <param name="history">The releases on disk; learns of the one in the manifest where it has none.</param>
    public static Recovery Read(CollectSettings settings, RootView root, History history)
    {
        var last = LastRunFile.Read(settings.LastRunPath);
        if (last != LastRun.None)
            return new Recovery(last, IsLost: false);
        if (history.Last.Files.Count == 0 && ManifestReader.Read(settings, root) is { } release)
            history.Recover(release, ReleaseJson.Format(release, settings.Url, origin => origin.SourcePath));
        return new Recovery(history.Last.Files.Count == 0 ? last : LastRun.Of(history.Last, root), IsLost: true);
    }
}
