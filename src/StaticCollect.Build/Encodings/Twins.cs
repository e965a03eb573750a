using System.Security.Cryptography;

namespace StaticCollect.Build.Encodings;

/// <summary>Decides whether an encoded file that somebody else made can be published in place of our own.</summary>
public static class Twins
{
    /// <summary>
    /// Whether a file is a whole, well-formed encoding of exactly the given bytes. Whatever the file holds, no more
    /// than <paramref name="length"/> bytes and one piece (64 KB) are decoded, and none are kept.
    /// </summary>
    /// <param name="encoding">The encoding the file should be in.</param>
    /// <param name="twinPath">Absolute path of the encoded file.</param>
    /// <param name="sha256">The SHA-256 it must decode to, in lower-case hexadecimal digits.</param>
    /// <param name="length">The number of bytes it must decode to.</param>
    /// <param name="cancellationToken">Looked at for each piece.</param>
    /// <returns><see langword="false"/> too where the file is missing or cannot be read.</returns>
    public static bool DecompressesTo(
        IContentEncoding encoding,
        string twinPath,
        string sha256,
        long length,
        CancellationToken cancellationToken = default)
    {
        try
        {
            using var twin = new FileStream(
                twinPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var rest = length;
            foreach (var piece in encoding.Decompress(twin))
            {
                cancellationToken.ThrowIfCancellationRequested();
                rest -= piece.Length;
                if (rest < 0) return false;
                hash.AppendData(piece.Span);
            }

            return rest == 0
                && string.Equals(Convert.ToHexString(hash.GetHashAndReset()), sha256, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }
}
