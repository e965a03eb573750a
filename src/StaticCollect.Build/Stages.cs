using System.Security.Cryptography;
using System.Text;
using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build;

/// <summary>
/// The way from sources to a release, stage by stage, for whoever asks: a collection, the targets that only look, the
/// development server. Nothing here writes, but encodings into their cache.
/// </summary>
internal static class Stages
{
    /// <summary>Decides which of the files found are collected, and what each of them is.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="found">What the finders found.</param>
    /// <param name="comparisons">Compares files, or remembers that they were compared.</param>
    public static Selected Select(CollectSettings settings, Found found, Comparisons comparisons)
    {
        var selection = Selection.Of(found, settings, comparisons);
        var diagnostics = selection.Diagnostics.ToList();
        IReadOnlyList<StaticFile> files = selection.Files;
        if (ManifestFile.PathInRoot(settings) is { } path)
        {
            // What has the name of an encoding of it would be sent in its place.
            var manifest = new Spellings([path], FileNames.WithoutCaseAndForm);
            var taken = files.Where(file => manifest.Has(file.LogicalPath) || (Precompressed.EncodingOf(file.LogicalPath) is { } encoding && manifest.Has(Precompressed.Stem(file.LogicalPath, encoding)))).ToList();
            files = taken.Count == 0 ? files : [.. files.Except(taken)];
            diagnostics.AddRange(taken.Select(file => Diagnostic.Warning(Codes.Clash,
                $"'{settings.Show(file.SourcePath)}' ({file.Finder} '{file.App}') is not collected: the manifest goes to '{path}'. Rename the file, or give the manifest another place with StaticCollectManifest.")));
        }

        var webRoot = PublishedBySdk.Of(settings, files);
        if (webRoot.Files.Count > 0)
            files = [.. files.Where(file => file.Finder != FinderKind.WebRoot)];
        var (published, precompressed) = Precompressed.TakeOut(files, settings.Compression);
        return new Selected(selection.Files, published, precompressed, selection.Clashes, diagnostics)
        {
            WebRoot = webRoot,
            Agreement = settings.NamesBothRoots ? AgreementFile.Read(settings.AgreementPath) : Agreement.None,
        };
    }

    /// <summary>
    /// Identifies everything that a release follows from; not known where a file is so young that it may still be
    /// written to without another time.
    /// </summary>
    public static Sha256 InputsOf(CollectSettings settings, Selected selected, long trustedBefore)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        SettingsKey.Append(hash, settings);
        foreach (var file in selected.Files.Concat(selected.Precompressed.SelectMany(files => files).Select(brought => brought.File)))
        {
            if (file.Stamp.Ticks >= trustedBefore)
                return default;
            Sha256.Append(hash, file.LogicalPath);
            Sha256.Append(hash, file.SourcePath);
            Sha256.Append(hash, file.App);
            Append(hash, (int)file.Finder, file.Stamp);
        }

        // What the SDK publishes matters where a file of ours could pass for an encoding of it.
        foreach (var original in selected.Files.Select(selected.WebRoot.OriginalOf).OfType<StaticFile>())
        {
            if (original.Stamp.Ticks >= trustedBefore)
                return default;
            Sha256.Append(hash, original.SourcePath);
            Append(hash, (int)original.Finder, original.Stamp);
        }

        foreach (var file in selected.Agreement.WebRoot)
        {
            Sha256.Append(hash, file.Path);
            Sha256.Append(hash, file.FingerprintedPath ?? "");
            Sha256.Append(hash, $"{file.Rewritten}");
        }

        if (settings.Fingerprint is not null)
        {
            foreach (var (path, stamp) in BundlerManifests.Candidates(selected.Files))
            {
                if (stamp.Ticks >= trustedBefore)
                    return default;
                Sha256.Append(hash, path);
                Append(hash, 0, stamp);
            }
        }

