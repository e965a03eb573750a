using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build;

/// <summary>Compares two releases as they were written down: no source is looked at.</summary>
internal static class Differ
{
    private static readonly PastRelease Nothing = new(Release.Empty, "");

    /// <summary>Compares the last two releases, or those that the user names.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what is wrong.</param>
    /// <returns>The lines of the answer.</returns>
    public static IReadOnlyList<string> Compare(CollectSettings settings, ICollectLog log)
    {
        if (Releases(settings, log) is not ({ } before, { } after))
            return [];
        var difference = ReleaseDifference.Between(before.Release, after.Release);
        if (settings.DiffPath.Length > 0 && !settings.DryRun)
            AtomicFile.WriteIfOther(settings.DiffPath, DifferenceJson.Format(difference, before, after));
        return DifferenceText.Lines(difference, NameOf(before, settings.ReleaseBefore), NameOf(after, settings.ReleaseAfter));

        string NameOf(PastRelease release, string path) =>
            path.Length > 0 ? $"'{settings.Show(path)}'"
            : ReferenceEquals(release, Nothing) ? "nothing, as no release before it is kept"
            : $"release {release.Number}";
    }

    /// <summary>The last two releases, or those that the user names; <see langword="null"/> for one that is not there, which is told.</summary>
    public static (PastRelease? Before, PastRelease? After) Releases(CollectSettings settings, ICollectLog log)
    {
        var kept = new History(settings.StateFolder).All;
        return (
            Named("StaticCollectReleaseBefore", settings.ReleaseBefore, kept.ElementAtOrDefault(1) ?? Nothing, settings, log),
            Named("StaticCollectReleaseAfter", settings.ReleaseAfter, kept.ElementAtOrDefault(0), settings, log));
    }

    private static PastRelease? Named(string property, string path, PastRelease? usual, CollectSettings settings, ICollectLog log)
    {
        var release = path.Length > 0 ? ReleaseJson.ReadPast(path) : usual;
        if (release is null)
        {
            log.Report(Diagnostic.Error(Codes.ReleaseUnreadable, path.Length > 0
                ? $"{property} is '{settings.Show(path)}', which is not there, or no release that this version can read. Name the release.json of a collection."
                : $"No release of '{settings.Show(settings.Root)}' is known. Publish first, or name one with {property}."));
        }

        return release;
    }
}
