using StaticCollect.Build.Fingerprinting.References.Css;
using StaticCollect.Build.Fingerprinting.References.JavaScript;

namespace StaticCollect.Build.Fingerprinting.References;

/// <summary>Which language a file is read as, by its name.</summary>
public static class ReferenceLanguages
{
    private static readonly CssLanguage Css = new();
    private static readonly JavaScriptLanguage JavaScript = new();

    /// <summary>The language of a file, or <see langword="null"/> for a file that never names another one.</summary>
    /// <param name="logicalPath">The logical path of the file; its extension is compared without case.</param>
    public static IReferenceLanguage? Of(string logicalPath) => Path.GetExtension(logicalPath).ToLowerInvariant() switch
    {
        ".css" => Css,
        ".js" or ".mjs" or ".cjs" => JavaScript,
        _ => null,
    };
}
