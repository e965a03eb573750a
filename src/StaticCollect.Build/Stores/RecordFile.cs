using System.Security.Cryptography;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

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
    public static CollectRecord Read(string path) => RecordStream.Read(path, Version, Parse) ?? CollectRecord.Empty;

    /// <summary>Writes a record, unless it is already there as it is.</summary>
    public static void Write(string path, CollectRecord record) =>
        RecordStream.Write(path, Version, writer => Format(record, writer));

    private static void Format(CollectRecord record, BinaryWriter writer)
    {
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
            RecordStream.Write(writer, entry.SourceStamp);
            RecordStream.Write(writer, entry.Stamp);
            writer.Write7BitEncodedInt(entry.Age + 1);
        }

        writer.Write7BitEncodedInt(record.Comparisons.Count);
        foreach (var comparison in record.Comparisons)
        {
            writer.Write(comparison.PathA);
            RecordStream.Write(writer, comparison.StampA);
            writer.Write(comparison.PathB);
            RecordStream.Write(writer, comparison.StampB);
            writer.Write(comparison.Equal);
        }
    }

    private static CollectRecord Parse(BinaryReader reader)
    {
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
                path, (OutputKind)(flags & 0x3f), source, RecordStream.ReadStamp(reader), RecordStream.ReadStamp(reader), (flags & 0x40) != 0, reader.Read7BitEncodedInt() - 1);
        }

        var comparisons = new Comparison[reader.Read7BitEncodedInt()];
        for (var i = 0; i < comparisons.Length; i++)
        {
            comparisons[i] = new Comparison(
                reader.ReadString(), RecordStream.ReadStamp(reader), reader.ReadString(), RecordStream.ReadStamp(reader), reader.ReadBoolean());
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
}
