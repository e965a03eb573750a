using StaticCollect.Build.Content;
using StaticCollect.Build.References;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>The name of a file whose fingerprint may stand anywhere in it.</summary>
/// <param name="Plain">The path without a fingerprint.</param>
/// <param name="After">What stands behind the fingerprint.</param>
/// <param name="Fingerprint">The fingerprint that a reference may have already.</param>
internal sealed record PlacedName(string Plain, string After, string Fingerprint);

/// <summary>
/// What a file's places look like where the SDK puts fingerprints elsewhere than before the last dot
/// (<c>Chart.{fingerprint}.razor.js</c>), or where a name has one already.
/// </summary>
internal static class Placement
{
    /// <summary>Finds where the fingerprints go.</summary>
    /// <param name="file">The file.</param>
    /// <param name="analysis">What reading it told.</param>
    /// <param name="targets">The target of each place; what cannot be renamed in place becomes -1.</param>
    /// <param name="nameOf">The name of a target; <see langword="null"/> where its fingerprint stands in the usual place.</param>
    public static FileAnalysis Of(StaticFile file, FileAnalysis analysis, int[] targets, Func<int, PlacedName?> nameOf)
    {
        ReferenceSite[]? sites = null;
        FoundReferences? found = null;
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i] == Resolution.Left || nameOf(targets[i]) is not { } name)
                continue;
            var site = analysis.Sites[i];
            var at = PlaceIn(site.Url, name, out var standing);
            if (at < 0)
            {
                targets[i] = Resolution.Left;
                continue;
            }

            sites ??= [.. analysis.Sites];
            if (at != UrlTarget.InsertionPoint(site.Url))
            {
                found ??= ReferenceLanguages.Of(file.LogicalPath)!.Find(ContentReader.ReadSource(file.SourcePath, analysis.Hash));
                sites[i] = sites[i] with { InsertAt = found[i].ByteOf(at) };
            }

            sites[i] = sites[i] with { Standing = standing };
        }

        return sites is null ? analysis : analysis with { Sites = sites };
    }

    /// <summary>Where in a URL the fingerprint of a target goes, or stands already; -1 where it is written in an odd way.</summary>
    private static int PlaceIn(string url, PlacedName target, out string? standing)
    {
        standing = null;
        var path = url[..UrlTarget.PathLength(url)];
        var start = path.AsSpan().LastIndexOfAny('/', '\\') + 1;
        var name = Uri.UnescapeDataString(path[start..]);
        var at = path.Length;
        while (at >= start && Uri.UnescapeDataString(path[at..]) != target.After)
            at--;
        if (at < start)
            return -1;
        if (name == Path.GetFileName(target.Plain))
            return at;
        if (target.Fingerprint.Length == 0 || !path.AsSpan(start, at - start).EndsWith(target.Fingerprint))
            return -1;
        standing = target.Fingerprint;
        return at - standing.Length;
    }
}
