using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build;

/// <summary>
/// What a development server serves: each file that a publish would collect now, straight from its source and under its
/// plain URL, by a route of its own as in a publish; and the source folders, for what is added to them later.
/// </summary>
/// <param name="Folders">Folders whose files are served where no route leads to them.</param>
/// <param name="Files">The files that get a place below the web root, each file one.</param>
/// <param name="Routes">The routes; two may lead to one file.</param>
/// <param name="Replaced">Those of the SDK's assets that would be served under one of these routes.</param>
internal sealed record DevelopmentSources(
    IReadOnlyList<DevelopmentFolder> Folders,
    IReadOnlyList<DevelopmentFile> Files,
    IReadOnlyList<DevelopmentRoute> Routes,
    IReadOnlyList<ReplacedAsset> Replaced)
{
    /// <summary>Up to how many files each has a route: with as many, a build and a start of the app take about a second more.</summary>
    public const int MostRoutes = 5000;

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Finds them.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="assets">What the SDK serves in development by itself.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static DevelopmentSources Of(
        CollectSettings settings, IReadOnlyList<WebAsset> assets, CancellationToken cancellation = default)
    {
        var below = settings.Url.StartsWith('/') && !settings.Url.StartsWith("//", StringComparison.Ordinal)
            ? Uri.UnescapeDataString(settings.Url.Trim('/'))
            : "static";
        assets = [.. assets.Where(asset => !asset.AssetKind.Equals("Publish", StringComparison.OrdinalIgnoreCase))];
        var found = Finding.Run(settings with { Finders = [.. settings.Finders.Select(InBuild)] }, cancellation);

        var places = assets.ToLookup(asset => asset.SourcePath, asset => asset.LogicalPath, PathComparer);
        var selected = Stages.Select(settings, found, new Comparisons([], trustedBefore: 0)).Files;
        var isTooMany = selected.Count > MostRoutes;
        var needed = isTooMany ? NeedingRoutes(found) : null;
        var files = selected
            // The SDK reads these in a path as its own: such a file is left to its folder.
            .Where(file => !file.LogicalPath.Contains('%', StringComparison.Ordinal) && !file.LogicalPath.Contains("#[", StringComparison.Ordinal))
            .Where(file => needed is null || needed.Contains(LogicalPath.Key(file.LogicalPath)))
            .Select(file => (File: file, UrlPath: LogicalPath.Combine(below, file.LogicalPath)))
            .Where(served => !places[served.File.SourcePath].Contains(served.UrlPath, LogicalPath.KeyComparer))
            .ToList();
        var taken = files.Select(served => served.UrlPath).ToHashSet(LogicalPath.KeyComparer);
        var replaced = assets.Where(asset => taken.Contains(asset.LogicalPath)).Select(asset => asset.SourcePath).ToHashSet(PathComparer);
        return new DevelopmentSources(
            [.. found.Sources.Where(source => source.Files.Count > 0).SelectMany(source => FoldersOf(source, below))],
            [.. files
                // Where one file has several paths: the one that no folder serves.
                .OrderBy(served => served.File.Finder == FinderKind.File ? 0 : 1)
                .DistinctBy(served => served.File.SourcePath, PathComparer)
                .Where(served => !places.Contains(served.File.SourcePath))
                .Select(served => new DevelopmentFile(served.File.SourcePath, served.UrlPath))],
            [.. files.Select(served => new DevelopmentRoute(served.UrlPath, served.File.SourcePath, DevelopmentHeaders.Of(served.File)))],
            [.. assets
                .Where(asset => replaced.Contains(asset.SourcePath) || replaced.Contains(asset.RelatedAsset))
                .Select(asset => new ReplacedAsset(asset.SourcePath, asset.IsOwn))])
        {
            Diagnostics = isTooMany
                ? [new Diagnostic(Codes.TooManyForRoutes, Severity.Message,
                    $"{selected.Count} static files are more than {MostRoutes}: in development most of them are served by their folders and have no routes of their own. Leave out what no page needs with StaticCollectIgnore.")]
                : [],
        };

        // What is there in a build stands for what will be there in a publish.
        Finder InBuild(Finder finder) => finder.Kind == FinderKind.StaticWebAsset
            ? new StaticWebAssetFinder([.. assets.Select(asset => asset with { AssetKind = "All" })])
            : finder;
    }

    // Where there are too many: what no folder can say. Of each folder one file has a route all the same, since dotnet watch
    // does not read a folder that is empty.
    private static HashSet<string> NeedingRoutes(Found found)
    {
        var contested = found.Sources
            .SelectMany(source => source.Files)
            .GroupBy(file => LogicalPath.Key(file.LogicalPath), LogicalPath.KeyComparer)
            .Where(group => group.Skip(1).Any())
            .Select(group => group.Key);
        var named = found.Sources
            .SelectMany(source => source.Source.Files is null ? source.Files.Take(1) : source.Files)
            .Select(file => LogicalPath.Key(file.LogicalPath));
        return contested.Concat(named).ToHashSet(LogicalPath.KeyComparer);
    }

    private static StringComparer PathComparer { get; } = StringComparer.FromComparison(FilePath.Comparison);

    private static IEnumerable<DevelopmentFolder> FoldersOf(ScannedSource source, string below) => source.Finder switch
    {
        FinderKind.File => [],

        // At the root of the site a package has not the whole say that a folder would give it, and nothing is added to it.
        FinderKind.Package when below.Length == 0 => [],

        // A web asset may have another name than its file: the folder is that of its path where the names are the same.
        FinderKind.StaticWebAsset => source.Source.Files!
            .Select(file => (file.LogicalPath, Path: Path.GetRelativePath(source.Source.Path, file.SourcePath).Replace('\\', '/')))
            .Where(file => file.LogicalPath.EndsWith(file.Path, StringComparison.Ordinal))
            .Select(file => file.LogicalPath[..^file.Path.Length].TrimEnd('/'))
            .Distinct(StringComparer.Ordinal)
            .Select(basePath => new DevelopmentFolder(source.Source.Path, LogicalPath.Combine(below, basePath))),
        _ => [new DevelopmentFolder(source.Source.Path, LogicalPath.Combine(below, source.Source.Prefix))],
    };
}

/// <summary>A folder whose files are served as they are.</summary>
/// <param name="Path">Full path of the folder.</param>
/// <param name="UrlPath">Path below the web root under which it is served.</param>
internal sealed record DevelopmentFolder(string Path, string UrlPath);

/// <summary>A file with a place below the web root.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="UrlPath">The place.</param>
internal sealed record DevelopmentFile(string Path, string UrlPath);

/// <summary>A route that leads to a file.</summary>
/// <param name="UrlPath">The route, without a slash at its start.</param>
/// <param name="Path">Full path of the file.</param>
/// <param name="Headers">The headers of the answer, as <see cref="DevelopmentHeaders"/> gives them.</param>
internal sealed record DevelopmentRoute(string UrlPath, string Path, string Headers);

/// <summary>An asset of the SDK that development does without, since a file of ours is served under its URL.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="IsOfProject">Whether the project itself brings it; the publish is to know of it then.</param>
internal sealed record ReplacedAsset(string Path, bool IsOfProject);
