namespace StaticCollect.Build.References.JavaScript;

/// <summary>
/// The grammar around the words that can start a reference. Each method looks ahead from behind the word, changes
/// nothing, and finds the range of the literal, quotes included; an empty range where there is none.
/// </summary>
internal static class ScriptDeclarations
{
    private const int LongestComputed = 1000;

    /// <summary>The module of an import declaration.</summary>
    public static Range Import(ReadOnlySpan<byte> text, int at)
    {
        at = ScriptText.SkipBlanks(text, at);
        if (IsQuote(text, at))
        {
            return String(text, at);
        }

        // Before the clause at most two words: a phase ("defer", "source") and the default name; "from" may be either.
        for (var words = 0; words < 3 && ScriptText.IsWord(ScriptText.At(text, at)); words++)
        {
            if (From(text, at) is { } module && !IsEmpty(module))
            {
                return module;
            }

            at = ScriptText.SkipBlanks(text, ScriptText.EndOfWord(text, at));
        }

        if (ScriptText.At(text, at) == ',')
        {
            at = ScriptText.SkipBlanks(text, at + 1);
        }

        return Clause(text, at);
    }

    /// <summary>The module of an export declaration.</summary>
    public static Range Export(ReadOnlySpan<byte> text, int at) => Clause(text, ScriptText.SkipBlanks(text, at));

    /// <summary>The first argument of <c>import(...)</c> or <c>import.meta.resolve(...)</c>.</summary>
    public static Range ImportCall(ReadOnlySpan<byte> text, int at)
    {
        at = ScriptText.SkipBlanks(text, at);
        if (ScriptText.At(text, at) == '.')
        {
            at = Word(text, at + 1, "meta"u8) is > 0 and var meta
                ? Word(text, Sign(text, meta, '.'), "resolve"u8)
                : Math.Max(Word(text, at + 1, "defer"u8), Word(text, at + 1, "source"u8));
        }

        at = Sign(text, at, '(');
        var literal = Literal(text, at);
        if (IsEmpty(literal))
        {
            return default;
        }

        var behind = ScriptText.At(text, ScriptText.SkipBlanks(text, literal.End.Value));
        return behind is (byte)')' or (byte)',' ? literal : default;
    }

    /// <summary>
    /// The argument of an <c>import(...)</c> that begins with a literal and goes on with what is only known at run time: a
    /// template with substitutions, or a string with something added to it.
    /// </summary>
    public static ComputedImport? ComputedCall(ReadOnlySpan<byte> text, int at)
    {
        at = Sign(text, at, '(');
        if (at <= 0)
        {
            return null;
        }

        at = ScriptText.SkipBlanks(text, at);

        // Nobody writes longer ones, and no file shall be read again and again for its unclosed ones.
        var rest = text.Slice(at, Math.Min(text.Length - at, LongestComputed));
        if (rest.Length > 0 && rest[0] == '`')
        {
            return Template(rest, at);
        }

        var literal = Literal(text, at);
        return !IsEmpty(literal) && ScriptText.At(text, ScriptText.SkipBlanks(text, literal.End.Value)) == '+'
            ? new ComputedImport(at, Text(text[(literal.Start.Value + 1)..(literal.End.Value - 1)]), "")
            : null;
    }

