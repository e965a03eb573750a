using StaticCollect.Build.Content;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Naming;

/// <summary>
/// The record of fingerprints on disk, beside that of the collection. One that is missing, damaged or of another version
/// reads as <see cref="FingerprintRecord.Empty"/>: all files are read again.
/// </summary>
public static class FingerprintRecordFile
{
    // Any change of the format, or of what is a reference or a fingerprint, takes a new number.
    private const string Version = "StaticCollect.Fingerprints.2";

    /// <summary>Reads a record.</summary>
    public static FingerprintRecord Read(string path) => RecordStream.Read(path, Version, Parse) ?? FingerprintRecord.Empty;

    /// <summary>Writes a record, unless it is already there as it is.</summary>
    public static void Write(string path, FingerprintRecord record) =>
        RecordStream.Write(path, Version, writer => Format(record, writer));

    private static void Format(FingerprintRecord record, BinaryWriter writer)
    {
        writer.Write(record.HasReferences);
        writer.Write7BitEncodedInt(record.Files.Count);
        foreach (var (logicalPath, (analysis, final)) in record.Files)
        {
            writer.Write(logicalPath);
            writer.Write(analysis.SourcePath);
            RecordStream.Write(writer, analysis.Stamp);
            writer.Write(analysis.IsTrusted);
            writer.Write(Convert.FromHexString(analysis.Sha256));
            writer.Write7BitEncodedInt(analysis.Sites.Count);
            foreach (var site in analysis.Sites)
                Format(site, writer);
            writer.Write(analysis.Problem is not null);
            if (analysis.Problem is { } problem)
            {
                writer.Write(problem.Message);
                writer.Write7BitEncodedInt(problem.Line);
                writer.Write7BitEncodedInt(problem.Column);
            }

            writer.Write(analysis.Base is not null);
            if (analysis.Base is { } pageBase)
            {
                writer.Write(pageBase.Href);
                writer.Write7BitEncodedInt(pageBase.At);
            }

            writer.Write(Convert.FromHexString(final.Key));
            writer.Write(final.Fingerprint);
            writer.Write(Convert.FromHexString(final.Sha256));
            writer.Write7BitEncodedInt64(final.Length);
            writer.Write(final.IsRewritten);
        }

        writer.Write7BitEncodedInt(record.Bundlers.Count);
        foreach (var manifest in record.Bundlers)
        {
            writer.Write(manifest.Path);
            RecordStream.Write(writer, manifest.Stamp);
            writer.Write7BitEncodedInt(manifest.Outputs.Count);
            foreach (var output in manifest.Outputs)
                writer.Write(output);
        }

        writer.Write7BitEncodedInt(record.Encodings.Count);
        foreach (var (key, length) in record.Encodings)
        {
            writer.Write(key);
            writer.Write7BitEncodedInt64(length);
        }
    }

    private static void Format(ReferenceSite site, BinaryWriter writer)
    {
        writer.Write((byte)site.Kind);
        writer.Write(site.Url);
        writer.Write7BitEncodedInt(site.InsertAt);
        writer.Write7BitEncodedInt(site.Line);
        writer.Write7BitEncodedInt(site.Column);
        writer.Write7BitEncodedInt(site.IntegrityStart);
        writer.Write7BitEncodedInt(site.IntegrityLength);
    }

    private static FingerprintRecord Parse(BinaryReader reader)
    {
        var hasReferences = reader.ReadBoolean();
        var files = new Dictionary<string, FingerprintEntry>(StringComparer.Ordinal);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var logicalPath = reader.ReadString();
            var analysis = new FileAnalysis(
                reader.ReadString(), RecordStream.ReadStamp(reader), reader.ReadBoolean(), ReadHash(reader), ReadSites(reader), ReadProblem(reader))
            {
                Base = reader.ReadBoolean() ? new PageBase(reader.ReadString(), reader.Read7BitEncodedInt()) : null,
            };
            var final = new FinalFile(
                ReadHash(reader), reader.ReadString(), ReadHash(reader), reader.Read7BitEncodedInt64(), reader.ReadBoolean());
            files.Add(logicalPath, new FingerprintEntry(analysis, final));
        }

        var bundlers = new BundlerManifest[reader.Read7BitEncodedInt()];
        for (var i = 0; i < bundlers.Length; i++)
        {
            bundlers[i] = new BundlerManifest(
                reader.ReadString(),
                RecordStream.ReadStamp(reader),
                [.. Enumerable.Range(0, reader.Read7BitEncodedInt()).Select(_ => reader.ReadString())]);
        }

        var encodings = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            encodings.Add(reader.ReadString(), reader.Read7BitEncodedInt64());
        return new FingerprintRecord(hasReferences, files, bundlers) { Encodings = encodings };
    }

    private static string ReadHash(BinaryReader reader) => Convert.ToHexString(reader.ReadBytes(32)).ToLowerInvariant();

    private static ReferenceSite[] ReadSites(BinaryReader reader)
    {
        var sites = new ReferenceSite[reader.Read7BitEncodedInt()];
        for (var i = 0; i < sites.Length; i++)
        {
            sites[i] = new ReferenceSite(
                (ReferenceKind)reader.ReadByte(),
                reader.ReadString(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt(),
                reader.Read7BitEncodedInt());
        }

        return sites;
    }

    private static ParseProblem? ReadProblem(BinaryReader reader) => reader.ReadBoolean()
        ? new ParseProblem(reader.ReadString(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt())
        : null;
}
