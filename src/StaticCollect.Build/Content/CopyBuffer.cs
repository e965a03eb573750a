using System.Buffers;

namespace StaticCollect.Build.Content;

/// <summary>
/// Memory through which one worker copies files, one after the other. It tells which file it holds: the other name of a file
/// mostly comes next, and need not be read for.
/// </summary>
internal sealed class CopyBuffer : IDisposable
{
    private const int Length = 1 << 18;

    private readonly byte[] _memory = ArrayPool<byte>.Shared.Rent(Length);
    private Sha256 _held;
    private int _length;

    /// <summary>All of it, to be written to; what was held is not any more.</summary>
    public Span<byte> Take()
    {
        _held = default;
        return _memory;
    }

    /// <summary>Says that its first bytes are a whole file.</summary>
    public void Hold(Sha256 hash, long length)
    {
        if (length <= _memory.Length)
            (_held, _length) = (hash, (int)length);
    }

    /// <summary>Takes the bytes of a whole file, where there is room.</summary>
    public void Hold(Sha256 hash, ReadOnlySpan<byte> bytes)
    {
        if (bytes.TryCopyTo(Take()))
            Hold(hash, bytes.Length);
    }

    /// <summary>The bytes of a file, where they are held.</summary>
    public bool TryGet(Sha256 hash, out ReadOnlySpan<byte> bytes)
    {
        bytes = _memory.AsSpan(0, _length);
        return _held.IsKnown && _held == hash;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_memory);
}
