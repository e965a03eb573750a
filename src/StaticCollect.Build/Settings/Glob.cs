using System.IO.Enumeration;

namespace StaticCollect.Build.Settings;

/// <summary>
/// A glob pattern over <c>/</c>-separated paths, case-sensitive on every system. <c>*</c> and <c>?</c> stay within a
/// segment, <c>**</c> stands for any number of segments. A pattern without <c>/</c> is about names, at any depth; one
/// with <c>/</c> is about the whole path from its start.
/// </summary>
internal sealed class Glob
{
    private readonly string[] _segments;

    /// <summary>Takes a pattern as a user wrote it; <c>\</c> counts as <c>/</c>.</summary>
    public Glob(string pattern)
    {
        Pattern = pattern.Trim().Replace('\\', '/');
        var anchored = Pattern.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        _segments = [.. Pattern.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => segment != ".")];
        if (!anchored)
            _segments = ["**", .. _segments];
    }

    /// <summary>The pattern.</summary>
    public string Pattern { get; }

    /// <summary>Whether the pattern is about names only, at any depth.</summary>
    public bool IsName => _segments.Length == 2 && _segments[0] == "**";

    /// <summary>Whether the whole path matches.</summary>
    public bool Matches(string path) => IsName
        ? MatchesName(path.AsSpan(path.LastIndexOf('/') + 1))
        : Matches(_segments, path.Split('/'));

    /// <summary>Whether a single name matches a pattern that is about names.</summary>
    public bool MatchesName(ReadOnlySpan<char> name) => IsName && MatchesSegment(_segments[1], name);

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        while (pattern.Length > 0)
        {
            if (pattern[0] == "**")
            {
                for (var skipped = 0; skipped <= path.Length; skipped++)
                {
                    if (Matches(pattern[1..], path[skipped..]))
                        return true;
                }

                return false;
            }

            if (path.Length == 0 || !MatchesSegment(pattern[0], path[0]))
                return false;
            pattern = pattern[1..];
            path = path[1..];
        }

        return path.Length == 0;
    }

    private static bool MatchesSegment(string pattern, ReadOnlySpan<char> name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
