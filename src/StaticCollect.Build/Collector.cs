using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Emitters.Servers;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Views;

namespace StaticCollect.Build;

/// <summary>
/// The composition root: sources, selection, names, encodings, the release, its difference to the static root, and what
/// follows from it. Each stage takes values and gives values; the log is told after each, and an error ends the way there.
/// </summary>
internal sealed class Collector
{
    // A file written less than this before it was scanned may be written again with the same time.
    private static readonly TimeSpan Granularity = TimeSpan.FromSeconds(2);

    private readonly CollectSettings _settings;
    private readonly ICollectLog _log;
    private readonly CancellationToken _cancellation;
    private readonly long _trustedBefore = DateTime.UtcNow.Subtract(Granularity).Ticks;
    private readonly ContentReader _reader = new();
    private readonly History _history;
    private PlacedWebRoot _webRoot = PlacedWebRoot.Nothing;

    private Collector(CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        (_settings, _log, _cancellation) = (settings, log, cancellation);
        _history = new History(settings.StateFolder);
    }

    /// <summary>Runs a collection.</summary>
    /// <param name="settings">What to collect, and where to.</param>
    /// <param name="log">Is told each step and each diagnostic.</param>
    /// <param name="cancellation">Stops the work between two files; the next run finishes it.</param>
    public static CollectResult Collect(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        try
        {
            return BaselineFile.Complete(settings, log) is { } complete ? new Collector(complete, log, cancellation).Run() : CollectResult.Failed;
        }
        catch (SourceException e)
        {
            log.Report(SourceProblems.Describe(e, settings));
            return CollectResult.Failed;
        }
    }

    private CollectResult Run()
    {
        var found = Finding.Run(_settings, _cancellation);
        CollectReport.Tell(_settings, found, _log);
        if (!_log.Tell(found.Diagnostics) || !_log.Tell(RootGuard.Check(_settings, found)))
            return CollectResult.Failed;

        using var rootLock = _settings.DryRun ? null : RootLock.Take(_settings, _log, _cancellation);
        if (rootLock is null && !_settings.DryRun)
            return CollectResult.Failed;

        var owner = new RootOwner(_settings);
        if (owner.Check() is { } ofAnother)
        {
            _log.Report(ofAnother);
            return CollectResult.Failed;
        }

        using var webRoot = new WebRootCollector(_settings, _reader, _trustedBefore).Place(_log, _cancellation);
        if (webRoot is null)
            return CollectResult.Failed;
        _webRoot = webRoot;

        var root = RootView.Read(_settings.Root, _cancellation);
        var known = Recovery.Read(_settings, root, _history);
        if (Decide(found, root, known.LastRun) is not { } decision || CheckReferences(decision, root) is not { } nowhere || !_log.Tell(decision.Plan.Diagnostics))
            return CollectResult.Failed;
        if (!_settings.DryRun && !Apply(decision, known.LastRun))
            return CollectResult.Failed;
        if (webRoot.Old?.Remove(_log) == false)
            return CollectResult.Failed;
        if (known.IsLost && owner.IsNoted)
            CollectAdvice.TellOfUnknown(_settings, decision.Planner.Unknown(decision.Now.Release), _log);
        if (!_settings.DryRun && decision.Plan.Steps.Count > 0)
            owner.Take();
        var files = CollectReport.Files(_settings, decision.Now.Release, decision.Plan);
        Tell(decision, files, nowhere);
        return new CollectResult(Succeeded: true, files, decision.Plan.Removals.Count, decision.Selected.Clashes);
    }

