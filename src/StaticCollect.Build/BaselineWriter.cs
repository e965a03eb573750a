using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Views;

namespace StaticCollect.Build;

/// <summary>Writes down which references lead nowhere now, without a collection.</summary>
internal static class BaselineWriter
{
    /// <summary>Writes the baseline that the settings name.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Write(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        if (settings.BaselinePath.Length == 0)
        {
            log.Report(Diagnostic.Error(Codes.BaselineUnreadable, "StaticCollectBaseline names no file to write. Set it in the project file, for instance to static-baseline.json."));
            return;
        }

        // Everything is wanted, whatever is done about it, and nothing is known before.
        var whole = settings with
        {
            Baseline = null,
            Compression = null,
            DryRun = true,
            Fingerprint = settings.Fingerprint is { } rules ? rules with { MissingReference = MissingReferencePolicy.Warn } : null,
            Views = settings.Views is { } views ? views with { Policy = MissingReferencePolicy.Warn } : null,
        };
        var selected = Inspector.Select(whole, log, cancellation, out _);
        var made = Stages.Make(whole, selected, new ContentReader(), trustedBefore: 0, cancellation);
        if (!log.Tell(made.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error)))
            return;
        var ours = LastRunFile.Read(whole.LastRunPath).Entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var others = RootView.Read(whole.Root, cancellation).Files.Keys.Where(path => !ours.Contains(path));
        var lost = made.Diagnostics
            .Concat(ViewCheck.Run(whole, [.. selected.All.Select(file => file.LogicalPath)], made.Release, others, trustedBefore: 0, cancellation))
            .Select(diagnostic => diagnostic.Lost).OfType<LostReference>()
            .Concat(LostReferencesFile.Read(whole.LostInWebRootPath))
            .Distinct()
            .ToList();
        if (!settings.DryRun)
            BaselineFile.Write(settings.BaselinePath, lost);
        log.Summary($"{Wording.Count(lost.Count, "reference")} that lead{(lost.Count == 1 ? "s" : "")} nowhere {(settings.DryRun ? "would be " : "")}written to '{settings.Show(settings.BaselinePath)}'.");
    }
}
