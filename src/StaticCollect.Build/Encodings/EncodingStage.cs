using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Encodings;

/// <summary>The stage that makes encodings: of the final bytes, each content once.</summary>
/// <param name="settings">What is compressed, and how.</param>
/// <param name="last">What the last run found out; it is not looked into again.</param>
internal sealed class EncodingStage(CompressionSettings settings, LastEncodings last)
{
    private readonly Dictionary<string, LastEncoding?> _results = new(StringComparer.Ordinal);

    /// <summary>What was found out, for the next run.</summary>
    public LastEncodings Learnt => new(_results);

    /// <summary>The encodings of files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="precompressed">The precompressed files that sources bring, by logical path of what they encode.</param>
    /// <param name="compressor">Makes what is not known.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>For each file the encodings that pay, in the order of the settings.</returns>
    public IReadOnlyList<IReadOnlyList<Encoded>> Run(
        IReadOnlyList<PublishedFile> files, ILookup<string, Precompressed> precompressed, Compressor compressor, CancellationToken cancellation)
    {
        var jobs = files
            .Where(Includes)
            .GroupBy(file => file.Content.Hash)
            .Select(group => new CompressionJob(group.First().Content, [.. group.SelectMany(file => precompressed[file.File.LogicalPath])]))
            .ToList();
        var unknown = jobs.Where(job => !settings.Encodings.All(encoding => last.Results.ContainsKey(Key(job, encoding)))).ToList();
        var made = compressor.Compress(unknown, cancellation);
        var encodings = unknown.Zip(made).ToDictionary(pair => pair.First.Content.Hash, pair => pair.Second);
        foreach (var job in jobs)
        {
            if (!encodings.TryGetValue(job.Content.Hash, out var known))
                encodings.Add(job.Content.Hash, known = [.. settings.Encodings.Select(encoding => Known(job, encoding)).OfType<Encoded>()]);
            foreach (var encoding in settings.Encodings)
            {
                var result = known.FirstOrDefault(result => result.Encoding == encoding)?.Content;
                _results[Key(job, encoding)] = result is null
                    ? null
                    : new LastEncoding(result.Hash, result.Length, ((ByteSource.Encoded)result.From).Path);
            }
        }

        // A file that is left out may have the bytes of one that is not.
        return [.. files.Select(file => Includes(file) ? encodings[file.Content.Hash] : [])];
    }

    private bool Includes(PublishedFile file) => settings.Includes(file.File.LogicalPath, file.Content.Length);

    private Encoded? Known(CompressionJob job, IContentEncoding encoding) => last.Results[Key(job, encoding)] is { } known
        ? new Encoded(encoding, new FileContent(known.Hash, known.Length, new ByteSource.Encoded(known.Path, job.Content, encoding, settings.Level)))
        : null;

    /// <summary>Everything that decides the bytes, and whether they are kept: the encoder and what sources bring included.</summary>
    private string Key(CompressionJob job, IContentEncoding encoding)
    {
        var key = $"{CompressionCache.Name(job.Content.Hash, job.Content.Length, encoding, settings.Level)} {settings.MinimumSaving}";
        foreach (var brought in job.Precompressed.Where(brought => brought.Encoding == encoding))
            key += $" {brought.File.SourcePath} {brought.File.Stamp}";
        return key;
    }
}
