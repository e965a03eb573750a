using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Naming;

/// <summary>
/// The references of the web root that led nowhere when it was published, on disk: the collection that comes after it tells of the
/// baseline as a whole. One that is missing, damaged or of another version reads as nothing.
/// </summary>
internal static class LostReferencesFile
{
    private const string Version = "StaticCollect.LostReferences.1";

    /// <summary>Reads a record.</summary>
    public static IReadOnlyList<LostReference> Read(string path) => RecordStream.Read(path, Version, Parse) ?? [];

    /// <summary>Writes a record, unless it is there already as it is; one of nothing goes.</summary>
    public static void Write(string path, IReadOnlyList<LostReference> references)
    {
        if (references.Count == 0)
        {
            if (File.Exists(path))
                FileSystem.Delete(path);
            return;
        }

        RecordStream.Write(path, Version, writer =>
        {
            writer.Write7BitEncodedInt(references.Count);
            foreach (var reference in references)
            {
                writer.Write(reference.Package);
                writer.Write(reference.Version);
                writer.Write(reference.Source);
                writer.Write(reference.Reference);
            }
        });
    }

    private static LostReference[] Parse(BinaryReader reader)
    {
        var references = new LostReference[RecordStream.ReadCount(reader)];
        for (var i = 0; i < references.Length; i++)
            references[i] = new LostReference(reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString());
        return references;
    }
}
