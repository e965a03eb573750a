using System.Buffers;
using System.Globalization;
using System.Text;

namespace StaticCollect.Build.Diagnostics;

/// <summary>
/// Texts as a terminal may show them. Names of files and packages stand in nearly every line, and whoever gives a name could
/// otherwise clear the screen with it, colour a lie green, or turn it round (<c>U+202E</c>).
/// </summary>
internal static class Printable
{
    // They join letters in several scripts, and people in emoji; they move nothing.
    private const int NonJoiner = 0x200c;
    private const int Joiner = 0x200d;

    /// <summary>The text with each character that moves or hides others written as <c>\u202e</c>.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;
        var shown = new StringBuilder(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf16(rest, out var rune, out var length);
            if (status == OperationStatus.Done && !Acts(rune))
            {
                shown.Append(rest[..length]);
            }
            else
            {
                foreach (var unit in rest[..length])
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }

            rest = rest[length..];
        }

        return shown.ToString();
    }

    private static bool Acts(Rune rune) =>
        rune.Value is not (NonJoiner or Joiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
