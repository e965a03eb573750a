using System.Buffers;

namespace StaticCollect.Build.Naming;

/// <summary>
/// Finds the part of a bundle's name that can be a hash of its content, by what Vite, webpack and esbuild write:
/// hexadecimal digits, base32 (esbuild), base36, base62 or base64url (Vite), set off by dots or hyphens. A name that a
/// person may have given is in doubt, and what is in doubt is none.
/// </summary>
internal static class HashedName
{
    // Rollup's length when nobody asks for another, and esbuild's only one.
    private const int Usual = 8;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> UpperHex = SearchValues.Create("0123456789ABCDEF");
    private static readonly SearchValues<char> Base32 = SearchValues.Create("234567ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly SearchValues<char> Base36 = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> Base64 = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <summary>The part of a file's name that can be a hash, or null.</summary>
    /// <param name="output">The path of the bundle.</param>
    /// <param name="sources">Paths and names of what it was made of: what it has from them is no hash.</param>
    public static string? HashOf(string output, IReadOnlyCollection<string> sources)
    {
        var stem = Path.GetFileNameWithoutExtension(output);
        var part = Array.Find(stem.Split('.', '-'), part => IsHash(part) && !IsOfSource(part));
        if (part is not null || stem.Length < Usual)
            return part;

        // One hash in eight of Vite's holds a hyphen. Where it stands last it has its usual length.
        var last = stem[^Usual..];
        var isSetOff = stem.Length == Usual || stem[^(Usual + 1)] is '.' or '-';
        return isSetOff && IsHyphenated(last) && !IsOfSource(last) ? last : null;

        // A stem of one or two characters begins many a hash by chance.
        bool IsOfSource(string text) => sources.Any(source =>
            source.Contains(text, StringComparison.OrdinalIgnoreCase)
            || (Path.GetFileNameWithoutExtension(source) is { Length: > 2 } name && text.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsHash(string part)
    {
        if (part.Length < Usual || part.AsSpan().ContainsAnyExcept(Base64) || !part.Any(char.IsAsciiLetter))
            return false;
        var numbers = Numbers(part);
        if (numbers > 0 && (!part.AsSpan().ContainsAnyExcept(LowerHex) || !part.AsSpan().ContainsAnyExcept(UpperHex)))
            return true;

        // Words have a number, too, but seldom two: es2015module.
        return part.Length == Usual
            ? HasBothCases(part) || (numbers > 0 && !part.AsSpan().ContainsAnyExcept(Base32)) || (numbers > 1 && !part.Contains('_', StringComparison.Ordinal))
            : numbers > 1 && (HasBothCases(part) || !part.AsSpan().ContainsAnyExcept(Base36));
    }

    private static bool IsHyphenated(string part) =>
        part.Contains('-', StringComparison.Ordinal)
        && !part.Replace('-', '_').AsSpan().ContainsAnyExcept(Base64)
        && Numbers(part) > 0
        && HasBothCases(part);

    private static bool HasBothCases(string part) => part.Any(char.IsAsciiLetterLower) && part.Any(char.IsAsciiLetterUpper);

    /// <summary>How many runs of digits there are.</summary>
    private static int Numbers(string part) =>
        part.Where((unit, i) => char.IsAsciiDigit(unit) && (i == 0 || !char.IsAsciiDigit(part[i - 1]))).Count();
}
