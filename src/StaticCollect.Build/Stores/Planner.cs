using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Stores;

/// <summary>Compares what shall be in the static root with what is there: the stage that decides what is done.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="root">What is in the static root now.</param>
/// <param name="record">What the last collection left there.</param>
public sealed class Planner(CollectSettings settings, RootView root, CollectRecord record)
{
    private readonly Dictionary<string, RecordEntry> _record =
        record.Entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);

    /// <summary>Decides.</summary>
    /// <param name="outputs">What shall be in the root, in ordinal order of path.</param>
    /// <param name="cancellation">Stops the work.</param>
    public CollectPlan Plan(IReadOnlyList<Output> outputs, CancellationToken cancellation = default)
    {
        var steps = new PlannedStep[outputs.Count];
        var inDoubt = new List<int>();
        for (var i = 0; i < outputs.Count; i++)
        {
            var output = outputs[i];
            var answer = IsUnchanged(output);
            steps[i] = new PlannedStep(output, answer != true, root.Files.GetValueOrDefault(output.Path).Stamp);
            if (answer is null)
                inDoubt.Add(i);
        }

        // Stamps that differ prove nothing yet: equal bytes are not written again.
        Workers.For(
            inDoubt.Count,
            n =>
            {
                var i = inDoubt[n];
                if (FileContent.AreEqual(outputs[i].File.SourcePath, root.FullPath(outputs[i].Path)))
                    steps[i] = steps[i] with { MustWrite = false };
            },
            cancellation);

        var wanted = new Wanted(outputs);
        var retired = Retired(outputs, wanted);
        return new CollectPlan(steps, Removals(wanted, retired), EmptiedFolders(wanted), Blocked(wanted))
        {
            Retired = retired,
        };
    }

    /// <summary>Whether an output is there as it shall be; <see langword="null"/> when only its bytes can tell.</summary>
    private bool? IsUnchanged(Output output)
    {
        if (settings.Clear
            || !root.Files.TryGetValue(output.Path, out var present)
            || !_record.TryGetValue(output.Path, out var last)
            || last.Kind != output.Kind
            || present.IsLink != (output.Kind == OutputKind.SymbolicLink))
        {
            return false;
        }

        var isAsLeft = present.Stamp == last.Stamp && last.Source == output.Source;
        return output.Kind switch
        {
            // A link follows its source by itself.
            OutputKind.SymbolicLink => isAsLeft,
            OutputKind.Copy when isAsLeft && last.SourceStamp == output.SourceStamp && last.IsTrusted => true,
            OutputKind.Copy => present.Stamp.Length == output.File.Stamp.Length ? null : false,
            // A source that was replaced left its old bytes here, under a stamp that may be the same.
            OutputKind.HardLink when isAsLeft && last.SourceStamp == output.SourceStamp => last.IsTrusted ? true : null,
            OutputKind.HardLink => false,
            _ => isAsLeft && last.SourceStamp == output.SourceStamp,
        };
    }

    /// <summary>
    /// The files of earlier releases that stay. Releases are counted, not days and not runs: one passes when a run has
    /// other fingerprinted files than the last.
    /// </summary>
    private List<RecordEntry> Retired(IReadOnlyList<Output> outputs, Wanted wanted)
    {
        if (settings.Clear || settings.Fingerprint is not { } fingerprint)
            return [];
        var isNewRelease = outputs.Any(output => output.OutlivesRelease && _record.GetValueOrDefault(output.Path)?.Age != 0)
            || record.Entries.Any(entry => entry.Age == 0 && !wanted.Contains(entry.Path));
        return
        [
            .. record.Entries
                .Where(entry => entry.Age >= 0 && !wanted.Contains(entry.Path) && root.Files.ContainsKey(entry.Path) && !wanted.IsInTheWay(entry.Path))
                .Select(entry => entry with { Age = entry.Age + (isNewRelease ? 1 : 0) })
                .Where(entry => entry.Age <= fingerprint.KeepReleases),
        ];
    }

    private List<PlannedRemoval> Removals(Wanted wanted, List<RecordEntry> retired)
    {
        var stays = retired.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var present = settings.Clear
            ? root.Files.Keys.Concat(root.Links).Order(StringComparer.Ordinal)
            : record.Entries.Select(entry => entry.Path)
                .Where(path => root.Files.ContainsKey(path) && !wanted.Contains(path) && !stays.Contains(path)).Order(StringComparer.Ordinal);
        return
        [
            .. root.Leftovers.Select(path => new PlannedRemoval(path, IsInTheWay: true)),
            .. present.Select(path => new PlannedRemoval(path, settings.Clear || wanted.IsInTheWay(path))),
        ];
    }

    // A folder where a file is to be written, left by a killed run or by whoever deleted its files, goes when it is empty.
    private IReadOnlyList<string> EmptiedFolders(Wanted wanted) =>
        settings.Clear ? root.Folders : [.. root.Folders.Where(path => wanted.IsFile(path) || wanted.HasAncestor(path))];

    /// <summary>What no collection wrote is not touched: where it stands in the way, the user must decide.</summary>
    private IReadOnlyList<Diagnostic> Blocked(Wanted wanted)
    {
        if (settings.Clear)
            return [];
        return
        [
            .. root.Files.Keys.Where(path => !_record.ContainsKey(path) && wanted.IsFolder(path))
                .Select(path => Describe(path, "is a file where a folder is needed")),
            .. root.Links.Where(wanted.IsFolder)
                .Select(path => Describe(path, "is a link to a folder; files would be written outside the static root")),
            .. root.Files.Keys.Where(path => !_record.ContainsKey(path) && wanted.HasAncestor(path))
                .Select(path => Describe(path, "lies in a folder where a file is to be written")),
            .. root.Links.Where(path => wanted.Contains(path) || wanted.HasAncestor(path))
                .Select(path => Describe(path, "is a link to a folder where a file is to be written")),
        ];
    }

    private Diagnostic Describe(string path, string why) => Diagnostic.Error(Codes.RootBlocked,
        $"'{path}' in the static root '{settings.Show(settings.Root)}' {why}, and no collection wrote it. Delete or move it, or set StaticCollectClear to true.");

    /// <summary>The paths that are wanted, and the folders they need.</summary>
    private sealed class Wanted
    {
        private readonly HashSet<string> _files = new(StringComparer.Ordinal);
        private readonly HashSet<string> _fileKeys = new(LogicalPath.KeyComparer);
        private readonly HashSet<string> _folderKeys = new(LogicalPath.KeyComparer);

        public Wanted(IReadOnlyList<Output> outputs)
        {
            foreach (var output in outputs)
            {
                _files.Add(output.Path);
                _fileKeys.Add(LogicalPath.Key(output.Path));
                for (var end = output.Path.LastIndexOf('/'); end > 0; end = output.Path.LastIndexOf('/', end - 1))
                {
                    if (!_folderKeys.Add(LogicalPath.Key(output.Path[..end])))
                        break;
                }
            }
        }

        public bool Contains(string path) => _files.Contains(path);

        public bool IsFile(string path) => _fileKeys.Contains(LogicalPath.Key(path));

        public bool IsFolder(string path) => _folderKeys.Contains(LogicalPath.Key(path));

        // A file that differs from a wanted one in case only may be that file itself: it goes first, or it would take
        // the new one with it.
        public bool IsInTheWay(string path) =>
            IsFolder(path) || IsFile(path) || HasAncestor(path);

        public bool HasAncestor(string path)
        {
            for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            {
                if (_fileKeys.Contains(LogicalPath.Key(path[..end])))
                    return true;
            }

            return false;
        }
    }
}
