namespace StaticCollect.Build.References.JavaScript;

/// <summary>The text of string literals and of templates without substitutions.</summary>
internal static class ScriptString
{
    /// <summary>The URL of a literal, or <see langword="null"/> where it names no static file.</summary>
    /// <param name="kind">What kind of place this is.</param>
    /// <param name="text">The file.</param>
    /// <param name="start">Where the literal starts, with its quote.</param>
    /// <param name="end">Where it ends, behind its quote.</param>
    public static Reference? ToReference(ReferenceKind kind, ReadOnlySpan<byte> text, int start, int end)
    {
        start++;
        end--;
        if (!text[start..end].Contains((byte)'\\'))
        {
            return UrlText.Plain(kind, text, start, end);
        }

        var url = new UrlText();
        text = text[..end];
        for (var at = start; at < end;)
        {
            at = text[at] == '\\' ? AddEscape(url, text, at) : url.AddCharacter(text, at);
        }

        return url.ToReference(kind, end);
    }

    private static int AddEscape(UrlText url, ReadOnlySpan<byte> text, int place)
    {
        var at = place + 1;
        var value = ScriptText.At(text, at);
        switch (value)
        {
            case (byte)'\r':
                return ScriptText.At(text, at + 1) == '\n' ? at + 2 : at + 1;
            case (byte)'\n':
                return at + 1;
            case 0xE2 when ScriptText.BlankLength(text, at) == 3 && text[at + 1] == 0x80 && text[at + 2] is 0xA8 or 0xA9:
                return at + 3;
            case (byte)'x':
                return AddHex(url, text, at + 1, 2, place);
            case (byte)'u' when ScriptText.At(text, at + 1) == '{':
                var length = text[at..].IndexOf((byte)'}');
                return AddHex(url, text, at + 2, length - 2, place) + 1;
            case (byte)'u':
                return AddHex(url, text, at + 1, 4, place);
            case >= (byte)'0' and <= (byte)'7':
                return AddOctal(url, text, at, place);
            default:
                var control = "bfnrtv"u8.IndexOf(value);
                if (control < 0)
                {
                    return url.AddCharacter(text, at, place);
                }

                url.Add("\b\f\n\r\t\v"[control], place);
                return at + 1;
        }
    }

    // A broken escape is an error of the script: it adds what no URL may hold, a lone surrogate.
    private static int AddHex(UrlText url, ReadOnlySpan<byte> text, int at, int count, int place)
    {
        var value = 0;
        for (var i = 0; i < count || count < 1; i++)
        {
            var digit = (char)ScriptText.At(text, at + i);
            if (!char.IsAsciiHexDigit(digit) || value > 0x10FFFF)
            {
                url.Add('\uD800', place);
                return at;
            }

            value = (value << 4) + (char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        if (value is > char.MaxValue and <= 0x10FFFF)
        {
            url.AddCodePoint(value, place);
        }
        else
        {
            // Surrogates are written as two escapes, each of one unit.
            url.Add(value <= char.MaxValue ? (char)value : '\uD800', place);
        }

        return at + count;
    }

    private static int AddOctal(UrlText url, ReadOnlySpan<byte> text, int at, int place)
    {
        var value = 0;
        var limit = at + (text[at] <= '3' ? 3 : 2);
        while (at < limit && (uint)(ScriptText.At(text, at) - '0') < 8)
        {
            value = (value * 8) + text[at++] - '0';
        }

        url.Add((char)value, place);
        return at;
    }
}
