using System.Text;

namespace StaticCollect.Build.References.Markup;

/// <summary>
/// Takes the code out of a view: in its place stands <see cref="UrlText.Unknown"/>, so that what is left is markup with every
/// byte in its place. Markup in code stays. What is broken, or nested too deep, is code to its end: of that nobody is told anything.
/// </summary>
internal ref partial struct RazorCode
{
    private const int MostNested = 64;

    private readonly ReadOnlySpan<byte> _text;
    private readonly byte[] _markup;
    private readonly List<(int Start, int End)> _assets = [];
    private readonly List<byte> _brackets = [];
    private readonly List<string> _open = [];
    private int _at;
    private int _nested;

    private RazorCode(ReadOnlySpan<byte> text, int start)
    {
        _text = text;
        _markup = text.ToArray();
        _at = start;
    }

    /// <summary>The markup of a view.</summary>
    /// <param name="text">The view.</param>
    /// <param name="start">Where its text begins.</param>
    /// <param name="assets">The texts in <c>Assets["..."]</c>, in ascending order.</param>
    public static byte[] Hide(ReadOnlySpan<byte> text, int start, out IReadOnlyList<(int Start, int End)> assets)
    {
        var code = new RazorCode(text, start);
        while (code.SkipTo("@"u8))
            code.Transition();
        assets = code._assets;
        return code._markup;
    }

    private readonly byte this[int at] => at >= 0 && at < _text.Length ? _text[at] : (byte)0;

    private readonly byte Now => this[_at];

    private readonly byte Next => this[_at + 1];

    private readonly bool IsAtEnd => _at >= _text.Length;

    /// <summary>What an <c>@</c> in markup begins.</summary>
    private void Transition()
    {
        var start = _at;
        switch (Next)
        {
            case (byte)'@':
                _at += 2;
                break;
            case (byte)'*':
                SkipBehind("*@"u8, 2);
                Hide(start);
                break;
            case (byte)'(' or (byte)'{':
                _at++;
                Hide(start);
                Code();
                break;
            case var letter when IsLetter(letter) && !IsLetterOrDigit(this[_at - 1]):
                Word();
                break;

            // Part of an address of mail, or of a name such as logo@2x.png.
            default:
                _at++;
                break;
        }
    }

    private void Word()
    {
        var start = _at++;
        var word = Identifier();
        if (word is "Assets")
            NoteAsset();
        Hide(start);
        switch (word)
        {
            case "if" or "for" or "foreach" or "while" or "switch" or "do" or "try" or "lock" or "helper":
            case "using" when AfterBlanks() == '(':
                Statement(isLoop: word is "do");
                break;
            case "code" or "functions" when AfterBlanks() == '{':
                SkipBlanks();
                Code();
                break;
            case "section" when IsBlank(Now):
                SkipBlanks();
                Identifier();
                SkipBlanks();
                _at += Now == '{' ? 1 : 0;
                Hide(start);
                break;
            case "await" when IsBlank(Now):
                SkipBlanks();
                var awaited = Identifier();
                Hide(start);
                if (awaited is "foreach" or "using")
                    Statement(isLoop: false);
                else
                    Expression();
                break;
            case "attribute" when AfterBlanks() == '[':
                SkipBlanks();
                Code();
                break;
            case "page" or "model" or "using" or "inherits" or "inject" or "implements" or "layout" or "namespace" or "typeparam" or "rendermode"
                or "preservewhitespace" or "addTagHelper" or "removeTagHelper" or "tagHelperPrefix" when IsBlank(Now) && IsFirstOfLine(start):
                SkipTo("\n"u8);
                Hide(start);
                break;
            default:
                Expression();
                break;
        }
    }

    /// <summary>What goes on behind the first name of an expression: members, calls and indexes.</summary>
    private void Expression()
    {
        var start = _at;
        while (true)
        {
            if (Now is (byte)'(' or (byte)'[')
            {
                Hide(start);
                Code();
                start = _at;
            }
            else if (Now == '.' && IsLetter(Next))
            {
                _at++;
                Identifier();
            }
            else if ((Now == '?' && Next == '.' && IsLetter(this[_at + 2])) || (Now is (byte)'?' or (byte)'!' && Next is (byte)'[') || (Now == '!' && Next is (byte)'.' or (byte)'('))
            {
                _at++;
            }
            else
            {
                Hide(start);
                return;
            }
        }
    }

    /// <summary>What stands behind <c>@if</c> and the like, to the end of its last block.</summary>
    private void Statement(bool isLoop)
    {
        var start = _at;
        while (true)
        {
            SkipBlanks();
            if (Now is (byte)'(' or (byte)'{')
            {
                var isBlock = Now == '{';
                Hide(start);
                Code();
                start = _at;
                if (!isBlock)
                    continue;
                SkipBlanks();
                while (Now == '@' && Next == '*')
                {
                    SkipBehind("*@"u8, 2);
                    SkipBlanks();
                }

                var isMore = Identifier() is var word && (word is "else" or "catch" or "finally" || (isLoop && word is "while"));
                if (!isMore)
                {
                    _at = start;
                    return;
                }
            }
            else if (IsLetter(Now))
            {
                Identifier();
            }
            else
            {
                _at += Now == ';' ? 1 : 0;
                Hide(start);
                return;
            }
        }
    }

    /// <summary>Code from a bracket to the one that closes it.</summary>
    private void Code()
    {
        if (++_nested > MostNested)
            GiveUp();
        var outside = _brackets.Count;
        var start = _at;
        var mayBeMarkup = false;
        while (!IsAtEnd)
        {
            var sign = Now;
            if (sign is (byte)'(' or (byte)'[' or (byte)'{')
            {
                _brackets.Add(sign);
                _at++;
                mayBeMarkup = sign == '{';
            }
            else if (sign is (byte)')' or (byte)']' or (byte)'}')
            {
                _brackets.RemoveAt(_brackets.Count - 1);
                _at++;
                mayBeMarkup = sign == '}';
                if (_brackets.Count == outside)
                    break;
            }
            else if (sign == '<' && mayBeMarkup && IsMarkup(Next))
            {
                Hide(start);
                Element();
                start = _at;
            }
            else if (sign == '@' && Next == '<' && IsMarkup(this[_at + 2]))
            {
                _at++;
                Hide(start);
                Element();
                start = _at;
                mayBeMarkup = false;
            }
            else if (sign == '@' && Next == ':')
            {
                _at += 2;
                Hide(start);
                Line();
                start = _at;
                mayBeMarkup = true;
            }
            else if (!SkipBlanksAndComments())
            {
                Token();
                mayBeMarkup = sign is (byte)';' or (byte)':' && _brackets[^1] == '{';
            }
        }

        // Where it breaks off.
        _brackets.RemoveRange(outside, _brackets.Count - outside);
        Hide(start);
        _nested--;
    }

    private void Token()
    {
        if (IsLetter(Now))
        {
            var isMember = this[_at - 1] == '.';
            if (Identifier() is "Assets" && !isMember)
                NoteAsset();
        }
        else if (Now == '"' || (Now is (byte)'@' or (byte)'$' && IsText()))
        {
            Text();
        }
        else if (Now == '\'')
        {
            Character();
        }
        else
        {
            _at++;
        }
    }

    private readonly bool IsText()
    {
        var at = _at;
        while (this[at] is (byte)'@' or (byte)'$' && at < _at + MostNested)
            at++;
        return this[at] == '"';
    }

    private void Text()
    {
        var (isVerbatim, isInterpolated) = (false, false);
        for (; Now != '"'; _at++)
            (isVerbatim, isInterpolated) = (isVerbatim || Now == '@', isInterpolated || Now == '$');
        if (!isVerbatim && Next == '"' && this[_at + 2] == '"')
        {
            // A raw one, whose holes are not looked into.
            SkipBehind("\"\"\""u8, 3);
            while (Now == '"')
                _at++;
            return;
        }

        for (_at++; SkipTo(isInterpolated ? "\"\\\n{"u8 : "\"\\\n"u8);)
        {
            switch (Now)
            {
                case (byte)'"' when isVerbatim && Next == '"':
                case (byte)'{' when Next == '{':
                case (byte)'\\' when !isVerbatim:
                    _at += 2;
                    break;
                case (byte)'{':
                    Code();
                    break;
                case (byte)'\\':
                case (byte)'\n' when isVerbatim:
                    _at++;
                    break;

                // Its end, or that of its line.
                default:
                    _at++;
                    return;
            }
        }
    }

    private void Character()
    {
        var isEscaped = Next == '\\';
        for (var length = isEscaped ? 3 : 2; length <= (isEscaped ? 11 : 5); length++)
        {
            if (this[_at + length] == '\'')
            {
                _at += length;
                break;
            }
        }

        _at++;
    }

    private void NoteAsset()
    {
        var start = AfterBlanks(_at + 1) + 1;
        if (Now != '[' || this[start - 1] != '"')
            return;
        var length = _text[Within(start)..].IndexOfAny((byte)'"', (byte)'\\', (byte)'\n');
        if (length > 0 && this[start + length] == '"' && this[AfterBlanks(start + length + 1)] == ']')
            _assets.Add((start, start + length));
    }

    private string Identifier()
    {
        var start = _at = Within(_at);
        while (IsLetterOrDigit(Now))
            _at++;
        return Encoding.Latin1.GetString(_text[start.._at]);
    }

    private bool SkipBlanksAndComments()
    {
        var start = _at;
        if (Now == '/' && Next == '/')
            SkipTo("\n"u8);
        else if (Now == '/' && Next == '*')
            SkipBehind("*/"u8, 2);
        else if (Now == '@' && Next == '*')
            SkipBehind("*@"u8, 2);
        else if (Now == '#' && IsFirstOfLine(_at))
            SkipTo("\n"u8);
        else
            SkipBlanks();
        return _at > start;
    }

    private void SkipBlanks() => _at = AfterBlanks(_at);

    private readonly byte AfterBlanks() => this[AfterBlanks(_at)];

    private readonly int AfterBlanks(int at)
    {
        while (IsBlank(this[at]))
            at++;
        return at;
    }

    private readonly bool IsFirstOfLine(int at)
    {
        while (this[--at] is (byte)' ' or (byte)'\t')
            continue;
        return at < 0 || _text[at] is (byte)'\n' or (byte)'\r' || (at == 2 && _text[at] == 0xBF);
    }

    private bool SkipTo(ReadOnlySpan<byte> signs) => Go(_text[(_at = Within(_at))..].IndexOfAny(signs));

    private bool SkipTo(byte one, byte another) => Go(_text[(_at = Within(_at))..].IndexOfAny(one, another));

    private void SkipBehind(ReadOnlySpan<byte> sign, int from)
    {
        _at = Within(_at + from);
        if (Go(_text[_at..].IndexOf(sign)))
            _at += sign.Length;
    }

    private bool Go(int length)
    {
        _at = length < 0 ? _text.Length : _at + length;
        return length >= 0;
    }

    private void GiveUp()
    {
        var start = _at;
        _at = _text.Length;
        Hide(start);
    }

    private void Hide(int start)
    {
        _at = Within(_at);
        _markup.AsSpan(Within(start).._at).Clear();
    }

    // A step behind the last sign goes over the end.
    private readonly int Within(int at) => Math.Min(at, _text.Length);

    private static bool IsMarkup(byte next) => IsLetter(next) || next == '!';

    private static bool IsLetter(byte value) => char.IsAsciiLetter((char)value) || value is (byte)'_' or >= 0x80;

    private static bool IsLetterOrDigit(byte value) => IsLetter(value) || char.IsAsciiDigit((char)value);

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';
}
