using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace StaticCollect.Build.Content;

/// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
internal static class Sha256Of
{
    private const int BufferLength = 1 << 16;

    /// <summary>The hash of bytes in memory.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Convert.ToHexString(hash).ToLowerInvariant();
    }

    /// <summary>The hash of texts, told apart by their lengths.</summary>
    public static string Texts(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    /// <summary>The hash of a file, read in pieces.</summary>
    public static string File(SafeFileHandle file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var read = RandomAccess.Read(file, buffer, 0);
            if (read == RandomAccess.GetLength(file)) return Bytes(buffer.AsSpan(0, read));
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            for (long at = 0; read > 0; read = RandomAccess.Read(file, buffer, at))
            {
                hash.AppendData(buffer, 0, read);
                at += read;
            }

            return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
