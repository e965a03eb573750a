using StaticCollect.Build.Answers.Report;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build;

/// <summary>Writes the page about a release, from releases on disk alone: no source is looked at.</summary>
internal static class Reporter
{
    /// <summary>Writes it of the releases that <c>DiffStatic</c> compares.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what is wrong.</param>
    /// <returns>The lines of the answer.</returns>
    public static IReadOnlyList<string> Report(CollectSettings settings, ICollectLog log)
    {
        if (Differ.Releases(settings, log) is not ({ } before, { } after) || !log.Tell(Write(settings, before, after)))
            return [];
        var name = settings.ReleaseAfter.Length > 0 ? $"'{settings.Show(settings.ReleaseAfter)}'" : $"release {after.Number}";
        return [$"{Told(settings, $"The report of {name}")}{(settings.DryRun ? " Dry run: nothing was written." : "")}"];
    }

    /// <summary>Where it is, or where a dry run would have put it.</summary>
    public static string Told(CollectSettings settings, string report) => $"{report} {(settings.DryRun ? "would be" : "is")} '{settings.Show(settings.ReportPath)}'.";

    /// <summary>Writes it of the last release, compared with the one before.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="history">The releases.</param>
    /// <returns>What went wrong.</returns>
    public static IEnumerable<Diagnostic> Write(CollectSettings settings, History history)
    {
        var kept = history.All;
        return Write(settings, kept.ElementAtOrDefault(1), kept[0]);
    }

    private static IEnumerable<Diagnostic> Write(CollectSettings settings, PastRelease? before, PastRelease after)
    {
        if (settings.DryRun)
            return [];
        try
        {
            var report = new ReleaseReport(settings.ProjectName, settings.Url, after, before is { Release.Files.Count: > 0 } ? before : null);
            AtomicFile.WriteIfOther(settings.ReportPath, ReportPage.Format(report));
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [Diagnostic.Error(Codes.WriteFailed, $"The report '{settings.Show(settings.ReportPath)}' cannot be written: {Diagnostic.Reason(e)} Name another place with StaticCollectReport.")];
        }
    }
}
