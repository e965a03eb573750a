using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace StaticCollect.Build.References.Css;

internal enum CssToken
{
    EndOfFile,
    WhiteSpace,
    Comment,
    String,
    Url,
    Function,
    AtKeyword,
    Semicolon,

    /// <summary>One of <c>( [ {</c>.</summary>
    Open,

    /// <summary>One of <c>) ] }</c>.</summary>
    Close,

    /// <summary>What holds no reference: names, numbers, other signs, broken strings and URLs.</summary>
    Other,
}

/// <summary>
/// The tokenizer of CSS Syntax Level 3, over UTF-8 bytes. It fails on no input, as the standard has it. Tokens that no
/// reference depends on are not told apart, but are passed over exactly.
/// </summary>
/// <remarks>
/// What is asked of each byte is made a part of whoever asks: a build is over before the runtime has watched the calls long
/// enough to do that by itself, and the watching takes longer than the work.
/// </remarks>
internal ref struct CssTokenizer(ReadOnlySpan<byte> text, int start)
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create("\"'\\\n\r\f"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = start;

    /// <summary>Where the token starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the content starts: of a string, URL or comment without its marks, the name of a function.</summary>
    public int ContentStart { get; private set; }

    /// <summary>Where the content ends.</summary>
    public int ContentEnd { get; private set; }

    public CssToken Next()
    {
        if (_at >= _text.Length)
        {
            return CssToken.EndOfFile;
        }

        Start = _at;
        var first = _text[_at];
        switch (first)
        {
            case (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f':
                _at = SkipWhiteSpace(_at);
                return CssToken.WhiteSpace;
            case (byte)'"' or (byte)'\'':
                return ReadString(first);
            case (byte)'/' when Peek(1) == '*':
                return ReadComment();
            case (byte)'(' or (byte)'[' or (byte)'{':
                _at++;
                return CssToken.Open;
            case (byte)')' or (byte)']' or (byte)'}':
                _at++;
                return CssToken.Close;
            case (byte)';':
                _at++;
                return CssToken.Semicolon;
            case (byte)'@' when StartsName(_at + 1):
                ContentStart = _at + 1;
                ContentEnd = _at = EndOfName(ContentStart);
                return CssToken.AtKeyword;
            case (byte)'#':
                // The name behind a hash may start with anything, and "#url(" is no function.
                _at = EndOfName(_at + 1);
                return CssToken.Other;
            case (byte)'<' when _text[_at..].StartsWith("<!--"u8):
                _at += 4;
                return CssToken.Other;
            case (byte)'-' when _text[_at..].StartsWith("-->"u8):
                _at += 3;
                return CssToken.Other;
            case var letter when IsNameStart(letter):
                return ReadName();
            default:
                return StartsNumber(_at) ? ReadNumber() : StartsName(_at) ? ReadName() : ReadSign();
        }
    }

    /// <summary>Whether the name of a function or at-rule is this one, in any case and with any escapes.</summary>
    /// <param name="lowerCase">The name in lower case.</param>
    public readonly bool NameIs(ReadOnlySpan<byte> lowerCase)
    {
        var name = _text[ContentStart..ContentEnd];
        if (!name.Contains((byte)'\\'))
        {
            return Ascii.EqualsIgnoreCase(name, lowerCase);
        }

        var at = ContentStart;
        foreach (var letter in lowerCase)
        {
            if (at >= ContentEnd)
            {
                return false;
            }

            int unit = _text[at];
            at = unit == '\\' ? CssEscape.Read(_text, at, out unit) : at + 1;
            if (unit > 0x7F || char.ToLowerInvariant((char)unit) != letter)
            {
                return false;
            }
        }

        return at == ContentEnd;
    }

    private CssToken ReadSign()
    {
        _at++;
        return CssToken.Other;
    }

    private CssToken ReadComment()
    {
        ContentStart = _at + 2;
        var length = _text[ContentStart..].IndexOf("*/"u8);
        ContentEnd = length < 0 ? _text.Length : ContentStart + length;
        _at = Math.Min(ContentEnd + 2, _text.Length);
        return CssToken.Comment;
    }

    private CssToken ReadString(byte quote)
    {
        ContentStart = ++_at;
        while (true)
        {
            var stop = _text[_at..].IndexOfAny(StringStops);
            if (stop < 0)
            {
                // The end of the file closes a string.
                ContentEnd = _at = _text.Length;
                return CssToken.String;
            }

            _at += stop;
            var value = _text[_at];
            if (value == quote)
            {
                ContentEnd = _at++;
                return CssToken.String;
            }

            if (value == '\\')
            {
                _at = CssEscape.Skip(_text, _at);
            }
            else if (value is (byte)'"' or (byte)'\'')
            {
                _at++;
            }
            else
            {
                // A line end breaks the string, and is not part of it.
                return CssToken.Other;
            }
        }
    }

    private CssToken ReadNumber()
    {
        _at += _text[_at] is (byte)'+' or (byte)'-' ? 1 : 0;
        SkipDigits();
        if (Peek(0) == '.' && IsDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
        }

        if ((Peek(0) | 0x20) == 'e' && (IsDigit(Peek(1)) || (Peek(1) is '+' or '-' && IsDigit(Peek(2)))))
        {
            _at += 2;
            SkipDigits();
        }

        // A unit is part of the number, so "2url(" is no function.
        if (StartsName(_at))
        {
            _at = EndOfName(_at);
        }

        return CssToken.Other;
    }

    private CssToken ReadName()
    {
        ContentStart = _at;
        ContentEnd = _at = EndOfName(_at);
        if (Peek(0) != '(')
        {
            return CssToken.Other;
        }

        _at++;
        if (!NameIs("url"u8))
        {
            return CssToken.Function;
        }

        var inside = SkipWhiteSpace(_at);
        return inside < _text.Length && _text[inside] is (byte)'"' or (byte)'\'' ? CssToken.Function : ReadUrl(inside);
    }

    // The text of url() without quotes.
    private CssToken ReadUrl(int inside)
    {
        ContentStart = _at = inside;
        while (_at < _text.Length && _text[_at] != ')')
        {
            var value = _text[_at];
            if (IsWhiteSpace(value))
            {
                ContentEnd = _at;
                _at = SkipWhiteSpace(_at);
                if (_at < _text.Length && _text[_at] != ')')
                {
                    return SkipBadUrl();
                }

                _at = Math.Min(_at + 1, _text.Length);
                return CssToken.Url;
            }

            if (value is (byte)'"' or (byte)'\'' or (byte)'(' or 0x7F or (>= 1 and < 0x20)
                || (value == '\\' && !CssEscape.IsValid(_text, _at)))
            {
                return SkipBadUrl();
            }

            _at = value == '\\' ? CssEscape.Skip(_text, _at) : _at + 1;
        }

        ContentEnd = _at;
        _at = Math.Min(_at + 1, _text.Length);
        return CssToken.Url;
    }

    private CssToken SkipBadUrl()
    {
        while (_at < _text.Length && _text[_at] != ')')
        {
            _at = CssEscape.IsValid(_text, _at) ? CssEscape.Skip(_text, _at) : _at + 1;
        }

        _at = Math.Min(_at + 1, _text.Length);
        return CssToken.Other;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool StartsName(int at)
    {
        if (at < _text.Length && _text[at] == '-')
        {
            at++;
            if (at < _text.Length && _text[at] == '-')
            {
                return true;
            }
        }

        return at < _text.Length && (IsNameStart(_text[at]) || CssEscape.IsValid(_text, at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly bool StartsNumber(int at)
    {
        at += _text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
        at += at < _text.Length && _text[at] == '.' ? 1 : 0;
        return at < _text.Length && IsDigit(_text[at]);
    }

    private readonly int EndOfName(int at)
    {
        while (true)
        {
            while (at < _text.Length && (IsNameStart(_text[at]) || IsDigit(_text[at]) || _text[at] == '-'))
            {
                at++;
            }

            if (at >= _text.Length || !CssEscape.IsValid(_text, at))
            {
                return at;
            }

            at = CssEscape.Skip(_text, at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipDigits()
    {
        while (IsDigit(Peek(0)))
        {
            _at++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SkipWhiteSpace(int at)
    {
        while (at < _text.Length && IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsDigit(int value) => (uint)(value - '0') < 10;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsWhiteSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';

    // A null byte counts as the replacement character, which is not ASCII.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNameStart(byte value) => (uint)((value | 0x20) - 'a') < 26 || value is (byte)'_' or >= 0x80 or 0;
}