    /// <summary>Selects, names and encodes what was found, unless that would give the last release once more; nothing after an error.</summary>
    private Decision? Decide(Found found, RootView root, LastRun last)
    {
        var comparisons = new Comparisons(last.Comparisons, _trustedBefore);
        var selected = Stages.Select(_settings, found, comparisons);
        if (!_log.Tell(selected.Diagnostics))
            return null;

        var planner = new Planner(_settings, root, last, selected.WebRoot with { Names = NamesOfWebRoot() });
        var inputs = WithWebRoot(Stages.InputsOf(_settings, selected, _trustedBefore));
        var now = new LastRun { Inputs = inputs, Comparisons = comparisons.Answers };
        if (Again(last, inputs, planner) is { } again)
            return new Decision(selected, planner, now with { Release = last.Release, Diagnostics = last.Diagnostics }, again, Made: null);

        var made = Stages.Make(_settings, selected, _reader, _trustedBefore, _cancellation, _log);
        now = now with { Release = Complete(made.Release, planner), Diagnostics = [.. made.Diagnostics, .. BrokenPromises(made)] };
        return _log.Tell(now.Diagnostics) ? new Decision(selected, planner, now, planner.Plan(now.Release, _cancellation), made) : null;
    }

    /// <summary>Tells of references that lead nowhere, and counts them; nothing after an error.</summary>
    private LeadNowhere? CheckReferences(Decision decision, RootView root)
    {
        var ofViews = CheckViews(decision.Selected, decision.Now.Release, root, decision.Plan);
        if (!_log.Tell(BrokenAgreement(decision.Selected.Agreement, decision.Now.Release)) || !_log.Tell(ofViews))
            return null;
        var told = decision.Now.Diagnostics.Concat(ofViews).Where(diagnostic => diagnostic.Code is Codes.MissingReference or Codes.ViewReference).ToList();
        var (inWebRoot, outdated) = HoldAgainstBaseline(told);
        _log.Tell(outdated);
        var known = told.Count(diagnostic => diagnostic.Severity == Severity.Known);
        return new LeadNowhere(told.Count - known, known + inWebRoot.Count(reference => _settings.Baseline!.Silences(reference)));
    }

    private void Tell(Decision decision, IReadOnlyList<CollectedFile> files, LeadNowhere nowhere)
    {
        CollectReport.Tell(_settings, files, decision.Plan, decision.Selected.Clashes.Count, nowhere.New, nowhere.Known, _log);
        if (decision.Made?.Unkept is { } why)
            _log.Summary($"Not all encodings could be kept in the cache '{_settings.Show(_settings.Compression!.CacheDirectory)}', and will be made again: {Diagnostic.Reason(why)}");
        if (_settings.WritesReport)
            _log.Summary(Reporter.Told(_settings, "The report"));
        CollectAdvice.TellOfServing(_settings, _log);
        CollectAdvice.TellOfWebRoot(_settings, files, _log);
    }

    /// <summary>Those below the static root, seen from there.</summary>
    private HashSet<string> NamesOfWebRoot()
    {
        if (_settings.BelowWebRoot is not { } below)
            return [];
        var start = below.Length == 0 ? "" : below + "/";
        return _webRoot.Release.Files.Where(file => file.Path.StartsWith(start, StringComparison.Ordinal)).Select(file => file.Path[start.Length..]).ToHashSet(StringComparer.Ordinal);
    }

    // The manifest and the configuration of servers tell of the web root, too.
    private Sha256 WithWebRoot(Sha256 inputs) => inputs.IsKnown && _webRoot.Release.Files.Count > 0
        ? Sha256.OfTexts([inputs.Hex, .. _webRoot.Release.Files.SelectMany(file => new[] { file.Path, file.Content.Hash.Hex })])
        : inputs;

    /// <summary>The plan where the release is that of the last run, and none of its bytes are wanted; else nothing.</summary>
    private StorePlan? Again(LastRun last, Sha256 inputs, Planner planner)
    {
        if (!inputs.IsKnown || inputs != last.Inputs || !last.Release.Files.Where(file => file.Role == Role.Kept).All(planner.HasAsLeft))
            return null;
        var plan = planner.Plan(last.Release, _cancellation);
        if (plan.Writes)
            return null;
        _log.Tell(last.Diagnostics);
        return plan;
    }

    /// <summary>A release with the files of earlier ones that stay, and with its manifest.</summary>
    private Release Complete(Release release, Planner planner)
    {
        if (_settings.Fingerprint is not { } fingerprint)
            return release;
        var whole = release.With(_history.Kept(release, fingerprint.KeepReleases, planner.HasAsLeft));
        return ManifestFile.PathInRoot(_settings) is { } path
            ? whole.With([ManifestFile.FileOf(whole, _webRoot.Release, path, _settings.ProjectName)])
            : whole;
    }

