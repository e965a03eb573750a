using StaticCollect.Build.Content;

namespace StaticCollect.Build.Settings;

/// <summary>What is left out of the collection, folder by folder and file by file.</summary>
internal sealed class IgnoreRules
{
    /// <summary>The names that Django leaves out: version control folders, hidden files, editor backups.</summary>
    private static readonly string[] DefaultPatterns = ["CVS", ".*", "*~"];

    private readonly IgnoreRule[] _defaults;
    private readonly IgnoreRule[] _rules;
    private readonly HashSet<string> _files;

    /// <summary>Makes the rules.</summary>
    /// <param name="useDefaults">Whether <c>CVS</c>, <c>.*</c> and <c>*~</c> are left out.</param>
    /// <param name="rules">Further patterns.</param>
    /// <param name="files">Full paths of single source files to leave out.</param>
    public IgnoreRules(bool useDefaults, IEnumerable<IgnoreRule> rules, IEnumerable<string> files)
    {
        _defaults = useDefaults ? [.. DefaultPatterns.Select(pattern => new IgnoreRule(new Glob(pattern)))] : [];
        _rules = [.. rules];
        _files = new HashSet<string>(files, StringComparer.FromComparison(FilePath.Comparison));
    }

    /// <summary>The default patterns alone.</summary>
    public static IgnoreRules Default { get; } = new(useDefaults: true, [], []);

    /// <summary>Whether a folder of this name is left out wherever it lies.</summary>
    public bool IgnoresName(ReadOnlySpan<char> name)
    {
        foreach (var rule in _defaults)
        {
            if (rule.Glob.MatchesName(name))
                return true;
        }

        foreach (var rule in _rules)
        {
            if (rule.IsGeneral && rule.Glob.MatchesName(name))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether a file, or a folder with all that it holds, is left out. Patterns are held against the path below the
    /// source folder and against the logical path.
    /// </summary>
    /// <param name="source">The source it was found in.</param>
    /// <param name="relativePath">Its path below the source folder.</param>
    /// <param name="sourcePath">Its full path.</param>
    public bool Ignores(Source source, string relativePath, string sourcePath)
    {
        foreach (var rule in _defaults)
        {
            if (rule.Glob.Matches(relativePath))
                return true;
        }

        return IgnoresOnDemand(source, relativePath, sourcePath);
    }

    /// <summary>
    /// The same without the default patterns: for files named one by one, which nobody names by accident.
    /// </summary>
    public bool IgnoresOnDemand(Source source, string relativePath, string sourcePath)
    {
        foreach (var rule in _rules)
        {
            if (rule.IsAbout(source)
                && (rule.Glob.Matches(relativePath)
                    || (source.Prefix.Length > 0 && !rule.Glob.IsName && rule.Glob.Matches($"{source.Prefix}/{relativePath}"))))
            {
                return true;
            }
        }

        return _files.Count > 0 && _files.Contains(sourcePath);
    }
}

/// <summary>One pattern to leave out.</summary>
/// <param name="Glob">The pattern.</param>
/// <param name="App">The app it is about; <see langword="null"/> for all.</param>
/// <param name="Folder">Full path of the source folder it is about, in place of an app.</param>
internal sealed record IgnoreRule(Glob Glob, string? App = null, string? Folder = null)
{
    /// <summary>Whether the rule is about every source.</summary>
    public bool IsGeneral => App is null && Folder is null;

    /// <summary>Whether the rule is about this source.</summary>
    public bool IsAbout(Source source) =>
        IsGeneral
        || source.App.Equals(App, StringComparison.OrdinalIgnoreCase)
        || (Folder is not null && FilePath.Same(Folder, source.Path));
}
