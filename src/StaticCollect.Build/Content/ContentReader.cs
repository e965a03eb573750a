using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace StaticCollect.Build.Content;

/// <summary>
/// Reads bytes, and gives none but those that were announced: whoever publishes a file under the name of a hash gets
/// bytes of that hash or an exception. Small files are held in memory from their first reading on, as far as there is room,
/// so that most are opened once and a source that changes meanwhile is published as it was read.
/// </summary>
internal sealed class ContentReader
{
    private const int PieceLength = 1 << 18;

    // What is held of a large tree must not crowd out the build that this runs in.
    private const int LongestHeld = 1 << 20;
    private const long MostHeld = 128 << 20;
    private const int Attempts = 5;

    private readonly ConcurrentDictionary<Sha256, byte[]> _held = new();
    private long _room = MostHeld;

    /// <summary>
    /// Reads a source for the first time, in one consistent state: what is written to it meanwhile makes it be read again.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="seen">How it was seen before, by a scan: mostly it still is, and need not be looked at once more.</param>
    /// <param name="wantsBytes">Whether the bytes are wanted; else those of a large file are only hashed.</param>
    /// <exception cref="SourceException">It cannot be read, went away, or does not come to rest.</exception>
    public (FileStamp Stamp, Sha256 Hash, byte[]? Bytes) ReadFirst(string path, FileStamp? seen, bool wantsBytes)
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
            var bytes = wantsBytes || length <= LongestHeld ? Read(file, length, path) : null;
            var hash = bytes is null ? HashOf(file, path) : Sha256.Of(bytes);
            var after = FileStamp.Of(path);
            if (before is { } stamp && stamp.Length == (bytes?.Length ?? FileSystem.LengthOf(file)) && after == stamp)
            {
                if (bytes is not null)
                    Hold(hash, bytes);
                return (stamp, hash, bytes);
            }

            before = after;
        }

        throw File.Exists(path) ? new SourceException(path, SourceProblem.Changed) : new SourceException(path, SourceProblem.Gone);
    }

    /// <summary>All bytes of a content.</summary>
    /// <exception cref="SourceException">Its source has other bytes now, or none.</exception>
    public byte[] Read(FileContent content)
    {
        if (_held.TryGetValue(content.Hash, out var held))
            return held;
        return content.From switch
        {
            ByteSource.Generated generated => generated.Bytes,
            ByteSource.Source source => ReadSource(source.Path, content.Hash),
            ByteSource.Edited edited => Checked(Edit.Apply(ReadSource(edited.Path, edited.SourceHash), edited.Edits), content.Hash, edited.Path),
            ByteSource.Encoded encoded => ReadEncoded(encoded, content.Hash),
            _ => throw new InvalidOperationException("What lies in the store is not read from elsewhere."),
        };
    }

    /// <summary>The bytes of a source, as they were read first.</summary>
    /// <exception cref="SourceException">It has other bytes now, or none.</exception>
    public byte[] ReadSource(string path, Sha256 hash)
    {
        if (_held.TryGetValue(hash, out var held))
            return held;
        using var file = OpenSource(path);
        var length = FileSystem.LengthOf(file);
        return Checked(length <= Array.MaxLength ? Read(file, length, path) : [], hash, path);
    }

    /// <summary>Writes the bytes of a content to a new file.</summary>
    /// <exception cref="SourceException">Its source has other bytes now, or none; what was written then is no good.</exception>
    public void Write(FileContent content, SafeFileHandle to)
    {
        if (content.From is ByteSource.Source source && content.Length > LongestHeld)
            Copy(source.Path, content.Hash, to);
        else
            FileSystem.Write(to, Read(content), 0);
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

    private static void Copy(string path, Sha256 expected, SafeFileHandle to)
    {
        using var from = OpenSource(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceLength];
        for (long at = 0; ReadPiece(from, buffer, at, path) is > 0 and var read; at += read)
        {
            hash.AppendData(buffer, 0, read);
            FileSystem.Write(to, buffer.AsSpan(0, read), at);
        }

        if (Sha256.Of(hash) != expected)
            throw new SourceException(path, SourceProblem.Changed);
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

    private static byte[] Read(SafeFileHandle file, long length, string path)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)length));
        var filled = 0;
        while (filled < length && ReadPiece(file, bytes.AsSpan(filled), filled, path) is > 0 and var read)
            filled += read;
        if (filled < length)
            return bytes[..filled];

        // A file that tells no length, as those that a kernel makes up, shows by one byte more.
        if (length > 0)
            return bytes;
        Span<byte> more = stackalloc byte[1];
        return ReadPiece(file, more, filled, path) > 0 ? [.. bytes, more[0]] : bytes;
    }

    private static Sha256 HashOf(SafeFileHandle file, string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceLength];
        for (long at = 0; ReadPiece(file, buffer, at, path) is > 0 and var read; at += read)
            hash.AppendData(buffer, 0, read);
        return Sha256.Of(hash);
    }
}
