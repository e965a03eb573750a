using StaticCollect.Build.Content;


namespace StaticCollect.Build.Settings;

/// <summary>Which source wins where two bring the same logical path.</summary>
internal enum ConflictPolicy
{
    /// <summary>The one scanned last.</summary>
    LastWins,

    /// <summary>The one scanned first, as in Django.</summary>
    FirstWins,

    /// <summary>None: the collection fails.</summary>
    Error,
}

/// <summary>How a file gets into the static root.</summary>
internal enum LinkMode
{
    /// <summary>As a copy.</summary>
    None,

    /// <summary>As a symbolic link to the source.</summary>
    Symbolic,

    /// <summary>As a hard link to the source.</summary>
    Hard,
}

/// <summary>How much a collection tells.</summary>
internal enum Verbosity
{
    /// <summary>Warnings and errors only.</summary>
    Quiet,

    /// <summary>One summary line.</summary>
    Normal,

    /// <summary>A line for each folder and each file.</summary>
    Detailed,
}

/// <summary>Everything that decides a collection: checked, complete, and free of MSBuild.</summary>
internal sealed record CollectSettings
{
    /// <summary>Full path of the project folder, without a separator at the end.</summary>
    public required string ProjectFolder { get; init; }

    /// <summary>Name of the project; the app name of its own static folder.</summary>
    public required string ProjectName { get; init; }

    /// <summary>Full path of the static root, without a separator at the end.</summary>
    public required string Root { get; init; }

    /// <summary>URL prefix under which the root is served, ending in <c>/</c>.</summary>
    public required string Url { get; init; }

    /// <summary>Whether the files are served by another host than the pages, such as a CDN: to browsers, foreign ones.</summary>
    public bool IsUrlAbsolute => !Url.StartsWith('/') || Url.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Full path of the folder for records of earlier runs.</summary>
    public required string RecordFolder { get; init; }

    /// <summary>Full path of the publish folder; neither an app nor cleared.</summary>
    public required string PublishFolder { get; init; }

    /// <summary>Full paths of folders that hold build output and are never sources of apps.</summary>
    public IReadOnlyList<string> OutputFolders { get; init; } = [];

    /// <summary>The user's home folder, which is never a static root; empty when unknown.</summary>
    public string HomeFolder { get; init; } = "";

    /// <summary>Name of the folder that makes a folder, project or package an app.</summary>
    public string FolderName { get; init; } = "static";

    /// <summary>The finders that run, in scan order.</summary>
    public IReadOnlyList<Finder> Finders { get; init; } = [];

    /// <summary>Ids of the packages that may bring any file where the static root is the root of the site.</summary>
    public IReadOnlyList<string> PackagesAtRoot { get; init; } = [];

    /// <summary>Whether the static root is the root of the site, where the home page and service workers lie.</summary>
    public bool IsSiteRoot => Url == "/" || FilePath.Same(Root, PublishedWebRoot);

    /// <summary>Who wins a clash.</summary>
    public ConflictPolicy Conflict { get; init; }

    /// <summary>What is left out.</summary>
    public IgnoreRules Ignore { get; init; } = IgnoreRules.Default;

    /// <summary>Follow symbolic links in sources; links in packages are never followed.</summary>
    public bool FollowLinks { get; init; } = true;

    /// <summary>Empty the static root first.</summary>
    public bool Clear { get; init; }

    /// <summary>Decide and report, write nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>How names get fingerprints; <see langword="null"/> when they get none.</summary>
    public FingerprintSettings? Fingerprint { get; init; }

    /// <summary>How references in the app's own web root are rewritten; <see langword="null"/> when it is left alone, as ever.</summary>
    public WebRootSettings? WebRoot { get; init; }

    /// <summary>Which encodings are made, and how; <see langword="null"/> when none are.</summary>
    public CompressionSettings? Compression { get; init; }

    /// <summary>
    /// The endpoints manifest that the collected files join, where the static root lies below the web root;
    /// <see langword="null"/> where the app has none, or none is wanted.
    /// </summary>
    public EndpointsSettings? Endpoints { get; init; }

    /// <summary>Whether the collected files join the app's endpoints manifest.</summary>
    public bool JoinsEndpoints => Endpoints is { } endpoints && FilePath.IsAtOrBelow(Root, endpoints.WebRoot);

    /// <summary>Whether the collected items tell of the published bytes, too: where somebody else's names or headers follow from these.</summary>
    public bool TellsOfBytes => Fingerprint is not null || Compression is not null || Endpoints is not null;

    /// <summary>Full path of the published web root, which is the SDK's.</summary>
    public string PublishedWebRoot => Path.Combine(PublishFolder, "wwwroot");

    /// <summary>
    /// Path of the static root below the published web root, empty where they are one; <see langword="null"/> where it lies
    /// elsewhere.
    /// </summary>
    public string? BelowWebRoot =>
        !FilePath.IsAtOrBelow(Root, PublishedWebRoot) ? null : FilePath.Same(Root, PublishedWebRoot) ? "" : FilePath.Show(Root, PublishedWebRoot);

