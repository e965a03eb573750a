namespace StaticCollect.Build.References;

/// <summary>The comment by which a style sheet or script names its source map, in either of its spellings.</summary>
internal static class SourceMapComment
{
    /// <summary>The words that make the comment; a file without them has none.</summary>
    public static ReadOnlySpan<byte> Key => "sourceMappingURL="u8;

    /// <summary>Reads the inside of a comment: <c># sourceMappingURL=name</c> and nothing else.</summary>
    /// <returns>Whether this is such a comment, also when its URL is left alone: the last one of a file counts.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, int start, int end, out Reference? reference)
    {
        reference = null;
        if (start >= end || text[start] is not ((byte)'#' or (byte)'@'))
        {
            return false;
        }

        var at = SkipBlanks(text, start + 1, end);
        if (!text[at..end].StartsWith(Key))
        {
            return false;
        }

        var urlStart = SkipBlanks(text, at + Key.Length, end);
        var urlEnd = urlStart;
        while (urlEnd < end && !IsBlank(text[urlEnd]))
        {
            // Browsers take a quote as the sign that this is a piece of program text.
            if (text[urlEnd] is (byte)'"' or (byte)'\'')
            {
                return false;
            }

            urlEnd++;
        }

        if (SkipBlanks(text, urlEnd, end) != end)
        {
            return false;
        }

        reference = UrlText.Plain(ReferenceKind.SourceMap, text, urlStart, urlEnd);
        return true;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at, int end)
    {
        while (at < end && IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');
}
