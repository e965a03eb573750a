using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Answers;

/// <summary>What somebody asks about: a path below the static root, as a logical path or a published one, or a pattern of logical paths.</summary>
/// <param name="Path">The path.</param>
/// <param name="Pattern">The pattern; <see langword="null"/> where it is a path.</param>
internal sealed record PathQuery(string Path, Glob? Pattern)
{
    /// <summary>Reads what a user wrote; <see langword="null"/> where it is no path below the static root.</summary>
    /// <param name="text">A logical path, a path below the static root, a URL as a browser's console shows it, or a pattern.</param>
    /// <param name="url">The static URL.</param>
    public static PathQuery? Parse(string text, string url)
    {
        var isUrl = text.StartsWith('/') || text.Contains("://", StringComparison.Ordinal);
        var below = isUrl ? Below(text, url) : text;
        if (!LogicalPath.TryParse(below, out var path) || path.Length == 0)
            return null;
        return new PathQuery(path, !isUrl && path.AsSpan().ContainsAny('*', '?') ? new Glob(path) : null);
    }

    /// <summary>What of a URL lies below the static URL, without query and fragment; the host does not count.</summary>
    private static string Below(string text, string url)
    {
        var end = text.AsSpan().IndexOfAny('?', '#');
        var (path, prefix) = (Path(end < 0 ? text : text[..end]), Path(url));
        return path.StartsWith(prefix, StringComparison.Ordinal) ? Uri.UnescapeDataString(path[prefix.Length..]) : path;

        static string Path(string url)
        {
            var host = url.StartsWith("//", StringComparison.Ordinal) ? 0 : url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 1 : -1;
            return host < 0 ? url : url.IndexOf('/', host + 2) is >= 0 and var start ? url[start..] : "/";
        }
    }
}
