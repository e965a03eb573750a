using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace StaticCollect.Build.Content;

/// <summary>Room for a SHA-256 without an object of its own.</summary>
[InlineArray(Length)]
internal struct Sha256Bytes
{
    public const int Length = 32;
    private byte _first;
}

/// <summary>The SHA-256 of some bytes: 32 bytes that are compared and looked up as a value; the default says "not known".</summary>
internal readonly struct Sha256 : IEquatable<Sha256>
{
    /// <summary>How many bytes it has.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly Sha256Bytes _bytes;

    private Sha256(ReadOnlySpan<byte> bytes) => bytes.CopyTo(_bytes);

    /// <summary>Whether this is the hash of something.</summary>
    public bool IsKnown => this != default;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex => Convert.ToHexString(_bytes).ToLowerInvariant();

    /// <summary>The same bytes in base 64, as ETags and integrity values have them.</summary>
    public string Base64 => Convert.ToBase64String(_bytes);

    /// <summary>The value of an <c>integrity</c> attribute.</summary>
    public string Integrity => "sha256-" + Base64;

    /// <summary>The first hexadecimal digits.</summary>
    public string Digits(int count) => Convert.ToHexString(((ReadOnlySpan<byte>)_bytes)[..((count + 1) / 2)]).ToLowerInvariant()[..count];

    /// <summary>The hash of bytes in memory.</summary>
    public static Sha256 Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(bytes, hash);
        return new Sha256(hash);
    }

    /// <summary>The hash of a file, read in pieces.</summary>
    public static Sha256 Of(Stream stream)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(stream, hash);
        return new Sha256(hash);
    }

    /// <summary>The hash that was computed piece by piece.</summary>
    public static Sha256 Of(IncrementalHash hash) => new(hash.GetHashAndReset());

    /// <summary>The hash of texts, told apart by their lengths.</summary>
    public static Sha256 OfTexts(params ReadOnlySpan<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
            Append(hash, text);
        return Of(hash);
    }

    /// <summary>Adds a text, told apart from its neighbours by its length.</summary>
    public static void Append(IncrementalHash hash, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length) + sizeof(int);
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(sizeof(int)));
        MemoryMarshal.Write(buffer.AsSpan(), length);
        hash.AppendData(buffer, 0, length + sizeof(int));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>The hash that 64 hexadecimal digits tell.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static Sha256 Parse(string hex) => hex.Length == 2 * Length
        ? new Sha256(Convert.FromHexString(hex))
        : throw new FormatException("A SHA-256 has 64 hexadecimal digits.");

    /// <summary>The hash that the value of an <c>integrity</c> attribute tells.</summary>
    /// <exception cref="FormatException">It tells none, or one of another kind.</exception>
    public static Sha256 OfIntegrity(string integrity) =>
        integrity.StartsWith("sha256-", StringComparison.Ordinal) && Convert.FromBase64String(integrity["sha256-".Length..]) is { Length: Length } bytes
            ? new Sha256(bytes)
            : throw new FormatException("An integrity value is 'sha256-' and 32 bytes in base 64.");

    /// <summary>The hash of 32 bytes of a record.</summary>
    public static Sha256 Read(BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[Length];
        reader.BaseStream.ReadExactly(bytes);
        return new Sha256(bytes);
    }

    /// <summary>Writes the 32 bytes into a record.</summary>
    public void Write(BinaryWriter writer) => writer.Write(_bytes);

    /// <inheritdoc/>
    public bool Equals(Sha256 other) => ((ReadOnlySpan<byte>)_bytes).SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Sha256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => MemoryMarshal.Read<int>(_bytes);

    /// <inheritdoc/>
    public override string ToString() => IsKnown ? Hex : "";

    public static bool operator ==(Sha256 a, Sha256 b) => a.Equals(b);

    public static bool operator !=(Sha256 a, Sha256 b) => !a.Equals(b);
}
