namespace StaticCollect.Build.Answers.Report;

/// <summary>A name with a version in it, as libraries are given on the web.</summary>
/// <param name="Name">The name.</param>
/// <param name="Version">The version: two to four numbers.</param>
internal sealed record VersionedName(string Name, string Version)
{
    /// <summary>The one that a path tells, the last where it tells several; <see langword="null"/> where it tells none.</summary>
    public static VersionedName? In(string path)
    {
        var parts = path.Split('/');
        for (var i = parts.Length - 1; i >= 0; i--)
        {
            // A folder may have the version alone, below one with the name.
            if (Read(parts[i]) is { } told && (told.Name.Length > 0 ? told : i > 0 ? told with { Name = parts[i - 1] } : null) is { } named)
                return named;
        }

        return null;
    }

    private static VersionedName? Read(string part)
    {
        for (var start = 0; start < part.Length; start++)
        {
            if (start > 0 && part[start - 1] is not ('-' or '@' or '_' or '.'))
                continue;
            var digits = part[start] is 'v' or 'V' ? start + 1 : start;
            var end = Numbers(part, digits, out var count);
            var isSetOff = end == part.Length || part[end] is '.' or '-' or '_' or '+' or '@';
            if (isSetOff && count is >= 2 and <= 4)
                return new VersionedName(part[..Math.Max(0, start - 1)], part[digits..end]);

            // The numbers behind others belong to them.
            start = Math.Max(start, end - 1);
        }

        return null;
    }

    /// <summary>Where numbers between dots end, and how many they are.</summary>
    private static int Numbers(string part, int start, out int count)
    {
        var at = start;
        for (count = 0; at < part.Length && char.IsAsciiDigit(part[at]); count++)
        {
            while (at < part.Length && char.IsAsciiDigit(part[at]))
                at++;
            if (at + 1 < part.Length && part[at] == '.' && char.IsAsciiDigit(part[at + 1]))
                at++;
        }

        return at;
    }
}
