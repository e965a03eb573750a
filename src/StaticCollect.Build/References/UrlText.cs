using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace StaticCollect.Build.References;

/// <summary>
/// A URL while it is read out of a file: its UTF-16 units, and for each the byte at which it stands. The languages add
/// units and undo their escapes; what is common to all of them (white space around a URL, line ends inside, which URLs
/// count) happens in <see cref="ToReference"/>.
/// </summary>
internal sealed class UrlText
{
    /// <summary>Stands in a URL for what nobody knows; no name of a file holds it.</summary>
    public const char Unknown = '\0';

    private static readonly char[] ControlsAndSpace = [.. Enumerable.Range(0, ' ' + 1).Select(unit => (char)unit)];

    private readonly List<char> _units = [];
    private readonly List<int> _places = [];

    /// <summary>Makes the reference of a text that has no escapes.</summary>
    public static Reference? Plain(ReferenceKind kind, ReadOnlySpan<byte> text, int start, int end)
    {
        var bytes = text[start..end];
        if (bytes.IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0)
        {
            var url = Encoding.ASCII.GetString(bytes);
            return UrlRules.NameAFile(url) ? new Reference(kind, start, end - start, url, Offsets: null) : null;
        }

        var read = new UrlText();
        read.AddText(text, start, end);
        return read.ToReference(kind, end);
    }

    /// <summary>A URL without the white space that the URL standard drops: around it, and line ends and tabs inside.</summary>
    public static string Trimmed(ReadOnlySpan<byte> text) =>
        string.Concat(Encoding.UTF8.GetString(text).Where(unit => unit is not ('\t' or '\n' or '\r'))).Trim(ControlsAndSpace);

    /// <summary>Adds one UTF-16 unit.</summary>
    public void Add(char unit, int place)
    {
        _units.Add(unit);
        _places.Add(place);
    }

    /// <summary>Adds a code point; what is none becomes the replacement character.</summary>
    public void AddCodePoint(int codePoint, int place)
    {
        var rune = Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar;
        Span<char> units = stackalloc char[2];
        var count = rune.EncodeToUtf16(units);
        for (var i = 0; i < count; i++)
        {
            Add(units[i], place);
        }
    }

    /// <summary>Adds the character at a place of the file, and says where the next one starts.</summary>
    public int AddCharacter(ReadOnlySpan<byte> text, int at) => AddCharacter(text, at, at);

    /// <summary>The same for a character whose escape starts at an earlier place.</summary>
    public int AddCharacter(ReadOnlySpan<byte> text, int at, int place)
    {
        if (text[at] < 0x80)
        {
            Add((char)text[at], place);
            return at + 1;
        }

        // Bytes that are no UTF-8 are read as browsers read them: as the replacement character, which leads nowhere.
        _ = Rune.DecodeFromUtf8(text[at..Math.Min(at + 4, text.Length)], out var rune, out var length);
        AddCodePoint(rune.Value, place);
        return at + length;
    }

    /// <summary>Adds a stretch of the file as it is.</summary>
    public void AddText(ReadOnlySpan<byte> text, int start, int end)
    {
        // The end may cut a broken character; what follows must not be read into it.
        for (var bytes = text[..end]; start < end;)
        {
            start = AddCharacter(bytes, start);
        }
    }

    /// <summary>Whether what was read is a word of ASCII letters.</summary>
    public bool Says(ReadOnlySpan<byte> word)
    {
        if (_units.Count != word.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (_units[i] != word[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The reference of what was read, or <see langword="null"/> if it cannot name a static file. As the URL standard has it,
    /// white space around a URL and line ends and tabs inside it do not count.
    /// </summary>
    /// <param name="kind">What kind of place this is.</param>
    /// <param name="end">Where the text ends in the file.</param>
    public Reference? ToReference(ReferenceKind kind, int end)
    {
        var units = CollectionsMarshal.AsSpan(_units);
        if (units.Contains(Unknown) || HasLoneSurrogate(units))
        {
            return null;
        }

        var first = 0;
        var last = units.Length;
        while (first < last && units[first] <= ' ')
        {
            first++;
        }

        while (last > first && units[last - 1] <= ' ')
        {
            last--;
        }

        if (first == last)
        {
            return null;
        }

        var start = _places[first];
        var length = (last < units.Length ? _places[last] : end) - start;
        var url = new StringBuilder(last - first);
        var offsets = new List<int>(last - first + 1);
        for (var i = first; i < last; i++)
        {
            if (units[i] is not ('\t' or '\n' or '\r'))
            {
                url.Append(units[i]);
                offsets.Add(_places[i] - start);
            }
        }

        offsets.Add(length);
        var text = url.ToString();
        return kind == ReferenceKind.ViewLink || UrlRules.NameAFile(text) ? new Reference(kind, start, length, text, IsIdentity(offsets) ? null : [.. offsets]) : null;
    }

    private static bool IsIdentity(List<int> offsets)
    {
        for (var i = 0; i < offsets.Count; i++)
        {
            if (offsets[i] != i)
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> units)
    {
        while (Rune.DecodeFromUtf16(units[..Math.Min(2, units.Length)], out _, out var length) == OperationStatus.Done)
        {
            units = units[length..];
        }

        return !units.IsEmpty;
    }
}
