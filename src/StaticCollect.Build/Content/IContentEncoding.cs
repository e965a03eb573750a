namespace StaticCollect.Build.Content;

/// <summary>
/// A way to send a file in fewer bytes that browsers understand. To teach the product a new one, implement this and
/// add it to <see cref="ContentEncodings"/>. Implementations hold no state: one instance serves all threads.
/// </summary>
internal interface IContentEncoding
{
    /// <summary>The name in the HTTP header <c>Content-Encoding</c> and in settings, e.g. <c>br</c>.</summary>
    string Name { get; }

    /// <summary>What the name of the encoded file ends in, e.g. <c>.br</c>: the name that web servers look for.</summary>
    string Suffix { get; }

    /// <summary>
    /// Everything but content and encoder that decides the bytes <see cref="Compress"/> gives, as letters and digits,
    /// e.g. <c>q11w22</c>. Results of equal parameters are interchangeable: the cache relies on it.
    /// </summary>
    /// <param name="level">The level asked for.</param>
    /// <param name="length">The length of the file in bytes.</param>
    string Parameters(CompressLevel level, long length);

    /// <summary>
    /// Writes the encoded file. The same file and parameters give the same bytes on every run and thread; another
    /// platform or runtime may bring another encoder, and thereby other bytes that decode to the same file.
    /// </summary>
    /// <param name="file">The whole file; not empty, as the framework's gzip makes nothing of nothing.</param>
    /// <param name="level">The level asked for.</param>
    /// <param name="output">Takes the encoded bytes; stays open.</param>
    /// <param name="cancellationToken">Looked at every fraction of a second.</param>
    void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken);

    /// <summary>
    /// Decodes as far as the caller enumerates, in pieces of at most 64 KB that are valid until the next one, so that
    /// no input, however it was made, costs more than the caller is willing to take.
    /// </summary>
    /// <param name="compressed">The encoded bytes; seekable, at its start.</param>
    /// <exception cref="InvalidDataException">
    /// The bytes are not one whole encoded file with nothing behind it. Thrown while enumerating, the pieces before may
    /// be of any content.
    /// </exception>
    IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed);
}
