using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Encodings;

/// <summary>Makes the encodings of files, each content once, and remembers them in the cache.</summary>
public static class Compressor
{
    /// <summary>Compresses files on several threads, and trims the cache now and then.</summary>
    /// <param name="jobs">The files; those of equal content share one result.</param>
    /// <param name="settings">What to compress, how, and where to keep it.</param>
    /// <param name="utcNow">The time it is, for what the cache notes about the use of its entries.</param>
    /// <param name="cancellationToken">Looked at every fraction of a second.</param>
    /// <returns>
    /// For each job, in the order of <paramref name="jobs"/>, the encodings that pay, in the order of the settings. The
    /// result does not depend on the order of the jobs, nor on the number of threads.
    /// </returns>
    /// <exception cref="FileChangedException">A file is not the one whose hash was taken.</exception>
    /// <exception cref="IOException">A file cannot be read, or the cache cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a permission.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the cache is good as it is.</exception>
    public static IReadOnlyList<IReadOnlyList<EncodedFile>> Compress(
        IReadOnlyList<CompressionJob> jobs,
        CompressionSettings settings,
        DateTime utcNow,
        CancellationToken cancellationToken)
    {
        var contents = jobs
            .Where(settings.Includes)
            .GroupBy(job => job.Sha256, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => new Content([.. group], settings), StringComparer.Ordinal);
        var cache = new CompressionCache(settings.CacheDirectory, utcNow);

        // The largest first: one that starts last would keep one core busy long after the others are done. Each
        // encoding is work of its own, for the same reason.
        var work = contents.Values
            .SelectMany(content => Enumerable.Range(0, settings.Encodings.Count).Select(index => (content, index)))
            .OrderByDescending(item => item.content.Length)
            .ThenBy(item => item.content.Sha256, StringComparer.Ordinal);
        ForEach(work, settings.Degree, item => item.content.Encode(item.index, cache, cancellationToken), cancellationToken);

        CacheTrimming.Trim(settings.CacheDirectory, settings.CacheDays, utcNow, cancellationToken);
        return [.. jobs.Select(job => settings.Includes(job) ? contents[job.Sha256].Result : [])];
    }

    private static void ForEach<T>(
        IEnumerable<T> work, int degree, Action<T> action, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        try
        {
            // Without buffering, as a thread would otherwise take several items at once and keep them to itself.
            Parallel.ForEach(Partitioner.Create(work, EnumerablePartitionerOptions.NoBuffering), options, action);
        }
        catch (AggregateException exception)
        {
            // One cause is enough to act on, and is what the caller can recognise.
            cancellationToken.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }
    }

    /// <summary>The files of one content, and their encodings so far. Threads write to different places of it.</summary>
    private sealed class Content(CompressionJob[] jobs, CompressionSettings settings)
    {
        private readonly EncodedFile?[] _encodings = new EncodedFile?[settings.Encodings.Count];

        public string Sha256 => jobs[0].Sha256;

        public long Length => jobs[0].Length;

        public IReadOnlyList<EncodedFile> Result => [.. _encodings.OfType<EncodedFile>()];

        public void Encode(int index, CompressionCache cache, CancellationToken cancellationToken)
        {
            var encoding = settings.Encodings[index];
            _encodings[index] = TakeTwin(encoding, cancellationToken) ?? Make(encoding, cache, cancellationToken);
        }

        private EncodedFile? TakeTwin(IContentEncoding encoding, CancellationToken cancellationToken)
        {
            foreach (var twin in jobs.SelectMany(job => job.Twins).Where(twin => twin.Encoding == encoding))
            {
                var file = new FileInfo(twin.Path);
                if (file.Exists
                    && settings.Pays(file.Length, Length)
                    && Twins.DecompressesTo(encoding, twin.Path, Sha256, Length, cancellationToken))
                    return new EncodedFile(encoding, twin.Path, file.Length);
            }

            return null;
        }

        private EncodedFile? Make(IContentEncoding encoding, CompressionCache cache, CancellationToken cancellationToken)
        {
            var name = CompressionCache.Name(jobs[0], encoding, settings.Level);
            if (cache.Find(name) is { } note)
            {
                if (!settings.Pays(note.Length, Length)) return null;
                if (cache.Holds(name, note)) return new EncodedFile(encoding, cache.PathOf(name), note.Length);
            }

            using var output = new MemoryStream();
            encoding.Compress(jobs[0].Read(), settings.Level, output, cancellationToken);
            var pays = settings.Pays(output.Length, Length);
            cache.Store(name, output.GetBuffer().AsSpan(0, (int)output.Length), keepBytes: pays);
            return pays ? new EncodedFile(encoding, cache.PathOf(name), output.Length) : null;
        }
    }
}
