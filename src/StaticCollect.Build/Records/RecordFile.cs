using System.Security.Cryptography;
using System.Text;

namespace StaticCollect.Build.Records;

/// <summary>
/// The record on disk: one compact file for each static root, below <c>obj</c>. A record that is missing, damaged or of
/// another version reads as <see cref="CollectRecord.Empty"/>, which makes the next run do everything.
/// </summary>
public static class RecordFile
{
    // Any change of the format, or of what a run writes for the same settings, takes a new number.
    private const string Version = "StaticCollect.Record.1";

    /// <summary>Full path of the record of one static root.</summary>
    public static string PathOf(string recordFolder, string root)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes(root));
        return Path.Combine(recordFolder, Convert.ToHexString(name, 0, 8).ToLowerInvariant() + ".record");
    }

    /// <summary>Reads a record.</summary>
    public static CollectRecord Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or FormatException)
        {
            return CollectRecord.Empty;
        }
    }

    /// <summary>
    /// Writes a record, by a temporary file and a rename, unless it is already there as it is.
    /// </summary>
    public static void Write(string path, CollectRecord record)
    {
        var bytes = Format(record);
        if (File.Exists(path) && bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The bytes of a record.</summary>
    internal static byte[] Format(CollectRecord record)
    {
        using var stream = new MemoryStream(64 + (record.Entries.Count * 128));
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);

        // Most sources end in the path of the file they became: only what comes before is stored, once for each folder.
        var bases = new Dictionary<string, int>(StringComparer.Ordinal);
        var split = record.Entries.Select(entry => Split(entry, bases)).ToList();
        writer.Write7BitEncodedInt(bases.Count);
        foreach (var text in bases.Keys)
            writer.Write(text);

        writer.Write7BitEncodedInt(record.Entries.Count);
        for (var i = 0; i < record.Entries.Count; i++)
        {
            var entry = record.Entries[i];
            writer.Write(entry.Path);
            writer.Write((byte)((int)entry.Kind | (entry.IsTrusted ? 0x40 : 0) | (split[i].EndsInPath ? 0x80 : 0)));
            writer.Write7BitEncodedInt(split[i].Base);
            Write(writer, entry.SourceStamp);
            Write(writer, entry.Stamp);
        }

        writer.Write7BitEncodedInt(record.Comparisons.Count);
        foreach (var comparison in record.Comparisons)
        {
            writer.Write(comparison.PathA);
            Write(writer, comparison.StampA);
            writer.Write(comparison.PathB);
            Write(writer, comparison.StampB);
            writer.Write(comparison.Equal);
        }

        writer.Flush();
        writer.Write(Checksum(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    private static CollectRecord Parse(byte[] bytes)
    {
        if (bytes.Length < sizeof(ulong)
            || Checksum(bytes.AsSpan(..^sizeof(ulong))) != BitConverter.ToUInt64(bytes.AsSpan(^sizeof(ulong)..)))
        {
            return CollectRecord.Empty;
        }

        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadString() != Version)
            return CollectRecord.Empty;

        var bases = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < bases.Length; i++)
            bases[i] = reader.ReadString();

        var entries = new RecordEntry[reader.Read7BitEncodedInt()];
        for (var i = 0; i < entries.Length; i++)
        {
            var path = reader.ReadString();
            var flags = reader.ReadByte();
            var source = bases[reader.Read7BitEncodedInt()];
            if ((flags & 0x80) != 0)
                source += Native(path);
            entries[i] = new RecordEntry(
                path, (OutputKind)(flags & 0x3f), source, ReadStamp(reader), ReadStamp(reader), (flags & 0x40) != 0);
        }

        var comparisons = new Comparison[reader.Read7BitEncodedInt()];
        for (var i = 0; i < comparisons.Length; i++)
        {
            comparisons[i] = new Comparison(
                reader.ReadString(), ReadStamp(reader), reader.ReadString(), ReadStamp(reader), reader.ReadBoolean());
        }

        return new CollectRecord(entries, comparisons);
    }

    private static (int Base, bool EndsInPath) Split(RecordEntry entry, Dictionary<string, int> bases)
    {
        var path = Native(entry.Path);
        var ends = entry.Source.EndsWith(path, StringComparison.Ordinal);
        var text = ends ? entry.Source[..^path.Length] : entry.Source;
        if (!bases.TryGetValue(text, out var index))
            bases[text] = index = bases.Count;
        return (index, ends);
    }

    private static string Native(string path) =>
        Path.DirectorySeparatorChar == '/' ? path : path.Replace('/', Path.DirectorySeparatorChar);

    private static void Write(BinaryWriter writer, FileStamp stamp)
    {
        writer.Write7BitEncodedInt64(stamp.Length);
        writer.Write(stamp.Ticks);
    }

    private static FileStamp ReadStamp(BinaryReader reader) => new(reader.Read7BitEncodedInt64(), reader.ReadInt64());

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
