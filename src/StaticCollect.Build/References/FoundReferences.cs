namespace StaticCollect.Build.References;

/// <summary>The references of a file, in ascending order and without overlaps, and what else reading it told.</summary>
internal sealed class FoundReferences : List<Reference>
{
    /// <summary>The <c>base</c> of a page; <see langword="null"/> where its URLs count from itself.</summary>
    public PageBase? Base { get; set; }
}

/// <summary>The URL that relative URLs of an HTML document count from.</summary>
/// <param name="Href">What the document says; it may be relative itself.</param>
/// <param name="At">Where it stands, in bytes: only what comes behind it counts from there.</param>
internal sealed record PageBase(string Href, int At);
