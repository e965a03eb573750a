using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>The files with their names, and what is wrong with their references.</summary>
/// <param name="Files">In the order of the files that were given.</param>
/// <param name="Diagnostics">In the order of the files, then of the places in them.</param>
/// <param name="Record">What was learnt, for the next run.</param>
public sealed record Fingerprints(
    IReadOnlyList<PublishedFile> Files, IReadOnlyList<Diagnostic> Diagnostics, FingerprintRecord Record);

/// <summary>
/// The stage that gives names: reads what it must, follows references, and names each file once, after all those that
/// it refers to. Without fingerprints it only reads, for the stages that need to know the hash of each file.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="trustedBefore">Files whose time (UTC ticks) lies before this need not be read again by the next run.</param>
public sealed class Fingerprinter(CollectSettings settings, long trustedBefore)
{
    private readonly FingerprintSettings? _rules = settings.Fingerprint;

    /// <summary>Names the files.</summary>
    /// <param name="files">The collected files, each logical path once.</param>
    /// <param name="last">What the last run learnt.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="IOException">A file cannot be read, or changed while it was read.</exception>
    public Fingerprints Run(IReadOnlyList<StaticFile> files, FingerprintRecord last, CancellationToken cancellation = default)
    {
        if (last.HasReferences != _rules is not null)
            last = FingerprintRecord.Empty;
        var analyses = new FileAnalysis[files.Count];
        var texts = new byte[]?[files.Count];
        Workers.For(
            files.Count,
            i => analyses[i] = last.AnalysisOf(files[i]) ?? FileReader.Read(files[i], files[i].Stamp.Ticks < trustedBefore, _rules is not null, out texts[i]),
            cancellation);

        var index = new Dictionary<string, int>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
            index.Add(files[i].LogicalPath, i);
        var diagnostics = new List<Diagnostic>();
        var targets = _rules is null
            ? [.. files.Select(_ => Array.Empty<int>())]
            : new Resolution(settings, _rules).Targets(files, analyses, index, diagnostics);
        var bundlers = _rules is null ? [] : BundlerManifests.Read(files, last.Bundlers, trustedBefore);
        var (bundled, maps) = BundlerManifests.Fingerprinted(bundlers, files);
        var keepsName = files.Select(file => _rules is null || _rules.KeepsName(file.LogicalPath) || maps.Contains(file.LogicalPath)).ToArray();
        var already = AlreadyFingerprinted(files, targets, keepsName, bundled);
        var isRenamed = Enumerable.Range(0, files.Count).Select(i => !keepsName[i] && !already[i]).ToArray();

        var naming = new NameGiver(files, analyses, targets, isRenamed, i => texts[i] ?? ReadAgain(files[i], analyses[i]), last);
        foreach (var level in ReferenceGraph.Levels([.. Enumerable.Range(0, files.Count).Select(naming.DependenciesOf)]))
            Workers.For(level.Count, i => naming.Name(level[i]), cancellation);

        var published = new PublishedFile[files.Count];
        var entries = new Dictionary<string, FingerprintEntry>(files.Count, StringComparer.Ordinal);
        for (var i = 0; i < files.Count; i++)
        {
            var node = i;
            var final = naming[i];
            published[i] = new PublishedFile(files[i])
            {
                FingerprintedPath = isRenamed[i] ? UrlTarget.Insert(files[i].LogicalPath, final.Fingerprint) : null,
                Fingerprint = isRenamed[i] ? final.Fingerprint : null,
                SourceSha256 = analyses[i].Sha256,
                Sha256 = final.Sha256,
                Length = final.Length,
                IsImmutable = isRenamed[i] || already[i],
                References = [.. targets[i].Where(target => target >= 0).Distinct().Select(target => files[target].LogicalPath).Order(StringComparer.Ordinal)],
                Rewritten = final.IsRewritten ? () => naming.Rewritten(node) : null,
            };
            entries.Add(files[i].LogicalPath, new FingerprintEntry(analyses[i], final));
        }

        diagnostics.AddRange(Taken(published, analyses, index));
        var trusted = bundlers.Where(manifest => manifest.Stamp.Ticks < trustedBefore);
        return new Fingerprints(published, diagnostics, new FingerprintRecord(_rules is not null, entries, [.. trusted]));
    }

    /// <summary>
    /// Which files keep the fingerprint that a bundler gave them: those that refer only to files whose names stay, too.
    /// Any other would change its bytes under the same name.
    /// </summary>
    private bool[] AlreadyFingerprinted(
        IReadOnlyList<StaticFile> files, int[][] targets, bool[] keepsName, IReadOnlySet<string> bundled)
    {
        var already = files
            .Select((file, i) => !keepsName[i] && (bundled.Contains(file.LogicalPath) || _rules!.AlreadyFingerprinted.Any(glob => glob.Matches(file.LogicalPath))))
            .ToArray();
        if (!already.Contains(true))
            return already;

        // From the files that get a new name back to those that refer to them, each once.
        var referrers = Enumerable.Range(0, files.Count)
            .Where(i => already[i])
            .SelectMany(i => targets[i].Where(target => target >= 0).Distinct().Select(target => (Target: target, Referrer: i)))
            .ToLookup(edge => edge.Target, edge => edge.Referrer);
        var renamed = new Stack<int>(Enumerable.Range(0, files.Count).Where(i => !already[i] && !keepsName[i]));
        while (renamed.TryPop(out var target))
        {
            foreach (var referrer in referrers[target].Where(referrer => already[referrer]))
            {
                already[referrer] = false;
                renamed.Push(referrer);
            }
        }

        return already;
    }

    /// <summary>Names with a fingerprint that a source has for other bytes: one URL would stand for both.</summary>
    private IEnumerable<Diagnostic> Taken(PublishedFile[] published, FileAnalysis[] analyses, Dictionary<string, int> index)
    {
        foreach (var file in published)
        {
            if (file.FingerprintedPath is not { } path || !index.TryGetValue(path, out var other))
                continue;
            var (source, isRenamed) = (published[other].File, published[other].FingerprintedPath is not null);
            if ((isRenamed && _rules is { KeepOriginals: false }) || (isRenamed ? analyses[other].Sha256 : published[other].Sha256) == file.Sha256)
                continue;
            yield return Diagnostic.Error(
                Codes.Clash,
                $"'{path}' is the name that '{file.File.LogicalPath}' gets with its fingerprint, and '{settings.Show(source.SourcePath)}' ({source.Finder} '{source.App}') brings other bytes under it. Rename that file, or leave it out with StaticCollectIgnore.");
        }
    }

    private static byte[] ReadAgain(StaticFile file, FileAnalysis analysis)
    {
        var bytes = File.ReadAllBytes(file.SourcePath);
        return Sha256Of.Bytes(bytes) == analysis.Sha256
            ? bytes
            : throw new IOException($"'{file.SourcePath}' changed while it was collected.");
    }
}
