using System.Text.Encodings.Web;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Emitters;

/// <summary>
/// The manifest: the format of Django's <c>staticfiles.json</c> 1.1, so that its readers work, with more beside
/// it. Keys are sorted and nothing tells the time: equal input, equal bytes.
/// </summary>
internal static class ManifestFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The path of the manifest below the static root; <see langword="null"/> where there is none in it.</summary>
    public static string? PathInRoot(CollectSettings settings) =>
        settings.Fingerprint is { } fingerprint && FilePath.IsAtOrBelow(fingerprint.ManifestPath, settings.Root)
            ? FilePath.Show(fingerprint.ManifestPath, settings.Root)
            : null;

    /// <summary>The manifest of a release as a file of it.</summary>
    /// <param name="release">The release, without its manifest.</param>
    /// <param name="webRoot">What is served of the web root, where its names are on the disk.</param>
    /// <param name="path">Its path below the static root.</param>
    /// <param name="app">The app that it counts to.</param>
    public static ReleaseFile FileOf(Release release, Release webRoot, string path, string app)
    {
        var bytes = Format(release, webRoot);
        var content = new FileContent(Sha256.Of(bytes), bytes.Length, new ByteSource.Generated(bytes));
        return new ReleaseFile(path, path, Role.Generated, content, CachePolicy.Revalidate, new Origin(Finder: null, app, ""));
    }

    /// <summary>The bytes of the manifest of a release, in UTF-8.</summary>
    /// <param name="release">The release, without its manifest.</param>
    /// <param name="webRoot">What is served of the web root: its names begin with a <c>/</c>, and so are URLs of their own.</param>
    public static byte[] Format(Release release, Release webRoot)
    {
        var files = release.Collected.Select(file => (Release: release, Slash: "", File: file))
            .Concat(webRoot.Collected.Select(file => (Release: webRoot, Slash: "/", File: file)))
            .OrderBy(file => file.Slash + file.File.LogicalPath, StringComparer.Ordinal)
            .ToList();
        using var stream = new NativeStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "1.1");
            json.WriteStartObject("paths");
            foreach (var (_, slash, file) in files)
                json.WriteString(slash + file.LogicalPath, slash + file.Published.Path);
            json.WriteEndObject();
            json.WriteString("hash", Sha256.OfTexts([.. files.SelectMany(file => new[] { file.Slash + file.File.LogicalPath, file.Slash + file.File.Published.Path })]).Digits(12));
            json.WriteStartObject("files");
            foreach (var (from, slash, file) in files)
                Write(json, from, slash, file.Published);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return stream.Bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Release release, string slash, ReleaseFile file)
    {
        json.WriteStartObject(slash + file.LogicalPath);
        if (file.Fingerprint is not null)
            json.WriteString("fingerprint", file.Fingerprint);
        json.WriteString("integrity", file.Content.Hash.Integrity);
        json.WriteNumber("length", file.Content.Length);
        json.WriteString("contentType", file.MediaType);
        json.WriteStartObject("encodings");
        foreach (var encoded in release.EncodingsOf(file).OrderBy(encoded => encoded.Encoding!.Name, StringComparer.Ordinal))
            json.WriteNumber(encoded.Encoding!.Name, encoded.Content.Length);
        json.WriteEndObject();
        json.WriteString("app", file.Origin.App);
        json.WriteBoolean("immutable", file.Cache == CachePolicy.Immutable);
        json.WriteStartArray("references");
        foreach (var reference in file.References)
            json.WriteStringValue(reference);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
