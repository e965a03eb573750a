using System.Security.Cryptography;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>
/// Puts the names with fingerprints of the web root on the disk. The SDK has published the plain names, and answers for the
/// others in the app alone; with files of their own any server can send them, and those of earlier releases stay as long
/// as those of the static root. What the SDK published is never touched.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="reader">Gives what is written its bytes.</param>
/// <param name="trustedBefore">Times (UTC ticks) from here on prove nothing.</param>
internal sealed class WebRootCollector(CollectSettings settings, ContentReader reader, long trustedBefore)
{
    // A root of its own beside the static root, even where both are one folder: it has its own files, releases and records.
    private readonly CollectSettings _own = settings with
    {
        Root = settings.PublishedWebRoot,
        Url = "/",
        RecordFolder = Path.Combine(settings.RecordFolder, "webroot"),
        Clear = false,
        Link = LinkMode.None,
    };

    /// <summary>Makes the files, and lets those of earlier releases stay until nothing tells of them.</summary>
    /// <param name="log">Is told of what goes wrong.</param>
    /// <param name="cancellation">Stops the work; the next run finishes it.</param>
    /// <returns>What is served of the web root then; <see langword="null"/> after an error.</returns>
    public PlacedWebRoot? Place(ICollectLog log, CancellationToken cancellation)
    {
        if (settings.DryRun || (settings.WebRoot?.ManifestPath is null && !Directory.Exists(_own.StateFolder)))
            return PlacedWebRoot.Nothing;
        var rootLock = RootLock.Take(_own, log, cancellation);
        var placed = default(PlacedWebRoot);
        try
        {
            return placed = rootLock is null ? null : Place(rootLock, log, cancellation);
        }
        finally
        {
            if (placed is null)
                rootLock?.Dispose();
        }
    }

    private PlacedWebRoot? Place(RootLock rootLock, ICollectLog log, CancellationToken cancellation)
    {
        var manifest = settings.WebRoot?.ManifestPath;
        var last = LastRunFile.Read(_own.LastRunPath);
        var planner = new Planner(_own, RootView.Read(_own.Root, cancellation), last);
        var hasRoutes = true;
        var published = manifest is null ? [] : Published(manifest, last, problem =>
        {
            log.Report(problem);
            hasRoutes = false;
        });
        if (!hasRoutes)
            return null;
        var inputs = InputsOf(published);
        var theirs = published.SelectMany(file => file.Forms).Select(form => form.Path).ToHashSet(StringComparer.Ordinal);
        var isAgain = inputs.IsKnown && inputs == last.Inputs;
        var history = new History(_own.StateFolder);
        var release = WithKept(isAgain ? new Release([.. last.Release.Current]) : Make(published, cancellation));
        var plan = planner.Plan(Ours(release), cancellation);
        if (isAgain && !plan.HasWork)
            return new PlacedWebRoot(rootLock, release);
        if (isAgain)
        {
            release = WithKept(Make(published, cancellation));
            plan = planner.Plan(Ours(release), cancellation);
        }

        if (!log.Tell(plan.Diagnostics.Concat(Stages.TooLong(_own, Ours(release)))))
            return null;
        LastRunFile.Write(_own.LastRunPath, last.Begin(plan.Steps.Where(step => step.MustWrite).Select(step => step.File)));
        var writer = new RootWriter(_own, reader);
        var written = writer.Place(plan, cancellation);
        if (!log.Tell(written.Problems))
            return null;
        var now = new LastRun { Inputs = inputs, Release = release, Entries = written.Entries, Siblings = plan.Siblings };
        return new PlacedWebRoot(rootLock, release) { Old = new OldWebRootFiles(_own, history, writer, plan, now) };

        Release WithKept(Release made) => manifest is null ? made : made.With(history.Kept(made, settings.WebRoot!.Rules.KeepReleases, planner.HasAsLeft));

        Release Ours(Release whole) => new([.. whole.Files.Where(file => !theirs.Contains(file.Path))]);
    }

    /// <summary>What the SDK published, and not we: neither what is collected nor what is kept of earlier releases.</summary>
    private List<PublishedForms> Published(string manifest, LastRun last, Action<Diagnostic> report)
    {
        var ours = last.Entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        if (settings.BelowWebRoot is { } below)
            ours.UnionWith(LastRunFile.Read(settings.LastRunPath).Entries.Select(entry => LogicalPath.Combine(below, entry.Path)));

        return [.. WebRootRoutes.Read(manifest, _own.Root, ours.Contains, report).Select(file => new PublishedForms(file, [.. Forms(file.Path)]))];

        // The file, and the encodings beside it.
        IEnumerable<(string Path, IContentEncoding? Encoding, FileStamp Stamp)> Forms(string path)
        {
            yield return (path, null, FileStamp.Of(Path.Combine(_own.Root, path)) ?? default);
            foreach (var encoding in ContentEncodings.All)
            {
                if (FileStamp.Of(Path.Combine(_own.Root, path + encoding.Suffix)) is { } stamp)
                    yield return (path + encoding.Suffix, encoding, stamp);
            }
        }
    }

    private Sha256 InputsOf(List<PublishedForms> published)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Sha256.Append(hash, typeof(WebRootCollector).Module.ModuleVersionId.ToString());
        foreach (var (file, forms) in published)
        {
            Sha256.Append(hash, file.LogicalPath);
            Sha256.Append(hash, file.FingerprintedPath ?? "");
            foreach (var (path, _, stamp) in forms)
            {
                if (stamp.Ticks >= trustedBefore)
                    return default;
                Sha256.Append(hash, path);
                Sha256.Append(hash, $"{stamp.Length} {stamp.Ticks} {stamp.Birth}");
            }
        }

        return Sha256.Of(hash);
    }

    private Release Make(List<PublishedForms> published, CancellationToken cancellation)
    {
        var made = new List<ReleaseFile>[published.Count];
        Workers.For(published.Count, i => made[i] = [.. FilesOf(published[i])], cancellation);
        return Release.Empty.With(made.SelectMany(files => files).DistinctBy(file => file.Path, StringComparer.Ordinal));
    }

    /// <summary>A published file under its name, and under the one with its fingerprint where that is another.</summary>
    private IEnumerable<ReleaseFile> FilesOf(PublishedForms published)
    {
        var (file, forms) = published;
        foreach (var (path, encoding, _) in forms)
        {
            var full = Path.Combine(_own.Root, path);
            var (stamp, hash) = ContentReader.ReadFirst(full, seen: null);
            var isHashed = path == file.FingerprintedPath + encoding?.Suffix;
            var one = new ReleaseFile(
                path,
                file.LogicalPath,
                encoding is not null ? Role.Encoding : isHashed ? Role.Fingerprinted : Role.Plain,
                new FileContent(hash, stamp.Length, new ByteSource.Source(full, stamp)),
                isHashed ? CachePolicy.Immutable : CachePolicy.Revalidate,
                new Origin(FinderKind.WebRoot, settings.ProjectName, full))
            {
                Encoding = encoding,
                Fingerprint = isHashed && encoding is null ? file.Fingerprint : null,
            };
            yield return one;
            if (file.FingerprintedPath is { } hashed && !isHashed)
            {
                yield return one with
                {
                    Path = hashed + encoding?.Suffix,
                    Role = encoding is null ? Role.Fingerprinted : Role.Encoding,
                    Cache = CachePolicy.Immutable,
                    Fingerprint = encoding is null ? file.Fingerprint : null,
                };
            }
        }
    }

    private sealed record PublishedForms(WebRootFile File, IReadOnlyList<(string Path, IContentEncoding? Encoding, FileStamp Stamp)> Forms);
}
