using System.Collections.Frozen;

namespace StaticCollect.Build.Content;

/// <summary>The media type of a file, by its extension, as browsers expect it.</summary>
internal static class MediaTypes
{
    /// <summary>The type of files that nothing is known of.</summary>
    public const string Unknown = "application/octet-stream";

    private static readonly FrozenDictionary<string, string> ByExtension = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".aac"] = "audio/aac",
        [".apng"] = "image/apng",
        [".avif"] = "image/avif",
        [".bmp"] = "image/bmp",
        [".cjs"] = "text/javascript",
        [".css"] = "text/css",
        [".csv"] = "text/csv",
        [".eot"] = "application/vnd.ms-fontobject",
        [".flac"] = "audio/flac",
        [".gif"] = "image/gif",
        [".glb"] = "model/gltf-binary",
        [".gltf"] = "model/gltf+json",
        [".gz"] = "application/gzip",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".ico"] = "image/x-icon",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript",
        [".json"] = "application/json",
        [".jxl"] = "image/jxl",
        [".m4a"] = "audio/mp4",
        [".m4v"] = "video/mp4",
        [".map"] = "application/json",
        [".md"] = "text/markdown",
        [".mjs"] = "text/javascript",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".ogg"] = "audio/ogg",
        [".ogv"] = "video/ogg",
        [".opus"] = "audio/ogg",
        [".otf"] = "font/otf",
        [".pdf"] = "application/pdf",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".ttf"] = "font/ttf",
        [".txt"] = "text/plain",
        [".vtt"] = "text/vtt",
        [".wasm"] = "application/wasm",
        [".wav"] = "audio/wav",
        [".weba"] = "audio/webm",
        [".webm"] = "video/webm",
        [".webmanifest"] = "application/manifest+json",
        [".webp"] = "image/webp",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".xhtml"] = "application/xhtml+xml",
        [".xml"] = "text/xml",
        [".xsl"] = "text/xml",
        [".zip"] = "application/zip",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Each media type with its extensions, such as <c>.js</c>, all in ordinal order.</summary>
    public static IReadOnlyList<(string Type, IReadOnlyList<string> Extensions)> All { get; } =
    [
        .. ByExtension
            .GroupBy(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, (IReadOnlyList<string>)[.. group.Order(StringComparer.Ordinal)])),
    ];

    /// <summary>The media type of a file; <see cref="Unknown"/> where its extension says nothing.</summary>
    public static string Of(string path) => ByExtension.GetValueOrDefault(Path.GetExtension(path), Unknown);

    /// <summary>
    /// What servers say of a media type: texts are UTF-8, whatever the page is that names them. XML says it itself, and
    /// other types are UTF-8 by definition.
    /// </summary>
    public static string Header(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) && mediaType != "text/xml" ? mediaType + "; charset=utf-8" : mediaType;
}
