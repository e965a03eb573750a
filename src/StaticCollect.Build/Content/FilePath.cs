namespace StaticCollect.Build.Content;

/// <summary>Questions about paths on disk.</summary>
internal static class FilePath
{
    // As many links as Linux follows for one path; more are a circle.
    private const int MostLinks = 40;

    private const int LongestForWindows = 260;

    /// <summary>Which names this system takes for one by default.</summary>
    public static FileNames Names { get; } =
        OperatingSystem.IsWindows() ? FileNames.WithoutCase : OperatingSystem.IsMacOS() ? FileNames.WithoutCaseAndForm : FileNames.AsWritten;

    /// <summary>Whether file names are compared without case by default on this system.</summary>
    public static StringComparison Comparison { get; } =
        Names == FileNames.AsWritten ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two full paths, without separators at their ends, are the same.</summary>
    public static bool Same(string a, string b) => Same(a, b, Names);

    /// <summary>Whether a system takes two full paths, without separators at their ends, for one.</summary>
    public static bool Same(string a, string b, FileNames names) => Comparer(names).Equals(Key(a, names), Key(b, names));

    /// <summary>What the paths have in common that a system takes for one, but for case, which is left to <see cref="Comparer"/>.</summary>
    public static string Key(string path, FileNames names) => names == FileNames.WithoutCaseAndForm ? LogicalPath.Key(path) : path;

    /// <summary>Compares what <see cref="Key"/> gives.</summary>
    public static StringComparer Comparer(FileNames names) => names == FileNames.AsWritten ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>What stands for a full path where names are made of it: all that the system takes for one path are one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="names">Which names the system takes for one.</param>
    public static string Identity(string path, FileNames names) => names == FileNames.AsWritten ? path : Key(path, names).ToUpperInvariant();

    /// <summary>Whether <paramref name="path"/> is <paramref name="folder"/> or lies somewhere below it.</summary>
    public static bool IsAtOrBelow(string path, string folder) =>
        path.StartsWith(folder, Comparison)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || IsSeparator(path[folder.Length]));

    /// <summary>A full path from one that may be relative to <paramref name="basePath"/>, without a separator at its end.</summary>
    public static string Full(string path, string basePath)
    {
        // No path has a NUL: what asks for one, an item or a file of others, leads nowhere.
        path = path.Replace('\0', '\ufffd');
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(OperatingSystem.IsWindows() ? path : path.Replace('\\', '/'), basePath));
    }

    /// <summary>A path for messages: relative and with <c>/</c> where it lies below <paramref name="folder"/>.</summary>
    public static string Show(string path, string folder) =>
        IsAtOrBelow(path, folder) && path.Length > folder.Length
            ? path[folder.Length..].Replace('\\', '/').TrimStart('/')
            : path;

    /// <summary>A full path for calls to Windows itself, which takes long ones in a form of their own only.</summary>
    public static string ForWindows(string path) =>
        path.Length < LongestForWindows || path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path
        : path.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\UNC\" + path[2..].Replace('/', '\\')
        : @"\\?\" + path.Replace('/', '\\');

    /// <summary>
    /// The path with every link on the way resolved, as far as it exists; the rest is kept as it is.
    /// </summary>
    public static string Real(string path) => Real(path, MostLinks);

    private static string Real(string path, int links)
    {
        var root = Path.GetPathRoot(path) ?? "";
        var real = root;
        foreach (var segment in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, segment);
            try
            {
                // Link by link, from a place that is real: the framework takes '..' in a target for the parent of the path
                // as it is written, and stops at a target whose own path has links.
                if (links > 0 && Directory.ResolveLinkTarget(real, returnFinalTarget: false) is { } target)
                    real = Real(Path.TrimEndingDirectorySeparator(target.FullName), links - 1);
            }
            catch (IOException)
            {
                // Not there (yet), or a loop: nothing to resolve, and whoever uses the path finds out.
            }
        }

        return real.Length > root.Length ? Path.TrimEndingDirectorySeparator(real) : real;
    }

    private static bool IsSeparator(char c) => c == Path.DirectorySeparatorChar || c == Path.AltDirectorySeparatorChar;
}
