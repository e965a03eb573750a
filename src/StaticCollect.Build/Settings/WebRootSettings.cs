namespace StaticCollect.Build.Settings;

/// <summary>What is done with the app's own web root, which the SDK publishes.</summary>
internal enum WebRootMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>References in it are rewritten to the names with fingerprints that the SDK gives; no file moves.</summary>
    InPlace,
}

/// <summary>Everything that decides how references in the web root are rewritten.</summary>
/// <param name="Mode">Whether they are.</param>
/// <param name="Folder">Full path of the folder that the rewritten files are made in.</param>
/// <param name="Rules">Which names stay, and what is said of references that lead nowhere.</param>
internal sealed record WebRootSettings(WebRootMode Mode, string Folder, FingerprintSettings Rules)
{
    /// <summary>The SDK's static web assets, as resolved for publish.</summary>
    public IReadOnlyList<WebAsset> Assets { get; init; } = [];

    /// <summary>
    /// Full path of the list of routes in the publish folder, where the names with fingerprints shall be files, too;
    /// <see langword="null"/> where they shall not.
    /// </summary>
    public string? ManifestPath { get; init; }

    /// <summary>The routes that lead to them.</summary>
    public IReadOnlyList<WebEndpoint> Endpoints { get; init; } = [];
}
