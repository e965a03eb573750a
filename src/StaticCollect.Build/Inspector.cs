using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Answers questions about a collection without making one.</summary>
public static class Inspector
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

        var selection = Select(settings, log, cancellation, out var all);
        var key = LogicalPath.Key(wanted);
        var offers = all.Where(file => LogicalPath.KeyComparer.Equals(LogicalPath.Key(file.LogicalPath), key)).ToList();
        if (offers.Count == 0)
        {
            log.Summary($"No source offers '{wanted}'.");
            return;
        }

        var winner = selection.Files.Single(file => LogicalPath.KeyComparer.Equals(LogicalPath.Key(file.LogicalPath), key));
        var why = offers.Count == 1
            ? "it is the only source"
            : settings.Conflict switch
            {
                ConflictPolicy.FirstWins => "the first one scanned wins (StaticCollectConflict=FirstWins)",
                ConflictPolicy.Error => "but StaticCollectConflict is Error, so nothing is collected unless the bytes are equal",
                _ => "the last one scanned wins (StaticCollectConflict=LastWins)",
            };
        log.Summary($"Found '{wanted}' here:");
        log.Summary($"  * {Describe(winner, settings)}: collected, {why}.");
        foreach (var offer in offers.Where(offer => !ReferenceEquals(offer, winner)))
            log.Summary($"    {Describe(offer, settings)}");
        if (settings.Fingerprint is not null)
            Explain(winner, selection, settings, log, cancellation);
    }

    /// <summary>Tells the published name of a file, and what its name depends on and decides.</summary>
    private static void Explain(
        StaticFile file, Selection selection, CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        var last = FingerprintRecordFile.Read(settings.FingerprintRecordPath);
        var files = Collector.Name(settings, selection.Files, last, trustedBefore: 0, cancellation).Files;
        var published = files.Single(candidate => candidate.File == file);
        log.Summary(published.FingerprintedPath is { } path
            ? $"  Published as '{path}'."
            : published.IsImmutable ? "  Published under its own name, which holds a fingerprint already." : "  Published under its plain name.");
        Tell("Referred to by", [.. files.Where(other => other.References.Contains(file.LogicalPath, StringComparer.Ordinal)).Select(other => other.File.LogicalPath)]);
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
        var selection = Select(settings, log, cancellation, out _);
        foreach (var file in selection.Files)
            log.Summary($"{file.LogicalPath} <- {Describe(file, settings)}");
        log.Summary($"{CollectReport.Count(selection.Files.Count, "static file")} would be collected to '{settings.Show(settings.Root)}/'.");
    }

    private static Selection Select(
        CollectSettings settings, ICollectLog log, CancellationToken cancellation, out IReadOnlyList<StaticFile> all)
    {
        var found = Collector.Find(settings, log, cancellation);
        all = [.. found.Sources.SelectMany(source => source.Files)];
        var record = RecordFile.Read(settings.RecordPath);
        var selection = Selection.Of(found, settings, new Comparisons(record.Comparisons, trustedBefore: 0));
        foreach (var diagnostic in found.Diagnostics.Concat(selection.Diagnostics))
            log.Report(diagnostic);
        return selection;
    }

    private static string Describe(StaticFile file, CollectSettings settings) =>
        $"'{settings.Show(file.SourcePath)}' ({file.Finder} '{file.App}')";
}
