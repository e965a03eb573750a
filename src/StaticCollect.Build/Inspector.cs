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
        // What a browser's console shows is the URL: it is taken too.
        var path = settings.PathToFind;
        var wanted = path.StartsWith(settings.Url, StringComparison.Ordinal) ? path[settings.Url.Length..] : path;
        if (!LogicalPath.TryParse(wanted, out wanted) || wanted.Length == 0)
        {
            log.Report(Diagnostic.Error(Codes.PathToFindMissing,
                $"StaticCollectPath is '{path}'. Name the file to look for, e.g. dotnet build -t:FindStatic -p:StaticCollectPath=css/site.css."));
            return [];
        }

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

    private static string DidYouMean(string wanted, IReadOnlyList<StaticFile> files)
    {
        var near = new NearestPaths([.. files.Select(file => file.LogicalPath)]).All(wanted).Take(MostNearest).Select(path => $"'{path}'").ToList();
        return near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
    }

    private static Selected Select(
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
