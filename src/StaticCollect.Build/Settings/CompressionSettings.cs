using StaticCollect.Build.Content;

namespace StaticCollect.Build.Settings;

/// <summary>What is compressed, how, and where results are kept.</summary>
internal sealed record CompressionSettings
{
    /// <summary>
    /// The longest file that is compressed, in bytes (512 MiB): a worker holds the file and its encoding in memory.
    /// </summary>
    public const long MaximumLength = 1L << 29;

    /// <summary>
    /// Absolute path of the folder of the cache; made when needed. Several processes and projects may use one at the
    /// same time.
    /// </summary>
    public required string CacheDirectory { get; init; }

    /// <summary>The encodings to make; results come in this order.</summary>
    public IReadOnlyList<IContentEncoding> Encodings { get; init; } = [];

    /// <summary>How much time compression may take.</summary>
    public CompressLevel Level { get; init; } = CompressLevel.Smallest;

    /// <summary>
    /// Per cent of the file that an encoding must save to be kept, 0 to 100. An encoding that is not smaller than the
    /// file is never kept.
    /// </summary>
    public int MinimumSaving { get; init; } = 5;

    /// <summary>
    /// Extensions that are never compressed, as <see cref="CompressedTypes.Extensions"/> gives them: with their dot,
    /// compared without case. Only what follows the last dot of a name counts.
    /// </summary>
    public IReadOnlySet<string> SkipExtensions { get; init; } = CompressedTypes.Default;

    /// <summary>
    /// Shorter files (in bytes) are not compressed: below about 150 they grow. Empty ones never are.
    /// </summary>
    public long MinimumLength { get; init; } = 256;

    /// <summary>Days after which an unused entry of the cache goes, 0 or more; its use is known to the day.</summary>
    public int CacheDays { get; init; } = 30;

    /// <summary>How many files are worked on at the same time.</summary>
    public int Degree { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether a file is compressed at all.</summary>
    internal bool Includes(string logicalPath, long length) =>
        length > 0
        && length >= MinimumLength
        && length <= MaximumLength
        && !SkipExtensions.Contains(Path.GetExtension(logicalPath));

    /// <summary>Whether an encoding saves enough to be kept.</summary>
    internal bool Pays(long encodedLength, long length) =>
        encodedLength < length && encodedLength * 100 <= length * (100 - MinimumSaving);
}
