using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;


namespace StaticCollect.Build.Settings;

/// <summary>Checks raw settings and fills in the defaults. All mistakes are reported, not only the first.</summary>
internal sealed class SettingsReader
{
    private const string DefaultOrder = "Package;Project;App;Own;Directory;File";
    private const string DefaultOrderWhenFirstWins = "File;Directory;Own;App;Project;Package";

    private readonly RawSettings _raw;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly PropertyReader _properties;
    private readonly string _projectFolder;

    private SettingsReader(RawSettings raw)
    {
        _raw = raw;
        _properties = new PropertyReader(raw.Project, _diagnostics.Add);
        _projectFolder = Path.GetDirectoryName(raw.Project.Include)!;
    }

    /// <summary>Reads the settings.</summary>
    /// <param name="raw">What the project file has.</param>
    /// <param name="diagnostics">What is wrong with it; no collection must run when there is an error.</param>
    public static CollectSettings Read(RawSettings raw, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var reader = new SettingsReader(raw);
        var settings = reader.Read();
        diagnostics = reader._diagnostics;
        return settings;
    }

    private CollectSettings Read()
    {
        // The targets obey these two; whatever is neither of their values comes here to be told.
        _properties.Switch("StaticCollectEnabled", true);
        _properties.Switch("StaticCollectDevelopment", true);
        var url = Url();
        var root = Root(url);
        var conflict = _properties.Choice("StaticCollectConflict", ConflictPolicy.LastWins);
        var rules = FingerprintRules(root);
        var fingerprints = _properties.Switch("StaticCollectFingerprint", false);
        var report = _raw.Project["StaticCollectReport"];
        var isSwitch = bool.TryParse(report, out var writesReport);
        return new CollectSettings
        {
            ProjectFolder = _projectFolder,
            ProjectName = Path.GetFileNameWithoutExtension(_raw.Project.Include),
            PublishFolder = Folder("PublishFolder"),
            OutputFolders = [.. (_raw.Project["OutputFolders"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Full)],
            HomeFolder = _raw.Project["HomeFolder"] is { } home ? Full(home) : "",
            RecordFolder = Path.Combine(Folder("IntermediateFolder"), "staticcollect"),
            Url = url,
            Root = root,
            FolderName = FolderName(),
            Finders = WithWebRoot(Finders(conflict), conflict, root),
            PackagesAtRoot = _properties.List("StaticCollectPackagesAtRoot"),
            Conflict = conflict,
            Ignore = new IgnoreRules(
                _properties.Switch("StaticCollectDefaultIgnore", true),
                _raw.Ignore.Select(item => new IgnoreRule(new Glob(item.Include), item["Source"], item["Source"] is { } folder ? Full(folder) : null)),
                _raw.Ignore.Where(item => item["Source"] is null).Select(item => Full(item.Include)).Where(File.Exists)),
            FollowLinks = _properties.Switch("StaticCollectFollowLinks", true),
            Clear = _properties.Switch("StaticCollectClear", false),
            DryRun = _properties.Switch("StaticCollectDryRun", false),
            Fingerprint = fingerprints ? rules : null,
            WebRoot = WebRoot(rules, fingerprints),
            Compression = Compression(),
            Endpoints = Endpoints(),
            ServerConfigs = _properties.Choices<WebServer>("StaticCollectServerConfig"),
            ServerRoot = ServerRoot(root),
            Views = Views(rules),
            BaselinePath = OptionalPath("StaticCollectBaseline"),
            Items = _properties.Switch("StaticCollectItems", true),
            PathToFind = _raw.Project["StaticCollectPath"] ?? "",
            ReleaseBefore = OptionalPath("StaticCollectReleaseBefore"),
            ReleaseAfter = OptionalPath("StaticCollectReleaseAfter"),
            DiffPath = OptionalPath("StaticCollectDiff"),
            WritesReport = isSwitch ? writesReport : report is not null,
            NamedReportPath = isSwitch ? "" : ReportPath(root),
            Verbosity = _properties.Choice("StaticCollectVerbosity", Verbosity.Normal),
            Link = _properties.Choice("StaticCollectLink", LinkMode.None),
        };
    }

    // All of them are checked even where they are not used: a slip must not wait for the day of the release.
    private FingerprintSettings FingerprintRules(string root) =>
        new()
        {
            ManifestPath = ManifestPath(root),
            KeepOriginals = _properties.Switch("StaticCollectKeepOriginals", true),
            KeepReleases = _properties.Number("StaticCollectKeepReleases", 2, 0, 1000),
            MissingReference = _properties.Choice("StaticCollectMissingReference", MissingReferencePolicy.Warn),
            KeepName = [.. _raw.KeepName.Select(item => new Glob(item.Include))],
            AlreadyFingerprinted = [.. _raw.AlreadyFingerprinted.Select(item => new Glob(item.Include))],
            IgnoredReferences =
            [
                .. _raw.IgnoreReference.Select(item => new IgnoredReference(
                    new Glob(item.Include), item["Reference"] is { } reference ? new Glob(reference) : null)),
            ],
        };

    private WebRootSettings? WebRoot(FingerprintSettings rules, bool isOnDisk)
    {
        // The assets come here without the property, too, where an earlier publish had it.
        var mode = _properties.Choice("StaticCollectWebRoot", WebRootMode.None);
        return mode == WebRootMode.None && _raw.PublishedAssets.Count == 0
            ? null
            : new WebRootSettings(mode, Folder("WebRootFolder"), rules)
            {
                ManifestPath = mode == WebRootMode.InPlace && (isOnDisk || _raw.Project["IsWebAssembly"] == "true") ? EndpointsManifest() : null,
                Assets = [.. _raw.PublishedAssets.Select(WebAsset)],
                Endpoints = [.. _raw.PublishedEndpoints.Select(WebEndpoint)],
            };
    }

    private ViewSettings? Views(FingerprintSettings rules)
    {
        var policy = _properties.Choice("StaticCollectCheckViews", MissingReferencePolicy.Warn);
        return policy == MissingReferencePolicy.Ignore || _raw.Views.Count == 0
            ? null
            : new ViewSettings(policy, [.. _raw.Views.Select(view => Full(view.Include)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], rules.IgnoredReferences);
    }

    private CompressionSettings? Compression()
    {
        var encodings = _properties.Known("StaticCollectCompress", ContentEncodings.Find, ContentEncodings.All.Select(known => known.Name));
        var settings = new CompressionSettings
        {
            CacheDirectory = _raw.Project["StaticCollectCacheDirectory"] is { } folder
                ? Full(folder)
                : Path.Combine(Folder("IntermediateFolder"), "staticcollect", "cache"),
            Encodings = encodings,
            Level = _properties.Choice("StaticCollectCompressLevel", CompressLevel.Smallest),
            MinimumSaving = _properties.Number("StaticCollectCompressMinimumSaving", 5, 0, 100),
            SkipExtensions = _properties.List("StaticCollectCompressSkip") is { Length: > 0 } skip ? CompressedTypes.Extensions(skip) : CompressedTypes.Default,
            CacheDays = _properties.Number("StaticCollectCacheDays", 30, 0, 36500),
        };
        return encodings.Count > 0 ? settings : null;
    }

    /// <summary>A path on another machine, perhaps of another system: taken as it is.</summary>
    private string ServerRoot(string root)
    {
        if (_raw.Project["StaticCollectServerRoot"] is not { } value)
            return OperatingSystem.IsWindows() ? root.Replace('\\', '/') : root;
        var path = value.TrimEnd('/', '\\');
        var isWindows = path.Length > 2 && char.IsAsciiLetter(path[0]) && path[1] == ':' && path[2] is '/' or '\\';
        if (isWindows)
            return path.Replace('\\', '/');
        if (!path.StartsWith('/') || path.Any(char.IsControl))
            _properties.NotAllowed("StaticCollectServerRoot", value, "the full path of the static root on the server, such as /srv/shop/wwwroot/static");
        return path;
    }

    private EndpointsSettings? Endpoints()
    {
        var routes = _properties.Choice("StaticCollectEndpoints", EndpointRoutes.All);
        return routes != EndpointRoutes.None && EndpointsManifest() is { } manifest
            ? new EndpointsSettings(manifest, Path.Combine(Folder("PublishFolder"), "wwwroot"), routes)
            : null;
    }

    private string? EndpointsManifest() =>
        _raw.Project["EndpointsManifest"] is { } name && Path.Combine(Folder("PublishFolder"), name) is var path && File.Exists(path) ? path : null;

    /// <summary>A name alone is one in the static root; a path is relative to the project like every other.</summary>
    private string ManifestPath(string root)
    {
        var path = _raw.Project["StaticCollectManifest"] ?? "staticfiles.json";
        return path.AsSpan().ContainsAny("/\\\0") ? Full(path) : Path.Combine(root, path);
    }

    private string Url()
    {
        if (_raw.Project["StaticCollectUrl"] is not { } url)
            return "/static/";
        var isAbsolute = url.StartsWith("//", StringComparison.Ordinal)
            || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        var isGood = isAbsolute
            ? Uri.TryCreate(url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url : url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            : !url.Contains(':', StringComparison.Ordinal) && LogicalPath.TryParse(Uri.UnescapeDataString(url).TrimStart('/'), out _);
        if (url.StartsWith('~'))
        {
            _properties.NotAllowed("StaticCollectUrl", url, "a path such as /static/, or an absolute URL such as https://cdn.example.com/s/. '~/' means the root of the app in pages only, and pages name the files as '~/static/...' all the same");
            return "/static/";
        }

        if (!isGood || url.AsSpan().ContainsAny('?', '#', '\\') || url.Any(char.IsWhiteSpace))
        {
            _properties.NotAllowed("StaticCollectUrl", url, "a path such as /static/, or an absolute URL such as https://cdn.example.com/s/, without query and fragment");
            return "/static/";
        }

        if (!isAbsolute && !url.StartsWith('/'))
            url = "/" + url;
        return url.EndsWith('/') ? url : url + "/";
    }

    private string Root(string url)
    {
        if (_raw.Project["StaticCollectRoot"] is { } root)
            return Full(root);

        // An absolute URL says nothing about the disk: the files are brought there from the usual place.
        var isPath = url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal);
        var below = isPath ? Uri.UnescapeDataString(url.Trim('/')) : "static";
        return Full(Path.Combine(Folder("PublishFolder"), "wwwroot", below));
    }

    private string FolderName()
    {
        if (_raw.Project["StaticCollectFolderName"] is not { } name)
            return "static";
        if (LogicalPath.TryParse(name, out var path) && path.Length > 0 && !path.Contains('/', StringComparison.Ordinal))
            return path;
        _properties.NotAllowed("StaticCollectFolderName", name, "the name of a folder, without separators");
        return "static";
    }

    private List<Finder> Finders(ConflictPolicy conflict)
    {
        var text = _raw.Project["StaticCollectFinders"]
            ?? (conflict == ConflictPolicy.FirstWins ? DefaultOrderWhenFirstWins : DefaultOrder);

        var kinds = new List<FinderKind>();
        foreach (var name in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var known = Enum.GetNames<FinderKind>().Where(kind => kind != nameof(FinderKind.WebRoot)).ToList();
            if (known.FirstOrDefault(kind => kind.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } found)
                _properties.NotAllowed("StaticCollectFinders", name, string.Join(", ", known));
            else if (kinds.Contains(Enum.Parse<FinderKind>(found)))
                _properties.NotAllowed("StaticCollectFinders", text, $"each finder once; {found} is named twice");
            else
                kinds.Add(Enum.Parse<FinderKind>(found));
        }

        // A file that says before which finder it stands becomes part of a finder of its own in that place.
        var files = _raw.Files.ToLookup(item => PlaceOf(item, kinds));
        var finders = new List<Finder>();
        foreach (var kind in kinds)
        {
            if (kind != FinderKind.File && files.Contains(kind))
                finders.Add(FileFinder(files[kind]));
            finders.Add(kind == FinderKind.File ? FileFinder(files[kind]) : Finder(kind));
        }

        return finders;
    }

    /// <summary>
    /// The finders with that of the web root in its place: it wins over packages and referenced projects, and loses to what
    /// the project itself brings, unless that loses to those.
    /// </summary>
    private List<Finder> WithWebRoot(List<Finder> finders, ConflictPolicy conflict, string root)
    {
        var webRoot = Path.Combine(Folder("PublishFolder"), "wwwroot");
        if (_raw.WebAssets.Count == 0 || !FilePath.IsAtOrBelow(root, webRoot))
            return finders;
        var below = FilePath.Same(root, webRoot) ? "" : FilePath.Show(root, webRoot);
        List<WebAsset> assets = [.. _raw.WebAssets.Where(LiesBelow).Select(WebAsset)];
        if (assets.Count == 0)
            return finders;
        static bool IsOfOthers(Finder finder) => finder.Kind is FinderKind.Package or FinderKind.Project;
        var at = conflict == ConflictPolicy.FirstWins
            ? finders.FindIndex(IsOfOthers) is >= 0 and var first ? first : finders.Count
            : finders.FindLastIndex(IsOfOthers) + 1;
        finders.Insert(at, new WebRootFinder(below, assets));
        return finders;

        // Most do not, and no folder has a fingerprint in its name.
        bool LiesBelow(RawItem item) => below.Length == 0
            || LogicalPath.Combine(Normal(item["BasePath"]), Normal(item["RelativePath"])).StartsWith(below + "/", StringComparison.Ordinal);

        static string Normal(string? path) => (path ?? "").Replace('\\', '/').Trim('/');
    }

    private FinderKind PlaceOf(RawItem file, List<FinderKind> kinds)
    {
        if (file["Order"] is not { } name)
            return FinderKind.File;
        foreach (var kind in kinds)
        {
            if (kind.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        _properties.NotAllowed($"The Order of the StaticCollectFile '{file.Include}'", name, string.Join(", ", kinds));
        return FinderKind.File;
    }

    private FileFinder FileFinder(IEnumerable<RawItem> items) => new([.. items.Select(NamedFile)]);

    private Finder Finder(FinderKind kind) => kind switch
    {
        FinderKind.Package => new PackageFinder(
            Folder("AssetsFile"), _raw.Project["TargetFramework"] ?? "", _raw.Project["RuntimeIdentifier"] ?? ""),
        FinderKind.Project => new ProjectFinder([.. _raw.Projects.Select(Project)]),
        FinderKind.App => new AppFinder([.. _raw.Apps.Select(item => Full(item.Include))]),
        FinderKind.Own => new OwnFinder(),
        FinderKind.Directory => new DirectoryFinder([.. _raw.Directories.Select(Directory)]),
        FinderKind.StaticWebAsset => new StaticWebAssetFinder([.. _raw.WebAssets.Select(WebAsset)]),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    private ReferencedProject Project(RawItem item)
    {
        var path = Full(item.Include);
        return new ReferencedProject(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path) ?? path, item["FolderName"]);
    }

    private WebAsset WebAsset(RawItem item) => Settings.WebAsset.Of(item, _projectFolder);

    private WebEndpoint WebEndpoint(RawItem item) =>
        new(item.Include, Full(item["AssetFile"] ?? ""), item["ResponseHeaders"] ?? "[]", item["EndpointProperties"] ?? "[]");

    private NamedDirectory Directory(RawItem item) =>
        new(Full(item.Include), PathBelowRoot("StaticCollectDirectory", item, "Prefix", item["Prefix"] ?? ""), item["App"]);

    private NamedFile NamedFile(RawItem item)
    {
        var full = Full(item.Include);
        var path = item["LogicalPath"] ?? item["RecursiveDir"] + Path.GetFileName(full);
        return new NamedFile(full, PathBelowRoot("StaticCollectFile", item, "LogicalPath", path, mayBeRoot: false), item["App"]);
    }

    private string PathBelowRoot(string itemName, RawItem item, string metadata, string value, bool mayBeRoot = true)
    {
        if (LogicalPath.TryParse(value, out var path) && (mayBeRoot || path.Length > 0))
            return path;
        _diagnostics.Add(Diagnostic.Error(Codes.LogicalPathNotAllowed,
            $"The {metadata} '{value}' of the {itemName} '{item.Include}' is not allowed: it must be a relative path that stays below the static root, such as lib/vendor."));
        return "";
    }

    /// <summary>Not where everybody could read it: it tells where sources lie.</summary>
    private string ReportPath(string root)
    {
        var path = OptionalPath("StaticCollectReport");
        if (path.Length > 0 && new[] { root, Path.Combine(Folder("PublishFolder"), "wwwroot") }.Any(served => FilePath.IsAtOrBelow(path, served)))
            _properties.NotAllowed("StaticCollectReport", _raw.Project["StaticCollectReport"]!, "true, false, or a path that is not published, such as artifacts/static.html");
        return path;
    }

    private string OptionalPath(string name) => _raw.Project[name] is { } path ? Full(path) : "";

    private string Folder(string name) => Full(_raw.Project[name] ?? "");

    private string Full(string path)
    {
        if (!path.Contains('\0', StringComparison.Ordinal))
            return FilePath.Full(path, _projectFolder);
        _properties.NotAllowed("A path", path, "what a file system can write, without a NUL character");
        return _projectFolder;
    }
}
