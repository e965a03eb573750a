using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Answers;

/// <summary>Who offers a file.</summary>
/// <param name="Winner">The one that wins.</param>
/// <param name="Others">Those that lose to it, in scan order.</param>
/// <param name="IsPublished">Whether the winner is published as a file of its own.</param>
internal sealed record Offers(StaticFile Winner, IReadOnlyList<StaticFile> Others, bool IsPublished)
{
    /// <summary>The offers of a logical path, in any spelling that is one file on some system; <see langword="null"/> where there is none.</summary>
    /// <param name="path">The path.</param>
    /// <param name="found">Every file that was found, in scan order.</param>
    /// <param name="winners">The winner of each logical path.</param>
    /// <param name="published">Those of them that are published as files of their own.</param>
    public static Offers? Of(string path, IReadOnlyList<StaticFile> found, IReadOnlyList<StaticFile> winners, IReadOnlyList<StaticFile> published)
    {
        var key = LogicalPath.Key(path);
        if (winners.FirstOrDefault(IsMeant) is not { } winner)
            return null;
        return new Offers(winner, [.. found.Where(file => IsMeant(file) && !ReferenceEquals(file, winner))], published.Contains(winner));

        bool IsMeant(StaticFile file) => LogicalPath.KeyComparer.Equals(LogicalPath.Key(file.LogicalPath), key);
    }

    /// <summary>A line for each offer, the winner first, with what becomes of it and why it wins.</summary>
    public IEnumerable<string> Lines(CollectSettings settings)
    {
        var becomes = Winner.Finder == FinderKind.WebRoot ? "published by the SDK" : IsPublished ? "collected" : "the winner";
        yield return $"  * {Describe(Winner, settings)}: {becomes}, {Rule(settings)}.";
        foreach (var other in Others)
            yield return $"    {Describe(other, settings)}";
    }

    /// <summary>A source, and who brings it.</summary>
    public static string Describe(StaticFile file, CollectSettings settings) => $"'{settings.Show(file.SourcePath)}' ({file.Finder} '{file.App}')";

    private string Rule(CollectSettings settings) => Others.Count == 0 ? "it is the only source" : settings.Conflict switch
    {
        ConflictPolicy.FirstWins => "the first one scanned wins (StaticCollectConflict=FirstWins)",
        ConflictPolicy.Error => "but StaticCollectConflict is Error, so nothing is collected unless the bytes are equal",
        _ => "the last one scanned wins (StaticCollectConflict=LastWins)",
    };
}
