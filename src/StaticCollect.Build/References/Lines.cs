using System.Text;

namespace StaticCollect.Build.References;

/// <summary>Turns offsets, asked for in ascending order, into lines and columns.</summary>
internal ref struct Lines(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    // A byte order mark is no character of the first line.
    private int _at = text.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
    private int _line = 1;
    private int _column = 1;

    /// <summary>Line and column of an offset, both from 1, in UTF-16 units as editors count.</summary>
    public (int Line, int Column) At(int offset)
    {
        offset = Math.Max(offset, _at);
        while (_text[_at..offset].IndexOf((byte)'\n') is >= 0 and var end)
        {
            _line++;
            _column = 1;
            _at += end + 1;
        }

        _column += Encoding.UTF8.GetCharCount(_text[_at..offset]);
        _at = offset;
        return (_line, _column);
    }
}
