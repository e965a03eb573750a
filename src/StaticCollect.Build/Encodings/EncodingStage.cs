using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build.Encodings;

/// <summary>An encoding of a published file.</summary>
/// <param name="Encoding">What it is encoded in.</param>
/// <param name="Length">The number of encoded bytes.</param>
/// <param name="Content">The encoded bytes.</param>
public sealed record Encoded(IContentEncoding Encoding, long Length, MadeContent Content);

/// <summary>The files with their encodings.</summary>
/// <param name="Files">In the order of the files that were given.</param>
/// <param name="Lengths">What was learnt, for the next run: see <see cref="Naming.FingerprintRecord.Encodings"/>.</param>
public sealed record EncodedFiles(IReadOnlyList<PublishedFile> Files, IReadOnlyDictionary<string, long> Lengths);

/// <summary>
/// The stage that makes encodings: of the final bytes, each content once. What the last run found out about a content is
/// not looked into again, so that a run with nothing to do opens neither file nor cache.
/// </summary>
public static class EncodingStage
{
    /// <summary>
    /// Takes the encoded twins that sources bring out of the files: <c>site.css.br</c> is the encoding of
    /// <c>site.css</c> where that is collected, too, and Brotli is asked for.
    /// </summary>
    public static (IReadOnlyList<StaticFile> Files, ILookup<string, Twin> Twins) TakeTwins(
        IReadOnlyList<StaticFile> files, CompressionSettings? settings)
    {
        if (settings is null)
            return (files, Array.Empty<Twin>().ToLookup(_ => "", StringComparer.Ordinal));

        // Beside a file that is not compressed at all, what looks like a twin is a file like any other.
        var compressed = files
            .Where(file => settings.Includes(file.LogicalPath, file.Stamp.Length))
            .Select(file => file.LogicalPath)
            .ToHashSet(StringComparer.Ordinal);
        var twins = files
            .SelectMany(file => settings.Encodings.Select(encoding => (File: file, Encoding: encoding)))
            .Where(pair => pair.File.LogicalPath.EndsWith(pair.Encoding.Suffix, StringComparison.OrdinalIgnoreCase)
                && compressed.Contains(pair.File.LogicalPath[..^pair.Encoding.Suffix.Length]))
            .ToList();
        var taken = twins.Select(pair => pair.File).ToHashSet();
        return (
            taken.Count == 0 ? files : [.. files.Where(file => !taken.Contains(file))],
            twins.ToLookup(
                pair => pair.File.LogicalPath[..^pair.Encoding.Suffix.Length],
                pair => new Twin(pair.Encoding, pair.File.SourcePath),
                StringComparer.Ordinal));
    }

    /// <summary>Gives the files their encodings.</summary>
    /// <param name="files">The files, with the hashes of their bytes.</param>
    /// <param name="twins">The encoded twins of files that sources bring, by logical path.</param>
    /// <param name="settings">The settings of the collection; a dry run compresses nothing.</param>
    /// <param name="known">What the last run found out.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static EncodedFiles Run(
        IReadOnlyList<PublishedFile> files,
        ILookup<string, Twin> twins,
        CollectSettings settings,
        IReadOnlyDictionary<string, long> known,
        CancellationToken cancellation = default)
    {
        if (settings.Compression is not { } compression)
            return new EncodedFiles(files, new Dictionary<string, long>(StringComparer.Ordinal));

        var jobs = new Dictionary<string, Func<CompressionJob>>(StringComparer.Ordinal);
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        var made = new Dictionary<string, EncodedFile>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => compression.Includes(file.File.LogicalPath, file.Length)))
        {
            var path = file.File.LogicalPath;
            jobs.TryAdd(file.SourceSha256, () => CompressionJob.OfFile(path, file.File.SourcePath, file.SourceSha256, file.File.Stamp.Length) with { Twins = [.. twins[path]] });
            if (file.Rewritten is { } bytes)
                jobs.TryAdd(file.Sha256, () => CompressionJob.OfBytes(path, bytes(), file.Sha256));
        }

        var toDo = jobs.Where(job => !compression.Encodings.All(encoding => known.ContainsKey(Key(job.Key, encoding)))).ToList();
        if (toDo.Count > 0 && !settings.DryRun)
        {
            var results = Compressor.Compress([.. toDo.Select(job => job.Value())], compression, DateTime.UtcNow, cancellation);
            for (var i = 0; i < toDo.Count; i++)
            {
                foreach (var encoding in compression.Encodings)
                {
                    var result = results[i].FirstOrDefault(result => result.Encoding == encoding);
                    lengths[Key(toDo[i].Key, encoding)] = result?.Length ?? -1;
                    if (result is not null)
                        made[Key(toDo[i].Key, encoding)] = result;
                }
            }
        }

        foreach (var key in jobs.Keys.SelectMany(sha256 => compression.Encodings.Select(encoding => Key(sha256, encoding))))
        {
            if (!lengths.ContainsKey(key) && known.TryGetValue(key, out var length))
                lengths.Add(key, length);
        }

        return new EncodedFiles(
            // A file that is left out may have the bytes of one that is not.
            [.. files.Select(file => compression.Includes(file.File.LogicalPath, file.Length)
                ? file with { Encodings = Encodings(file.Sha256), SourceEncodings = Encodings(file.SourceSha256) }
                : file)],
            lengths);

        IReadOnlyList<Encoded> Encodings(string sha256) => !jobs.ContainsKey(sha256)
            ? []
            : [.. compression.Encodings
                .Select(encoding => (Encoding: encoding, Key: Key(sha256, encoding)))
                .Where(pair => lengths.GetValueOrDefault(pair.Key, -1) >= 0)
                .Select(pair => new Encoded(pair.Encoding, lengths[pair.Key], new MadeContent(pair.Key, to => Copy(sha256, pair.Encoding, to))))];

        void Copy(string sha256, IContentEncoding encoding, string to)
        {
            // What an earlier run made may have left the cache meanwhile; then it is made again.
            var source = made.GetValueOrDefault(Key(sha256, encoding))
                ?? Compressor.Compress([jobs[sha256]()], compression, DateTime.UtcNow, cancellation)[0].First(result => result.Encoding == encoding);
            File.Copy(source.Path, to);
            File.SetLastWriteTimeUtc(to, DateTime.UtcNow);
        }

        // Everything that decides the bytes, and whether they are kept.
        string Key(string sha256, IContentEncoding encoding) => $"{sha256}.{encoding.Name}.{compression.Level}.{compression.MinimumSaving}";
    }
}
