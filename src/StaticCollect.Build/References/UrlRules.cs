namespace StaticCollect.Build.References;

/// <summary>Which URLs can name a static file. Everything else is left alone, in every language.</summary>
internal static class UrlRules
{
    /// <summary>
    /// Whether a URL is relative or root-relative and names a file. Not so: any scheme (<c>https:</c>, <c>data:</c>),
    /// another host (<c>//host</c>), a place in the same document (<c>#icon</c>, <c>?x</c>, nothing), and folders.
    /// </summary>
    public static bool NameAFile(ReadOnlySpan<char> url)
    {
        var end = url.IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        if (path.IsEmpty || HasScheme(path))
        {
            return false;
        }

        // Browsers read a backslash as a slash, so "\\host" is another host as well.
        if (path.Length > 1 && IsSlash(path[0]) && IsSlash(path[1]))
        {
            return false;
        }

        var name = path[(path.LastIndexOfAny('/', '\\') + 1)..];
        return !name.IsEmpty && !IsDots(name);
    }

    /// <summary>Whether a module specifier is a URL rather than the bare name of a package.</summary>
    public static bool IsPathSpecifier(ReadOnlySpan<char> specifier) =>
        specifier.StartsWith("./") || specifier.StartsWith("../") || specifier.StartsWith("/");

    /// <summary>Whether a path is none, but a URL with a scheme.</summary>
    public static bool HasScheme(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty || !char.IsAsciiLetter(path[0]))
        {
            return false;
        }

        for (var i = 1; i < path.Length; i++)
        {
            if (path[i] == ':')
            {
                return true;
            }

            if (!char.IsAsciiLetterOrDigit(path[i]) && path[i] is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsSlash(char unit) => unit is '/' or '\\';

    // "." and ".." name folders even without a slash; URLs also know them percent-encoded.
    private static bool IsDots(ReadOnlySpan<char> name)
    {
        var dots = 0;
        while (!name.IsEmpty)
        {
            if (name[0] == '.')
            {
                name = name[1..];
            }
            else if (name.StartsWith("%2e", StringComparison.OrdinalIgnoreCase))
            {
                name = name[3..];
            }
            else
            {
                return false;
            }

            dots++;
        }

        return dots <= 2;
    }
}
