using System.Text;

namespace StaticCollect.Build.References.Markup;

/// <summary>
/// Reads the start tags of an HTML document as the HTML standard tokenizes it. No input is an error: a browser reads it all.
/// </summary>
internal ref struct HtmlTokenizer(ReadOnlySpan<byte> text, int start)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = start;

    /// <summary>The content of the tag read last, where it is text and no markup; else empty.</summary>
    public Range Content { get; private set; }

    /// <summary>The next start tag, or <see langword="null"/> at the end of the file.</summary>
    public MarkupTag? Next()
    {
        while (true)
        {
            var length = _text[_at..].IndexOf((byte)'<');
            if (length < 0)
            {
                _at = _text.Length;
                return null;
            }

            var open = _at + length;
            var next = open + 1 < _text.Length ? _text[open + 1] : (byte)0;
            if (char.IsAsciiLetter((char)next))
            {
                var tag = MarkupTag.Read(_text, open + 1);
                _at = tag?.End ?? _text.Length;
                return tag is null ? null : WithContent(tag);
            }

            if (next is (byte)'!' or (byte)'?')
            {
                _at = EndOfComment(open);
            }
            else if (next == '/')
            {
                _at = EndOfEndTag(open);
            }
            else
            {
                _at = open + 1;
            }
        }
    }

    private readonly int EndOfEndTag(int open)
    {
        if (open + 2 < _text.Length && char.IsAsciiLetter((char)_text[open + 2]))
        {
            return MarkupTag.Read(_text, open + 2)?.End ?? _text.Length;
        }

        return Behind(open, ">"u8);
    }

    private readonly int EndOfComment(int open)
    {
        var rest = _text[open..];
        if (!rest.StartsWith("<!--"u8))
        {
            return Behind(open, ">"u8);
        }

        if (rest[4..].StartsWith(">"u8) || rest[4..].StartsWith("->"u8))
        {
            return Behind(open, ">"u8);
        }

        // Of the two ends the first counts: looking for one of them alone would read on to the end of the file, for each comment.
        for (var at = open + 4; ; at++)
        {
            var length = _text[at..].IndexOf("--"u8);
            if (length < 0)
            {
                return _text.Length;
            }

            at += length;
            var behind = _text[(at + 2)..];
            if (behind.StartsWith(">"u8))
            {
                return at + 3;
            }

            if (behind.StartsWith("!>"u8))
            {
                return at + 4;
            }
        }
    }

    private readonly int Behind(int at, ReadOnlySpan<byte> sign)
    {
        var length = _text[at..].IndexOf(sign);
        return length < 0 ? _text.Length : at + length + sign.Length;
    }

    private MarkupTag WithContent(MarkupTag tag)
    {
        var name = tag.Name.ToLowerInvariant();
        Content = default;
        if (name is "script" or "style" or "textarea" or "title" or "xmp" or "iframe" or "noembed" or "noframes")
        {
            var end = name is "script" ? EndOfScript(tag.End) : EndOfText(tag.End, name);
            Content = tag.End..end;
            _at = end;
        }
        else if (name is "plaintext")
        {
            _at = _text.Length;
        }

        return tag;
    }

    private readonly int EndOfText(int at, string name)
    {
        while (true)
        {
            var length = _text[at..].IndexOf("</"u8);
            if (length < 0)
            {
                return _text.Length;
            }

            at += length;
            if (IsTag(at + 2, name))
            {
                return at;
            }

            at += 2;
        }
    }

    // A script that hides itself in a comment may hold whole script elements inside: its end tag is the one after them.
    private readonly int EndOfScript(int at)
    {
        var hidden = false;
        var nested = false;
        while (true)
        {
            var stop = _text[at..].IndexOfAny((byte)'<', (byte)'-');
            if (stop < 0)
            {
                return _text.Length;
            }

            at += stop;
            var rest = _text[at..];
            if (rest.StartsWith("<!--"u8))
            {
                hidden = true;
                at += 2;
            }
            else if (rest.StartsWith("-->"u8))
            {
                hidden = nested = false;
            }
            else if (rest.StartsWith("</"u8) && IsTag(at + 2, "script"))
            {
                if (!nested)
                {
                    return at;
                }

                nested = false;
            }
            else if (hidden && rest[0] == '<' && IsTag(at + 1, "script"))
            {
                nested = true;
            }

            at++;
        }
    }

    private readonly bool IsTag(int at, string name)
    {
        var end = at + name.Length;
        return end < _text.Length
            && Ascii.EqualsIgnoreCase(_text[at..end], name)
            && _text[end] is (byte)'>' or (byte)'/' or (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';
    }
}
