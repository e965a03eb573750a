using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Emitters;

/// <summary>
/// The manifest: the format of Django's <c>staticfiles.json</c> 1.1, so that its readers work, with more beside
/// it. Keys are sorted and nothing tells the time: equal input, equal bytes.
/// </summary>
public static class ManifestFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of the manifest, in UTF-8.</summary>
    public static byte[] Format(IReadOnlyList<PublishedFile> files)
    {
        var sorted = files.OrderBy(file => file.File.LogicalPath, StringComparer.Ordinal).ToList();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.1");
            json.WriteStartObject("paths");
            foreach (var file in sorted)
                json.WriteString(file.File.LogicalPath, file.Path);
            json.WriteEndObject();
            json.WriteString("hash", Hash(sorted));
            json.WriteStartObject("files");
            foreach (var file in sorted)
                Write(json, file);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Writes the manifest to a place outside the static root, unless it is there already as it is.</summary>
    /// <param name="path">Full path of the manifest.</param>
    /// <param name="files">The published files.</param>
    public static void Write(string path, IReadOnlyList<PublishedFile> files)
    {
        var bytes = Format(files);
        if (!File.Exists(path) || !bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
            AtomicFile.Write(path, bytes);
    }

    private static string Hash(IEnumerable<PublishedFile> files) =>
        Sha256Of.Texts([.. files.SelectMany(file => new[] { file.File.LogicalPath, file.Path })])[..12];

    private static void Write(Utf8JsonWriter json, PublishedFile file)
    {
        json.WriteStartObject(file.File.LogicalPath);
        if (file.Fingerprint is not null)
            json.WriteString("fingerprint", file.Fingerprint);
        json.WriteString("integrity", file.Integrity);
        json.WriteNumber("length", file.Length);
        json.WriteString("contentType", MediaTypes.Of(file.File.LogicalPath));
        json.WriteStartObject("encodings");
        foreach (var encoded in file.Encodings.OrderBy(encoded => encoded.Encoding.Name, StringComparer.Ordinal))
            json.WriteNumber(encoded.Encoding.Name, encoded.Length);
        json.WriteEndObject();
        json.WriteString("app", file.File.App);
        json.WriteBoolean("immutable", file.IsImmutable);
        json.WriteStartArray("references");
        foreach (var reference in file.References)
            json.WriteStringValue(reference);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
