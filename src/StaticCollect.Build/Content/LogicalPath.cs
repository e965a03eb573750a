using System.Buffers;
using System.Text;

namespace StaticCollect.Build.Content;

/// <summary>Rules about logical paths: <c>/</c>-separated, relative, below the static root.</summary>
internal static class LogicalPath
{
    private static readonly SearchValues<char> NotOnWindows = SearchValues.Create("<>:\"|?*\\");

    private static readonly string[] DeviceNames =
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
         "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
         "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"];

    /// <summary>
    /// Brings a path that a user wrote to its one form: <c>/</c> as separator, no empty or <c>.</c> segments.
    /// </summary>
    /// <param name="text">What the user wrote, e.g. <c>lib\vendor/</c>.</param>
    /// <param name="path">The path, empty for the static root itself.</param>
    /// <returns>Whether the path stays below the static root: not rooted, no drive letter, no <c>..</c>, no device.</returns>
    public static bool TryParse(string text, out string path)
    {
        path = "";
        var normal = text.Trim().Replace('\\', '/');
        if (normal.StartsWith('/') || normal.Contains('\0', StringComparison.Ordinal))
            return false;

        var segments = new List<string>();
        foreach (var segment in normal.Split('/'))
        {
            if (segment.Length == 0 || segment == ".")
                continue;
            // Windows drops dots and blanks at the end of a name: what consists of them alone may lead up there.
            if (segment.AsSpan().Trim(". ").IsEmpty || (segment.Length > 1 && segment[1] == ':') || IsDeviceName(segment))
                return false;
            segments.Add(segment);
        }

        path = string.Join('/', segments);
        return true;
    }

    /// <summary>
    /// Whether a path that a file tells of is one as it is: relative, below its root, in its one form. Names that only Windows
    /// minds are allowed elsewhere.
    /// </summary>
    public static bool IsWhole(string path) =>
        !path.Contains('\0', StringComparison.Ordinal)
        && !path.Split('/').Any(name => name is "" or "." or "..")
        && (!OperatingSystem.IsWindows() || (TryParse(path, out var parsed) && parsed == path));

    /// <summary>Puts a path under a prefix; either may be empty.</summary>
    public static string Combine(string prefix, string path) =>
        prefix.Length == 0 ? path : path.Length == 0 ? prefix : $"{prefix}/{path}";

    /// <summary>The folders that a path lies in, the nearest first.</summary>
    public static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }

    /// <summary>
    /// What two paths have in common when Windows or macOS would take them for one file:
    /// the Unicode form is composed; case is left to <see cref="KeyComparer"/>.
    /// </summary>
    public static string Key(string path) => Ascii.IsValid(path) || HasHalfCharacter(path) ? path : path.Normalize(NormalizationForm.FormC);

    /// <summary>Compares what <see cref="Key"/> gives, without case.</summary>
    public static StringComparer KeyComparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Why Windows could not write this path, or <see langword="null"/> when it could.</summary>
    public static string? WhyNotOnWindows(string path)
    {
        foreach (var name in path.Split('/'))
        {
            if (name.AsSpan().ContainsAny(NotOnWindows) || name.AsSpan().ContainsAnyInRange('\0', '\x1f'))
                return $"'{name}' has a character that Windows does not allow in names";
            if (name.EndsWith('.') || name.EndsWith(' '))
                return $"'{name}' ends in a dot or a blank, which Windows drops";
            if (IsDeviceName(name))
                return $"'{name}' is the name of a device on Windows";
        }

        return null;
    }

    // Windows allows half a surrogate pair in a name; it has no composed form.
    private static bool HasHalfCharacter(string path)
    {
        for (var rest = path.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
                return true;
            rest = rest[length..];
        }

        return false;
    }

    private static bool IsDeviceName(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        foreach (var device in DeviceNames)
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