    private IEnumerable<Diagnostic> BrokenPromises(Made made)
    {
        foreach (var file in _history.BrokenPromises(made.Release))
        {
            var witness = made.Witnesses.TryGetValue(file.LogicalPath, out var manifest) ? _settings.Show(manifest) : "StaticCollectAlreadyFingerprinted";
            yield return Diagnostic.Error(
                Codes.BrokenPromise,
                $"'{file.Path}' counts as fingerprinted already, by '{witness}', and had other bytes under this name in an earlier release: browsers that have those would never ask for these. Let its bundler put a hash of the content into the name, or let it have a fingerprint of ours.",
                file.Origin.SourcePath);
        }
    }

    /// <summary>What files of the web root name by now, and what is not published under that name.</summary>
    private IEnumerable<Diagnostic> BrokenAgreement(Agreement agreement, Release release) =>
        _settings.DryRun ? [] : agreement.Promised.Where(path => release[path] is null).Select(path => Diagnostic.Error(
            Codes.SourceChanged,
            $"The web root refers to '{_settings.Url}{path}', which is what that file was called when the web root was published, and is not what is collected now. Publish again; what a target makes or sets for the collection must be there before, in StaticCollectDependsOn."));

    /// <summary>What views name and nobody serves. They are not sources: nothing of the release depends on them.</summary>
    private IReadOnlyList<Diagnostic> CheckViews(Selected selected, Release release, RootView root, StorePlan plan)
    {
        var going = plan.Removals.Select(removal => removal.Path).ToHashSet(StringComparer.Ordinal);
        return [.. ViewCheck.Run(_settings, [.. selected.All.Select(file => file.LogicalPath)], release, root.Files.Keys.Where(path => !going.Contains(path)), _trustedBefore, _cancellation)];
    }

    /// <summary>The references of the web root that led nowhere, and the baseline as it does not hold any more.</summary>
    private (IReadOnlyList<LostReference> InWebRoot, IEnumerable<Diagnostic> Outdated) HoldAgainstBaseline(IEnumerable<Diagnostic> told)
    {
        if (_settings.Baseline is not { } baseline)
            return ([], []);
        var inWebRoot = _settings.WebRoot is { Mode: WebRootMode.InPlace } ? LostReferencesFile.Read(_settings.LostInWebRootPath) : [];
        return (inWebRoot, BaselineReport.Of(_settings, baseline, [.. told.Select(diagnostic => diagnostic.Lost).OfType<LostReference>(), .. inWebRoot]));
    }

    /// <summary>Brings the root to what the plan says, and tells everybody who reads of it.</summary>
    private bool Apply(Decision decision, LastRun last)
    {
        var (selected, _, now, plan, made) = decision;
        var writer = new RootWriter(_settings, _reader);
        if (made is not null)
        {
            writer.WithRoom(plan, () =>
            {
                LastNamingFile.Write(_settings.LastNamingPath, made.Naming);
                made.Encodings.Write(_settings.LastEncodingsPath);
            });
        }

        if (!plan.HasWork && now.Inputs.IsKnown && now.Inputs == last.Inputs && IsAsLeft(plan, last) && IsEmitted(last))
            return true;

        if (plan.HasWork)
            writer.WithRoom(plan, () => LastRunFile.Write(_settings.LastRunPath, last.Begin(plan.Steps.Where(step => step.MustWrite).Select(step => step.File))));
        var written = writer.Place(plan, _cancellation);
        if (!_log.Tell(written.Problems))
            return false;

        foreach (var path in plan.Removals.Select(removal => removal.Path))
        {
            var isStale = Precompressed.EncodingOf(path) is { } encoding && now.Release[Precompressed.Stem(path, encoding)] is not null;
            if (!isStale && selected.WebRoot.SourceOf(path) is { } source)
                PublishedWebRoot.GiveBack(source, Path.Combine(_settings.Root, path));
        }

        // Whoever reads of this release finds all that it names, and whoever still reads of the one before what that names.
        IReadOnlyList<Diagnostic> told = [];
        writer.WithRoom(plan, () => told = [.. Emit(now.Release, written.Entries, plan.Removals.Where(removal => !removal.GoesFirst))]);
        if (!_log.Tell(told) || !_log.Tell(writer.RemoveOld(plan)))
            return false;
        if (_settings.WritesReport && !_log.Tell(Reporter.Write(_settings, _history)))
            return false;

        LastRunFile.Write(_settings.LastRunPath, now with
        {
            Entries = written.Entries,
            Siblings = plan.Siblings,
            Emitted = [.. Emitted()],
        });
        return true;
    }

