using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>The files with their names, and what is wrong with their references.</summary>
/// <param name="Files">In the order of the files that were given.</param>
/// <param name="Diagnostics">In the order of the files, then of the places in them.</param>
/// <param name="Learnt">What was learnt, for the next run.</param>
internal sealed record Fingerprints(
    IReadOnlyList<PublishedFile> Files, IReadOnlyList<Diagnostic> Diagnostics, LastNaming Learnt)
{
    /// <summary>The files whose names or bytes may be others once all neighbours have theirs; by number.</summary>
    public IReadOnlySet<int> Unsettled { get; init; } = new HashSet<int>();

    /// <summary>The neighbours with fingerprints that the files refer to.</summary>
    public IReadOnlyList<Neighbour> Neighbours { get; init; } = [];

    /// <summary>Where a file names another one of them, in the order of the files, then of the places; made when asked for.</summary>
    public IEnumerable<ReferencePlace> Places { get; init; } = [];
}

/// <summary>
/// The stage that gives names: reads what it must, follows references, and names each file once, after all those that
/// it refers to. Without fingerprints it only reads, since the hash of each file must be known.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="trustedBefore">Files whose time (UTC ticks) lies before this need not be read again by the next run.</param>
/// <param name="neighbours">The files beside these that they may refer to.</param>
/// <param name="webRoot">What is different about names where the files are those of the web root.</param>
internal sealed class Fingerprinter(
    CollectSettings settings, long trustedBefore, Neighbours neighbours, WebRootNames? webRoot = null)
{
    private readonly FingerprintSettings? _rules = settings.Fingerprint;

    /// <summary>Names the files.</summary>
    /// <param name="files">The collected files, each logical path once.</param>
    /// <param name="last">What the last run learnt.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="SourceException">A file cannot be read, or changes all the time.</exception>
    public Fingerprints Run(IReadOnlyList<StaticFile> files, LastNaming last, CancellationToken cancellation = default)
    {
        if (last.HasReferences != _rules is not null)
            last = LastNaming.Empty;
        var analyses = new FileAnalysis[files.Count];
        Workers.For(
            files.Count,
            i => analyses[i] = webRoot?.IsRead(i) == false
                ? FileAnalysis.NotRead(files[i].SourcePath, files[i].Stamp)
                : last.AnalysisOf(files[i]) ?? FileReader.Read(files[i], trustedBefore, _rules is not null),
            cancellation);

        if (_rules is null)
            return Plain(files, analyses);

        var index = new Dictionary<string, int>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
            index.Add(files[i].LogicalPath, i);
        webRoot?.AddTo(index);
        var diagnostics = new List<Diagnostic>();
        var resolution = new Resolution(settings, _rules, webRoot, neighbours);
        var targets = resolution.Targets(files, analyses, index, diagnostics);
        var missing = resolution.Missing;
        var met = resolution.Met;
        var placed = analyses;
        if (webRoot is not null || met.Count > 0)
        {
            placed = new FileAnalysis[files.Count];
            Workers.For(files.Count, i => placed[i] = Placement.Of(files[i], analyses[i], targets[i], target => NameOf(target, met)), cancellation);
        }

        var bundlers = BundlerManifests.Read(files, last.Bundlers, trustedBefore);
        var (bundled, maps) = BundlerManifests.Fingerprinted(bundlers, files);
        var keepsName = files.Select(file => _rules.KeepsName(file.LogicalPath) || maps.Contains(file.LogicalPath)).ToArray();
        foreach (var file in webRoot?.NamedByInitializers(targets) ?? [])
            keepsName[file] = true;
        var already = AlreadyFingerprinted(files, targets, keepsName, bundled);
        var isRenamed = Enumerable.Range(0, files.Count).Select(i => !keepsName[i] && !already[i] && webRoot?.HasFingerprint(i) != false).ToArray();

        var names = new NameGiver(files, placed, targets, isRenamed, last, met, webRoot?.Fingerprints);
        foreach (var level in ReferenceGraph.Levels([.. Enumerable.Range(0, files.Count).Select(names.DependenciesOf)]))
            Workers.For(level.Count, i => names.Name(level[i]), cancellation);

        var published = new PublishedFile[files.Count];
        var entries = new Dictionary<string, NamedEntry>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            published[i] = new PublishedFile(files[i], names.ContentOf(i))
            {
                FingerprintedPath = !isRenamed[i] ? null
                    : webRoot is null ? UrlTarget.Insert(files[i].LogicalPath, names[i].Fingerprint)
                    : webRoot.PathOf(i, names[i].Fingerprint),
                Fingerprint = isRenamed[i] ? names[i].Fingerprint : null,
                IsNamedByBundler = already[i],
                HasWindowsLineEnds = analyses[i].HasWindowsLineEnds,
                BundlerManifest = bundled.GetValueOrDefault(files[i].LogicalPath),
                Missing = [.. missing[i]],
                References = [.. targets[i].Where(target => target >= 0).Distinct().Select(target => files[target].LogicalPath).Order(StringComparer.Ordinal)],
            };
            entries.Add(files[i].LogicalPath, new NamedEntry(analyses[i], names[i]));
        }

        diagnostics.AddRange(new ComputedImports(settings, _rules).Describe(files, analyses, targets, isRenamed));
        diagnostics.AddRange(Taken(published, index));
        var trusted = bundlers.Where(manifest => manifest.Stamp.Ticks < trustedBefore);
        return new Fingerprints(published, diagnostics, new LastNaming(HasReferences: true, entries, [.. trusted]))
        {
            Unsettled = WithReferrers(resolution.Awaiting, targets, _ => true),
            Neighbours = met,
            Places = files.SelectMany((file, i) => targets[i]
                .Select((target, j) => (Target: target, Site: analyses[i].Sites[j]))
                .Where(reference => reference.Target >= 0)
                .Select(reference => new ReferencePlace(file.LogicalPath, files[reference.Target].LogicalPath, file.SourcePath, reference.Site.Line, reference.Site.Column))),
        };
    }

    private PlacedName? NameOf(int target, IReadOnlyList<Neighbour> met) =>
        target >= 0 ? webRoot?.NameOf(target)
        : met[Resolution.NeighbourOf(target)] is var neighbour ? new PlacedName(neighbour.Path, neighbour.After, "") : null;

    /// <summary>The files under their own names, with their own bytes.</summary>
    private static Fingerprints Plain(IReadOnlyList<StaticFile> files, FileAnalysis[] analyses)
    {
        var published = new PublishedFile[files.Count];
        var entries = new Dictionary<string, NamedEntry>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            var (stamp, hash) = (analyses[i].Stamp, analyses[i].Hash);
            published[i] = new PublishedFile(files[i], new FileContent(hash, stamp.Length, new ByteSource.Source(files[i].SourcePath, stamp)));
            entries.Add(files[i].LogicalPath, new NamedEntry(analyses[i], new FinalFile(Key: default, Fingerprint: "", hash, stamp.Length, IsRewritten: false)));
        }

        return new Fingerprints(published, [], new LastNaming(HasReferences: false, entries, []));
    }

    /// <summary>
    /// Which files keep the fingerprint that a bundler gave them: those that refer only to files whose names stay, too.
    /// Any other would change its bytes under the same name.
    /// </summary>
    private bool[] AlreadyFingerprinted(
        IReadOnlyList<StaticFile> files, int[][] targets, bool[] keepsName, IReadOnlyDictionary<string, string> bundled)
    {
        var already = files
            .Select((file, i) => !keepsName[i] && (file.IsNamedByHash || bundled.ContainsKey(file.LogicalPath) || _rules!.AlreadyFingerprinted.Any(glob => glob.Matches(file.LogicalPath))))
            .ToArray();
        if (!already.Contains(true))
            return already;
        var renamed = Enumerable.Range(0, files.Count).Where(i => (!already[i] && !keepsName[i]) || targets[i].Any(target => target < Resolution.Left));
        foreach (var file in WithReferrers([.. renamed], targets, file => already[file]))
            already[file] = false;
        return already;
    }

    /// <summary>Some files, and those that refer to them over any number of others of which all are wanted.</summary>
    private static HashSet<int> WithReferrers(IReadOnlyCollection<int> some, int[][] targets, Predicate<int> isWanted)
    {
        var all = some.ToHashSet();
        if (all.Count == 0)
            return all;
        var referrers = Enumerable.Range(0, targets.Length)
            .Where(i => isWanted(i))
            .SelectMany(i => targets[i].Where(target => target >= 0).Distinct().Select(target => (Target: target, Referrer: i)))
            .ToLookup(edge => edge.Target, edge => edge.Referrer);
        var next = new Stack<int>(all);
        while (next.TryPop(out var target))
        {
            foreach (var referrer in referrers[target].Where(all.Add))
                next.Push(referrer);
        }

        return all;
    }

    /// <summary>Names with a fingerprint that a source has for other bytes: one URL would stand for both.</summary>
    private IEnumerable<Diagnostic> Taken(PublishedFile[] published, Dictionary<string, int> index)
    {
        foreach (var file in published)
        {
            if (file.FingerprintedPath is not { } path || !index.TryGetValue(path, out var at))
                continue;
            var other = published[at];
            if (other.Content.Hash == file.Content.Hash || (other.FingerprintedPath is not null && _rules is { KeepOriginals: false }))
                continue;
            yield return Diagnostic.Error(
                Codes.Clash,
                $"'{path}' is the name that '{file.File.LogicalPath}' gets with its fingerprint, and '{settings.Show(other.File.SourcePath)}' ({other.File.Finder} '{other.File.App}') brings other bytes under it. Rename that file, or leave it out with StaticCollectIgnore.");
        }
    }
}
