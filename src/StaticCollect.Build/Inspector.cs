using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build;

/// <summary>Answers questions about a collection without making one. An answer is its lines.</summary>
internal static class Inspector
{
    private const int MostNearest = 3;

    /// <summary>Every source that offers <see cref="CollectSettings.PathToFind"/>, the winner first, and why it wins.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what is wrong.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IReadOnlyList<string> Find(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        if (Query(settings, log, "FindStatic")?.Path is not { } wanted)
            return [];
        var selected = Select(settings, log, cancellation, out var all);
        return Offers.Of(wanted, all, selected.All, selected.Files) is { } offers
            ? [$"Found '{wanted}' here:", .. offers.Lines(settings), .. Names(offers.Winner, selected, settings, cancellation)]
            : [$"No source offers '{wanted}'.{DidYouMean(wanted, selected.All)}"];
    }

    /// <summary>All files that would be collected, with their sources.</summary>
    /// <inheritdoc cref="Find"/>
    public static IReadOnlyList<string> List(CollectSettings settings, ICollectLog log, CancellationToken cancellation = default)
    {
        var selected = Select(settings, log, cancellation, out _);
        return
        [
            $"{Wording.Count(selected.Files.Count, "static file")} would be collected to '{settings.Show(settings.Root)}/'.",
            .. selected.Files.Select(file => $"  {file.LogicalPath} <- {Offers.Describe(file, settings)}"),
        ];
    }

    /// <summary>What is asked about, or an error where that is no path.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what is wrong.</param>
    /// <param name="target">The target that asks.</param>
    public static PathQuery? Query(CollectSettings settings, ICollectLog log, string target)
    {
        var query = PathQuery.Parse(settings.PathToFind, settings.Url);
        if (query is null)
        {
            log.Report(Diagnostic.Error(Codes.PathToFindMissing,
                $"StaticCollectPath is '{settings.PathToFind}'. Name the file to look for, e.g. dotnet build -t:{target} -p:StaticCollectPath=css/site.css."));
        }

        return query;
    }

    /// <summary>The published names of a file, and what they depend on and decide.</summary>
    private static IEnumerable<string> Names(StaticFile file, Selected selected, CollectSettings settings, CancellationToken cancellation)
    {
        if (selected.WhyNoFile(file) is { } why)
            return [$"  {why}"];
        if (settings.Fingerprint is null)
            return [];
        var made = Stages.Make(settings with { DryRun = true, Compression = null }, selected, new ContentReader(), trustedBefore: 0, cancellation);
        if (made.Release.Collected.FirstOrDefault(candidate => candidate.LogicalPath == file.LogicalPath)?.Published is not { } published)
            return [];
        return
        [
            published.Fingerprint is not null
                ? $"  Published as '{published.Path}'."
                : published.Cache == CachePolicy.Immutable ? "  Published under its own name, which holds a fingerprint already." : "  Published under its plain name.",
            Listed("Referred to by", [.. made.Release.Collected.Select(other => other.Published).Where(other => other.References.Contains(file.LogicalPath, StringComparer.Ordinal)).Select(other => other.LogicalPath)]),
            Listed("Refers to", published.References),
        ];

        static string Listed(string what, IReadOnlyList<string> paths) =>
            $"  {what} {(paths.Count == 0 ? "no file" : string.Join(", ", paths.Select(other => $"'{other}'")))}.";
    }

    /// <summary>Says which paths are near one that is not there; nothing where none is.</summary>
    public static string DidYouMean(string wanted, IReadOnlyList<StaticFile> files)
    {
        var near = new NearestPaths([.. files.Select(file => file.LogicalPath)]).All(wanted).Take(MostNearest).Select(path => $"'{path}'").ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>Decides which files would be collected, and tells what is wrong with them.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="log">Is told what is wrong.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="all">Every file that was found, in scan order.</param>
    public static Selected Select(
        CollectSettings settings, ICollectLog log, CancellationToken cancellation, out IReadOnlyList<StaticFile> all)
    {
        var found = Finding.Run(settings, cancellation);
        CollectReport.Tell(settings, found, log);
        all = [.. found.Sources.SelectMany(source => source.Files)];
        var last = LastRunFile.Read(settings.LastRunPath);
        var selected = Stages.Select(settings, found, new Comparisons(last.Comparisons, trustedBefore: 0));
        log.Tell(found.Diagnostics.Concat(selected.Diagnostics));
        return selected;
    }
}
