namespace StaticCollect.Build.Settings;

/// <summary>Looks into the text of a project file without reading its XML: enough to see that nothing in it is wrong.</summary>
internal static class ProjectText
{
    /// <summary>What looks like an element whose name is longer than a prefix and begins with it; comments are not left out.</summary>
    public static IEnumerable<TextElement> Elements(string text, string prefix)
    {
        var start = "<" + prefix;
        for (var at = text.IndexOf(start, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(start, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + start.Length;
            while (end < text.Length && IsOfName(text[end]))
                end++;
            if (end > at + start.Length)
                yield return Element(text[(at + 1)..end], text.AsSpan(end));
        }
    }

    /// <summary>Whether a text holds a name as <c>$(Name</c>, <c>@(Name</c>, <c>%(Name</c> or <c>%(Item.Name</c>.</summary>
    public static bool Reads(string text, char sign, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + name.Length;
            if (end < text.Length && IsOfName(text[end]))
                continue;
            var before = text.AsSpan(0, at);
            if (sign == '%' && before.EndsWith("."))
            {
                before = before[..^1];
                while (before.Length > 0 && IsOfName(before[^1]))
                    before = before[..^1];
            }

            before = before.TrimEnd(' ');
            if (before.Length > 1 && before[^1] == '(' && before[^2] == sign)
                return true;
        }

        return false;
    }

    private static TextElement Element(string name, ReadOnlySpan<char> rest)
    {
        var attributes = new List<string>();
        while (rest.IndexOfAny('=', '>') is >= 0 and var at && rest[at] == '=')
        {
            attributes.Add(rest[..at].Trim().ToString());
            rest = rest[(at + 1)..].TrimStart();
            var end = rest.IsEmpty ? -1 : rest[1..].IndexOf(rest[0]);
            if (end < 0)
                return new TextElement(name, attributes, IsClosed: false);
            rest = rest[(end + 2)..];
        }

        return new TextElement(name, attributes, IsClosed: rest.TrimStart().StartsWith("/"));
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}

/// <summary>What looks like an element.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">The names of its attributes.</param>
/// <param name="IsClosed">Whether it has no content.</param>
internal sealed record TextElement(string Name, IReadOnlyList<string> Attributes, bool IsClosed);
