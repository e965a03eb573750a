namespace StaticCollect.Build.References;

/// <summary>Which file of the static root a URL means, and where in its text the fingerprint goes.</summary>
internal static class UrlTarget
{
    /// <summary>
    /// Resolves a URL as a browser would that loaded the referring file from below the static URL.
    /// </summary>
    /// <param name="url">A relative or root-relative URL, percent-encoded.</param>
    /// <param name="from">Logical path of the referring file.</param>
    /// <param name="staticUrl">The static URL, ending in <c>/</c>; of an absolute one the path counts.</param>
    /// <param name="logicalPath">The path meant, whether or not there is such a file.</param>
    /// <returns>Whether the URL leads below the static URL at all.</returns>
    public static bool TryResolve(string url, string from, string staticUrl, out string logicalPath)
    {
        logicalPath = "";
        // Browsers read a backslash as a slash.
        var path = url[..PathLength(url)].Replace('\\', '/');
        var segments = new List<string>();
        if (path.StartsWith('/'))
        {
            var below = PathOf(staticUrl);
            if (!path.StartsWith(below, StringComparison.Ordinal))
                return false;
            path = path[below.Length..];
        }
        else
        {
            segments.AddRange(from.Split('/')[..^1]);
        }

        foreach (var part in path.Split('/'))
        {
            var segment = Uri.UnescapeDataString(part);
            switch (segment)
            {
                case "" or ".":
                    break;
                case ".." when segments.Count == 0:
                    return false;
                case "..":
                    segments.RemoveAt(segments.Count - 1);
                    break;
                case var name when name.Contains('/', StringComparison.Ordinal):
                    return false;
                default:
                    segments.Add(segment);
                    break;
            }
        }

        logicalPath = string.Join('/', segments);
        return logicalPath.Length > 0;
    }

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

    private static string PathOf(string staticUrl)
    {
        var host = staticUrl.IndexOf("//", StringComparison.Ordinal);
        return host < 0 ? staticUrl : staticUrl[staticUrl.IndexOf('/', host + 2)..];
    }

    private static bool IsDot(string url, int i) =>
        url[i] == '.' || (url[i] == '%' && i + 2 < url.Length && url[i + 1] == '2' && url[i + 2] is 'e' or 'E');

    private static int PathLength(string url) => url.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : url.Length;
}
