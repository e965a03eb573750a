using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>Follows references to the files that they mean, and tells of those that lead nowhere.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="rules">The settings of fingerprints.</param>
/// <param name="webRoot">Knows of what else answers in the web root, where the files are those of it.</param>
internal sealed class Resolution(CollectSettings settings, FingerprintSettings rules, WebRootNames? webRoot = null)
{
    // What the SDK publishes below the static root is not collected, and is there all the same.
    private readonly Lazy<HashSet<string>> _bySdk = new(() =>
    [
        .. settings.Finders.OfType<WebRootFinder>().SelectMany(finder => finder.Assets.Where(asset => asset.IsPublished).Select(finder.PathOf)),
    ]);

    /// <summary>The target of each site of each file: an index, or -1 for a site that is left as it is.</summary>
    /// <param name="files">The files.</param>
    /// <param name="analyses">What reading each of them told.</param>
    /// <param name="index">The number of each file by logical path.</param>
    /// <param name="diagnostics">Takes what is wrong, in the order of the files, then of the places in them.</param>
    public int[][] Targets(
        IReadOnlyList<StaticFile> files,
        IReadOnlyList<FileAnalysis> analyses,
        Dictionary<string, int> index,
        List<Diagnostic> diagnostics)
    {
        var missing = new MissingReferences(rules, index.Keys);
        var targets = new int[files.Count][];
        for (var i = 0; i < files.Count; i++)
        {
            var analysis = analyses[i];
            var own = UrlBase.Of(files[i].LogicalPath, settings.Url);
            targets[i] = analysis.Sites.Count == 0 ? [] : new int[analysis.Sites.Count];
            for (var j = 0; j < targets[i].Length; j++)
            {
                var site = analysis.Sites[j];
                targets[i][j] = -1;
                var place = UrlPlace.Elsewhere;
                var path = "";
                if (own.At(analysis.Base, site.InsertAt) is { } from)
                    place = from.Resolve(site.Url, out path);
                if (place == UrlPlace.Below && index.TryGetValue(path, out var target))
                    targets[i][j] = target;
                else if (place != UrlPlace.Elsewhere && webRoot?.IsElsewhere(site.Url, path) != true && !_bySdk.Value.Contains(path) && missing.Describe(files[i], site, path) is { } diagnostic)
                    diagnostics.Add(diagnostic);
            }

            if (analysis.Problem is { } problem)
                diagnostics.Add(MissingReferences.Describe(files[i], problem));
        }

        return targets;
    }
}
