using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>What a web server must know of a static root. All paths lie below the root and are in ordinal order.</summary>
/// <param name="UrlPath">The path of the static URL, decoded, with a <c>/</c> at either end.</param>
/// <param name="Root">The static root as the server knows it, with <c>/</c> as separator and none at its end.</param>
public sealed record ServedFiles(string UrlPath, string Root)
{
    /// <summary>The value of <c>Cache-Control</c> for files whose name changes with their bytes.</summary>
    public const string ForEver = "public, max-age=31536000, immutable";

    /// <summary>The value of <c>Cache-Control</c> for all others: keep it, and ask each time whether it still holds.</summary>
    public const string AskFirst = "no-cache";

    /// <summary>The files whose name changes with their bytes, those of earlier releases among them.</summary>
    public IReadOnlyList<string> Immutable { get; init; } = [];

    /// <summary>The files that end like an encoded sibling and are none, e.g. a <c>.gz</c> for downloading.</summary>
    public IReadOnlyList<string> Downloads { get; init; } = [];

    /// <summary>The encodings that siblings may be there in, the one that saves most first.</summary>
    public IReadOnlyList<IContentEncoding> Encodings { get; init; } = [];

    /// <summary>
    /// A name for variables and the like that no other static root on the same server has; equal for equal places.
    /// </summary>
    public string Id => "static_" + Sha256Of.Texts([UrlPath, Root])[..8];

    /// <summary>The suffixes of the encodings as alternatives of a regular expression, e.g. <c>br|gz</c>.</summary>
    public string SuffixPattern => string.Join('|', Encodings.Select(encoding => encoding.Suffix[1..]));

    /// <summary>What is served after a collection.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="files">The published files.</param>
    /// <param name="retired">Paths of files of earlier releases that stay, with their encoded siblings.</param>
    public static ServedFiles Of(CollectSettings settings, IReadOnlyList<PublishedFile> files, IEnumerable<string> retired)
    {
        var old = WithoutSiblings(retired.ToHashSet(StringComparer.Ordinal));
        var encodings = settings.Compression?.Encodings ?? [];
        return new ServedFiles(PathOf(settings.Url), settings.ServerRoot)
        {
            Immutable = Sorted(files.Where(file => file.IsImmutable).Select(file => file.Path).Concat(old)),
            Downloads = Sorted(files
                .SelectMany(file => Outputs.IsPlainPublished(file, settings) ? new[] { file.File.LogicalPath, file.Path } : [file.Path])
                .Concat(old)
                .Where(path => encodings.Any(encoding => path.EndsWith(encoding.Suffix, StringComparison.Ordinal)))),
            // In ordinal order br comes before gzip, which is also the order of what they save.
            Encodings = [.. encodings.OrderBy(encoding => encoding.Name, StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<string> WithoutSiblings(HashSet<string> paths) => paths.Where(path => !ContentEncodings.All.Any(
        encoding => path.EndsWith(encoding.Suffix, StringComparison.Ordinal) && paths.Contains(path[..^encoding.Suffix.Length])));

    // No syntax can say a control character safely. A file so named is served like any other, and asked for each time.
    private static string[] Sorted(IEnumerable<string> paths) =>
        [.. paths.Where(path => !path.Any(char.IsControl)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string PathOf(string url)
    {
        var isPath = url.StartsWith('/') && !url.StartsWith("//", StringComparison.Ordinal);
        var path = isPath ? url : new Uri(url.StartsWith('/') ? "https:" + url : url).AbsolutePath;
        return Uri.UnescapeDataString(path);
    }
}
