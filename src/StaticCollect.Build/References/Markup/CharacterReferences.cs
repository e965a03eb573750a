using System.Net;
using System.Text;

namespace StaticCollect.Build.References.Markup;

/// <summary>Undoes character references (<c>&amp;amp;</c>, <c>&amp;#46;</c>) in attributes and XML text.</summary>
internal static class CharacterReferences
{
    /// <summary>An attribute as HTML reads it.</summary>
    public static Inset InHtml(ReadOnlySpan<byte> text, MarkupAttribute attribute) => Undo(text, attribute, isHtml: true);

    /// <summary>An attribute as XML reads it.</summary>
    public static Inset InXml(ReadOnlySpan<byte> text, MarkupAttribute attribute) => Undo(text, attribute, isHtml: false);

    /// <summary>Adds a stretch of the file, and where each of its bytes stands.</summary>
    public static void Add(List<byte> undone, List<int> places, ReadOnlySpan<byte> text, int start, int end, bool isHtml)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var at = start; at < end;)
        {
            var next = at + 1;
            var character = text[at] == '&' ? Read(text[..end], at, isHtml, out next) : null;
            var count = 1;
            if (character is { } rune)
            {
                count = rune.EncodeToUtf8(bytes);
            }
            else
            {
                // An entity that the XML declares itself may mean anything.
                bytes[0] = text[at] == '&' && !isHtml ? (byte)UrlText.Unknown : text[at];
                next = at + 1;
            }

            for (var i = 0; i < count; i++)
            {
                undone.Add(bytes[i]);
                places.Add(at);
            }

            at = next;
        }
    }

    private static Inset Undo(ReadOnlySpan<byte> text, MarkupAttribute attribute, bool isHtml)
    {
        var value = text[attribute.Start..attribute.End];
        if (!value.Contains((byte)'&'))
        {
            return new Inset(value, attribute.Start);
        }

        var undone = new List<byte>();
        var places = new List<int>();
        Add(undone, places, text, attribute.Start, attribute.End, isHtml);
        places.Add(attribute.End);
        return new Inset(undone, places);
    }

    private static Rune? Read(ReadOnlySpan<byte> text, int at, bool isHtml, out int next)
    {
        next = at + 1;
        if (next < text.Length && text[next] == '#')
        {
            return ReadNumber(text, isHtml, ref next);
        }

        while (next < text.Length && char.IsAsciiLetterOrDigit((char)text[next]))
        {
            next++;
        }

        var name = Encoding.ASCII.GetString(text[(at + 1)..next]);
        var isClosed = next < text.Length && text[next] == ';';
        next += isClosed ? 1 : 0;
        if (!isHtml)
        {
            return isClosed && name is "amp" or "lt" or "gt" or "quot" or "apos" ? Html4(name) : null;
        }

        if (isClosed)
        {
            return Sign(name) ?? Html4(name);
        }

        // The old names do without a semicolon, unless what follows looks like a parameter: "?a&copy=1".
        return next < text.Length && text[next] == '='
            ? null
            : name is "AMP" or "LT" or "GT" or "QUOT" ? Sign(name) : name is not "apos" && Html4(name) is { Value: < 256 } old ? old : null;
    }

    private static Rune? ReadNumber(ReadOnlySpan<byte> text, bool isHtml, ref int next)
    {
        var radix = next + 1 < text.Length && (text[next + 1] | 0x20) == 'x' ? 16 : 10;
        next += radix == 16 ? 2 : 1;
        var first = next;
        var value = 0;
        while (next < text.Length && char.IsAsciiHexDigit((char)text[next]) && (radix == 16 || char.IsAsciiDigit((char)text[next])))
        {
            var digit = (char)text[next++];
            value = Math.Min((value * radix) + (char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10), 0x110000);
        }

        var isClosed = next < text.Length && text[next] == ';';
        if (next == first || (!isClosed && !isHtml))
        {
            return null;
        }

        next += isClosed ? 1 : 0;
        return value > 0 && Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar;
    }

    // The framework knows the 253 names of HTML 4.
    private static Rune? Html4(string name)
    {
        var written = $"&{name};";
        var undone = WebUtility.HtmlDecode(written);
        return undone.Length < written.Length && Rune.DecodeFromUtf16(undone, out var rune, out var length) == default && length == undone.Length
            ? rune
            : null;
    }

    // Of the two thousand names that came later, those that a URL may well hold: the signs of ASCII.
    private static Rune? Sign(string name) => name switch
    {
        "Tab" => new Rune('\t'),
        "NewLine" => new Rune('\n'),
        "excl" => new Rune('!'),
        "QUOT" => new Rune('"'),
        "num" => new Rune('#'),
        "dollar" => new Rune('$'),
        "percnt" => new Rune('%'),
        "AMP" => new Rune('&'),
        "lpar" => new Rune('('),
        "rpar" => new Rune(')'),
        "ast" or "midast" => new Rune('*'),
        "plus" => new Rune('+'),
        "comma" => new Rune(','),
        "period" => new Rune('.'),
        "sol" => new Rune('/'),
        "colon" => new Rune(':'),
        "semi" => new Rune(';'),
        "LT" => new Rune('<'),
        "equals" => new Rune('='),
        "GT" => new Rune('>'),
        "quest" => new Rune('?'),
        "commat" => new Rune('@'),
        "lsqb" or "lbrack" => new Rune('['),
        "bsol" => new Rune('\\'),
        "rsqb" or "rbrack" => new Rune(']'),
        "Hat" => new Rune('^'),
        "lowbar" or "UnderBar" => new Rune('_'),
        "grave" => new Rune('`'),
        "lcub" or "lbrace" => new Rune('{'),
        "verbar" or "vert" or "VerticalLine" => new Rune('|'),
        "rcub" or "rbrace" => new Rune('}'),
        _ => null,
    };
}
