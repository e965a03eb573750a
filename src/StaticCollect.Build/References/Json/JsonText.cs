using System.Buffers.Text;
using System.Text.Json;

namespace StaticCollect.Build.References.Json;

/// <summary>JSON strings as places of references.</summary>
internal static class JsonText
{
    /// <summary>A reader that minds nothing but the grammar.</summary>
    public static Utf8JsonReader Reader(ReadOnlySpan<byte> text) => new(text, new JsonReaderOptions { MaxDepth = 1000 });

    /// <summary>Where the text of the string stands that was read last, quotes left out.</summary>
    public static (int Start, int Length) Range(in Utf8JsonReader reader) => ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);

    /// <summary>The URL of the string that was read last, or <see langword="null"/> where it names no static file.</summary>
    public static Reference? ToReference(ReferenceKind kind, ReadOnlySpan<byte> text, in Utf8JsonReader reader)
    {
        var (start, length) = Range(reader);
        var end = start + length;
        if (!reader.ValueIsEscaped)
        {
            return UrlText.Plain(kind, text, start, end);
        }

        return Unescaped(text[..end], start).ToReference(kind, end);
    }

    /// <summary>
    /// Whether the string that was read last says a word. The reader itself would throw where an escape is half a character,
    /// which is no word but good JSON.
    /// </summary>
    public static bool Says(in Utf8JsonReader reader, ReadOnlySpan<byte> word) => reader.ValueIsEscaped
        ? Unescaped(reader.ValueSpan, 0).Says(word)
        : reader.ValueSpan.SequenceEqual(word);

    private static UrlText Unescaped(ReadOnlySpan<byte> text, int at)
    {
        var read = new UrlText();
        while (at < text.Length)
        {
            if (text[at] != '\\')
            {
                at = read.AddCharacter(text, at);
                continue;
            }

            // The reader has seen to it that the escapes are whole.
            var control = "bfnrt"u8.IndexOf(text[at + 1]);
            if (text[at + 1] == 'u')
            {
                _ = Utf8Parser.TryParse(text.Slice(at + 2, 4), out ushort unit, out _, 'x');
                read.Add((char)unit, at);
                at += 6;
            }
            else
            {
                read.Add(control < 0 ? (char)text[at + 1] : "\b\f\n\r\t"[control], at);
                at += 2;
            }
        }

        return read;
    }
}
