using System.Buffers;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Says what the stages did: lines for the log, and the collected files of the result.</summary>
internal static class CollectReport
{
    // What stands for itself in the path of a URL, whoever reads it.
    private static readonly SearchValues<char> InUrls = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/");

    /// <summary>A line for each scanned source and each file in it, in scan order.</summary>
    public static void Tell(CollectSettings settings, Found found, ICollectLog log)
    {
        if (!log.WantsDetails)
            return;
        foreach (var source in found.Sources)
        {
            log.Detail($"Scanned {source.Finder} '{source.Source.App}' in '{settings.Show(source.Source.Path)}': {Wording.Count(source.Files.Count, "static file")} found.");
            foreach (var file in source.Files)
                log.Detail($"  Found '{file.LogicalPath}'.");
        }
    }

    /// <summary>A line for each step of the plan, and the summary.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="files">The collected files.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="overrides">How many files lost to another one.</param>
    /// <param name="missing">How many references lead nowhere.</param>
    /// <param name="known">How many more do, of which the baseline tells.</param>
    /// <param name="log">Is told.</param>
    public static void Tell(CollectSettings settings, IReadOnlyList<CollectedFile> files, StorePlan plan, int overrides, int missing, int known, ICollectLog log)
    {
        if (log.WantsDetails)
        {
            var root = settings.Show(settings.Root);
            foreach (var step in plan.Steps)
            {
                var source = step.File.Role == Role.Generated ? "the manifest" : $"'{settings.Show(step.File.Origin.SourcePath)}'";
                log.Detail(step.MustWrite
                    ? $"  {Verb(settings, step)} {source} to '{root}/{step.File.Path}'."
                    : $"  Unchanged '{root}/{step.File.Path}'.");
            }

            foreach (var removal in plan.Removals)
                log.Detail($"  {(settings.DryRun ? "Would remove" : "Removed")} '{root}/{removal.Path}'.");
        }

        log.Summary($"{Summary(settings, files, plan)}{Weight(settings, files, overrides, missing, known)}{(settings.DryRun ? " Dry run: nothing was written." : "")}");
    }

    /// <summary>The collected files, in ordinal order of logical path.</summary>
    public static IReadOnlyList<CollectedFile> Files(CollectSettings settings, Release release, StorePlan plan)
    {
        var written = plan.Steps.Where(step => step.MustWrite).ToDictionary(step => step.File.Path, StringComparer.Ordinal);
        return [.. release.Collected.Select(file =>
        {
            var step = written.GetValueOrDefault(file.First.Path) ?? written.GetValueOrDefault(file.Published.Path);
            return new CollectedFile(
                file.Published,
                Path.Combine(settings.Root, file.First.Path.Replace('/', Path.DirectorySeparatorChar)),
                Url(settings.Url, file.First.Path),
                [.. release.EncodingsOf(file.Published).OrderBy(encoding => encoding.Encoding!.Name, StringComparer.Ordinal)],
                step is null ? FileStatus.Unchanged : IsLink(step) ? FileStatus.Linked : FileStatus.Copied);
        })];
    }

    /// <summary>The URL of a path below the static root: each name percent-encoded.</summary>
    public static string Url(string staticUrl, string path) =>
        staticUrl + (path.AsSpan().ContainsAnyExcept(InUrls) ? string.Join('/', path.Split('/').Select(Uri.EscapeDataString)) : path);

    private static string Summary(CollectSettings settings, IReadOnlyList<CollectedFile> files, StorePlan plan)
    {
        var written = files.Count(file => file.Status != FileStatus.Unchanged);
        var fingerprinted = files.Count(file => file.File.Fingerprint is not null);
        var verb = settings.Link == LinkMode.None ? "copied" : "linked";
        var summary = $"{Wording.Count(written, "static file")} {(settings.DryRun ? $"would be {verb}" : verb)} to '{settings.Show(settings.Root)}/'";
        if (files.Count > written)
            summary += $", {files.Count - written} unchanged";
        if (fingerprinted > 0)
            summary += $", {fingerprinted} fingerprinted";
        if (plan.Removals.Count > 0)
            summary += settings.DryRun ? $", {plan.Removals.Count} would be removed" : $", {plan.Removals.Count} removed";
        return summary + ".";
    }

    /// <summary>How much there is, whatever was written of it: of an encoding, what all files weigh with it where they have it.</summary>
    private static string Weight(CollectSettings settings, IReadOnlyList<CollectedFile> files, int overrides, int missing, int known)
    {
        if (files.Count == 0)
            return "";
        List<string> parts = [Wording.Count(files.Count, "file"), Wording.Size(files.Sum(file => file.File.Content.Length))];
        foreach (var encoding in settings.Compression?.Encodings ?? [])
            parts.Add($"{encoding.Name} {Wording.Size(files.Sum(file => file.Encodings.FirstOrDefault(one => one.Encoding == encoding)?.Content.Length ?? file.File.Content.Length))}");
        if (overrides > 0)
            parts.Add(Wording.Count(overrides, "override"));
        if (missing > 0)
            parts.Add(Wording.Count(missing, "missing reference"));
        if (known > 0)
            parts.Add($"{known} known missing");
        return $" {string.Join(", ", parts)}.";
    }

    private static string Verb(CollectSettings settings, PlannedStep step) =>
        (IsLink(step), settings.DryRun) switch
        {
            (true, true) => "Would link",
            (true, false) => "Linked",
            (false, true) => "Would copy",
            (false, false) => "Copied",
        };

    private static bool IsLink(PlannedStep step) => step.Kind is EntryKind.SymbolicLink or EntryKind.HardLink;
}
