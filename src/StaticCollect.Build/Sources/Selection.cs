using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Which of the files found are collected: the stage that decides every clash.</summary>
/// <param name="Files">The winners, in ordinal order of logical path.</param>
/// <param name="Clashes">Each file that lost, with the one it lost to; files of equal bytes and name are none.</param>
/// <param name="Diagnostics">What the user should know.</param>
internal sealed record Selection(
    IReadOnlyList<StaticFile> Files, IReadOnlyList<Clash> Clashes, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Decides.</summary>
    /// <param name="found">What the finders found; its order is the scan order.</param>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="comparisons">Compares the bytes of two files, or remembers that they were compared.</param>
    public static Selection Of(Found found, CollectSettings settings, Comparisons comparisons)
    {
        var winners = new Dictionary<string, StaticFile>(found.Sources.Sum(source => source.Files.Count), LogicalPath.KeyComparer);
        var losers = new List<(string Key, StaticFile File)>();
        foreach (var file in found.Sources.SelectMany(source => source.Files))
        {
            var key = LogicalPath.Key(file.LogicalPath);
            if (winners.TryAdd(key, file))
                continue;
            if (settings.Conflict == ConflictPolicy.FirstWins)
            {
                losers.Add((key, file));
            }
            else
            {
                losers.Add((key, winners[key]));
                winners[key] = file;
            }
        }

        // What another finder takes from the web root is collected, wherever that finder stands.
        foreach (var (key, loser) in losers)
        {
            if (winners[key].Finder == FinderKind.WebRoot && FilePath.Same(winners[key].SourcePath, loser.SourcePath))
                winners[key] = loser;
        }

        var clashes = losers
            .Select(loser => new Clash(winners[loser.Key], loser.File))
            .Where(clash => !clash.IsOfWebRootAlone)
            .Where(clash => !FilePath.Same(clash.Winner.SourcePath, clash.Loser.SourcePath))
            .Where(clash => clash.IsOfSpelling || !comparisons.AreEqual(clash.Winner, clash.Loser))
            .OrderBy(clash => clash.Winner.LogicalPath, StringComparer.Ordinal)
            .ToList();
        var files = winners.Values.ToArray();
        Array.Sort(files, static (a, b) => string.CompareOrdinal(a.LogicalPath, b.LogicalPath));

        List<Diagnostic> diagnostics =
        [
            .. clashes.Select(clash => clash.Describe(settings)),
            .. FilesAgainstFolders(files, winners, settings),
            .. Names(files, settings),
        ];
        return new Selection(files, clashes, diagnostics);
    }

    private static IEnumerable<Diagnostic> FilesAgainstFolders(
        StaticFile[] files, Dictionary<string, StaticFile> winners, CollectSettings settings)
    {
        var looked = new HashSet<string>(StringComparer.Ordinal);
        var last = "";
        foreach (var file in files)
        {
            // They are in order, many of one folder.
            var end = Math.Max(0, file.LogicalPath.LastIndexOf('/'));
            if (file.LogicalPath.AsSpan(0, end).SequenceEqual(last))
                continue;
            last = file.LogicalPath[..end];
            foreach (var folder in LogicalPath.FoldersOf(file.LogicalPath))
            {
                if (!looked.Add(folder))
                    break;
                if (winners.TryGetValue(LogicalPath.Key(folder), out var blocking))
                {
                    yield return Diagnostic.Error(Codes.FileAgainstFolder,
                        $"'{blocking.LogicalPath}' is a file, '{settings.Show(blocking.SourcePath)}' ({blocking.Finder} '{blocking.App}'), where '{settings.Show(file.SourcePath)}' ({file.Finder} '{file.App}') needs a folder. Rename one of them or leave it out with StaticCollectIgnore.");
                }
            }
        }
    }

    private static IEnumerable<Diagnostic> Names(StaticFile[] files, CollectSettings settings)
    {
        var rootBytes = Encoding.UTF8.GetByteCount(settings.Root);
        foreach (var file in files.Where(file => file.Finder != FinderKind.WebRoot))
        {
            if (LogicalPath.WhyNotOnWindows(file.LogicalPath) is { } why)
            {
                var text = $"The name of '{settings.Show(file.SourcePath)}' cannot be written everywhere: {why}. Rename the file.";
                yield return OperatingSystem.IsWindows()
                    ? Diagnostic.Error(Codes.NameNotPortable, text)
                    : Diagnostic.Warning(Codes.NameNotPortable, text);
            }

            if (PathLimits.IsTooLong(file.LogicalPath, rootBytes))
            {
                yield return Diagnostic.Error(Codes.PathTooLong,
                    $"The path of '{file.LogicalPath}' below '{settings.Root}' is too long to be written. Shorten the static root, the prefix or the name.");
            }
        }
    }
}
