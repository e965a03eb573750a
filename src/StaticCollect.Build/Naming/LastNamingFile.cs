using StaticCollect.Build.Content;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Naming;

/// <summary>
/// What the last run learnt about the files, on disk. One that is missing, damaged or of another version
/// reads as <see cref="LastNaming.Empty"/>: all files are read again.
/// </summary>
internal static class LastNamingFile
{
    // Any change of the format, or of what is a reference or a fingerprint, takes a new number.
    private const string Version = "StaticCollect.LastNaming.8";

    /// <summary>Reads a record.</summary>
    public static LastNaming Read(string path) => RecordStream.Read(path, Version, Parse) ?? LastNaming.Empty;

    /// <summary>Writes a record, unless it is already there as it is.</summary>
    public static void Write(string path, LastNaming record) =>
        RecordStream.Write(path, Version, writer => Format(record, writer));

    private static void Format(LastNaming record, BinaryWriter writer)
    {
        writer.Write(record.HasReferences);
        writer.Write7BitEncodedInt(record.Files.Count);
        foreach (var (logicalPath, (analysis, final)) in record.Files)
        {
            writer.Write(logicalPath);
            writer.Write(analysis.SourcePath);
            RecordStream.Write(writer, analysis.Stamp);
            writer.Write(analysis.IsTrusted);
            analysis.Hash.Write(writer);
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

            writer.Write(analysis.HasWindowsLineEnds);
            writer.Write7BitEncodedInt(analysis.Computed.Count);
            foreach (var computed in analysis.Computed)
            {
                writer.Write(computed.Prefix);
                writer.Write(computed.Suffix);
                writer.Write7BitEncodedInt(computed.At);
                writer.Write7BitEncodedInt(computed.Line);
                writer.Write7BitEncodedInt(computed.Column);
            }

            final.Key.Write(writer);
            writer.Write(final.Fingerprint);
            final.Hash.Write(writer);
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

    private static LastNaming Parse(BinaryReader reader)
    {
        var hasReferences = reader.ReadBoolean();
        var files = new Dictionary<string, NamedEntry>(StringComparer.Ordinal);
        for (var left = RecordStream.ReadCount(reader); left > 0; left--)
        {
            var logicalPath = reader.ReadString();
            var analysis = new FileAnalysis(
                reader.ReadString(), RecordStream.ReadStamp(reader), reader.ReadBoolean(), Sha256.Read(reader), ReadSites(reader), ReadProblem(reader))
            {
                Base = reader.ReadBoolean() ? new PageBase(reader.ReadString(), reader.Read7BitEncodedInt()) : null,
                HasWindowsLineEnds = reader.ReadBoolean(),
                Computed = [.. Enumerable.Range(0, RecordStream.ReadCount(reader)).Select(_ => new ComputedSite(reader.ReadString(), reader.ReadString(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()))],
            };
            var final = new FinalFile(
                Sha256.Read(reader), reader.ReadString(), Sha256.Read(reader), reader.Read7BitEncodedInt64(), reader.ReadBoolean());
            files.Add(logicalPath, new NamedEntry(analysis, final));
        }

        var bundlers = new BundlerManifest[RecordStream.ReadCount(reader)];
        for (var i = 0; i < bundlers.Length; i++)
        {
            bundlers[i] = new BundlerManifest(
                reader.ReadString(),
                RecordStream.ReadStamp(reader),
                [.. Enumerable.Range(0, RecordStream.ReadCount(reader)).Select(_ => reader.ReadString())]);
        }

        return new LastNaming(hasReferences, files, bundlers);
    }

    private static ReferenceSite[] ReadSites(BinaryReader reader)
    {
        var sites = new ReferenceSite[RecordStream.ReadCount(reader)];
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
