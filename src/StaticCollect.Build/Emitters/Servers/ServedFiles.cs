using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>What a web server must know of a static root. All paths lie below the root and are in ordinal order.</summary>
/// <param name="UrlPath">The path of the static URL, decoded, with a <c>/</c> at either end.</param>
/// <param name="Root">The static root as the server knows it, with <c>/</c> as separator and none at its end.</param>
internal sealed record ServedFiles(string UrlPath, string Root)
{
    /// <summary>The value of <c>Cache-Control</c> for files whose name changes with their bytes.</summary>
    public const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>The value of <c>Cache-Control</c> for all others: keep it, and ask each time whether it still holds.</summary>
    public const string AskFirst = "no-cache";

    /// <summary>What the full paths of the configuration files begin with, on the server.</summary>
    public string Configuration { get; init; } = Root;

    /// <summary>Whether pages of another host use the files, which browsers allow for most of them only where this host does.</summary>
    public bool AllowsOtherHosts { get; init; }

    /// <summary>The files whose name changes with their bytes, those of earlier releases among them.</summary>
    public IReadOnlyList<string> Immutable { get; init; } = [];

    /// <summary>The files that end like an encoded sibling and are none, e.g. a <c>.gz</c> for downloading.</summary>
    public IReadOnlyList<string> Downloads { get; init; } = [];

    /// <summary>The encodings that siblings may be there in, the one that saves most first.</summary>
    public IReadOnlyList<IContentEncoding> Encodings { get; init; } = [];

    /// <summary>
    /// The files of the web root that are sent from the disk, too, under <c>/</c>; <see langword="null"/> where they are the
    /// app's. What is not among them is left to the rest of the configuration: pages, mostly.
    /// </summary>
    public ServedWebRoot? WebRoot { get; init; }

    /// <summary>
    /// A name for variables and the like that no other static root on the same server has; equal for equal places.
    /// </summary>
    public string Id => "static_" + Sha256.OfTexts([UrlPath, Root]).Digits(8);

    /// <summary>The suffixes of the encodings as alternatives of a regular expression, e.g. <c>br|gz</c>.</summary>
    public string SuffixPattern => string.Join('|', Encodings.Select(encoding => encoding.Suffix[1..]));

    /// <summary>What is served of a release.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="release">The release.</param>
    /// <param name="webRoot">What is served of the web root.</param>
    public static ServedFiles Of(CollectSettings settings, Release release, Release webRoot)
    {
        var encodings = settings.Compression?.Encodings ?? [];
        var isWholeSite = FilePath.Same(settings.Root, settings.PublishedWebRoot);
        var files = isWholeSite ? release.With(webRoot.Files.Where(file => release[file.Path] is null)) : release;
        return new ServedFiles(PathOf(settings), settings.ServerRoot)
        {
            Configuration = ServerConfigFiles.StemOnServer(settings),
            AllowsOtherHosts = settings.IsUrlAbsolute,
            Immutable = Sorted(files.Files.Where(file => file is { Encoding: null, Cache: CachePolicy.Immutable })),
            Downloads = Sorted(files.Files.Where(file => file.Encoding is null && Precompressed.EncodingOf(file.Path) is { } encoding && encodings.Contains(encoding))),
            WebRoot = isWholeSite ? null : ServedWebRoot.Of(settings, webRoot),
            // In ordinal order br comes before gzip, which is also the order of what they save.
            Encodings = [.. encodings.OrderBy(encoding => encoding.Name, StringComparer.Ordinal)],
        };
    }

    /// <summary>Whether any syntax can say a path: none can say a control character safely.</summary>
    public static bool CanBeSaid(string path) => !path.Any(char.IsControl);

    // A file that cannot be named is served like any other, and asked for each time.
    private static string[] Sorted(IEnumerable<ReleaseFile> files) =>
        [.. files.Select(file => file.Path).Where(CanBeSaid).Order(StringComparer.Ordinal)];

    private static string PathOf(CollectSettings settings)
    {
        var path = settings.IsUrlAbsolute ? new Uri(settings.Url.StartsWith('/') ? "https:" + settings.Url : settings.Url).AbsolutePath : settings.Url;
        return Uri.UnescapeDataString(path);
    }
}