    private IEnumerable<Diagnostic> Emit(Release release, IReadOnlyList<RootEntry> entries, IEnumerable<PlannedRemoval> going)
    {
        if (_settings.Fingerprint is { } fingerprint && ManifestFile.PathInRoot(_settings) is null)
            AtomicFile.WriteIfOther(fingerprint.ManifestPath, ManifestFile.Format(release, _webRoot.Release));
        IReadOnlyList<Diagnostic> twice = [];
        if (_settings is { JoinsEndpoints: true, Endpoints: { } endpoints })
        {
            var times = entries.ToDictionary(entry => entry.Path, entry => new DateTime(entry.Stamp.Ticks, DateTimeKind.Utc), StringComparer.Ordinal);
            twice = new EndpointsFile(endpoints, endpoints.PathOf(_settings.Root), _settings.IsUrlAbsolute) { Going = going.Select(removal => removal.Path) }
                .Merge(release, path => times[path]);
        }

        if (_webRoot.Release.Files.Count > 0 && _settings.Endpoints is { } app)
            twice = new EndpointsFile(app, "", allowsOtherHosts: false) { Going = _webRoot.Old?.Paths ?? [] }.MergeKept(_webRoot.Release, path => File.GetLastWriteTimeUtc(Path.Combine(app.WebRoot, path)));

        _history.Add(release, ReleaseJson.Format(release, _settings.Url, origin => _settings.ShowSource(origin.SourcePath, origin.Finder, origin.App)), _settings.Fingerprint?.KeepReleases ?? 2);
        return [.. twice, .. ServerConfigFiles.Write(_settings, ServedFiles.Of(_settings, release, _webRoot.Release))];
    }

    /// <summary>Full paths of everything outside the root that a run writes for readers.</summary>
    private IEnumerable<string> EmittedPaths()
    {
        yield return _history.LastPath;
        if (_settings.Fingerprint is { } fingerprint && ManifestFile.PathInRoot(_settings) is null)
            yield return fingerprint.ManifestPath;
        if (_settings.Endpoints is { } endpoints && (_settings.JoinsEndpoints || _webRoot.Release.Files.Count > 0))
            yield return endpoints.ManifestPath;
        foreach (var path in ServerConfigFiles.PathsOf(_settings))
            yield return path;
        if (_settings.WritesReport)
            yield return _settings.ReportPath;
    }

    // Files that were only touched are looked into once, not in every run from then on.
    private static bool IsAsLeft(StorePlan plan, LastRun last)
    {
        if (plan.Steps.Count != last.Entries.Count)
            return false;
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i].Present != last.Entries[i].Stamp)
                return false;
        }

        return true;
    }

    private IEnumerable<EmittedFile> Emitted() => EmittedPaths().Select(path => new EmittedFile(path, FileStamp.Of(path) ?? default));

    private bool IsEmitted(LastRun last) => Emitted().SequenceEqual(last.Emitted);

    /// <summary>What is published, and what is done for it.</summary>
    /// <param name="Selected">What is collected.</param>
    /// <param name="Planner">Compared it with the root.</param>
    /// <param name="Now">What this run knows so far, the release among it.</param>
    /// <param name="Plan">What is to be done.</param>
    /// <param name="Made">The release as it was made; <see langword="null"/> where it is that of the last run.</param>
    private sealed record Decision(Selected Selected, Planner Planner, LastRun Now, StorePlan Plan, Made? Made);

    /// <summary>How many references lead nowhere.</summary>
    /// <param name="New">Those that were told.</param>
    /// <param name="Known">Those of the baseline.</param>
    private readonly record struct LeadNowhere(int New, int Known);
}
