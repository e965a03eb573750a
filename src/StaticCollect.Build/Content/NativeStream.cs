using System.Runtime.InteropServices;

namespace StaticCollect.Build.Content;

/// <summary>
/// A stream in memory that the garbage collector does not know of. Records are some megabytes each, and a few arrays of that
/// size make it collect everything that the build holds, which takes longer than the work they are for. Whoever makes one disposes it.
/// </summary>
internal sealed unsafe class NativeStream : Stream
{
    private const int LeastCapacity = 1 << 16;

    private byte* _memory;
    private nint _capacity;
    private long _length;
    private long _position;

    /// <summary>An empty one.</summary>
    /// <param name="capacity">How many bytes it will probably hold.</param>
    public NativeStream(long capacity = 0) => Reserve(Math.Max(capacity, LeastCapacity));

    /// <summary>All that was written; not to be used after anything else is, or when the stream is disposed.</summary>
    public Span<byte> Bytes => new(_memory, checked((int)_length));

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <summary>Makes room at the end, which counts as written, and gives it.</summary>
    public Span<byte> Append(int count)
    {
        Reserve(_length + count);
        var room = new Span<byte>(_memory + _length, count);
        _length += count;
        return room;
    }

    /// <summary>Takes bytes off the end.</summary>
    public override void SetLength(long value) => _length = Math.Min(_length, value);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Clamp(_length - _position, 0, buffer.Length);
        new ReadOnlySpan<byte>(_memory + _position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int ReadByte() => _position < _length ? _memory[_position++] : -1;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffer.CopyTo(Append(buffer.Length));
        _position = _length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
        // What is written is there.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        NativeMemory.Free(_memory);
        _memory = null;
        (_capacity, _length) = (0, 0);
        base.Dispose(disposing);
    }

    private void Reserve(long capacity)
    {
        if (capacity <= _capacity)
            return;
        _capacity = checked((nint)Math.Max(capacity, 2L * _capacity));
        _memory = (byte*)NativeMemory.Realloc(_memory, (nuint)_capacity);
    }
}