    private static ComputedImport? Template(ReadOnlySpan<byte> template, int start)
    {
        var (prefix, suffix, depth) = (0, 0, 0);
        for (var i = 1; i < template.Length; i++)
        {
            switch (template[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'`' when depth == 0:
                    return prefix == 0 ? null : new ComputedImport(start, Text(template[1..prefix]), Text(template[suffix..i]));
                case (byte)'$' when depth == 0 && i + 1 < template.Length && template[i + 1] == '{':
                    prefix = prefix == 0 ? i : prefix;
                    depth = 1;
                    i++;
                    break;
                case (byte)'{' when depth > 0:
                    depth++;
                    break;
                case (byte)'}' when depth > 0:
                    depth--;
                    suffix = i + 1;
                    break;
            }
        }

        return null;
    }

    private static string Text(ReadOnlySpan<byte> text) => System.Text.Encoding.UTF8.GetString(text);

    /// <summary>The first argument of <c>new URL(..., import.meta.url)</c>.</summary>
    public static Range NewUrl(ReadOnlySpan<byte> text, int at)
    {
        var literal = Literal(text, Sign(text, Word(text, at, "URL"u8), '('));
        if (IsEmpty(literal))
        {
            return default;
        }

        at = Word(text, Sign(text, literal.End.Value, ','), "import"u8);
        at = Word(text, Sign(text, at, '.'), "meta"u8);
        at = Word(text, Sign(text, at, '.'), "url"u8);
        var close = Sign(text, at, ',') is > 0 and var comma ? comma : at;
        return Sign(text, close, ')') > 0 ? literal : default;
    }

    private static bool IsEmpty(Range range) => range.End.Value == 0;

    // "* from", "* as name from" or "{ ... } from".
    private static Range Clause(ReadOnlySpan<byte> text, int at)
    {
        if (ScriptText.At(text, at) == '{')
        {
            return From(text, EndOfNames(text, at + 1));
        }

        if (ScriptText.At(text, at) != '*')
        {
            return default;
        }

        at++;
        if (Word(text, at, "as"u8) is > 0 and var name)
        {
            name = ScriptText.SkipBlanks(text, name);
            at = IsQuote(text, name) ? ScriptText.EndOfString(text, name) : ScriptText.EndOfWord(text, name);
        }

        return From(text, at);
    }

    // The place behind "a, b as c, "d" as e }"; 0 if something else stands there.
    private static int EndOfNames(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            at = ScriptText.SkipBlanks(text, at);
            var value = ScriptText.At(text, at);
            if (value == '}')
            {
                return at + 1;
            }

            if (value is (byte)'"' or (byte)'\'')
            {
                at = ScriptText.EndOfString(text, at);
            }
            else if (ScriptText.IsWord(value))
            {
                at = ScriptText.EndOfWord(text, at);
            }
            else if (value == ',')
            {
                at++;
            }
            else
            {
                return 0;
            }
        }
    }

    private static Range From(ReadOnlySpan<byte> text, int at)
    {
        at = Word(text, at, "from"u8);
        at = at == 0 ? 0 : ScriptText.SkipBlanks(text, at);
        return at > 0 && IsQuote(text, at) ? String(text, at) : default;
    }

    // The place behind a word, or 0 if another one stands here. 0 as the place leads to 0, so that steps can be chained.
    private static int Word(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word)
    {
        if (at == 0)
        {
            return 0;
        }

        at = ScriptText.SkipBlanks(text, at);
        var end = ScriptText.EndOfWord(text, at);
        return text[at..end].SequenceEqual(word) ? end : 0;
    }

    private static int Sign(ReadOnlySpan<byte> text, int at, char sign)
    {
        at = at == 0 ? 0 : ScriptText.SkipBlanks(text, at);
        return at > 0 && ScriptText.At(text, at) == sign ? at + 1 : 0;
    }

    private static bool IsQuote(ReadOnlySpan<byte> text, int at) => ScriptText.At(text, at) is (byte)'"' or (byte)'\'';

    private static Range String(ReadOnlySpan<byte> text, int at) => at..ScriptText.EndOfString(text, at);

    private static Range Literal(ReadOnlySpan<byte> text, int at)
    {
        at = at == 0 ? 0 : ScriptText.SkipBlanks(text, at);
        if (at > 0 && IsQuote(text, at))
        {
            return String(text, at);
        }

        if (at == 0 || ScriptText.At(text, at) != '`')
        {
            return default;
        }

        var end = ScriptText.EndOfTemplate(text, at + 1, out var interrupted);
        return interrupted ? default : at..end;
    }
}
