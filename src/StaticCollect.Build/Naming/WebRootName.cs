using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Naming;

/// <summary>The names of a static web asset below the web root: the plain one, and the one with the SDK's fingerprint.</summary>
/// <param name="Plain">The path without a fingerprint, e.g. <c>css/site.css</c>: what pages and other files write.</param>
/// <param name="Before">What stands before the fingerprint, e.g. <c>css/site.</c>; empty where the SDK gives the file none.</param>
/// <param name="After">What stands after it, e.g. <c>.css</c>, or <c>.razor.js</c>.</param>
internal sealed record WebRootName(string Plain, string Before, string After)
{
    private const string Start = "#[.{fingerprint";

    /// <summary>Whether a name with a fingerprint leads to the file, too.</summary>
    public bool HasFingerprint => Before.Length > 0;

    /// <summary>The names of an asset.</summary>
    public static WebRootName Of(WebAsset asset)
    {
        var path = LogicalPath.Combine(asset.BasePath.Replace('\\', '/').Trim('/'), asset.RelativePath.Replace('\\', '/').TrimStart('/'));
        var plain = asset.LogicalPath;

        // One expression of the SDK's usual form, optional or not. Whoever writes another one has reasons of their own.
        var at = path.IndexOf("#[", StringComparison.Ordinal);
        var end = at < 0 ? -1 : path.IndexOf("}]", at, StringComparison.Ordinal);
        var isUsual = end > 0
            && path.LastIndexOf("#[", StringComparison.Ordinal) == at
            && path.AsSpan(at).StartsWith(Start)
            && path[at + Start.Length] is '}' or '=';
        return isUsual ? new WebRootName(plain, path[..at] + ".", path[(end + 2)..].TrimStart('?', '!')) : new WebRootName(plain, "", "");
    }

    /// <summary>The names of an asset to which the SDK gives no fingerprint, as it would give them.</summary>
    public static WebRootName Usual(WebAsset asset)
    {
        var (before, after) = Split(asset.LogicalPath);
        return new WebRootName(asset.LogicalPath, before + ".", after);
    }

    /// <summary>A relative path that tells the SDK to serve the file under such a name, too.</summary>
    public static string Expression(string relativePath)
    {
        var (before, after) = Split(relativePath);
        return $"{before}#[.{{fingerprint}}]?{after}";
    }

    private static (string Before, string After) Split(string path)
    {
        var at = path.Length - Path.GetExtension(path).Length;
        return (path[..at], path[at..]);
    }

    /// <summary>The path with a fingerprint.</summary>
    public string With(string fingerprint) => Before + fingerprint + After;
}
