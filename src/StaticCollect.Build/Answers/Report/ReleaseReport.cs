using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Answers.Report;

/// <summary>What the report tells, all of it from releases as they were written down.</summary>
/// <param name="Project">The name of the project.</param>
/// <param name="Url">The static URL.</param>
/// <param name="Release">The release.</param>
/// <param name="Before">The release that it is compared with; <see langword="null"/> where there is none.</param>
internal sealed record ReleaseReport(string Project, string Url, PastRelease Release, PastRelease? Before)
{
    // More are in the table, which sorts.
    private const int MostLargest = 20;

    // A release does not tell the settings that it was made with.
    private static readonly CompressionSettings Usual = new() { CacheDirectory = "" };

    // What browsers, search engines and others ask for by themselves; .well-known/ besides.
    private static readonly string[] AskedForByName =
        ["favicon.ico", "robots.txt", "sitemap.xml", "humans.txt", "ads.txt", "browserconfig.xml", "crossdomain.xml", "apple-touch-icon.png", "apple-touch-icon-precomposed.png"];

    /// <summary>Further sections.</summary>
    public IReadOnlyList<ReportNote> Notes =>
        [new("Not the same everywhere", "What other machines, servers or browsers take for something else.", PortabilityText.Lines(Release.Release))];

    /// <summary>The static files, in ordinal order of logical path.</summary>
    public IReadOnlyList<ReportedFile> Files { get; } =
        [.. PublishedForms.Of(Release.Release).Values.OrderBy(forms => forms.File.LogicalPath, StringComparer.Ordinal).Select((forms, number) => new ReportedFile(number, forms))];

    /// <summary>The encodings that some of them have.</summary>
    public IReadOnlyList<IContentEncoding> Encodings => [.. ContentEncodings.All.Where(encoding => Files.Any(file => file.Forms.Encodings.Any(one => one.Encoding == encoding)))];

    /// <summary>Files of earlier releases that stay for pages that were served before.</summary>
    public IReadOnlyList<ReleaseFile> Kept => [.. Release.Release.Files.Where(file => file.Role == Role.Kept)];

    /// <summary>The files by app and folder.</summary>
    public SizeNode ByApp => SizeNode.ByApp(Files);

    /// <summary>The files by folder.</summary>
    public SizeNode ByFolder => SizeNode.ByFolder(Files);

    /// <summary>Equal bytes under several names.</summary>
    public IReadOnlyList<Duplicates> Duplicates => Report.Duplicates.Of(Files);

    /// <summary>Libraries in several versions.</summary>
    public IReadOnlyList<LibraryVersions> Libraries => LibraryVersions.Of(Files);

    /// <summary>The largest files, the largest first.</summary>
    public IReadOnlyList<ReportedFile> Largest => [.. Files.OrderByDescending(file => file.Sizes.Identity).ThenBy(file => file.Number).Take(MostLargest)];

    /// <summary>Files that could have an encoding and have none, the largest first; none where nobody asked for encodings.</summary>
    public IReadOnlyList<ReportedFile> Uncompressed => Encodings.Count == 0 ? [] :
    [
        .. Files.Where(file => file.Forms.Encodings.Count == 0 && Usual.Includes(file.LogicalPath, file.Sizes.Identity))
            .OrderByDescending(file => file.Sizes.Identity)
            .ThenBy(file => file.Number),
    ];

    /// <summary>
    /// Files that no other file names, the largest first, without those that are asked for by themselves: pages, and what has a
    /// name that others know. None where no file names another one: then nobody looked for references.
    /// </summary>
    public IReadOnlyList<ReportedFile> Unreferenced
    {
        get
        {
            var named = Files.SelectMany(file => file.File.References.Where(path => path != file.LogicalPath)).ToHashSet(StringComparer.Ordinal);
            return named.Count == 0 ? [] :
            [
                .. Files.Where(file => !named.Contains(file.LogicalPath) && !IsAskedFor(file.File))
                    .OrderByDescending(file => file.Sizes.Identity)
                    .ThenBy(file => file.Number),
            ];
        }
    }

    /// <summary>What is another than in the release before; <see langword="null"/> where there is none.</summary>
    public ReleaseDifference? Difference => Before is null ? null : ReleaseDifference.Between(Before.Release, Release.Release);

    private static bool IsAskedFor(ReleaseFile file) =>
        file.MediaType is "text/html" or "application/xhtml+xml"
        || file.LogicalPath.StartsWith(".well-known/", StringComparison.Ordinal)
        || AskedForByName.Contains(file.LogicalPath, StringComparer.OrdinalIgnoreCase);
}
