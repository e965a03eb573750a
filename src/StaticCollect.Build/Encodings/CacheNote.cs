using System.Globalization;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Encodings;

/// <summary>What the cache knows about one encoding of one content: how long it is, and the hash of its bytes.</summary>
/// <param name="Length">The number of encoded bytes.</param>
/// <param name="Hash">The hash of the encoded bytes.</param>
internal sealed record CacheNote(long Length, Sha256 Hash)
{
    /// <summary>A note is about 100 characters; whatever is longer is none.</summary>
    public const int MaximumTextLength = 256;

    private const int CheckLength = 16;

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdef");

    /// <summary>The note of some encoded bytes.</summary>
    public static CacheNote Of(ReadOnlySpan<byte> encoded) => new(encoded.Length, Sha256.Of(encoded));

    /// <summary>
    /// The note as one line of text, e.g. <c>1234 b5bb9d80... 0f343b09...</c>. The last word is a hash of the others and
    /// of the entry's name, so that a damaged note, and one that belongs to another entry, is told from a good one.
    /// </summary>
    /// <param name="name">The name of the entry.</param>
    public string ToText(string name)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Length} {Hash}");
        var check = Sha256.Of(System.Text.Encoding.UTF8.GetBytes($"{name} {text}")).Digits(CheckLength);
        return $"{text} {check}\n";
    }

    /// <summary>The note that a text holds, or <see langword="null"/> where it is not exactly what was written.</summary>
    public static CacheNote? Parse(string name, string text)
    {
        var words = text.Split(' ');
        if (words.Length != 3
            || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || words[1].Length != 2 * Sha256.Length
            || words[1].AsSpan().ContainsAnyExcept(Digits)) return null;
        var note = new CacheNote(length, Sha256.Parse(words[1]));
        return string.Equals(note.ToText(name), text, StringComparison.Ordinal) ? note : null;
    }
}
