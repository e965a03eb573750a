namespace StaticCollect.Build.References;

/// <summary>Where in the text of a URL, and in a path, the fingerprint goes.</summary>
internal static class UrlTarget
{
    /// <summary>
    /// Where in a URL the fingerprint is inserted: before the last dot of the file name, which may be percent-encoded,
    /// or at the end of a name without one. Inserting leaves every escape of the text as it is.
    /// </summary>
    public static int InsertionPoint(string url)
    {
        var end = PathLength(url);
        var start = url.AsSpan(0, end).LastIndexOfAny('/', '\\') + 1;
        for (var i = end - 1; i > start; i--)
        {
            if (IsDot(url, i))
                return i;
        }

        return end;
    }

    /// <summary>The same for a path: <c>css/site.css</c> and <c>1f</c> give <c>css/site.1f.css</c>.</summary>
    public static string Insert(string path, string fingerprint)
    {
        var start = path.LastIndexOf('/') + 1;
        var dot = path.LastIndexOf('.');
        if (dot <= start)
            dot = path.Length;
        return $"{path.AsSpan(0, dot)}.{fingerprint}{path.AsSpan(dot)}";
    }

    /// <summary>The length of a URL without query and fragment.</summary>
    public static int PathLength(string url) => url.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : url.Length;

    private static bool IsDot(string url, int i) =>
        url[i] == '.' || (url[i] == '%' && i + 2 < url.Length && url[i + 1] == '2' && url[i + 2] is 'e' or 'E');
}
