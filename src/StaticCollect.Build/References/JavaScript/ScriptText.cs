using System.Buffers;
using System.Runtime.CompilerServices;

namespace StaticCollect.Build.References.JavaScript;

/// <summary>
/// The parts of ECMAScript's lexical grammar that need no context: white space, comments, words, and the ends of
/// strings, templates and regular expressions.
/// </summary>
/// <remarks>
/// What is asked of each byte is made a part of whoever asks: a build is over before the runtime has watched the calls long
/// enough to do that by itself, and the watching takes longer than the work.
/// </remarks>
internal static class ScriptText
{
    private static readonly SearchValues<byte> DoubleQuoted = SearchValues.Create("\"\\\r\n"u8);
    private static readonly SearchValues<byte> SingleQuoted = SearchValues.Create("'\\\r\n"u8);
    private static readonly SearchValues<byte> Template = SearchValues.Create("`\\$"u8);
    private static readonly SearchValues<byte> Pattern = SearchValues.Create((byte[])[(byte)'/', (byte)'[', (byte)']', (byte)'\\', (byte)'\r', (byte)'\n', 0xE2]);

    /// <summary>The byte here, or 0 behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte At(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;

    /// <summary>Whether a byte can be part of a word: a name, keyword or number. Escaped names count as words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsWord(byte value) =>
        (uint)((value | 0x20) - 'a') < 26 || (uint)(value - '0') < 10 || value is (byte)'_' or (byte)'$' or (byte)'\\' or >= 0x80;

    /// <summary>The end of the word that starts here.</summary>
    public static int EndOfWord(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsWord(text[at]) && (text[at] < 0x80 || BlankLength(text, at) == 0))
        {
            // The braces of an escaped name belong to it.
            at = text[at] == '\\' && At(text, at + 1) == 'u' && At(text, at + 2) == '{'
                ? EndOfBracedEscape(text, at)
                : at + 1;
        }

        return at;
    }

    /// <summary>How many bytes the white space or line end here takes; 0 where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int BlankLength(ReadOnlySpan<byte> text, int at) => At(text, at) switch
    {
        (byte)' ' or (>= (byte)'\t' and <= (byte)'\r') => 1,
        < 0x80 => 0,
        var value => BlankLength(value, text, at),
    };

    private static int BlankLength(byte value, ReadOnlySpan<byte> text, int at)
    {
        var next = At(text, at + 1);
        var last = At(text, at + 2);
        return (value, next) switch
        {
            (0xC2, 0xA0) => 2,
            (0xE1, 0x9A) when last == 0x80 => 3,
            (0xE2, 0x80) when last is (>= 0x80 and <= 0x8A) or 0xA8 or 0xA9 or 0xAF => 3,
            (0xE2, 0x81) when last == 0x9F => 3,
            (0xE3, 0x80) when last == 0x80 => 3,
            (0xEF, 0xBB) when last == 0xBF => 3,
            _ => 0,
        };
    }

    /// <summary>Passes over white space and comments.</summary>
    public static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (BlankLength(text, at) is > 0 and var length)
            {
                at += length;
            }
            else if (text[at] == '/' && At(text, at + 1) == '/')
            {
                at = EndOfLine(text, at);
            }
            else if (text[at] == '/' && At(text, at + 1) == '*')
            {
                at = EndOfComment(text, at);
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>The end of the line, its line end left out.</summary>
    public static int EndOfLine(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            var stop = text[at..].IndexOfAny((byte)'\n', (byte)'\r', (byte)0xE2);
            if (stop < 0)
            {
                return text.Length;
            }

            at += stop;
            if (text[at] != 0xE2 || IsLineSeparator(text, at))
            {
                return at;
            }

            at++;
        }

        return at;
    }

    /// <summary>The end of the block comment that starts here.</summary>
    public static int EndOfComment(ReadOnlySpan<byte> text, int at)
    {
        var length = text[(at + 2)..].IndexOf("*/"u8);
        return length >= 0 ? at + length + 4 : throw new UnparsableException("a comment is not closed", at);
    }

    /// <summary>The place behind the string that starts here with its quote.</summary>
    public static int EndOfString(ReadOnlySpan<byte> text, int start)
    {
        var stops = text[start] == '"' ? DoubleQuoted : SingleQuoted;
        for (var at = start + 1; ;)
        {
            var stop = at < text.Length ? text[at..].IndexOfAny(stops) : -1;
            if (stop < 0 || text[at + stop] is (byte)'\r' or (byte)'\n')
            {
                throw new UnparsableException("a string is not closed", start);
            }

            at += stop;
            if (text[at] != '\\')
            {
                return at + 1;
            }

            at += At(text, at + 1) == '\r' && At(text, at + 2) == '\n' ? 3 : 2;
        }
    }

    /// <summary>
    /// The place behind a template, or behind the <c>${</c> that interrupts it, from a place inside of it.
    /// </summary>
    public static int EndOfTemplate(ReadOnlySpan<byte> text, int at, out bool interrupted)
    {
        for (var start = at; ;)
        {
            var stop = at < text.Length ? text[at..].IndexOfAny(Template) : -1;
            if (stop < 0)
            {
                throw new UnparsableException("a template is not closed", start);
            }

            at += stop;
            interrupted = text[at] == '$' && At(text, at + 1) == '{';
            if (interrupted)
            {
                return at + 2;
            }

            if (text[at] == '`')
            {
                return at + 1;
            }

            at += text[at] == '\\' ? 2 : 1;
        }
    }

    /// <summary>The place behind the regular expression that starts here; its flags are read as part of it.</summary>
    public static int EndOfPattern(ReadOnlySpan<byte> text, int start)
    {
        var inClass = false;
        for (var at = start + 1; at < text.Length; at++)
        {
            var stop = text[at..].IndexOfAny(Pattern);
            if (stop < 0)
            {
                break;
            }

            at += stop;
            switch (text[at])
            {
                case (byte)'/' when !inClass:
                    return EndOfWord(text, at + 1);
                case (byte)'[':
                    inClass = true;
                    break;
                case (byte)']':
                    inClass = false;
                    break;
                case (byte)'\\' when at + 1 < text.Length && text[at + 1] is not ((byte)'\r' or (byte)'\n'):
                    at++;
                    break;
                case (byte)'\r' or (byte)'\n':
                    throw new UnparsableException("a regular expression is not closed", start);
                case 0xE2 when IsLineSeparator(text, at):
                    throw new UnparsableException("a regular expression is not closed", start);
                default:
                    break;
            }
        }

        throw new UnparsableException("a regular expression is not closed", start);
    }

    private static bool IsLineSeparator(ReadOnlySpan<byte> text, int at) =>
        At(text, at + 1) == 0x80 && At(text, at + 2) is 0xA8 or 0xA9;

    private static int EndOfBracedEscape(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOf((byte)'}');
        return length < 0 ? text.Length : at + length + 1;
    }
}
