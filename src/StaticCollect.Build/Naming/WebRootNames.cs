using StaticCollect.Build.Content;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>
/// The files that the SDK publishes below the web root, and what is different about their names: the SDK has given them
/// fingerprints, in places of its own choice, and some of them are not to be touched.
/// </summary>
internal sealed class WebRootNames
{
    private const string Framework = "_framework/";
    private const string ServiceWorker = "BlazorServiceWorker";

    private readonly WebRootName[] _names;
    private readonly HashSet<string> _routed;

    /// <summary>Takes those of the assets that are published.</summary>
    /// <param name="webRoot">All assets of the app, their routes, and which names stay.</param>
    public WebRootNames(WebRootSettings webRoot)
    {
        var assets = webRoot.Assets;
        _routed = webRoot.Endpoints.Where(endpoint => endpoint.HasFingerprint).Select(endpoint => endpoint.AssetPath).ToHashSet(StringComparer.Ordinal);
        // Where the build and the publish have a file each under one path, the SDK publishes the latter.
        Assets =
        [
            .. assets.Where(asset => asset.IsPublished)
                .GroupBy(asset => asset.LogicalPath, StringComparer.Ordinal)
                .Select(group => group.OrderBy(asset => asset.AssetKind.Equals("Publish", StringComparison.OrdinalIgnoreCase) ? 0 : 1).First())
                .OrderBy(asset => asset.LogicalPath, StringComparer.Ordinal),
        ];
        _names = [.. Assets.Select(asset => IsUnnamed(asset, webRoot.Rules) ? WebRootName.Usual(asset) : WebRootName.Of(asset))];
        Files = [.. Assets.Select(asset => new StaticFile(asset.LogicalPath, asset.SourcePath, FileStamp.Of(asset.SourcePath) ?? default, asset.SourceId, FinderOf(asset)))];
        Fingerprints = [.. Assets.Select(asset => asset.Fingerprint)];
        HasServiceWorker = assets.Any(asset => asset is { Trait: ServiceWorker, TraitValue: "ServiceWorkerManifest" });
    }

    /// <summary>The assets that are published, in ordinal order of their paths.</summary>
    public IReadOnlyList<WebAsset> Assets { get; }

    /// <summary>The same as files, whose logical paths are those below the web root.</summary>
    public IReadOnlyList<StaticFile> Files { get; }

    /// <summary>
    /// Whether a service worker hands the files out, from a list of plain names and hashes: to it a name with a fingerprint
    /// means nothing.
    /// </summary>
    public bool HasServiceWorker { get; }

    /// <summary>The fingerprints that the SDK gave them.</summary>
    public IReadOnlyList<string> Fingerprints { get; }

    /// <summary>
    /// Whether a file is read for references. Not so what the runtime of Blazor loads, since its own list names each file
    /// by hash; service workers, since browsers look for a new one under the old name; and files that name no other.
    /// </summary>
    public bool IsRead(int file) =>
        ReferenceLanguages.Of(Files[file].LogicalPath) is not null
        && !Files[file].LogicalPath.StartsWith(Framework, StringComparison.Ordinal)
        && Assets[file].Trait != ServiceWorker
        && Path.GetFileName(Files[file].LogicalPath) is not ("service-worker.js" or "service-worker.published.js" or "service-worker-assets.js" or "sw.js")
        && Files[file].Stamp != default;

    /// <summary>
    /// The files that JavaScript initializers name. Those must stay as they are, since the list of them is made before; so
    /// what they name keeps its plain name for all others, too, or a browser would load that twice.
    /// </summary>
    /// <param name="targets">The target of each place of each file.</param>
    public IEnumerable<int> NamedByInitializers(int[][] targets) => Enumerable.Range(0, Files.Count)
        .Where(StaysAsItIs)
        .SelectMany(file => targets[file])
        .Where(target => target >= 0);

    /// <summary>Whether files of the static root may go by a file's name.</summary>
    public bool IsForOthers(int file) => !Files[file].LogicalPath.StartsWith(Framework, StringComparison.Ordinal);

    /// <summary>Whether nothing in a file is rewritten although it is read.</summary>
    public bool StaysAsItIs(int file) => IsInitializer(Files[file].LogicalPath);

    /// <summary>Whether a file has a name with a fingerprint.</summary>
    public bool HasFingerprint(int file) => _names[file].HasFingerprint && Fingerprints[file].Length > 0;

    /// <summary>Whether it has that from here, and not from the SDK or the package that brings it.</summary>
    public bool IsNamedHere(int file) =>
        HasFingerprint(file) && !Assets[file].RelativePath.Contains("#[", StringComparison.Ordinal) && !_routed.Contains(Assets[file].SourcePath);

    /// <summary>The path of a file with a fingerprint.</summary>
    public string PathOf(int file, string fingerprint) => _names[file].With(fingerprint);

    /// <summary>Adds the names with the fingerprints that files have now: style sheets of libraries are imported by them.</summary>
    public void AddTo(Dictionary<string, int> index)
    {
        for (var i = 0; i < Files.Count; i++)
        {
            if (HasFingerprint(i))
                index.TryAdd(_names[i].With(Fingerprints[i]), i);
        }
    }

    /// <summary>
    /// Whether somebody else may answer: routes of the app stand at the root, and the SDK has placeholders of its own.
    /// </summary>
    public static bool IsElsewhere(string url, string path) =>
        url.StartsWith('/')
        || url.Contains("#[", StringComparison.Ordinal)
        || path.StartsWith(Framework, StringComparison.Ordinal);

    /// <summary>The name of a file whose references must be placed; <see langword="null"/> where it has no fingerprint.</summary>
    public PlacedName? NameOf(int file) =>
        HasFingerprint(file) ? new PlacedName(_names[file].Plain, _names[file].After, Fingerprints[file]) : null;

    // Packages that were made by an older SDK give their files no fingerprints. Blazor lists initializers by name.
    private static bool IsUnnamed(WebAsset asset, FingerprintSettings rules) =>
        asset.SourceType == "Package"
        && !asset.RelativePath.Contains("#[", StringComparison.Ordinal)
        && !asset.LogicalPath.StartsWith(Framework, StringComparison.Ordinal)
        && !IsInitializer(asset.LogicalPath)
        && !rules.KeepsName(asset.LogicalPath);

    private static bool IsInitializer(string path) => path.EndsWith(".lib.module.js", StringComparison.OrdinalIgnoreCase);

    // Whose the file is decides who is told of its mistakes.
    private static FinderKind FinderOf(WebAsset asset) => asset.SourceType switch
    {
        "Package" => FinderKind.Package,
        "Project" => FinderKind.Project,
        _ => FinderKind.StaticWebAsset,
    };
}
