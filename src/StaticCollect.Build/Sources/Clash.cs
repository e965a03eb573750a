using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Two static files that want the same place in the static root.</summary>
/// <param name="Winner">The one that is collected.</param>
/// <param name="Loser">The one that is not.</param>
internal sealed record Clash(StaticFile Winner, StaticFile Loser)
{
    /// <summary>Whether the two logical paths differ, but only in case or Unicode form.</summary>
    public bool IsOfSpelling => Winner.LogicalPath != Loser.LogicalPath;

    /// <summary>Whether both are files of the web root: what the SDK makes of them is not decided here.</summary>
    public bool IsOfWebRootAlone => Winner.Finder == FinderKind.WebRoot && Loser.Finder == FinderKind.WebRoot;

    /// <summary>
    /// What to tell the user. An override along the order of the finders is what that order is for; two sources of one
    /// kind, or two spellings, are probably a mistake.
    /// </summary>
    public Diagnostic Describe(CollectSettings settings)
    {
        var both = $"'{settings.Show(Loser.SourcePath)}' ({Loser.Finder} '{Loser.App}') and '{settings.Show(Winner.SourcePath)}' ({Winner.Finder} '{Winner.App}')";
        if (settings.Conflict == ConflictPolicy.Error)
        {
            return Diagnostic.Error(
                IsOfSpelling ? Codes.ClashOfSpelling : Codes.Clash,
                $"'{Winner.LogicalPath}' comes from {both}, and StaticCollectConflict is Error. Rename or leave out one of them.");
        }

        var rule = settings.Conflict == ConflictPolicy.LastWins
            ? "the last one scanned wins (StaticCollectConflict=LastWins)"
            : "the first one scanned wins (StaticCollectConflict=FirstWins)";
        var wins = $"'{settings.Show(Winner.SourcePath)}' {(Winner.Finder == FinderKind.WebRoot ? "is published by the SDK" : "is collected")}: {rule}";
        if (IsOfSpelling)
        {
            return Diagnostic.Warning(Codes.ClashOfSpelling,
                $"'{Loser.LogicalPath}' and '{Winner.LogicalPath}' are one file on Windows and macOS: {both}. {wins}.");
        }

        return new Diagnostic(Codes.Clash,
            Winner.Finder == Loser.Finder ? Severity.Warning : Severity.Message,
            $"'{Winner.LogicalPath}' comes from both {both}. {wins}.");
    }
}
