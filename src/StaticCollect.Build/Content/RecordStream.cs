using System.Text;

namespace StaticCollect.Build.Content;

/// <summary>
/// A record on disk: a version, a body, and a sum that tells whether both are whole. It is replaced by a rename, and
/// only when it changes.
/// </summary>
internal static class RecordStream
{
    /// <summary>Reads a record; <see langword="null"/> when it is missing, damaged or of another version.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a permission.</exception>
    public static T? Read<T>(string path, string version, Func<BinaryReader, T> parse)
        where T : class
    {
        using var stream = FileSystem.TryReadAll(path);
        if (stream is null)
            return null;
        try
        {
            if (stream.Length < sizeof(ulong)
                || Checksum(stream.Bytes[..^sizeof(ulong)]) != BitConverter.ToUInt64(stream.Bytes[^sizeof(ulong)..]))
            {
                return null;
            }

            using var reader = new BinaryReader(stream, Encoding.UTF8);
            return reader.ReadString() == version ? parse(reader) : null;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes a record unless it is there already as it is.</summary>
    public static void Write(string path, string version, Action<BinaryWriter> format)
    {
        using var stream = new NativeStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(version);
        format(writer);
        writer.Flush();
        writer.Write(Checksum(stream.Bytes));
        writer.Flush();
        AtomicFile.WriteIfOther(path, stream.Bytes);
    }

    public static void Write(BinaryWriter writer, FileStamp stamp)
    {
        writer.Write7BitEncodedInt64(stamp.Length);
        writer.Write(stamp.Ticks);
        writer.Write(stamp.Birth);
    }

    /// <summary>Reads how many things follow: each takes a byte at least, and a record that says more is none.</summary>
    /// <exception cref="InvalidDataException">It says more.</exception>
    public static int ReadCount(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        return count >= 0 && count <= reader.BaseStream.Length - reader.BaseStream.Position
            ? count
            : throw new InvalidDataException("The record breaks off.");
    }

    public static FileStamp ReadStamp(BinaryReader reader) => new(reader.Read7BitEncodedInt64(), reader.ReadInt64(), reader.ReadInt64());

    // Tells a damaged file from a good one; nobody forges a record, so it need not be a cryptographic hash.
    internal static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xcbf29ce484222325UL ^ (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            sum = (ulong.RotateLeft(sum, 27) ^ BitConverter.ToUInt64(bytes)) * 0x9e3779b97f4a7c15UL;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var b in bytes)
            sum = (ulong.RotateLeft(sum, 27) ^ b) * 0x9e3779b97f4a7c15UL;
        return sum;
    }
}
