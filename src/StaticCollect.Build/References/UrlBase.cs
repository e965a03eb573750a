namespace StaticCollect.Build.References;

/// <summary>Where a URL leads.</summary>
internal enum UrlPlace
{
    /// <summary>To a path below the static URL, whether or not there is such a file.</summary>
    Below,

    /// <summary>Out of the static root, by <c>..</c>.</summary>
    Above,

    /// <summary>To a place that is none of ours.</summary>
    Elsewhere,
}

/// <summary>
/// What the URLs of a file count from. Resolves them as a browser does that loaded the file from below the static URL.
/// </summary>
internal sealed class UrlBase
{
    // Host of the static URL; empty where it is a path.
    private readonly string _host;

    // Segments of the static URL, and of the folder that relative URLs count from.
    private readonly List<string> _root;
    private readonly List<string> _folder;

    private UrlBase(string host, List<string> root, List<string> folder) => (_host, _root, _folder) = (host, root, folder);

    /// <summary>The base of a file that says nothing else: its own folder.</summary>
    /// <param name="logicalPath">Logical path of the file.</param>
    /// <param name="staticUrl">The static URL, ending in <c>/</c>.</param>
    public static UrlBase Of(string logicalPath, string staticUrl)
    {
        var (host, path) = Split(staticUrl);
        var root = Segments([], path, out _);
        root.RemoveAll(segment => segment.Length == 0);
        return new UrlBase(host, root, [.. root, .. logicalPath.Split('/')[..^1]]);
    }

    /// <summary>
    /// What the URLs at a place of this file count from: behind a <c>base</c> element from what it says;
    /// <see langword="null"/> where that is another host.
    /// </summary>
    /// <param name="pageBase">The element, if there is one.</param>
    /// <param name="at">The place, in bytes from the start of the file.</param>
    public UrlBase? At(PageBase? pageBase, int at) => pageBase is null || at < pageBase.At ? this : Moved(pageBase.Href);

    /// <summary>
    /// What a <c>base</c> element makes of this base; <see langword="null"/> where that is another host, so that no URL
    /// of the page leads below the static URL.
    /// </summary>
    /// <param name="href">What the element says.</param>
    public UrlBase? Moved(string href)
    {
        // Browsers take no base from these two.
        if (href.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || href.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
            return this;
        var (host, path) = Split(PathOf(href));
        if (host.Length > 0 ? !host.Equals(_host, StringComparison.OrdinalIgnoreCase) : UrlRules.HasScheme(path))
            return null;
        if (path.Length == 0)
            return this;
        var folder = Segments(_folder, path, out _);
        folder.RemoveAt(folder.Count - 1);
        return new UrlBase(_host, _root, folder);
    }

    /// <summary>Resolves a URL.</summary>
    /// <param name="url">A relative or root-relative URL that names a file, percent-encoded.</param>
    /// <param name="logicalPath">The path meant, whether or not there is such a file.</param>
    public UrlPlace Resolve(string url, out string logicalPath)
    {
        logicalPath = "";
        var path = PathOf(url);
        var segments = Segments(_folder, path, out var isAbove);

        // Servers of folders find the same file with and without the empty segments that are left: nginx, with merge_slashes
        // or without, Caddy, Apache and UseStaticFiles. MapStaticAssets does not, under the plain name no more than under the new one.
        segments.RemoveAll(segment => segment.Length == 0);
        if (isAbove || !StartsWith(segments, _root))
            return path[0] != '/' && StartsWith(_folder, _root) ? UrlPlace.Above : UrlPlace.Elsewhere;

        // A slash that is encoded belongs to a name, and no file has one.
        if (segments.Count == _root.Count || segments.Exists(segment => segment.Contains('/', StringComparison.Ordinal)))
            return UrlPlace.Elsewhere;
        logicalPath = string.Join('/', segments.Skip(_root.Count));
        return UrlPlace.Below;
    }

    /// <summary>
    /// The path that a URL leads to, from the root of this host and without a slash at the front; <see langword="null"/> where it
    /// names no file. Only where the static URL is a path.
    /// </summary>
    public string? PathOnHost(string url)
    {
        if (_host.Length > 0)
            return null;
        var segments = Segments(_folder, PathOf(url), out var isAbove);
        segments.RemoveAll(segment => segment.Length == 0);
        return isAbove || segments.Exists(segment => segment.Contains('/', StringComparison.Ordinal)) ? null : string.Join('/', segments);
    }

    /// <summary>
    /// The segments of a path as the URL standard counts them, decoded: empty ones are segments like any other, and dots
    /// may be percent-encoded.
    /// </summary>
    private static List<string> Segments(List<string> folder, string path, out bool isAbove)
    {
        isAbove = false;
        var segments = path.StartsWith('/') ? [] : new List<string>(folder);
        var parts = (path.StartsWith('/') ? path[1..] : path).Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var segment = Uri.UnescapeDataString(parts[i]);
            if (segment is not ("." or ".."))
            {
                segments.Add(segment);
                continue;
            }

            if (segment is ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is "..")
                isAbove = true;
            if (i == parts.Length - 1)
                segments.Add("");
        }

        return segments;
    }

    // Browsers read a backslash as a slash.
    private static string PathOf(string url) => url[..UrlTarget.PathLength(url)].Replace('\\', '/');

    /// <summary>The host of a URL, empty where it has none, and its path.</summary>
    private static (string Host, string Path) Split(string url)
    {
        var start = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8
            : url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7
            : url.StartsWith("//", StringComparison.Ordinal) ? 2 : 0;
        if (start == 0)
            return ("", url);
        var end = url.IndexOf('/', start);
        return end < 0 ? (url[start..], "/") : (url[start..end], url[end..]);
    }

    private static bool StartsWith(List<string> segments, List<string> start) =>
        segments.Count >= start.Count && segments.Take(start.Count).SequenceEqual(start, StringComparer.Ordinal);
}