        return Sha256.Of(hash);
    }

    /// <summary>Names the files, encodes them, and puts the release together: that of this run alone, without kept files.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="selected">What is collected.</param>
    /// <param name="reader">Reads the files.</param>
    /// <param name="trustedBefore">Times (UTC ticks) from here on prove nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="log">Is told how far long work is.</param>
    public static Made Make(CollectSettings settings, Selected selected, ContentReader reader, long trustedBefore, CancellationToken cancellation, ICollectLog? log = null)
    {
        var named = new Fingerprinter(settings, trustedBefore, Neighbours.Of(selected.Agreement.WebRoot)).Run(selected.Files, LastNamingFile.Read(settings.LastNamingPath), cancellation);
        var (files, stale) = WithoutStale(settings, named.Files, selected.WebRoot, cancellation);
        var diagnostics = named.Diagnostics.Concat(stale).ToList();
        if (diagnostics.Exists(diagnostic => diagnostic.Severity == Severity.Error))
            return new Made(Release.Empty, diagnostics, named.Learnt, LastEncodings.Empty);

        var (encodings, learnt, unkept) = Encode(settings, selected, files, reader, cancellation, log);
        var witnesses = files.Where(file => file.BundlerManifest is not null).ToDictionary(file => file.File.LogicalPath, file => file.BundlerManifest!, StringComparer.Ordinal);
        var release = Release.Of(files, encodings, settings);
        diagnostics.AddRange(TooLong(settings, release));
        diagnostics.AddRange(PortabilityText.Of(release));
        return new Made(release, diagnostics, named.Learnt, learnt) { Witnesses = witnesses, Files = files, Places = named.Places, Unkept = unkept };
    }

    /// <summary>Makes the encodings of files, or takes them from the cache.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="selected">What is collected.</param>
    /// <param name="files">The files.</param>
    /// <param name="reader">Reads the files.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="log">Is told how far long work is.</param>
    /// <returns>For each file its encodings; what was learnt for the next run; and why not all could be kept in the cache, if so.</returns>
    public static (IReadOnlyList<IReadOnlyList<Encoded>> Encodings, LastEncodings Learnt, Exception? Unkept) Encode(
        CollectSettings settings, Selected selected, IReadOnlyList<PublishedFile> files, ContentReader reader, CancellationToken cancellation, ICollectLog? log = null)
    {
        if (settings.Compression is not { } compression)
            return ([.. files.Select(_ => Array.Empty<Encoded>())], LastEncodings.Empty, null);
        var stage = new EncodingStage(compression, LastEncodings.Read(settings.LastEncodingsPath));
        var compressor = new Compressor(compression, reader, DateTime.UtcNow, writes: !settings.DryRun, log);
        return (stage.Run(files, selected.Precompressed, compressor, cancellation), stage.Learnt, compressor.Unkept);
    }

    /// <summary>Names that a fingerprint or the end of an encoding makes too long: nothing may be written then.</summary>
    public static IEnumerable<Diagnostic> TooLong(CollectSettings settings, Release release)
    {
        var rootBytes = Encoding.UTF8.GetByteCount(settings.Root);
        return release.Files.Where(file => PathLimits.IsTooLong(file.Path, rootBytes)).Select(file => Diagnostic.Error(
            Codes.PathTooLong,
            $"'{file.LogicalPath}' is to be published as '{file.Path}', too, and that is too long to be written below '{settings.Root}'. Shorten its name, or {Cure(file)}."));

        static string Cure(ReleaseFile file) => file.Encoding is null
            ? "keep the fingerprint out of it with StaticCollectKeepName"
            : "leave its type out with StaticCollectCompressSkip";
    }

    /// <summary>
    /// Leaves out files that servers would take for encodings of others, and that are none: <c>data.csv.gz</c> from last
    /// year beside <c>data.csv</c>.
    /// </summary>
    private static (IReadOnlyList<PublishedFile> Files, IReadOnlyList<Diagnostic> Diagnostics) WithoutStale(
        CollectSettings settings, IReadOnlyList<PublishedFile> files, PublishedBySdk webRoot, CancellationToken cancellation)
    {
        var looksEncoded = files.Where(file => Precompressed.EncodingOf(file.File.LogicalPath) is not null).ToList();
        if (looksEncoded.Count == 0)
            return (files, []);
        var byPath = files.ToDictionary(file => file.File.LogicalPath, StringComparer.Ordinal);
        var spellings = Precompressed.Spellings(files.Select(file => file.File));
        var stale = new HashSet<PublishedFile>(ReferenceEqualityComparer.Instance);
        var diagnostics = new List<Diagnostic>();
        foreach (var file in looksEncoded)
        {
            var encoding = Precompressed.EncodingOf(file.File.LogicalPath)!;
            if (webRoot.OriginalOf(file.File) is { } ofSdk)
            {
                if (PublishedBySdk.IsEncodingOf(ofSdk, file.File, cancellation))
                    continue;
                stale.Add(file);
                diagnostics.Add(Diagnostic.Warning(
                    Codes.StalePrecompressed,
                    $"'{settings.Show(file.File.SourcePath)}' ({file.File.Finder} '{file.File.App}') is left out: servers{Where(file, ofSdk.LogicalPath)} send it in place of '{settings.Show(ofSdk.SourcePath)}', which the SDK publishes, and it does not decode to that file. Make it anew or delete it."));
                continue;
            }

            if (spellings.Find(Precompressed.Stem(file.File.LogicalPath, encoding)) is not { } stem || byPath[stem] is not { } original
                || Precompressed.DecodesTo(encoding, file.File.SourcePath, original.Content.Hash, original.Content.Length, cancellation))
            {
                continue;
            }

            stale.Add(file);
            var why = original.IsRewritten ? "whose references are rewritten" : "as it is now";
            diagnostics.Add(new Diagnostic(
                Codes.StalePrecompressed,
                original.IsRewritten ? Severity.Message : Severity.Warning,
                $"'{settings.Show(file.File.SourcePath)}' is left out: servers{Where(file, stem)} send it in place of '{stem}', and it does not decode to that file {why}. Make it anew or delete it."));
        }

        return (stale.Count == 0 ? files : [.. files.Where(file => !stale.Contains(file))], diagnostics);

        static string Where(PublishedFile file, string original) =>
            file.File.LogicalPath.StartsWith(original, StringComparison.Ordinal) ? "" : " on Windows and macOS";
    }

    private static void Append(IncrementalHash hash, int finder, FileStamp stamp)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) * 4];
        BitConverter.TryWriteBytes(bytes, (long)finder);
        BitConverter.TryWriteBytes(bytes[8..], stamp.Length);
        BitConverter.TryWriteBytes(bytes[16..], stamp.Ticks);
        BitConverter.TryWriteBytes(bytes[24..], stamp.Birth);
        hash.AppendData(bytes);
    }
}