    /// <summary>The web servers that configuration is written for.</summary>
    public IReadOnlyList<WebServer> ServerConfigs { get; init; } = [];

    /// <summary>
    /// The static root as those servers know it, with <c>/</c> as separator and none at its end: another path than
    /// <see cref="Root"/> where what is published is moved afterwards.
    /// </summary>
    public string ServerRoot { get; init; } = "";

    /// <summary>The app's views that are held against what is collected; <see langword="null"/> when there are none, or nobody wants that.</summary>
    public ViewSettings? Views { get; init; }

    /// <summary>Full path of the baseline; empty where there is none.</summary>
    public string BaselinePath { get; init; } = "";

    /// <summary>The references that are known to lead nowhere, once the baseline is read.</summary>
    public Baseline? Baseline { get; init; }

    /// <summary>Whether the result is wanted as items.</summary>
    public bool Items { get; init; } = true;

    /// <summary><c>StaticCollectPath</c>: what <c>FindStatic</c> and <c>ExplainStatic</c> look for; empty when not set.</summary>
    public string PathToFind { get; init; } = "";

    /// <summary>Full path of the release that <c>DiffStatic</c> compares from; empty for the one before the last.</summary>
    public string ReleaseBefore { get; init; } = "";

    /// <summary>Full path of the release that <c>DiffStatic</c> compares with it; empty for the last one.</summary>
    public string ReleaseAfter { get; init; } = "";

    /// <summary>Full path of what <c>DiffStatic</c> writes for programs; empty when nothing is wanted.</summary>
    public string DiffPath { get; init; } = "";

    /// <summary>Whether each collection writes the report.</summary>
    public bool WritesReport { get; init; }

    /// <summary>Full path that the user gave the report; empty for the usual one.</summary>
    public string NamedReportPath { get; init; } = "";

    /// <summary>How much is told.</summary>
    public Verbosity Verbosity { get; init; } = Verbosity.Normal;

    /// <summary>Copies or links.</summary>
    public LinkMode Link { get; init; }

    /// <summary>Full path of the folder that tells of earlier runs into this root: one for each root, with its name.</summary>
    public string StateFolder => Path.Combine(RecordFolder, $"{Start(Path.GetFileName(Root))}-{Sha256.OfTexts(FilePath.Identity(Root, FilePath.Names)).Digits(8)}");

    // The longest name leaves no room for what tells two of one name apart.
    private static string Start(string name) => name.Length <= 60 ? name : char.IsHighSurrogate(name[59]) ? name[..59] : name[..60];

    /// <summary>Full path of what the last run knew.</summary>
    public string LastRunPath => Path.Combine(StateFolder, "run.last");

    /// <summary>Full path of what the last run learnt about files and their names.</summary>
    public string LastNamingPath => Path.Combine(StateFolder, "naming.last");

    /// <summary>Full path of the report.</summary>
    public string ReportPath => NamedReportPath.Length > 0 ? NamedReportPath : Path.Combine(StateFolder, "report.html");

    /// <summary>Full path of what the last run found in the views.</summary>
    public string LastViewsPath => Path.Combine(StateFolder, "views.last");

    /// <summary>Full path of the references of the web root that led nowhere when it was published.</summary>
    public string LostInWebRootPath => Path.Combine(StateFolder, "webroot-lost.last");

    /// <summary>Full path of what the web root and the static root have said of each other's names.</summary>
    public string AgreementPath => Path.Combine(StateFolder, "webroot.last");

    /// <summary>Whether references lead from the web root to the static root by fingerprinted names, and back.</summary>
    public bool NamesBothRoots => WebRoot is { Mode: WebRootMode.InPlace } && Fingerprint is not null && !IsUrlAbsolute;

    /// <summary>Full path of what the last run found out about encodings.</summary>
    public string LastEncodingsPath => Path.Combine(StateFolder, "encodings.last");

    /// <summary>How a path is shown to the user: relative to the project folder where it lies below it.</summary>
    public string Show(string path) => FilePath.Show(path, ProjectFolder);

    /// <summary>
    /// A source as it is called on every machine: relative to the project folder; of a package, from its id and version on.
    /// </summary>
    public string ShowSource(string path, FinderKind? finder, string app)
    {
        // What an earlier release tells of is shown already.
        if (!Path.IsPathFullyQualified(path))
            return path;
        if (finder == FinderKind.Package && PackagePath.Of(path.Replace('\\', '/'), app, FolderName) is { } inPackage)
            return inPackage.Whole;
        return FilePath.IsAtOrBelow(path, ProjectFolder) && path.Length > ProjectFolder.Length
            ? FilePath.Show(path, ProjectFolder)
            : Path.GetRelativePath(ProjectFolder, path).Replace('\\', '/');
    }
}
