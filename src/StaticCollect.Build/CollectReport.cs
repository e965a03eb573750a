using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Says what the stages did: lines for the log, and the collected files of the result.</summary>
internal static class CollectReport
{
    /// <summary>A line for each scanned source and each file in it, in scan order.</summary>
    public static void Tell(CollectSettings settings, Found found, ICollectLog log)
    {
        if (!log.WantsDetails)
            return;
        foreach (var source in found.Sources)
        {
            log.Detail($"Scanned {source.Finder} '{source.Source.App}' in '{settings.Show(source.Source.Path)}': {Count(source.Files.Count, "static file")} found.");
            foreach (var file in source.Files)
                log.Detail($"  Found '{file.LogicalPath}'.");
        }
    }

    /// <summary>A line for each step of the plan, and the summary.</summary>
    public static void Tell(CollectSettings settings, IReadOnlyList<CollectedFile> files, CollectPlan plan, ICollectLog log)
    {
        if (log.WantsDetails)
        {
            var root = settings.Show(settings.Root);
            foreach (var step in plan.Steps)
            {
                var source = settings.Show(step.Output.File.SourcePath);
                log.Detail(step.MustWrite
                    ? $"  {Verb(settings, step.Output)} '{source}' to '{root}/{step.Output.Path}'."
                    : $"  Unchanged '{root}/{step.Output.Path}'.");
            }

            foreach (var removal in plan.Removals)
                log.Detail($"  {(settings.DryRun ? "Would remove" : "Removed")} '{root}/{removal.Path}'.");
        }

        log.Summary(Summary(settings, files, plan));
    }

    /// <summary>The collected files, in ordinal order of logical path.</summary>
    public static IReadOnlyList<CollectedFile> Files(
        CollectSettings settings, IReadOnlyList<PublishedFile> files, CollectPlan plan)
    {
        var written = plan.Steps.Where(step => step.MustWrite).ToDictionary(step => step.Output.Path, step => step.Output, StringComparer.Ordinal);
        return [.. files.Select(file =>
        {
            var path = Outputs.IsPlainPublished(file, settings) ? file.File.LogicalPath : file.Path;
            var output = written.GetValueOrDefault(path) ?? written.GetValueOrDefault(file.Path);
            return new CollectedFile(
                file,
                Path.Combine(settings.Root, path.Replace('/', Path.DirectorySeparatorChar)),
                Url(settings.Url, path),
                output is null ? FileStatus.Unchanged : IsLink(output) ? FileStatus.Linked : FileStatus.Copied);
        })];
    }

    /// <summary>The URL of a path below the static root: each name percent-encoded.</summary>
    public static string Url(string staticUrl, string path) =>
        staticUrl + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string Summary(CollectSettings settings, IReadOnlyList<CollectedFile> files, CollectPlan plan)
    {
        var written = files.Count(file => file.Status != FileStatus.Unchanged);
        var fingerprinted = files.Count(file => file.Published.FingerprintedPath is not null);
        var verb = settings.Link == LinkMode.None ? "copied" : "linked";
        var summary = $"{Count(written, "static file")} {(settings.DryRun ? $"would be {verb}" : verb)} to '{settings.Show(settings.Root)}/'";
        if (files.Count > written)
            summary += $", {files.Count - written} unchanged";
        if (fingerprinted > 0)
            summary += $", {fingerprinted} fingerprinted";
        if (plan.Removals.Count > 0)
            summary += settings.DryRun ? $", {plan.Removals.Count} would be removed" : $", {plan.Removals.Count} removed";
        return summary + (settings.DryRun ? ". Dry run: nothing was written." : ".");
    }

    private static string Verb(CollectSettings settings, Output output) =>
        (IsLink(output), settings.DryRun) switch
        {
            (true, true) => "Would link",
            (true, false) => "Linked",
            (false, true) => "Would copy",
            (false, false) => "Copied",
        };

    private static bool IsLink(Output output) => output.Kind is OutputKind.SymbolicLink or OutputKind.HardLink;

    /// <summary>A number of things in words.</summary>
    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
