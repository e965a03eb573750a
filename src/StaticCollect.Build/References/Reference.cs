namespace StaticCollect.Build.References;

/// <summary>What kind of place a reference stands in; messages name it, and policies tell kinds apart.</summary>
internal enum ReferenceKind
{
    /// <summary>A URL in a style sheet: <c>url()</c>, <c>src()</c>, a string of <c>image-set()</c>.</summary>
    CssUrl,

    /// <summary>The target of <c>@import</c>.</summary>
    CssImport,

    /// <summary>The specifier of a JavaScript <c>import</c> or <c>export ... from</c>, static or dynamic.</summary>
    ScriptImport,

    /// <summary>
    /// A URL that an import map speaks of: the key of an import, a scope or an integrity. Nothing is loaded from there,
    /// so it may name what is not there.
    /// </summary>
    ImportMapKey,

    /// <summary>A URL in JavaScript: <c>new URL("...", import.meta.url)</c>.</summary>
    ScriptUrl,

    /// <summary>A <c>sourceMappingURL</c> comment of a style sheet or script.</summary>
    SourceMap,

    /// <summary>A member of a web app manifest that names an image.</summary>
    ManifestImage,

    /// <summary>A link of an SVG or XML document.</summary>
    XmlLink,

    /// <summary>An attribute of an HTML document.</summary>
    HtmlLink,

    /// <summary>An attribute of a view. The URL may have a scheme, and goes as far as its path.</summary>
    ViewLink,

    /// <summary>The name in <c>@Assets["..."]</c> of a view.</summary>
    ViewAsset,
}

/// <summary>
/// A place in a file that names another file. It is a range of bytes of the file as it is on disk, and the URL that
/// stands there with the escapes of the language undone (CSS escapes, JavaScript escapes, character references), but
/// not percent-decoded.
/// </summary>
/// <param name="Kind">What kind of place this is.</param>
/// <param name="Start">Where the text of the URL starts, in bytes from the start of the file, quotes left out.</param>
/// <param name="Length">How many bytes the text of the URL takes in the file.</param>
/// <param name="Url">The URL as the language means it.</param>
/// <param name="Offsets">
/// Where each UTF-16 unit of <paramref name="Url"/> stands, in bytes from <paramref name="Start"/>, with one more entry
/// for the end; <see langword="null"/> where unit <c>i</c> is simply byte <c>i</c> (no escapes, ASCII only).
/// </param>
internal sealed record Reference(ReferenceKind Kind, int Start, int Length, string Url, int[]? Offsets)
{
    /// <summary>
    /// The text of an <c>integrity</c> value that belongs to this reference and must follow the bytes of its target,
    /// as start and length in bytes; <see langword="null"/> where there is none.
    /// </summary>
    public (int Start, int Length)? Integrity { get; init; }

    /// <summary>The byte of the file at which unit <paramref name="index"/> of <see cref="Url"/> stands.</summary>
    public int ByteOf(int index) => Start + (Offsets is null ? index : Offsets[index]);
}
