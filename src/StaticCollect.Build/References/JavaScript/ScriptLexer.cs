using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StaticCollect.Build.References.JavaScript;

/// <summary>What the lexer stops at.</summary>
internal enum ScriptToken
{
    EndOfFile,
    Comment,
    Import,
    Export,
    New,
}

/// <summary>
/// Reads a script or module and stops at the few words that can start a reference, and at comments. It knows strings,
/// templates and comments, and tells a regular expression from a division by what stands before the slash.
/// </summary>
/// <remarks>
/// A full parser knows of each slash what it is; this one keeps only what decides it: whether the last token ends an
/// expression, and for each open bracket what its closing one will end. Where brackets do not match, it has lost its way
/// (or the text is no script) and says so.
/// </remarks>
internal ref struct ScriptLexer(ReadOnlySpan<byte> text, int start)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly List<ScriptBracket> _open = [new ScriptBracket(0, start, After.Statement)];
    private int _at = start;
    private After _after = After.Statement;
    private bool _lineStart = true;
    private ScriptWord _lastWord;

    // The next "(" follows "if", "for" and the like.
    private ScriptWord _head;

    // The next "(" opens the parameters of a function in an expression.
    private bool _functionExpression;

    // Whether the last "async" stood where an expression must follow.
    private bool _asyncExpression;

    /// <summary>Where the word or comment starts.</summary>
    public int Start { get; private set; }

    /// <summary>The place behind it.</summary>
    public readonly int End => _at;

    /// <summary>Whether nothing is open: the only place for import and export declarations.</summary>
    public readonly bool AtTopLevel => _open.Count == 1;

    /// <summary>Goes on behind a declaration that someone else has read.</summary>
    public void ContinueAt(int at)
    {
        _at = at;
        _after = After.Statement;
    }

    /// <summary>Reads on to the next token of interest.</summary>
    public ScriptToken Next()
    {
        while (_at < _text.Length)
        {
            Start = _at;
            var value = _text[_at];
            if (ScriptText.BlankLength(_text, _at) is > 0 and var blank)
            {
                _lineStart |= value is (byte)'\n' or (byte)'\r' || blank == 3;
                _at += blank;
                continue;
            }

            if (IsComment(value))
            {
                return ScriptToken.Comment;
            }

            _lineStart = false;
            if (!ScriptText.IsWord(value))
            {
                ReadSign(value);
                _lastWord = ScriptWord.Name;
                continue;
            }

            var token = ReadWord();
            if (token != ScriptToken.EndOfFile)
            {
                return token;
            }
        }

        return _open.Count == 1 ? ScriptToken.EndOfFile : throw new UnparsableException("a bracket is not closed", _open[^1].Start);
    }

    private bool IsComment(byte value)
    {
        var next = ScriptText.At(_text, _at + 1);
        if (value == '/' && next == '*')
        {
            _at = ScriptText.EndOfComment(_text, _at);
            return true;
        }

        // Scripts know the marks of HTML comments too. At the start of a line they can be nothing else.
        var isLine = (value == '/' && next == '/')
            || (value == '#' && next == '!' && _at == _open[0].Start)
            || (_lineStart && value == '<' && _text[_at..].StartsWith("<!--"u8))
            || (_lineStart && value == '-' && _text[_at..].StartsWith("-->"u8));
        if (isLine)
        {
            _at = ScriptText.EndOfLine(_text, _at);
        }

        return isLine;
    }

    private ScriptToken ReadWord()
    {
        var end = ScriptText.EndOfWord(_text, _at);
        if (end == _at)
        {
            end++;
        }

        var isNumber = char.IsAsciiDigit((char)_text[_at]);
        while (isNumber && ScriptText.At(_text, end) == '.')
        {
            // The dot of "1." and "1.5" is no property access.
            end = ScriptText.EndOfWord(_text, end + 1);
        }

        var word = isNumber || _after == After.Dot ? ScriptWord.Name : ScriptWords.Read(_text[_at..end]);
        _at = end;
        return TakeWord(word);
    }

    private ScriptToken TakeWord(ScriptWord word)
    {
        var (last, before) = (_lastWord, _after);
        _lastWord = word;
        _head = word is ScriptWord.Head or ScriptWord.For || (word == ScriptWord.Await && last == ScriptWord.For) ? Head(word) : default;
        _after = After.Expression;
        switch (word)
        {
            case ScriptWord.Operator or ScriptWord.Await or ScriptWord.Head or ScriptWord.For:
                _after = After.Operator;
                break;
            case ScriptWord.Statement:
                _after = After.Statement;
                break;
            case ScriptWord.Of when _open[^1].IsFor && before == After.Expression:
                _after = After.Operator;
                break;
            case ScriptWord.Default:
                // "export default" takes declarations, "default:" is a label.
                _after = last == ScriptWord.Export ? After.Statement : After.Operator;
                break;
            case ScriptWord.Async:
                _asyncExpression = before is After.Operator or After.Arrow;
                break;
            case ScriptWord.Function:
                _functionExpression = last == ScriptWord.Async ? _asyncExpression : before is After.Operator or After.Arrow;
                return ScriptToken.EndOfFile;
            case ScriptWord.Class when NextStartsClass():
                Top.Class = before is After.Operator or After.Arrow ? After.Expression : After.Statement;
                break;
            case ScriptWord.New:
                _after = After.Operator;
                return ScriptToken.New;
            case ScriptWord.Import:
                return ScriptToken.Import;
            case ScriptWord.Export:
                _after = After.Statement;
                return ScriptToken.Export;
            default:
                return ScriptToken.EndOfFile;
        }

        _functionExpression = false;
        return ScriptToken.EndOfFile;
    }

    // "for await (" is a head of "for" still.
    private static ScriptWord Head(ScriptWord word) => word == ScriptWord.Head ? word : ScriptWord.For;

    private readonly bool NextStartsClass()
    {
        var next = ScriptText.At(_text, ScriptText.SkipBlanks(_text, _at));
        return next == '{' || ScriptText.IsWord(next);
    }

    private void ReadSign(byte value)
    {
        var (head, isFunction) = (_head, _functionExpression);
        _head = default;
        _functionExpression = isFunction && value == '*';
        switch (value)
        {
            case (byte)'"' or (byte)'\'':
                _at = ScriptText.EndOfString(_text, _at);
                _after = After.Expression;
                break;
            case (byte)'`':
                ReadTemplate(_at + 1);
                break;
            case (byte)'/':
                _at = _after is After.Expression or After.FunctionHead ? _at + 1 : ScriptText.EndOfPattern(_text, _at);
                _after = _at == Start + 1 ? After.Operator : After.Expression;
                break;
            case (byte)'(':
                Open(value, head != default ? After.Statement : isFunction ? After.FunctionHead : After.Expression);
                Top.IsFor = head == ScriptWord.For;
                break;
            case (byte)'[':
                Open(value, After.Expression);
                break;
            case (byte)'{':
                OpenBrace();
                break;
            case (byte)')':
                Close('(');
                break;
            case (byte)']':
                Close('[');
                break;
            case (byte)'}' when Top.Sign == '`':
                _open.RemoveAt(_open.Count - 1);
                ReadTemplate(_at + 1);
                break;
            case (byte)'}':
                Close('{');
                break;
            default:
                ReadOperator(value);
                break;
        }
    }

    private void ReadOperator(byte value)
    {
        var next = ScriptText.At(_text, _at + 1);
        var isDigit = char.IsAsciiDigit((char)next);
        switch (value)
        {
            case (byte)';':
                Step(1, After.Statement);
                break;
            case (byte)'.' when isDigit:
                Step(1, After.Operator);
                break;
            case (byte)'.' when next == '.':
                Step(3, After.Operator);
                break;
            case (byte)'.':
                Step(1, After.Dot);
                break;
            case (byte)'?' when next == '.' && !char.IsAsciiDigit((char)ScriptText.At(_text, _at + 2)):
                Step(2, After.Dot);
                break;
            case (byte)'?' when next == '?':
                Step(2, After.Operator);
                break;
            case (byte)'?':
                Top.Questions++;
                Step(1, After.Operator);
                break;
            case (byte)':':
                Step(1, Top.TakeColon());
                break;
            case (byte)'=' when next == '>':
                Step(2, After.Arrow);
                break;
            case (byte)'+' or (byte)'-' when next == value:
                // Behind an expression they belong to it, before one they ask for it.
                Step(2, _after);
                break;
            case (byte)'#' or (byte)'@':
                // The name behind it is no keyword.
                Step(1, After.Dot);
                break;
            default:
                Step(1, After.Operator);
                break;
        }
    }

    private void Step(int length, After after)
    {
        _at = Math.Min(_at + length, _text.Length);
        _after = after;
    }

    private void ReadTemplate(int inside)
    {
        _at = ScriptText.EndOfTemplate(_text, inside, out var interrupted);
        _after = After.Expression;
        if (interrupted)
        {
            _open.Add(new ScriptBracket((byte)'`', Start, After.Expression));
            _after = After.Operator;
        }
    }

    private void OpenBrace()
    {
        ref var top = ref Top;
        var closes = After.Statement;
        if (top.Class != default && _after == After.Expression)
        {
            (closes, top.Class) = (top.Class, default);
        }
        else if (_after is After.Operator or After.FunctionHead)
        {
            closes = After.Expression;
        }

        var isObject = _after == After.Operator;
        Open((byte)'{', closes);
        Top.IsObject = isObject;
        _after = isObject ? After.Operator : After.Statement;
    }

    private void Open(byte sign, After closes)
    {
        _open.Add(new ScriptBracket(sign, _at, closes));
        _at++;
        _after = After.Operator;
    }

    private void Close(char sign)
    {
        if (Top.Sign != sign)
        {
            throw new UnparsableException("a closing bracket matches no open one", _at);
        }

        _after = Top.Closes;
        _open.RemoveAt(_open.Count - 1);
        _at++;
    }

    private readonly ref ScriptBracket Top
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref CollectionsMarshal.AsSpan(_open)[^1];
    }
}
