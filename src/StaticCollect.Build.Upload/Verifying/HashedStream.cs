using System.Security.Cryptography;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Upload.Verifying;

/// <summary>Hashes what comes over the network, piece by piece.</summary>
internal static class HashedStream
{
    private const int PieceLength = 1 << 16;

    /// <summary>The SHA-256 of all bytes.</summary>
    public static async Task<Sha256> OfAsync(Stream bytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceLength];
        while (await bytes.ReadAsync(piece, cancellation).ConfigureAwait(false) is > 0 and var read)
            hash.AppendData(piece, 0, read);
        return Sha256.Of(hash);
    }
}
