using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build;

/// <summary>
/// Names the web root, and as much of the static root as that takes: files of each refer to those of the other. The static
/// root is named once more when it is collected, after the SDK has published; it comes to the same names, as they follow
/// from the same bytes.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="names">The names of the web root.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class BothRoots(CollectSettings settings, WebRootNames names, CancellationToken cancellation)
{
    // Paths below the static URL, from the root of the host. Those of a CDN are not looked for; what stands there by habit is.
    private readonly string _below = settings.IsUrlAbsolute ? "static/" : Uri.UnescapeDataString(settings.Url).TrimStart('/');

    /// <summary>Names the web root.</summary>
    /// <returns>The names, and what the collection must know of them.</returns>
    public (Fingerprints WebRoot, Agreement Agreement) Name()
    {
        var webRoot = WebRoot(Neighbours.Below(_below));
        if (!settings.NamesBothRoots)
            return (webRoot, Agreement.None);
        if (webRoot.Unsettled.Count > 0)
            webRoot = WithStaticRoot(webRoot);
        var promised = webRoot.Neighbours.Select(file => file.FingerprintedPath![_below.Length..]).Distinct(StringComparer.Ordinal);
        return (webRoot, new Agreement([.. Files(webRoot, isLast: true)], [.. promised.Order(StringComparer.Ordinal)]));
    }

    /// <summary>
    /// Names one after the other, as long as that settles more names. What then is left leads to files that refer to each other
    /// in a circle through both roots: there the web root goes by plain names, which are served as well.
    /// </summary>
    private Fingerprints WithStaticRoot(Fingerprints webRoot)
    {
        var found = Stages.Select(settings, Finding.Run(settings, cancellation), new Comparisons([], trustedBefore: 0)).Files;
        var last = LastNamingFile.Read(settings.LastNamingPath);
        for (var unsettled = int.MaxValue; ;)
        {
            var seen = Neighbours.Of([.. Files(webRoot, isLast: false)]);
            var collected = new Fingerprinter(settings, trustedBefore: 0, seen).Run(found, last, cancellation);
            webRoot = WebRoot(Neighbours.Of([.. Files(collected)]));
            if (collected.Unsettled.Count is var left && (left == 0 || left == unsettled))
                return webRoot;
            unsettled = left;
        }
    }

    private Fingerprints WebRoot(Neighbours neighbours)
    {
        // Plain names are always published beside those with fingerprints: the SDK serves both.
        var rules = settings with { Url = "/", Fingerprint = settings.WebRoot!.Rules with { KeepOriginals = true } };
        return new Fingerprinter(rules, trustedBefore: 0, neighbours, names).Run(names.Files, LastNaming.Empty, cancellation);
    }

    /// <summary>The files of the web root as those of the static root see them.</summary>
    private IEnumerable<Neighbour> Files(Fingerprints webRoot, bool isLast) =>
        Enumerable.Range(0, webRoot.Files.Count)
            .Where(names.IsForOthers)
            .Select(i => Neighbour(webRoot.Files[i].File.LogicalPath, webRoot.Files[i].FingerprintedPath, webRoot.Files[i], !isLast && webRoot.Unsettled.Contains(i)));

    /// <summary>The files of the static root as those of the web root see them.</summary>
    private IEnumerable<Neighbour> Files(Fingerprints collected) =>
        collected.Files.Select((file, i) => Neighbour(
            _below + file.File.LogicalPath,
            file.FingerprintedPath is null ? null : _below + file.FingerprintedPath,
            file,
            collected.Unsettled.Contains(i)));

    private static Neighbour Neighbour(string path, string? fingerprinted, PublishedFile file, bool isAwaited) => new(path)
    {
        FingerprintedPath = isAwaited ? null : fingerprinted,
        Fingerprint = isAwaited ? "" : file.Fingerprint ?? "",
        Rewritten = file.IsRewritten ? file.Content.Hash : default,
        IsAwaited = isAwaited,
    };
}
