using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace StaticCollect.Build.Content;

/// <summary>
/// Reads bytes, and gives none but those that were announced: whoever publishes a file under the name of a hash gets
/// bytes of that hash or an exception. Sources are read each time: they lie in the memory of the system, and to hold them in that
/// of the process, too, takes longer than to ask for them. Encodings, which took work to make, are held as far as there is room.
/// </summary>
internal sealed class ContentReader
{
    private const int PieceLength = 1 << 18;

    // What is held of a large tree must not crowd out the build that this runs in.
    private const int LongestHeld = 1 << 20;
    private const long MostHeld = 128 << 20;
    private const int Attempts = 5;

    // Each thread reads into the same memory again and again: where it is new it is dear.
    [ThreadStatic]
    private static byte[]? _buffer;

    private readonly ConcurrentDictionary<Sha256, byte[]> _held = new();
    private long _room = MostHeld;

    /// <summary>
    /// Reads a source for the first time, in one consistent state: what is written to it meanwhile makes it be read again.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="seen">How it was seen before, by a scan: mostly it still is, and need not be looked at once more.</param>
    /// <exception cref="SourceException">It cannot be read, went away, or does not come to rest.</exception>
    public static (FileStamp Stamp, Sha256 Hash) ReadFirst(string path, FileStamp? seen) => ReadFirst(path, seen, wantsBytes: false, out _);

    /// <inheritdoc cref="ReadFirst(string, FileStamp?)"/>
    /// <param name="path">Full path of the file.</param>
    /// <param name="seen">How it was seen before.</param>
    /// <param name="bytes">Its bytes, until this thread reads the next file.</param>
    public static (FileStamp Stamp, Sha256 Hash) ReadFirst(string path, FileStamp? seen, out ReadOnlySpan<byte> bytes) => ReadFirst(path, seen, wantsBytes: true, out bytes);

    /// <summary>All bytes of a content.</summary>
    /// <exception cref="SourceException">Its source has other bytes now, or none.</exception>
    public byte[] Read(FileContent content)
    {
        if (_held.TryGetValue(content.Hash, out var held))
            return held;
        return content.From switch
        {
            ByteSource.Generated generated => generated.Bytes,
            ByteSource.Source source => ReadSource(source.Path, content.Hash).ToArray(),
            ByteSource.Edited edited => Checked(Edit.Apply(ReadSource(edited.Path, edited.SourceHash), edited.Edits), content.Hash, edited.Path),
            ByteSource.Encoded encoded => ReadEncoded(encoded, content.Hash),
            _ => throw new InvalidOperationException("What lies in the store is not read from elsewhere."),
        };
    }

    /// <summary>The bytes of a source, as they were read first; until this thread reads the next file.</summary>
    /// <exception cref="SourceException">It has other bytes now, or none.</exception>
    public static ReadOnlySpan<byte> ReadSource(string path, Sha256 hash)
    {
        using var file = OpenSource(path);
        var length = FileSystem.LengthOf(file);
        var bytes = length <= Array.MaxLength ? Read(file, length, path) : [];
        return Sha256.Of(bytes) == hash ? bytes : throw new SourceException(path, SourceProblem.Changed);
    }

    /// <summary>Writes the bytes of a content to a new file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="to">The file.</param>
    /// <param name="buffer">Holds what was written before, if it is that again.</param>
    /// <exception cref="SourceException">Its source has other bytes now, or none; what was written then is no good.</exception>
    public void Write(FileContent content, SafeFileHandle to, CopyBuffer buffer)
    {
        if (buffer.TryGet(content.Hash, out var bytes))
        {
            FileSystem.Write(to, bytes, 0);
        }
        else if (content.From is ByteSource.Source source)
        {
            Copy(source.Path, content, to, buffer);
        }
        else
        {
            bytes = Read(content);
            buffer.Hold(content.Hash, bytes);
            FileSystem.Write(to, bytes, 0);
        }
    }

    /// <summary>Holds bytes for a later reader, where there is room.</summary>
    public void Hold(Sha256 hash, byte[] bytes)
    {
        if (bytes.Length <= LongestHeld && Interlocked.Add(ref _room, -bytes.Length) >= 0)
            _held.TryAdd(hash, bytes);
    }

    private byte[] ReadEncoded(ByteSource.Encoded encoded, Sha256 hash)
    {
        try
        {
            var bytes = FileSystem.ReadAllBytes(encoded.Path);
            if (Sha256.Of(bytes) == hash)
                return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The cache was cleaned meanwhile: it is made again.
        }

        using var made = new MemoryStream();
        encoded.Encoding.Compress(Read(encoded.Original), encoded.Level, made, default);
        return Checked(made.ToArray(), hash, encoded.Path);
    }

