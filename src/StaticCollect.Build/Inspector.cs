using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Answers questions about a collection without making one.</summary>
internal static class Inspector
{
    /// <summary>Tells every source that offers <see cref="CollectSettings.PathToFind"/>, the winner first, and why it wins.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Takes the answer.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Find(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        // What a browser's console shows is the URL: it is taken too.
        var path = settings.PathToFind;
        var wanted = path.StartsWith(settings.Url, StringComparison.Ordinal) ? path[settings.Url.Length..] : path;
        if (!LogicalPath.TryParse(wanted, out wanted) || wanted.Length == 0)
        {
            log.Report(Diagnostic.Error(Codes.PathToFindMissing,
                $"StaticCollectPath is '{path}'. Name the file to look for, e.g. dotnet build -t:FindStatic -p:StaticCollectPath=css/site.css."));
            return;
        }

        var selected = Select(settings, log, cancellation, out var all);
        var key = LogicalPath.Key(wanted);
        var offers = all.Where(file => LogicalPath.KeyComparer.Equals(LogicalPath.Key(file.LogicalPath), key)).ToList();
        if (offers.Count == 0)
        {
            log.Summary($"No source offers '{wanted}'.");
            return;
        }

        var winner = selected.All.First(file => LogicalPath.KeyComparer.Equals(LogicalPath.Key(file.LogicalPath), key));
        var why = offers.Count == 1
            ? "it is the only source"
            : settings.Conflict switch
            {
                ConflictPolicy.FirstWins => "the first one scanned wins (StaticCollectConflict=FirstWins)",
                ConflictPolicy.Error => "but StaticCollectConflict is Error, so nothing is collected unless the bytes are equal",
                _ => "the last one scanned wins (StaticCollectConflict=LastWins)",
            };
        log.Summary($"Found '{wanted}' here:");
        log.Summary($"  * {Describe(winner, settings)}: {(winner.Finder == FinderKind.WebRoot ? "published by the SDK" : selected.Files.Contains(winner) ? "collected" : "the winner")}, {why}.");
        foreach (var offer in offers.Where(offer => !ReferenceEquals(offer, winner)))
            log.Summary($"    {Describe(offer, settings)}");
        Explain(winner, selected, settings, log, cancellation);
    }

    /// <summary>Tells the published names of a file, and what they depend on and decide.</summary>
    private static void Explain(StaticFile file, Selected selected, CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        if (selected.Precompressed.FirstOrDefault(files => files.Any(brought => brought.File == file)) is { } encoded)
        {
            log.Summary($"  A precompressed form of '{encoded.Key}': published beside it where it decodes to it, and no file of its own.");
            return;
        }

        if (file.Finder == FinderKind.WebRoot)
        {
            log.Summary("  Not collected: it lies in the static root already.");
            return;
        }

        if (!selected.Files.Contains(file))
        {
            log.Summary("  Not collected: the manifest goes there.");
            return;
        }

        if (settings.Fingerprint is null)
            return;
        var made = Stages.Make(settings with { DryRun = true, Compression = null }, selected, new ContentReader(), trustedBefore: 0, cancellation);
        if (made.Release.Collected.FirstOrDefault(candidate => candidate.LogicalPath == file.LogicalPath)?.Published is not { } published)
            return;
        log.Summary(published.Fingerprint is not null
            ? $"  Published as '{published.Path}'."
            : published.Cache == CachePolicy.Immutable ? "  Published under its own name, which holds a fingerprint already." : "  Published under its plain name.");
        Tell("Referred to by", [.. made.Release.Collected.Select(other => other.Published).Where(other => other.References.Contains(file.LogicalPath, StringComparer.Ordinal)).Select(other => other.LogicalPath)]);
        Tell("Refers to", published.References);

        void Tell(string what, IReadOnlyList<string> paths) =>
            log.Summary($"  {what} {(paths.Count == 0 ? "no file" : string.Join(", ", paths.Select(other => $"'{other}'")))}.");
    }

    /// <summary>Tells all files that would be collected, with their sources.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Takes the answer.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void List(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        var selected = Select(settings, log, cancellation, out _);
        foreach (var file in selected.Files)
            log.Summary($"{file.LogicalPath} <- {Describe(file, settings)}");
        log.Summary($"{CollectReport.Count(selected.Files.Count, "static file")} would be collected to '{settings.Show(settings.Root)}/'.");
    }

    private static Selected Select(
        CollectSettings settings, ICollectLog log, CancellationToken cancellation, out IReadOnlyList<StaticFile> all)
    {
        var found = Finding.Run(settings, cancellation);
        CollectReport.Tell(settings, found, log);
        all = [.. found.Sources.SelectMany(source => source.Files)];
        var last = LastRunFile.Read(settings.LastRunPath);
        var selected = Stages.Select(settings, found, new Comparisons(last.Comparisons, trustedBefore: 0));
        log.Tell(found.Diagnostics.Concat(selected.Diagnostics));
        return selected;
    }

    private static string Describe(StaticFile file, CollectSettings settings) =>
        $"'{settings.Show(file.SourcePath)}' ({file.Finder} '{file.App}')";
}
