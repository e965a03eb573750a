using StaticCollect.Build.References.Css;

namespace StaticCollect.Build.References.Markup;

/// <summary>Attributes of HTML and SVG that hold CSS.</summary>
internal static class Styled
{
    public static readonly CssLanguage Css = new();

    /// <summary>Whether an attribute is <c>style</c>, or a presentation attribute of SVG that can hold <c>url()</c>.</summary>
    public static bool Holds(string attribute) => attribute is
        "style" or "fill" or "stroke" or "filter" or "mask" or "clip-path" or "cursor"
        or "marker" or "marker-start" or "marker-mid" or "marker-end";
}
