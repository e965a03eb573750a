using StaticCollect.Build.Content;

namespace StaticCollect.Build.Settings;

/// <summary>Which routes join ASP.NET Core's endpoints manifest.</summary>
internal enum EndpointRoutes
{
    /// <summary>Plain and fingerprinted names.</summary>
    All,

    /// <summary>One route for each file: the fingerprinted name, or the plain one of a file that has no other.</summary>
    Fingerprinted,

    /// <summary>None.</summary>
    None,
}

/// <summary>Where the endpoints manifest of an app is, and what joins it.</summary>
/// <param name="ManifestPath">Full path of the manifest in the publish folder.</param>
/// <param name="WebRoot">Full path of the published app's web root.</param>
/// <param name="Routes">Which routes join it.</param>
internal sealed record EndpointsSettings(string ManifestPath, string WebRoot, EndpointRoutes Routes)
{
    /// <summary>Path of a static root below the web root, <c>/</c>-separated; empty for the web root itself.</summary>
    public string PathOf(string root) => FilePath.Same(root, WebRoot) ? "" : FilePath.Show(root, WebRoot);
}
