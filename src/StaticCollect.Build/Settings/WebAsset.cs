using StaticCollect.Build.Content;

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
    /// <summary>What an item says.</summary>
    /// <param name="item">The item.</param>
    /// <param name="projectFolder">Full path of the folder that relative paths start from.</param>
    public static WebAsset Of(RawItem item, string projectFolder)
    {
        return new WebAsset(
            Full(item.Include),
            item["SourceId"] ?? "",
            Full(item["ContentRoot"] ?? ""),
            item["BasePath"] ?? "",
            item["RelativePath"] ?? "",
            item["AssetKind"] ?? "",
            item["AssetRole"] ?? "")
        {
            AssetMode = item["AssetMode"] ?? "",
            SourceType = item["SourceType"] ?? "",
            Fingerprint = item["Fingerprint"] ?? "",
            RelatedAsset = item["RelatedAsset"] is { } related ? Full(related) : "",
            Trait = item["AssetTraitName"] ?? "",
            TraitValue = item["AssetTraitValue"] ?? "",
        };

        string Full(string path) => FilePath.Full(path, projectFolder);
    }

    /// <summary><c>All</c>, <c>CurrentProject</c> or <c>Reference</c>; the last are for projects that refer to the asset's own.</summary>
    public string AssetMode { get; init; } = "";

    /// <summary><c>Discovered</c> or <c>Computed</c> in the project itself, <c>Project</c> or <c>Package</c> for others.</summary>
    public string SourceType { get; init; } = "";

    /// <summary>The fingerprint that the SDK gave it; empty where none is known.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Full path of the asset that this one is a form of; empty for those that stand for themselves.</summary>
    public string RelatedAsset { get; init; } = "";

    /// <summary>What a part of the SDK says of the assets that it makes itself, such as <c>BlazorServiceWorker</c>.</summary>
    public string Trait { get; init; } = "";

    /// <summary>What exactly, such as <c>ServiceWorkerManifest</c>.</summary>
    public string TraitValue { get; init; } = "";

    /// <summary>Whether it is the compressed form of another.</summary>
    public bool IsEncoding => AssetRole.Equals("Alternative", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a target of the build made the file: whoever wrote what is in it did so elsewhere.</summary>
    public bool IsComputed => SourceType.Equals("Computed", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the file belongs to what is published, and is not the compressed form of another.</summary>
    public bool IsPublished =>
        !AssetKind.Equals("Build", StringComparison.OrdinalIgnoreCase)
        && !IsEncoding
        && !(IsOwn && AssetMode.Equals("Reference", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Whether the project itself brings it. Its scoped CSS is there twice: App.styles.css is published, and
    /// App.bundle.scp.css is for those that refer to it.
    /// </summary>
    public bool IsOwn =>
        SourceType.Equals("Discovered", StringComparison.OrdinalIgnoreCase) || IsComputed;

    /// <summary>Whether the runtime of Blazor loads the file, whose own list names it by hash.</summary>
    public bool IsOfFramework => RelativePath.Replace('\\', '/').StartsWith("_framework/", StringComparison.Ordinal);

    /// <summary>The path of the file below the web root, expressions left out.</summary>
    public string LogicalPath => Path(filled: false);

    /// <summary>
    /// The path under which the file lies in the published web root: a fingerprint that is not optional
    /// (<c>#[.{fingerprint}]!</c>) is part of its name.
    /// </summary>
    public string PublishedPath => Path(filled: true);

    private string Path(bool filled)
    {
        var relative = RelativePath.Replace('\\', '/');
        var from = 0;
        while (relative.IndexOf("#[", from, StringComparison.Ordinal) is >= 0 and var start
            && relative.IndexOf(']', start) is >= 0 and var end)
        {
            var after = end + 1;
            var isOptional = after < relative.Length && relative[after] == '?';
            if (after < relative.Length && relative[after] is '?' or '!')
                after++;
            var expression = filled && !isOptional ? Filled(relative[(start + 2)..end]) : "";
            relative = string.Concat(relative.AsSpan(0, start), expression, relative.AsSpan(after));

            // A value is no expression, whatever it looks like.
            from = start + expression.Length;
        }

        return Content.LogicalPath.Combine(BasePath.Replace('\\', '/').Trim('/'), relative.TrimStart('/'));
    }

    /// <summary><c>.{fingerprint}</c> or <c>.{fingerprint=abc}</c> with its value in place of the braces; empty without one.</summary>
    private string Filled(string expression)
    {
        var (open, close) = (expression.IndexOf('{', StringComparison.Ordinal), expression.IndexOf('}', StringComparison.Ordinal));
        if (open < 0 || close < open)
            return "";
        var token = expression[(open + 1)..close];
        var at = token.IndexOf('=', StringComparison.Ordinal);
        var value = at >= 0 ? token[(at + 1)..] : token == "fingerprint" ? Fingerprint : "";
        return value.Length == 0 ? "" : string.Concat(expression.AsSpan(0, open), value, expression.AsSpan(close + 1));
    }
}
