using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>Follows references to the files that they mean, and tells of those that lead nowhere.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="rules">The settings of fingerprints.</param>
/// <param name="webRoot">Knows of what else answers in the web root, where the files are those of it.</param>
/// <param name="neighbours">The files beside these.</param>
internal sealed class Resolution(CollectSettings settings, FingerprintSettings rules, WebRootNames? webRoot, Neighbours neighbours)
{
    /// <summary>The target of a place that is left as it is.</summary>
    public const int Left = -1;

    private readonly List<Neighbour> _met = [];
    private readonly HashSet<int> _awaiting = [];
    private readonly List<(int File, MissingReference Reference)> _missing = [];

    // What the SDK publishes below the static root is not collected, and is there all the same.
    private readonly Lazy<HashSet<string>> _bySdk = new(() =>
    [
        .. settings.Finders.OfType<WebRootFinder>().SelectMany(finder => finder.Assets.Where(asset => asset.IsPublished).Select(finder.PathOf)),
    ]);

    /// <summary>The neighbours with fingerprints that files refer to.</summary>
    public IReadOnlyList<Neighbour> Met => _met;

    /// <summary>The files that refer to a neighbour whose name is not known yet.</summary>
    public IReadOnlyCollection<int> Awaiting => _awaiting;

    /// <summary>Where files name what is not collected, by the number of the file, in the order of the places.</summary>
    public ILookup<int, MissingReference> Missing => _missing.ToLookup(one => one.File, one => one.Reference);

    /// <summary>Which of <see cref="Met"/> a target is; negative where it is none.</summary>
    public static int NeighbourOf(int target) => Left - 1 - target;

    /// <summary>
    /// The target of each site of each file: an index, a number below <see cref="Left"/> for a neighbour, or <see cref="Left"/>.
    /// </summary>
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
        var missing = new MissingReferences(settings, rules, index.Keys);
        var targets = new int[files.Count][];
        for (var i = 0; i < files.Count; i++)
        {
            var analysis = analyses[i];
            var own = UrlBase.Of(files[i].LogicalPath, settings.Url);
            targets[i] = analysis.Sites.Count == 0 ? [] : new int[analysis.Sites.Count];
            for (var j = 0; j < targets[i].Length; j++)
            {
                var site = analysis.Sites[j];
                targets[i][j] = Left;
                var place = UrlPlace.Elsewhere;
                var path = "";
                var from = own.At(analysis.Base, site.InsertAt);
                if (from is not null)
                    place = from.Resolve(site.Url, out path);
                var isOwn = place == UrlPlace.Below && index.ContainsKey(path);

                // What is collected wins over what the SDK publishes under the same path.
                var neighbour = isOwn && webRoot is null ? null : Neighbour(from, place, path, site.Url);
                if (neighbour is not null && webRoot?.StaysAsItIs(i) != true)
                    targets[i][j] = Meet(neighbour, i);
                if (isOwn && neighbour is null or { IsGuess: true })
                    targets[i][j] = index[path];
                else if (neighbour is null && place != UrlPlace.Elsewhere && (webRoot is null || !WebRootNames.IsElsewhere(site.Url, path)) && !_bySdk.Value.Contains(path) && missing.Describe(files[i], site, path) is { } diagnostic)
                {
                    diagnostics.Add(diagnostic);
                    _missing.Add((i, new MissingReference(site.Url, path, site.Line, site.Column)));
                }
            }

            if (analysis.Problem is { } problem)
                diagnostics.Add(MissingReferences.Describe(files[i], problem));
        }

        return targets;
    }

    private Neighbour? Neighbour(UrlBase? from, UrlPlace place, string path, string url)
    {
        if (from is null || neighbours == Neighbours.None)
            return null;

        // Paths below the web root are those from the root of the host.
        return webRoot is not null
            ? place == UrlPlace.Below ? neighbours.Find(path) : null
            : from.PathOnHost(url) is { } onHost ? neighbours.Find(onHost) : null;
    }

    private int Meet(Neighbour neighbour, int file)
    {
        if (neighbour.IsAwaited)
            _awaiting.Add(file);
        if (neighbour.FingerprintedPath is null)
            return Left;
        _met.Add(neighbour);
        return Left - _met.Count;
    }
}
