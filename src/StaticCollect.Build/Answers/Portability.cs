using System.Buffers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>What can make a release another one elsewhere.</summary>
internal enum PortabilityKind
{
    /// <summary>Folders that Windows and macOS take for one.</summary>
    FoldersAlike,

    /// <summary>Names that Windows cannot write. The selection has told of each of them.</summary>
    WindowsName,

    /// <summary>Names that a URL cannot hold as they look.</summary>
    UrlName,

    /// <summary>Windows line ends under names that follow from the bytes.</summary>
    LineEnds,

    /// <summary>Very large files.</summary>
    LargeFile,
}

/// <summary>Files of a release that are not the same, or not found, everywhere.</summary>
/// <param name="Kind">Why not.</param>
/// <param name="Paths">Their logical paths in ordinal order; of folders their paths, those that are taken for one beside each other.</param>
internal sealed record PortabilityFinding(PortabilityKind Kind, IReadOnlyList<string> Paths);

/// <summary>Looks for what a release has that other machines, servers or browsers take otherwise.</summary>
internal static class Portability
{
    /// <summary>More bytes than this are many for one file.</summary>
    public const long Large = 10_000_000;

    private static readonly SearchValues<char> SignsOfUrls = SearchValues.Create("#%?");

    /// <summary>What there is, in the order of the kinds; a kind of which there is nothing is left out.</summary>
    public static IReadOnlyList<PortabilityFinding> Of(Release release)
    {
        var files = release.Collected;
        return
        [
            .. new[]
            {
                new PortabilityFinding(PortabilityKind.FoldersAlike, Folders(files)),
                Files(PortabilityKind.WindowsName, file => LogicalPath.WhyNotOnWindows(file.LogicalPath) is not null),
                Files(PortabilityKind.UrlName, file => file.LogicalPath.AsSpan().ContainsAny(SignsOfUrls) || LogicalPath.Key(file.LogicalPath) != file.LogicalPath),
                Files(PortabilityKind.LineEnds, file => file.Published is { Fingerprint: not null, HasWindowsLineEnds: true } && !IsOfOthers(file.Published.Origin)),
                Files(PortabilityKind.LargeFile, file => file.Published.Content.Length > Large),
            }.Where(finding => finding.Paths.Count > 0),
        ];

        PortabilityFinding Files(PortabilityKind kind, Predicate<CollectedPath> isOne) =>
            new(kind, [.. files.Where(file => isOne(file)).Select(file => file.LogicalPath)]);
    }

    // Those below folders of two spellings differ from there on: of them nothing more is told.
    private static List<string> Folders(IReadOnlyList<CollectedPath> files) =>
    [
        .. files.SelectMany(file => LogicalPath.FoldersOf(file.LogicalPath))
            .Distinct(StringComparer.Ordinal)
            .GroupBy(folder => (folder[..(folder.LastIndexOf('/') + 1)], LogicalPath.Key(folder).ToUpperInvariant()))
            .Where(group => group.Count() > 1)
            .SelectMany(group => group.Order(StringComparer.Ordinal)),
    ];

    // No git checks them out here.
    private static bool IsOfOthers(Origin origin) =>
        origin.Finder == FinderKind.Package || $"/{origin.SourcePath.Replace('\\', '/')}".Contains("/node_modules/", StringComparison.Ordinal);
}
