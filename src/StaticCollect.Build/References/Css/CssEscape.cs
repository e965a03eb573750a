namespace StaticCollect.Build.References.Css;

/// <summary>Backslash escapes of CSS.</summary>
internal static class CssEscape
{
    /// <summary>Whether a backslash stands here and escapes something: anything but the end of the line.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text, int at) =>
        text[at] == '\\' && (at + 1 >= text.Length || !IsLineEnd(text[at + 1]));

    /// <summary>The place behind the escape, or behind the escaped line end that starts here.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 < text.Length && IsLineEnd(text[at + 1]))
        {
            return SkipLineEnd(text, at + 1);
        }

        return Read(text, at, out _);
    }

    /// <summary>Reads a valid escape: the place behind it, and its code point (the first byte of what is not ASCII).</summary>
    public static int Read(ReadOnlySpan<byte> text, int at, out int codePoint)
    {
        codePoint = 0xFFFD;
        at++;
        if (at >= text.Length)
        {
            return at;
        }

        if (!char.IsAsciiHexDigit((char)text[at]))
        {
            codePoint = text[at] == 0 ? codePoint : text[at];
            return at + 1;
        }

        var value = 0;
        for (var digits = 0; digits < 6 && at < text.Length && char.IsAsciiHexDigit((char)text[at]); digits++)
        {
            value = (value * 16) + Convert.ToInt32(((char)text[at++]).ToString(), 16);
        }

        codePoint = value == 0 ? codePoint : value;
        if (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            return at + 1;
        }

        // One white space ends the digits and belongs to the escape.
        return at < text.Length && IsLineEnd(text[at]) ? SkipLineEnd(text, at) : at;
    }

    /// <summary>Makes the reference of the content of a string or an unquoted URL.</summary>
    public static Reference? ToReference(ReferenceKind kind, ReadOnlySpan<byte> text, int start, int end)
    {
        if (!text[start..end].Contains((byte)'\\'))
        {
            return UrlText.Plain(kind, text, start, end);
        }

        var url = new UrlText();
        text = text[..end];
        for (var at = start; at < end;)
        {
            if (text[at] != '\\')
            {
                at = url.AddCharacter(text, at);
            }
            else if (at + 1 >= end || IsLineEnd(text[at + 1]))
            {
                at = Skip(text, at);
            }
            else if (text[at + 1] >= 0x80)
            {
                at = url.AddCharacter(text, at + 1, at);
            }
            else
            {
                var place = at;
                at = Read(text, at, out var codePoint);
                url.AddCodePoint(codePoint, place);
            }
        }

        return url.ToReference(kind, end);
    }

    private static int SkipLineEnd(ReadOnlySpan<byte> text, int at) =>
        text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r' or (byte)'\f';
}
