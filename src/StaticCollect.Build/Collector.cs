using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Emitters.Servers;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>
/// The composition root: settings, finders, static files, names, encodings, plan, copy, record, result. Each stage takes values and gives
/// values; the log is told after each, and an error ends the way there.
/// </summary>
public static class Collector
{
    // A file written less than this before it was scanned may be written again with the same time.
    private static readonly TimeSpan Granularity = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a collection.</summary>
    /// <param name="settings">What to collect, and where to.</param>
    /// <param name="log">Is told each step and each diagnostic.</param>
    /// <param name="cancellation">Stops the work between two files; the next run finishes it.</param>
    public static CollectResult Collect(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        var trustedBefore = DateTime.UtcNow.Subtract(Granularity).Ticks;
        var found = Find(settings, log, cancellation);
        if (!log.Tell(found.Diagnostics) || !log.Tell(RootGuard.Check(settings, found)))
            return CollectResult.Failed;

        using var rootLock = settings.DryRun ? null : TakeLock(settings, log, cancellation);
        if (rootLock is null && !settings.DryRun)
            return CollectResult.Failed;

        var record = RecordFile.Read(settings.RecordPath);
        var comparisons = new Comparisons(record.Comparisons, trustedBefore);
        var selection = Selection.Of(found, settings, comparisons);
        if (!log.Tell(selection.Diagnostics))
            return CollectResult.Failed;

        var last = settings.NeedsHashes ? FingerprintRecordFile.Read(settings.FingerprintRecordPath) : FingerprintRecord.Empty;
        var (originals, twins) = EncodingStage.TakeTwins(WithoutManifest(selection.Files, settings, log), settings.Compression);
        var named = Name(settings, originals, last, trustedBefore, cancellation);
        if (!log.Tell(named.Diagnostics))
            return CollectResult.Failed;

        var encoded = EncodingStage.Run(named.Files, twins, settings, last.Encodings, cancellation);
        var root = RootView.Read(settings.Root, cancellation);
        var plan = new Planner(settings, root, record).Plan(Outputs.Of(encoded.Files, settings), cancellation);
        if (!log.Tell(plan.Diagnostics))
            return CollectResult.Failed;

        if (!settings.DryRun)
        {
            if (!Write(settings, log, encoded.Files, plan, record, comparisons.Answers, trustedBefore, cancellation))
                return CollectResult.Failed;
            if (settings.NeedsHashes)
                FingerprintRecordFile.Write(settings.FingerprintRecordPath, named.Record with { Encodings = encoded.Lengths });
            if (!log.Tell(ServerConfigFiles.Write(settings, ServedFiles.Of(settings, encoded.Files, plan.Retired.Select(entry => entry.Path)))))
                return CollectResult.Failed;
        }

        var files = CollectReport.Files(settings, encoded.Files, plan);
        CollectReport.Tell(settings, files, plan, log);
        TellOfEndpoints(settings, log);
        return new CollectResult(Succeeded: true, files, plan.Removals.Count, selection.Clashes);
    }

    /// <summary>Runs the finders and tells what each source brought.</summary>
    internal static Found Find(CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        var found = Finding.Run(settings, cancellation);
        CollectReport.Tell(settings, found, log);
        return found;
    }

    /// <summary>Waits until no other collection works on the static root; reports it when that takes too long.</summary>
    internal static RootLock? TakeLock(CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        var root = settings.Show(settings.Root);
        var rootLock = RootLock.Take(
            settings.Root, Patience, () => log.Detail($"Waiting for another collection into '{root}'."), cancellation);
        if (rootLock is null)
        {
            log.Report(Diagnostic.Error(Codes.RootInUse,
                $"Another collection has been working on the static root '{root}' for {Patience.TotalMinutes} minutes. Wait for it or end it, then publish again."));
        }

        return rootLock;
    }

    /// <summary>The files without one that a source has where the manifest goes.</summary>
    private static IReadOnlyList<StaticFile> WithoutManifest(IReadOnlyList<StaticFile> files, CollectSettings settings, ICollectLog log)
    {
        var path = Outputs.ManifestPath(settings);
        if (path is null || files.FirstOrDefault(file => file.LogicalPath == path) is not { } taken)
            return files;
        log.Report(Diagnostic.Warning(Codes.Clash,
            $"'{settings.Show(taken.SourcePath)}' ({taken.Finder} '{taken.App}') is not collected: the manifest goes to '{taken.LogicalPath}'. Rename the file, or give the manifest another place with StaticCollectManifest."));
        return [.. files.Where(file => file != taken)];
    }

    /// <summary>Gives the files their names, where they get other ones than their own, and their hashes.</summary>
    internal static Fingerprints Name(
        CollectSettings settings, IReadOnlyList<StaticFile> files, FingerprintRecord last, long trustedBefore, CancellationToken cancellation) =>
        settings.NeedsHashes
            ? new Fingerprinter(settings, trustedBefore).Run(files, last, cancellation)
            : new Fingerprints([.. files.Select(file => new PublishedFile(file))], [], FingerprintRecord.Empty);

    private static bool Write(
        CollectSettings settings,
        ICollectLog log,
        IReadOnlyList<PublishedFile> files,
        CollectPlan plan,
        CollectRecord last,
        IReadOnlyList<Comparison> comparisons,
        long trustedBefore,
        CancellationToken cancellation)
    {
        // Before the first write the record names every file that may be written: should this run be killed, the next
        // one knows which files of the root are ours, and trusts none of them.
        if (plan.HasWork)
            RecordFile.Write(settings.RecordPath, last.WithUnfinished(plan.Steps.Where(step => step.MustWrite).Select(step => step.Output.Path)));
        var written = new RootWriter(settings, trustedBefore).Run(plan, cancellation);
        if (!log.Tell(written.Problems))
            return false;
        if (settings.Fingerprint is not null && Outputs.ManifestPath(settings) is null)
            ManifestFile.Write(settings.Fingerprint.ManifestPath, files);
        if (settings.JoinsEndpoints && settings.Endpoints is { } endpoints)
            new EndpointsFile(endpoints, endpoints.PathOf(settings.Root)).Merge(files, written.Entries, last.Entries);
        RecordFile.Write(settings.RecordPath, new CollectRecord(written.Entries, comparisons));
        return true;
    }

    /// <summary>Tells an app that serves its own files why it will not serve these.</summary>
    private static void TellOfEndpoints(CollectSettings settings, ICollectLog log)
    {
        if (settings.Endpoints is { } endpoints && !settings.JoinsEndpoints)
        {
            log.Report(new Diagnostic(Codes.EndpointsNotMerged, Severity.Message,
                $"MapStaticAssets() will not serve the static root '{settings.Show(settings.Root)}', since it does not lie below the web root '{settings.Show(endpoints.WebRoot)}'. Serve it by another server, or set StaticCollectEndpoints to None to silence this."));
        }
    }

    /// <summary>Tells diagnostics; returns whether none of them is an error.</summary>
    private static bool Tell(this ICollectLog log, IEnumerable<Diagnostic> diagnostics)
    {
        var isGood = true;
        foreach (var diagnostic in diagnostics)
        {
            log.Report(diagnostic);
            isGood &= diagnostic.Severity != Severity.Error;
        }

        return isGood;
    }
}
