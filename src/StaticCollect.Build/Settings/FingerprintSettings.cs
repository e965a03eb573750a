namespace StaticCollect.Build.Settings;

/// <summary>What is done about a reference whose target is not collected.</summary>
internal enum MissingReferencePolicy
{
    /// <summary>A warning for the project's own files, a message for those of packages.</summary>
    Warn,

    /// <summary>An error for the project's own files, a message for those of packages.</summary>
    Error,

    /// <summary>Nothing.</summary>
    Ignore,
}

/// <summary>Everything that decides fingerprints.</summary>
internal sealed record FingerprintSettings
{
    // Pages are asked for by name, and so are these files by browsers and crawlers; a service worker that changes its
    // name leaves the old one in charge for ever.
    private static readonly string[] AlwaysKept =
        ["*.html", "*.htm", "robots.txt", "favicon.ico", ".well-known/**", "sw.js", "service-worker.js"];

    /// <summary>Full path of the manifest.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>Publish plain names beside the fingerprinted ones.</summary>
    public bool KeepOriginals { get; init; } = true;

    /// <summary>How many collections that change something a file stays after it was last current.</summary>
    public int KeepReleases { get; init; } = 2;

    /// <summary>What is done about a reference whose target is not collected.</summary>
    public MissingReferencePolicy MissingReference { get; init; }

    /// <summary>Logical paths that keep their plain name, beside those that always do.</summary>
    public IReadOnlyList<Glob> KeepName { get; init; } = [];

    /// <summary>Logical paths whose names hold a fingerprint of a bundler.</summary>
    public IReadOnlyList<Glob> AlreadyFingerprinted { get; init; } = [];

    /// <summary>References that are known to lead nowhere.</summary>
    public IReadOnlyList<IgnoredReference> IgnoredReferences { get; init; } = [];

    /// <summary>Whether a file keeps its plain name.</summary>
    public bool KeepsName(string logicalPath) => WhyKept(logicalPath) is not null;

    /// <summary>The pattern by which a file keeps its plain name, or <see langword="null"/>.</summary>
    public Glob? WhyKept(string logicalPath) => Kept.Concat(KeepName).FirstOrDefault(glob => glob.Matches(logicalPath));

    private static readonly Glob[] Kept = [.. AlwaysKept.Select(pattern => new Glob(pattern))];
}

/// <summary>A reference that nobody wants to hear about.</summary>
/// <param name="File">The files that hold it, by logical path.</param>
/// <param name="Reference">The URL as written, or the logical path it leads to; <see langword="null"/> for any.</param>
internal sealed record IgnoredReference(Glob File, Glob? Reference)
{
    /// <summary>Whether this is about a reference.</summary>
    public bool IsAbout(string logicalPath, string url, string target) =>
        File.Matches(logicalPath) && (Reference is null || Reference.Pattern == url || Reference.Matches(url.TrimStart('/')) || Reference.Matches(target));
}