    private static (FileStamp Stamp, Sha256 Hash) ReadFirst(string path, FileStamp? seen, bool wantsBytes, out ReadOnlySpan<byte> bytes)
    {
        // Looked at before it is opened: another file that takes its place in between has another birth.
        var before = seen ?? FileStamp.Of(path);
        if (before is null or { Ticks: 0 } && DiskEntry.Of(path, followLinks: true) is { IsFolder: false, IsRegular: false })
            throw new SourceException(path, SourceProblem.Unreadable, new IOException("It is a pipe, a socket or a device."));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var file = OpenSource(path);

            // A length that is none any more shows by the stamp after the reading.
            var length = before?.Length ?? FileSystem.LengthOf(file);
            if (wantsBytes && length > Array.MaxLength)
                throw new SourceException(path, SourceProblem.Changed);
            bytes = wantsBytes ? Read(file, length, path) : [];
            var (hash, read) = wantsBytes ? (Sha256.Of(bytes), bytes.Length) : InPieces(file, path, length, Buffer(PieceLength), take: null);
            var after = FileStamp.Of(path);
            if (before is { } stamp && stamp.Length == read && after == stamp)
                return (stamp, hash);
            before = after;
        }

        throw File.Exists(path) ? new SourceException(path, SourceProblem.Changed) : new SourceException(path, SourceProblem.Gone);
    }

    private static void Copy(string path, FileContent content, SafeFileHandle to, CopyBuffer buffer)
    {
        using var from = OpenSource(path);
        if (InPieces(from, path, content.Length, buffer.Take(), (piece, at) => FileSystem.Write(to, piece, at)).Hash != content.Hash)
            throw new SourceException(path, SourceProblem.Changed);
        buffer.Hold(content.Hash, content.Length);
    }

    /// <summary>Hashes a file as far as it is expected to go, which need not be asked then, and gives each piece of it on.</summary>
    private static (Sha256 Hash, long Length) InPieces(SafeFileHandle file, string path, long expected, Span<byte> buffer, PieceTaker? take)
    {
        var length = 0L;
        IncrementalHash? hash = null;
        try
        {
            while (true)
            {
                var filled = 0;
                while (filled < buffer.Length && (length + filled < expected || expected == 0) && ReadPiece(file, buffer[filled..], length + filled, path) is > 0 and var read)
                    filled += read;
                var piece = buffer[..filled];
                take?.Invoke(piece, length);
                length += filled;
                var isLast = filled < buffer.Length || length == expected;

                // Most files are one piece.
                if (isLast && hash is null)
                    return (Sha256.Of(piece), length);
                hash ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                hash.AppendData(piece);
                if (isLast)
                    return (Sha256.Of(hash), length);
            }
        }
        finally
        {
            hash?.Dispose();
        }
    }

    private static byte[] Checked(byte[] bytes, Sha256 hash, string path) =>
        Sha256.Of(bytes) == hash ? bytes : throw new SourceException(path, SourceProblem.Changed);

    private static SafeFileHandle OpenSource(string path)
    {
        try
        {
            return FileSystem.Open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException(path, SourceProblem.Gone, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(path, SourceProblem.Unreadable, e);
        }
    }

    private static int ReadPiece(SafeFileHandle file, Span<byte> buffer, long at, string path)
    {
        try
        {
            return FileSystem.Read(file, buffer, at, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceException(path, SourceProblem.Unreadable, e);
        }
    }

    private static ReadOnlySpan<byte> Read(SafeFileHandle file, long length, string path)
    {
        // A file that tells no length, as those that a kernel makes up, shows by one byte more.
        if (length == 0)
            return Buffer(1)[..ReadPiece(file, Buffer(1)[..1], 0, path)];
        var bytes = Buffer(checked((int)length));
        var filled = 0;
        while (filled < length && ReadPiece(file, bytes[filled..(int)length], filled, path) is > 0 and var read)
            filled += read;
        return bytes[..filled];
    }

    private static Span<byte> Buffer(int length) => length <= PieceLength
        ? _buffer ??= GC.AllocateUninitializedArray<byte>(PieceLength)
        : GC.AllocateUninitializedArray<byte>(length);

    private delegate void PieceTaker(ReadOnlySpan<byte> piece, long at);
}
