using System.Security.Cryptography;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Upload.Objects;

/// <summary>An object as its store tells of it.</summary>
/// <param name="Path">Its path from the prefix on.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="ETag">What the store calls this state of it.</param>
internal sealed record StoredObject(string Path, long Length, string ETag)
{
    /// <summary>The MD5 of its bytes in lower-case hexadecimal, where the store has it.</summary>
    public string? Md5 { get; init; }

    /// <summary>The SHA-256 that was put with it; not known where it was put by others, or a list does not tell.</summary>
    public Sha256 Hash { get; init; }

    /// <summary>Its headers; <see langword="null"/> where a list does not tell.</summary>
    public ObjectHeaders? Headers { get; init; }
}

/// <summary>The bytes of an object, and which state of it they are.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="ETag">What the store calls this state of it.</param>
internal sealed record StoredBytes(Stream Bytes, string ETag) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Bytes.Dispose();
}

/// <summary>Bytes on their way to a store.</summary>
/// <param name="Bytes">The bytes, which can be read again from their start.</param>
/// <param name="Hash">Their SHA-256, kept with the object.</param>
/// <param name="Md5">Their MD5, by which the store checks what has arrived.</param>
internal sealed record ObjectBody(Stream Bytes, Sha256 Hash, byte[] Md5)
{
    /// <summary>Bytes in memory.</summary>
    public static ObjectBody Of(byte[] bytes)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        return new ObjectBody(new MemoryStream(bytes, writable: false), Sha256.Of(bytes), md5.GetHashAndReset());
    }
}
