using StaticCollect.Build.Content;

namespace StaticCollect.Build.Upload.Objects;

/// <summary>The headers that an object is served with, as far as they are kept with it.</summary>
/// <param name="ContentType"><c>Content-Type</c>.</param>
/// <param name="CacheControl"><c>Cache-Control</c>.</param>
/// <param name="ContentEncoding"><c>Content-Encoding</c>.</param>
/// <param name="ContentDisposition"><c>Content-Disposition</c>.</param>
/// <param name="ContentLanguage"><c>Content-Language</c>.</param>
internal sealed record ObjectHeaders(
    string? ContentType = null, string? CacheControl = null, string? ContentEncoding = null, string? ContentDisposition = null, string? ContentLanguage = null)
{
    /// <summary>A few digits that are others for other headers.</summary>
    public string Digest => Sha256.OfTexts(ContentType ?? "", CacheControl ?? "", ContentEncoding ?? "", ContentDisposition ?? "", ContentLanguage ?? "").Digits(16);

    /// <summary>Those that are set, by name.</summary>
    public IEnumerable<(string Name, string Value)> All
    {
        get
        {
            if (ContentType is not null)
                yield return ("Content-Type", ContentType);
            if (ContentEncoding is not null)
                yield return ("Content-Encoding", ContentEncoding);
            if (CacheControl is not null)
                yield return ("Cache-Control", CacheControl);
            if (ContentDisposition is not null)
                yield return ("Content-Disposition", ContentDisposition);
            if (ContentLanguage is not null)
                yield return ("Content-Language", ContentLanguage);
        }
    }
}
