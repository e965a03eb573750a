namespace StaticCollect.Build.Content;

/// <summary>
/// How much time compression may take. What a level means to an encoding is the encoding's decision; times are those
/// of typical JavaScript on one core.
/// </summary>
internal enum CompressLevel
{
    /// <summary>The smallest files: Brotli 11 (about 0.3 MB/s), gzip at its smallest (20 MB/s). For releases.</summary>
    Smallest,

    /// <summary>
    /// Brotli 9 with a window fitted to the file (6 MB/s, 9 % larger than <see cref="Smallest"/>), gzip at its smallest.
    /// </summary>
    Balanced,

    /// <summary>Brotli 5 (14 MB/s, 12 % larger than <see cref="Smallest"/>), gzip at its usual level (40 MB/s).</summary>
    Fastest,
}
