using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build;

/// <summary>Tells everything that is known of a file: what a collection would make of it now, and what earlier ones made of it.</summary>
internal sealed class Explainer
{
    private readonly CollectSettings _settings;
    private readonly IReadOnlyList<StaticFile> _found;
    private readonly Selected _selected;
    private readonly Made _made;
    private readonly Timeline _timeline;
    private readonly CancellationToken _cancellation;

    private Explainer(CollectSettings settings, IReadOnlyList<StaticFile> found, Selected selected, CancellationToken cancellation)
    {
        // Nothing is written, only the files that are asked for are compressed, and what leads nowhere is told of them.
        _settings = settings with { DryRun = true, Fingerprint = settings.Fingerprint is { } rules ? rules with { MissingReference = MissingReferencePolicy.Warn } : null };
        (_found, _selected, _cancellation) = (found, selected, cancellation);
        _made = Stages.Make(_settings with { Compression = null }, selected, new ContentReader(), trustedBefore: 0, cancellation);
        _timeline = Timeline.Of(_made.Release, new History(settings.StateFolder).All);
    }

    /// <summary>Explains the files that <see cref="CollectSettings.PathToFind"/> names.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what is wrong.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The lines of the answer.</returns>
    public static IReadOnlyList<string> Explain(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        if (Inspector.Query(settings, log, "ExplainStatic") is not { } query)
            return [];
        var selected = Inspector.Select(settings, log, cancellation, out var found);
        var explainer = new Explainer(settings, found, selected, cancellation);
        return log.Tell(explainer._made.Diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error)) ? explainer.Answer(query) : [];
    }

    private IReadOnlyList<string> Answer(PathQuery query)
    {
        var (paths, note) = Resolve(query);
        if (paths.Count == 0)
            return [$"No file has the path '{query.Path}'.{Inspector.DidYouMean(query.Path, _selected.All)}"];
        var text = new ExplanationText(_settings, _made.Places.ToLookup(place => place.From, StringComparer.Ordinal));
        var lines = Explain(paths).SelectMany(text.Lines);
        return note.Length > 0 ? [note, .. lines] : [.. lines];
    }

    /// <summary>The logical paths that are meant, and what must be said before they are explained.</summary>
    private (IReadOnlyList<string> Paths, string Note) Resolve(PathQuery query)
    {
        if (query.Pattern is { } pattern)
        {
            IReadOnlyList<string> matching = [.. _selected.All.Select(file => file.LogicalPath).Where(pattern.Matches)];
            return (matching, matching.Count == 1 ? "" : $"{Wording.Count(matching.Count, "file")} match '{pattern.Pattern}':");
        }

        if (Now(query.Path) is { } path)
            return ([path], "");
        foreach (var encoding in ContentEncodings.All.Where(encoding => query.Path.EndsWith(encoding.Suffix, StringComparison.Ordinal)))
        {
            if (Now(query.Path[..^encoding.Suffix.Length]) is { } encoded)
                return ([encoded], $"'{query.Path}' is an encoding ({encoding.Name}) of '{encoded}':");
        }

        return _timeline.Find(query.Path) is { } past
            ? ([past.LogicalPath], past.LogicalPath == query.Path ? "" : $"'{query.Path}' is what '{past.LogicalPath}' was called in {past.Release}:")
            : ([], "");
    }

    private string? Now(string path) =>
        _made.Release[path]?.LogicalPath ?? Offers.Of(path, _found, _selected.All, _selected.Files)?.Winner.LogicalPath;

    private IEnumerable<Explanation> Explain(IReadOnlyList<string> paths)
    {
        var asked = paths.ToHashSet(StringComparer.Ordinal);
        List<PublishedFile> files = [.. _made.Files.Where(file => asked.Contains(file.File.LogicalPath))];
        var (encodings, _, _) = Stages.Encode(_settings, _selected, files, new ContentReader(), _cancellation);
        var forms = PublishedForms.Of(Release.Of(files, encodings, _settings));
        var places = _made.Places.Where(place => asked.Contains(place.From) || asked.Contains(place.To)).ToList();
        return paths.Select(path => new Explanation(path)
        {
            Offers = Offers.Of(path, _found, _selected.All, _selected.Files),
            Forms = forms.GetValueOrDefault(path),
            Witness = _made.Witnesses.GetValueOrDefault(path),
            RefersTo = [.. places.Where(place => place.From == path)],
            ReferredToBy = [.. places.Where(place => place.To == path)],
            Age = _timeline.AgeOf(path),
        }).Select(file => file.Offers is not { Winner: var winner } ? file : file with
        {
            WhyNoFile = _selected.WhyNoFile(winner),
            Problems = [.. _made.Diagnostics.Where(diagnostic => diagnostic.File == winner.SourcePath && diagnostic.Line > 0)],
        });
    }
}
