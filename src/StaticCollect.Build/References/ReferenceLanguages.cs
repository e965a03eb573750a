using StaticCollect.Build.References.Css;
using StaticCollect.Build.References.JavaScript;
using StaticCollect.Build.References.Json;
using StaticCollect.Build.References.Markup;

namespace StaticCollect.Build.References;

/// <summary>Which language a file is read as, by its name.</summary>
internal static class ReferenceLanguages
{
    private static readonly CssLanguage Css = new();
    private static readonly JavaScriptLanguage JavaScript = new();
    private static readonly SvgLanguage Svg = new();
    private static readonly HtmlLanguage Html = new();
    private static readonly ManifestLanguage Manifest = new(mayBeAnother: false);
    private static readonly ManifestLanguage MaybeManifest = new(mayBeAnother: true);

    /// <summary>The language of a file, or <see langword="null"/> for a file that never names another one.</summary>
    /// <param name="logicalPath">The logical path of the file; compared without case.</param>
    public static IReferenceLanguage? Of(string logicalPath) => Path.GetExtension(logicalPath).ToLowerInvariant() switch
    {
        ".css" => Css,
        ".js" or ".mjs" or ".cjs" => JavaScript,
        ".svg" => Svg,
        ".html" or ".htm" => Html,
        ".webmanifest" => Manifest,
        ".json" when Path.GetFileName(logicalPath).Equals("manifest.json", StringComparison.OrdinalIgnoreCase) => MaybeManifest,
        _ => null,
    };
}
