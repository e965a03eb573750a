using StaticCollect.Build.Content;

namespace StaticCollect.Build.Naming;

/// <summary>
/// What the web root and the static root have said of each other, on disk: it is written when the web root is named, and
/// read when the static root is, which may be another day.
/// </summary>
/// <param name="WebRoot">The files of the web root.</param>
/// <param name="Promised">Paths below the static root that files of the web root name now: they must be published.</param>
internal sealed record Agreement(IReadOnlyList<Neighbour> WebRoot, IReadOnlyList<string> Promised)
{
    /// <summary>None was made.</summary>
    public static Agreement None { get; } = new([], []);
}

/// <summary>Reads and writes an <see cref="Agreement"/>; one that is missing or damaged reads as none.</summary>
internal static class AgreementFile
{
    private const string Version = "StaticCollect.Agreement.1";

    /// <summary>Reads a record.</summary>
    public static Agreement Read(string path) => RecordStream.Read(path, Version, Parse) ?? Agreement.None;

    /// <summary>Writes a record unless it is there already as it is.</summary>
    public static void Write(string path, Agreement agreement) => RecordStream.Write(path, Version, writer =>
    {
        writer.Write7BitEncodedInt(agreement.WebRoot.Count);
        foreach (var file in agreement.WebRoot)
        {
            writer.Write(file.Path);
            writer.Write(file.FingerprintedPath ?? "");
            writer.Write(file.Fingerprint);
            file.Rewritten.Write(writer);
        }

        writer.Write7BitEncodedInt(agreement.Promised.Count);
        foreach (var path in agreement.Promised)
            writer.Write(path);
    });

    private static Agreement Parse(BinaryReader reader)
    {
        var files = new Neighbour[RecordStream.ReadCount(reader)];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = new Neighbour(reader.ReadString())
            {
                FingerprintedPath = reader.ReadString() is { Length: > 0 } path ? path : null,
                Fingerprint = reader.ReadString(),
                Rewritten = Sha256.Read(reader),
            };
        }

        return new Agreement(files, [.. Enumerable.Range(0, RecordStream.ReadCount(reader)).Select(_ => reader.ReadString())]);
    }
}
