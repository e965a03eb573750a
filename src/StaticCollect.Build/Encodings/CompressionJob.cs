using System.Security.Cryptography;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Encodings;

/// <summary>A file to compress: its final bytes, as they will lie in the static root.</summary>
public sealed record CompressionJob
{
    private readonly string? _sourcePath;
    private readonly byte[]? _content;

    private CompressionJob(string logicalPath, string sha256, long length, string? sourcePath, byte[]? content)
    {
        if (sha256.Length != 2 * SHA256.HashSizeInBytes || !sha256.All(char.IsAsciiHexDigitLower))
            throw new ArgumentException("A SHA-256 is 64 lower-case hexadecimal digits.", nameof(sha256));
        (LogicalPath, Sha256, Length, _sourcePath, _content) = (logicalPath, sha256, length, sourcePath, content);
    }

    /// <summary>The logical path of the file; its extension tells whether it is worth compressing.</summary>
    public string LogicalPath { get; }

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>The number of bytes.</summary>
    public long Length { get; }

    /// <summary>Encoded files that came with the file; each is taken if it is what it says, else passed over.</summary>
    public IReadOnlyList<Twin> Twins { get; init; } = [];

    /// <summary>A file that is collected as it is. It is only read when the cache does not hold its encodings.</summary>
    /// <param name="logicalPath">The logical path.</param>
    /// <param name="sourcePath">Absolute path of the file.</param>
    /// <param name="sha256">The SHA-256 of its bytes, in lower-case hexadecimal digits.</param>
    /// <param name="length">Its length in bytes.</param>
    public static CompressionJob OfFile(string logicalPath, string sourcePath, string sha256, long length) =>
        new(logicalPath, sha256, length, sourcePath, content: null);

    /// <summary>A file whose bytes are in memory, such as one whose references were rewritten.</summary>
    /// <param name="logicalPath">The logical path.</param>
    /// <param name="content">The bytes; must not change any more.</param>
    /// <param name="sha256">The SHA-256 of the bytes, in lower-case hexadecimal digits.</param>
    public static CompressionJob OfBytes(string logicalPath, byte[] content, string sha256) =>
        new(logicalPath, sha256, content.Length, sourcePath: null, content);

    /// <summary>The bytes, proved to be those that were announced.</summary>
    /// <exception cref="FileChangedException">The file is not the one whose hash was taken.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal byte[] Read()
    {
        var bytes = _content ?? File.ReadAllBytes(_sourcePath!);
        return bytes.Length == Length && string.Equals(Sha256Of.Bytes(bytes), Sha256, StringComparison.Ordinal)
            ? bytes
            : throw new FileChangedException(_sourcePath ?? LogicalPath);
    }
}

/// <summary>An encoded file that lies beside its file in a source, e.g. <c>site.css.br</c>.</summary>
/// <param name="Encoding">The encoding its name promises.</param>
/// <param name="Path">Its absolute path.</param>
public sealed record Twin(IContentEncoding Encoding, string Path);

/// <summary>An encoding of a file, ready to be copied.</summary>
/// <param name="Encoding">What it is encoded in.</param>
/// <param name="Path">
/// Absolute path of a file that holds exactly the encoded bytes: an entry of the cache, or a twin in a source. Copy it,
/// never link to it: the cache belongs to others too, and sets the times of its files.
/// </param>
/// <param name="Length">The number of encoded bytes.</param>
public sealed record EncodedFile(IContentEncoding Encoding, string Path, long Length);

/// <summary>A source that was written to between the moment its hash was taken and the moment its bytes were used.</summary>
/// <param name="path">The file.</param>
public sealed class FileChangedException(string path)
    : IOException($"'{path}' changed while it was being collected. Collect again when nothing writes to it.")
{
    /// <summary>The file that changed.</summary>
    public string Path { get; } = path;
}
