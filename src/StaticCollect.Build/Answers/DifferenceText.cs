using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>The difference of two releases in words.</summary>
internal static class DifferenceText
{
    // A log is read by people; programs get everything.
    private const int MostLines = 20;
    private const int MostCosts = 5;

    private static readonly (ChangeKind Kind, string Title)[] Groups =
    [
        (ChangeKind.Edited, "edited"),
        (ChangeKind.Follows, "only because of others"),
        (ChangeKind.Otherwise, "for a reason outside of the release (a setting, a file of the web root)"),
        (ChangeKind.Added, "added"),
        (ChangeKind.Removed, "removed"),
        (ChangeKind.Sent, "sent otherwise"),
    ];

    /// <summary>The lines.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="before">What the release before is called.</param>
    /// <param name="after">What the other one is called.</param>
    public static IReadOnlyList<string> Lines(ReleaseDifference difference, string before, string after)
    {
        if (difference.Changes.Count == 0)
            return [$"{after} has the files of {before}, and sends them alike."];
        var groups = Groups.Select(group => (group.Title, Changes: difference.Changes.Where(change => change.Kind == group.Kind).ToList())).Where(group => group.Changes.Count > 0).ToList();
        return
        [
            $"{after} compared with {before}: {Wording.Count(difference.Changes.Count, "file")} changed.",
            .. groups.SelectMany(group => Lines(group.Title, [.. group.Changes.Select(change => Line(change, difference))], MostLines)),
            $"  A visitor who comes back downloads {Wording.Size(difference.Again)} again, and {Wording.Size(difference.New)} that are new.",
            .. Costs(difference),
        ];
    }

    /// <summary>Why a file changed that was not edited: the references from it to the file at fault.</summary>
    /// <param name="change">The change.</param>
    /// <param name="difference">The difference that it is part of.</param>
    /// <param name="place">Where the reference from one file to another stands, with a blank before it; may be empty.</param>
    public static string Why(FileChange change, ReleaseDifference difference, Func<string, string, string> place)
    {
        var links = change.Chain.Zip(change.Chain.Skip(1), (from, to) => $" refers to '{to}'{place(from, to)}");
        return $"'{change.Chain[0]}'{string.Join(", which", links)}, which {Fate(difference.Of(change.Chain[^1])!.Kind)}";
    }

    /// <summary>What happened to a file at fault.</summary>
    public static string Fate(ChangeKind kind) => kind switch
    {
        ChangeKind.Edited => "was edited",
        ChangeKind.Added => "was added",
        ChangeKind.Removed => "was removed",
        _ => "changed with a setting, or with a file of the web root",
    };

    private static IEnumerable<string> Lines(string title, IReadOnlyList<string> lines, int most)
    {
        yield return $"  {lines.Count} {title}:";
        foreach (var line in lines.Take(most))
            yield return $"    {line}";
        if (lines.Count > most)
            yield return $"    and {lines.Count - most} more";
    }

    private static string Line(FileChange change, ReleaseDifference difference) => change.Kind switch
    {
        ChangeKind.Removed => $"'{change.LogicalPath}'",
        ChangeKind.Added => $"'{change.LogicalPath}', {Wording.Size(change.After!.Sent)}",
        ChangeKind.Sent => $"'{change.LogicalPath}': {string.Join(", ", Sent(change.Before!, change.After!))}",
        ChangeKind.Follows => $"{Renamed(change)}: {Why(change, difference, static (_, _) => "")}",
        _ => Renamed(change) + Origin(change.Before!.File.Origin, change.After!.File.Origin),
    };

    private static string Renamed(FileChange change)
    {
        var (was, becomes) = (change.Before!.File.Path, change.After!.File.Path);
        return $"{(was == becomes ? $"'{becomes}'" : $"'{was}' -> '{becomes}'")}, {Wording.Size(change.After.Sent)}";
    }

    private static string Origin(Origin was, Origin becomes) =>
        was.SourcePath == becomes.SourcePath ? "" : $", from '{becomes.SourcePath}' in place of '{was.SourcePath}'";

    private static IEnumerable<string> Sent(PublishedForms was, PublishedForms becomes)
    {
        if (was.File.Cache != becomes.File.Cache)
            yield return becomes.File.Cache == CachePolicy.Immutable ? "browsers may keep it for ever" : "browsers must ask each time";
        if (was.HasPlainName != becomes.HasPlainName)
            yield return becomes.HasPlainName ? "under its plain name, too" : "not under its plain name any more";
        foreach (var encoding in ContentEncodings.All)
        {
            var (old, now) = (Encoded(was), Encoded(becomes));
            if (old != now)
                yield return now is null ? $"no {encoding.Name} any more" : $"{encoding.Name} {Wording.Size(now.Length)}{(old is null ? "" : $", was {Wording.Size(old.Length)}")}";

            FileContent? Encoded(PublishedForms forms) => forms.Encodings.FirstOrDefault(file => file.Encoding == encoding)?.Content;
        }
    }

    private static IEnumerable<string> Costs(ReleaseDifference difference)
    {
        var costs = difference.Costs;
        return costs.Count == 0 ? [] : Lines(
            "at fault, the most expensive first",
            [.. costs.Select(cost => $"'{cost.LogicalPath}', which {Fate(difference.Of(cost.LogicalPath)!.Kind)}: {Wording.Size(cost.Bytes)} in {Wording.Count(cost.Files, "file")}")],
            MostCosts);
    }
}
