using System.Collections.Frozen;

namespace StaticCollect.Build.Settings;

/// <summary>
/// Types of files that are compressed already: compressing them again costs time and saves nothing. What is missing
/// here only costs time, as an encoding that saves too little is dropped; what is here wrongly would cost bytes. So
/// types that are compressed only sometimes (ico, pdf, ttf, wasm) are left out.
/// </summary>
internal static class CompressedTypes
{
    /// <summary>The extensions that are skipped where nothing else is set; with their dot.</summary>
    public static IReadOnlySet<string> Default { get; } = Extensions(
    [
        // Images.
        "apng", "avif", "gif", "heic", "heif", "jfif", "jp2", "jpe", "jpeg", "jpg", "jxl", "png", "webp",

        // Archives and compressed files, encodings of other tools among them.
        "7z", "br", "bz2", "cab", "dmg", "gz", "lz", "lz4", "lzma", "rar", "tbz", "tbz2", "tgz", "txz", "tzst", "xz",
        "zip", "zst",

        // Zip archives by another name.
        "apk", "appx", "crx", "docx", "ear", "epub", "ipa", "jar", "kmz", "msix", "nupkg", "odp", "ods", "odt", "pptx",
        "usdz", "vsix", "war", "whl", "xlsx", "xpi",

        // Fonts, and Flash.
        "swf", "woff", "woff2",

        // Audio.
        "aac", "amr", "flac", "m4a", "m4b", "mka", "mp3", "oga", "ogg", "opus", "weba", "wma",

        // Video. Not "ts", which is TypeScript more often than a transport stream.
        "3g2", "3gp", "3gpp", "asf", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm",
        "wmv",
    ]);

    /// <summary>Extensions as users write them, with or without dot, in any case, as a set to look names up in.</summary>
    public static IReadOnlySet<string> Extensions(IEnumerable<string> extensions) => extensions
        .Select(extension => extension.Trim().TrimStart('.'))
        .Where(extension => extension.Length > 0)
        .Select(extension => "." + extension)
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
