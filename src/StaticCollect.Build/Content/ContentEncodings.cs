namespace StaticCollect.Build.Content;

/// <summary>The encodings there are.</summary>
internal static class ContentEncodings
{
    /// <summary>gzip: understood by everything.</summary>
    public static IContentEncoding Gzip { get; } = new GzipEncoding();

    /// <summary>Brotli: about a fifth smaller than gzip, understood by every browser in use, over HTTPS.</summary>
    public static IContentEncoding Brotli { get; } = new BrotliEncoding();

    /// <summary>All of them, the one that every client understands first.</summary>
    public static IReadOnlyList<IContentEncoding> All { get; } = [Gzip, Brotli];

    /// <summary>The encoding of a name, or <see langword="null"/> where there is none.</summary>
    /// <param name="name">A name as in settings and HTTP headers; compared without case.</param>
    public static IContentEncoding? Find(string name) =>
        All.FirstOrDefault(encoding => string.Equals(encoding.Name, name, StringComparison.OrdinalIgnoreCase));
}
