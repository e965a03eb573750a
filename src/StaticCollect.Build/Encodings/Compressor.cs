using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Encodings;

/// <summary>A content to compress.</summary>
/// <param name="Content">The final bytes, as they will lie in the static root.</param>
/// <param name="Precompressed">Encoded files that came with it; each is taken if it is what it says, else passed over.</param>
internal sealed record CompressionJob(FileContent Content, IReadOnlyList<Precompressed> Precompressed);

/// <summary>An encoding of a file.</summary>
/// <param name="Encoding">What it is encoded in.</param>
/// <param name="Content">The encoded bytes.</param>
internal sealed record Encoded(IContentEncoding Encoding, FileContent Content);

/// <summary>Makes encodings, each content once, and remembers them in the cache.</summary>
/// <param name="settings">What to compress, how, and where to keep it.</param>
/// <param name="reader">Reads what is compressed.</param>
/// <param name="utcNow">The time it is, for what the cache notes about the use of its entries.</param>
/// <param name="writes">Whether the cache may be written to; a dry run may not.</param>
/// <param name="log">Is told how far long work is.</param>
/// <param name="time">The clock for that.</param>
internal sealed class Compressor(CompressionSettings settings, ContentReader reader, DateTime utcNow, bool writes = true, ICollectLog? log = null, TimeProvider? time = null)
{
    private readonly CompressionCache _cache = new(settings.CacheDirectory, utcNow);
    private Exception? _unkept;

    /// <summary>Why encodings could not be kept in the cache, if some could not.</summary>
    public Exception? Unkept => _unkept;

    /// <summary>Compresses on several threads, and trims the cache now and then.</summary>
    /// <param name="jobs">The contents, each once, that are to be compressed.</param>
    /// <param name="cancellation">Looked at every fraction of a second.</param>
    /// <returns>
    /// For each job, in the order of <paramref name="jobs"/>, the encodings that pay, in the order of the settings. The
    /// result does not depend on the order of the jobs, nor on the number of threads.
    /// </returns>
    /// <exception cref="SourceException">A file is not the one whose hash was taken.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the cache is good as it is.</exception>
    public IReadOnlyList<IReadOnlyList<Encoded>> Compress(IReadOnlyList<CompressionJob> jobs, CancellationToken cancellation)
    {
        var results = new Encoded?[jobs.Count, settings.Encodings.Count];

        // The largest first: one that starts last would keep one core busy long after the others are done. Each
        // encoding is work of its own, as Brotli takes far longer than gzip.
        var work = Enumerable.Range(0, jobs.Count)
            .SelectMany(job => Enumerable.Range(0, settings.Encodings.Count).Select(encoding => (Job: job, Encoding: encoding)))
            .OrderByDescending(item => jobs[item.Job].Content.Length)
            .ThenBy(item => jobs[item.Job].Content.Hash.Hex, StringComparer.Ordinal);
        using (var progress = log is null || jobs.Count == 0 ? null : new Progress(log, time ?? TimeProvider.System, "Compressing", "encodings", results.Length, settings.Encodings.Count * jobs.Sum(job => job.Content.Length)))
        {
            ForEach(
                work,
                item =>
                {
                    var (job, encoding) = (jobs[item.Job], settings.Encodings[item.Encoding]);
                    results[item.Job, item.Encoding] = TakePrecompressed(job, encoding, cancellation) ?? Make(job.Content, encoding, cancellation);
                    progress?.Done(job.Content.Length);
                },
                cancellation);
        }

        if (writes)
            CacheTrimming.Trim(settings.CacheDirectory, settings.CacheDays, utcNow, cancellation);
        return [.. Enumerable.Range(0, jobs.Count).Select(job => (IReadOnlyList<Encoded>)
            [.. Enumerable.Range(0, settings.Encodings.Count).Select(encoding => results[job, encoding]).OfType<Encoded>()])];
    }

    private void ForEach<T>(IEnumerable<T> work, Action<T> action, CancellationToken cancellation)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Degree, CancellationToken = cancellation };
        try
        {
            // Without buffering, as a thread would otherwise take several items at once and keep them to itself.
            Parallel.ForEach(Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering), options, action);
        }
        catch (AggregateException exception)
        {
            // One cause is enough to act on, and is what the caller can recognise.
            cancellation.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    private Encoded? TakePrecompressed(CompressionJob job, IContentEncoding encoding, CancellationToken cancellation)
    {
        foreach (var file in job.Precompressed.Where(file => file.Encoding == encoding && settings.Pays(file.File.Stamp.Length, job.Content.Length)))
        {
            var hash = ContentReader.ReadFirst(file.File.SourcePath, file.File.Stamp, out var bytes).Hash;
            if (DecodesTo(encoding, bytes.ToArray(), job.Content, cancellation))
                return Of(job.Content, encoding, hash, bytes.Length, file.File.SourcePath);
        }

        return null;
    }

    private Encoded? Make(FileContent content, IContentEncoding encoding, CancellationToken cancellation)
    {
        var name = CompressionCache.Name(content.Hash, content.Length, encoding, settings.Level);
        if (_cache.Find(name) is { } note)
        {
            if (!settings.Pays(note.Length, content.Length))
                return null;
            if (_cache.Read(name, note) is { } cached && DecodesTo(encoding, cached, content, cancellation))
            {
                reader.Hold(note.Hash, cached);
                return Of(content, encoding, note.Hash, note.Length, _cache.PathOf(name));
            }
        }

        using var output = new MemoryStream();
        encoding.Compress(reader.Read(content), settings.Level, output, cancellation);
        var bytes = output.ToArray();
        var pays = settings.Pays(bytes.Length, content.Length);
        if (writes)
            Keep(name, bytes, pays);
        if (!pays)
            return null;
        var hash = Sha256.Of(bytes);
        reader.Hold(hash, bytes);
        return Of(content, encoding, hash, bytes.Length, _cache.PathOf(name));
    }

    // A cache saves work. One that is full or may not be written to costs work, and no release.
    private void Keep(string name, byte[] bytes, bool pays)
    {
        try
        {
            _cache.Store(name, bytes, keepBytes: pays);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _unkept = e;
        }
    }

    // Whoever may write to a cache that is shared may write a good note beside bytes of his own. What is published is asked
    // what it is, once for each project: from then on its hash is known.
    private static bool DecodesTo(IContentEncoding encoding, byte[] encoded, FileContent content, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(encoded);
        return Precompressed.DecodesTo(encoding, stream, content.Hash, content.Length, cancellation);
    }

    private Encoded Of(FileContent content, IContentEncoding encoding, Sha256 hash, long length, string path) =>
        new(encoding, new FileContent(hash, length, new ByteSource.Encoded(path, content, encoding, settings.Level)));
}