/// <summary>What is collected.</summary>
/// <param name="All">The winner of each logical path, in ordinal order.</param>
/// <param name="Files">Those of them that are published as files of their own, in ordinal order.</param>
/// <param name="Precompressed">Encoded files that lie beside them, by the logical path of what they encode.</param>
/// <param name="Clashes">The files that lost to another one.</param>
/// <param name="Diagnostics">What the user should know.</param>
internal sealed record Selected(
    IReadOnlyList<StaticFile> All,
    IReadOnlyList<StaticFile> Files,
    ILookup<string, Precompressed> Precompressed,
    IReadOnlyList<Clash> Clashes,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>What the SDK publishes below the static root, where no other source wins.</summary>
    public PublishedBySdk WebRoot { get; init; } = PublishedBySdk.Nothing;

    /// <summary>What was agreed on with the web root, whose files these may refer to.</summary>
    public Agreement Agreement { get; init; } = Agreement.None;

    /// <summary>Why a winner is not published as a file of its own; <see langword="null"/> where it is.</summary>
    public string? WhyNoFile(StaticFile winner) =>
        Precompressed.FirstOrDefault(files => files.Any(brought => brought.File == winner)) is { } encoded
            ? $"A precompressed form of '{encoded.Key}': published beside it where it decodes to it, and no file of its own."
        : winner.Finder == FinderKind.WebRoot ? "Not collected: it lies in the static root already."
        : Files.Contains(winner) ? null
        : "Not collected: the manifest goes there.";
}

/// <summary>A release as the stages made it.</summary>
/// <param name="Release">The release, without kept files and manifest; empty after an error.</param>
/// <param name="Diagnostics">What the user should know.</param>
/// <param name="Naming">What was learnt about names, for the next run.</param>
/// <param name="Encodings">What was learnt about encodings, for the next run.</param>
internal sealed record Made(Release Release, IReadOnlyList<Diagnostic> Diagnostics, LastNaming Naming, LastEncodings Encodings)
{
    /// <summary>Why encodings could not be kept in the cache, if some could not.</summary>
    public Exception? Unkept { get; init; }

    /// <summary>The files that the release is made of.</summary>
    public IReadOnlyList<PublishedFile> Files { get; init; } = [];

    /// <summary>Where a file names another one of them; made when asked for.</summary>
    public IEnumerable<ReferencePlace> Places { get; init; } = [];

    /// <summary>The bundlers' manifests that say that a name holds a hash, by logical path.</summary>
    public IReadOnlyDictionary<string, string> Witnesses { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
