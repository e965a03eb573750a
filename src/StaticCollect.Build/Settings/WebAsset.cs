namespace StaticCollect.Build.Settings;

/// <summary>A static web asset of the SDK, as its <c>StaticWebAsset</c> item describes it.</summary>
/// <param name="SourcePath">Full path of the file.</param>
/// <param name="SourceId">The project or package that brings it.</param>
/// <param name="ContentRoot">The folder it lies in.</param>
/// <param name="BasePath">URL path of its source, e.g. <c>_content/Radzen.Blazor</c>, or <c>/</c>.</param>
/// <param name="RelativePath">Its path below the base path, with the SDK's <c>#[.{fingerprint}]?</c> expressions.</param>
/// <param name="AssetKind"><c>All</c>, <c>Build</c> or <c>Publish</c>.</param>
/// <param name="AssetRole"><c>Primary</c>, <c>Related</c> or <c>Alternative</c>; the last are compressed forms of others.</param>
internal sealed record WebAsset(
    string SourcePath, string SourceId, string ContentRoot, string BasePath, string RelativePath, string AssetKind, string AssetRole)
{
    /// <summary><c>All</c>, <c>CurrentProject</c> or <c>Reference</c>; the last are for projects that refer to the asset's own.</summary>
    public string AssetMode { get; init; } = "";

    /// <summary><c>Discovered</c> or <c>Computed</c> in the project itself, <c>Project</c> or <c>Package</c> for others.</summary>
    public string SourceType { get; init; } = "";

    /// <summary>Full path of the file that an asset goes with: what a compressed form is one of. Empty for none.</summary>
    public string RelatedAsset { get; init; } = "";

    /// <summary>Whether the file belongs to what is published, and is not the compressed form of another.</summary>
    public bool IsPublished =>
        !AssetKind.Equals("Build", StringComparison.OrdinalIgnoreCase)
        && !AssetRole.Equals("Alternative", StringComparison.OrdinalIgnoreCase)
        && !(IsOwn && AssetMode.Equals("Reference", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether the project itself brings it. Its scoped CSS is there twice: App.styles.css is published, and
    /// App.bundle.scp.css is for those that refer to it.
    /// </summary>
    public bool IsOwn =>
        SourceType.Equals("Discovered", StringComparison.OrdinalIgnoreCase) || SourceType.Equals("Computed", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of the file below the web root, expressions left out.</summary>
    public string LogicalPath
    {
        get
        {
            var relative = RelativePath.Replace('\\', '/');
            while (relative.IndexOf("#[", StringComparison.Ordinal) is >= 0 and var start
                && relative.IndexOf(']', start) is >= 0 and var end)
            {
                var after = end + 1;
                if (after < relative.Length && relative[after] is '?' or '!')
                    after++;
                relative = string.Concat(relative.AsSpan(0, start), relative.AsSpan(after));
            }

            return Content.LogicalPath.Combine(BasePath.Trim('/'), relative.TrimStart('/'));
        }
    }
}
