namespace StaticCollect.Build.References;

/// <summary>The references of a file, in ascending order and without overlaps, and what else reading it told.</summary>
internal sealed class FoundReferences : List<Reference>
{
    /// <summary>The <c>base</c> of a page; <see langword="null"/> where its URLs count from itself.</summary>
    public PageBase? Base { get; set; }

    /// <summary>The imports whose URL is put together at run time, in ascending order.</summary>
    public List<ComputedImport> Computed { get; } = [];
}

/// <summary>An import whose URL is put together at run time.</summary>
/// <param name="Start">Where it stands, in bytes from the start of the file.</param>
/// <param name="Prefix">What the URL surely begins with: <c>./</c>, <c>../</c> or <c>/</c>, and perhaps more.</param>
/// <param name="Suffix">What it surely ends with; may be empty.</param>
internal readonly record struct ComputedImport(int Start, string Prefix, string Suffix);

/// <summary>The URL that relative URLs of an HTML document count from.</summary>
/// <param name="Href">What the document says; it may be relative itself.</param>
/// <param name="At">Where it stands, in bytes: only what comes behind it counts from there.</param>
internal sealed record PageBase(string Href, int At);
