namespace StaticCollect.Build.Settings;

/// <summary>A route to a static web asset, as the SDK's <c>StaticWebAssetEndpoint</c> item describes it.</summary>
/// <param name="Route">The path below the web root that is asked for.</param>
/// <param name="AssetPath">Full path of the file that answers, the identity of its asset.</param>
/// <param name="Headers">The headers of the answer, as the JSON of a list of names and values.</param>
/// <param name="Properties">What else is known of it, in the same form: fingerprint, integrity, label.</param>
internal sealed record WebEndpoint(string Route, string AssetPath, string Headers, string Properties)
{
    /// <summary>Whether the route holds a fingerprint.</summary>
    public bool HasFingerprint => Properties.Contains("\"fingerprint\"", StringComparison.Ordinal);
}
