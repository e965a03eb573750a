using System.Text;

namespace StaticCollect.Build.References.Markup;

/// <summary>An attribute of a tag: its name in lower case, and where its value stands without quotes.</summary>
internal readonly record struct MarkupAttribute(string Name, int Start, int End);

/// <summary>
/// A tag of HTML or XML, read as the HTML standard reads it; well-formed XML comes out the same. Of attributes with one
/// name the first counts.
/// </summary>
internal sealed class MarkupTag
{
    private readonly List<MarkupAttribute> _attributes = [];

    /// <summary>The name of the element as it is written.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<MarkupAttribute> Attributes => _attributes;

    /// <summary>The place behind the tag.</summary>
    public int End { get; private set; }

    /// <summary>Whether the tag closes itself, as XML tags can.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>The value of an attribute, or <see langword="null"/>.</summary>
    public MarkupAttribute? Find(string name)
    {
        foreach (var attribute in _attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Reads a tag.</summary>
    /// <param name="text">The file.</param>
    /// <param name="at">Where the name of the element starts.</param>
    /// <returns>The tag, or <see langword="null"/> if the file ends in it.</returns>
    public static MarkupTag? Read(ReadOnlySpan<byte> text, int at)
    {
        var end = at;
        while (end < text.Length && !IsBlank(text[end]) && text[end] is not ((byte)'/' or (byte)'>'))
        {
            end++;
        }

        var tag = new MarkupTag { Name = Encoding.Latin1.GetString(text[at..end]) };
        return tag.ReadAttributes(text, end) ? tag : null;
    }

    private bool ReadAttributes(ReadOnlySpan<byte> text, int at)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            at = SkipBlanks(text, at);
            if (at >= text.Length)
            {
                return false;
            }

            if (text[at] == '>')
            {
                IsEmpty = text[at - 1] == '/' && (_attributes.Count == 0 || _attributes[^1].End < at);
                End = at + 1;
                return true;
            }

            if (text[at] == '/')
            {
                at++;
                continue;
            }

            // An equals sign in front belongs to the name.
            var nameEnd = at + 1;
            while (nameEnd < text.Length && !IsBlank(text[nameEnd]) && text[nameEnd] is not ((byte)'/' or (byte)'>' or (byte)'='))
            {
                nameEnd++;
            }

            var name = Encoding.Latin1.GetString(text[at..nameEnd]).ToLowerInvariant();
            at = ReadValue(text, nameEnd, out var start, out var end);
            if (at < 0)
            {
                return false;
            }

            if (names.Add(name))
            {
                _attributes.Add(new MarkupAttribute(name, start, end));
            }
        }
    }

    // The place behind the value; -1 if the file ends in it.
    private static int ReadValue(ReadOnlySpan<byte> text, int at, out int start, out int end)
    {
        start = end = at;
        var sign = SkipBlanks(text, at);
        if (sign >= text.Length || text[sign] != '=')
        {
            return at;
        }

        start = SkipBlanks(text, sign + 1);
        if (start >= text.Length)
        {
            return -1;
        }

        if (text[start] is (byte)'"' or (byte)'\'')
        {
            var length = text[(start + 1)..].IndexOf(text[start]);
            start++;
            end = start + length;
            return length < 0 ? -1 : end + 1;
        }

        end = start;
        while (end < text.Length && !IsBlank(text[end]) && text[end] != '>')
        {
            end++;
        }

        return end;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && IsBlank(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';
}
