using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>One thing that happens to a project, told by small numbers that mean the same in every world.</summary>
internal readonly record struct Event(Happening What, int Where, int Which, int How);

internal enum Happening
{
    WriteSource,
    WriteSourceAtTheSameTime,
    DeleteSource,
    Collect,
    CollectOtherwise,
    TamperWithText,
    TamperWithTime,
    TamperWithLink,
    DeleteFromRoot,
    DeleteFolderFromRoot,
    AddForeignFile,
    Kill,
    LoseRecord,
    DamageRecord,
    Clean,
}

/// <summary>A project whose sources, settings and static root go through any history.</summary>
internal sealed class World : IDisposable
{
    private const string Below = Workspace.RootBelowTree;

    private static readonly string[] Sources = ["App/app1/static", "App/app2/static", "App/static", "lib"];

    // Small on purpose: files meet, clash, and change places with folders.
    private static readonly string[] Paths = ["a.css", "A.css", "c/a.css", "c/b.js", "c/d/e.png", "c/d", "d", "d/a.css", "\u00e9", "e\u0301", "x.map", ".hidden"];

    // Of two lengths, so that a length often tells nothing.
    private static readonly string[] Texts = ["1", "2", "3", "long"];

    private readonly Workspace _work = new(below: "/dev/shm");
    private int _clock;

    public World() => Tree.Folder("lib");

    /// <summary>Files that no collection wrote, by their path below the root.</summary>
    public SortedDictionary<string, string> Foreign { get; } = new(StringComparer.Ordinal);

    public TempTree Tree => _work.Tree;

    public CollectSettings Settings(int how, string root = Below) => _work.Settings with
    {
        Root = Tree[root],
        Finders = [new AppFinder([]), new OwnFinder(), new DirectoryFinder([new NamedDirectory(Tree["lib"], how % 2 == 0 ? "" : "c", null)])],
        Link = (LinkMode)(how / 2 % 3),
        Conflict = how / 6 % 2 == 0 ? ConflictPolicy.LastWins : ConflictPolicy.FirstWins,
        Ignore = how / 12 % 2 == 0 ? IgnoreRules.Default : new IgnoreRules(useDefaults: false, [new IgnoreRule(new Glob("*.map"))], []),
    };

    public void Happen(Event e)
    {
        switch (e.What)
        {
            case Happening.WriteSource:
                Write(Source(e), Texts[e.How % Texts.Length], Time(e.How));
                break;
            case Happening.WriteSourceAtTheSameTime:
                // What an editor, a generator or a checkout may do within one tick of the clock: the stamps say nothing.
                Write(Source(e), Texts[e.How % Texts.Length], TempTree.Old.AddYears(200));
                break;
            case Happening.DeleteSource when Tree.Has(Source(e)):
                Tree.Delete(Source(e));
                break;
            case Happening.Collect or Happening.CollectOtherwise:
                Collect(Settings(e.What == Happening.Collect ? 0 : e.How) with { Clear = e.How == 23, DryRun = e.How == 22 });
                break;
            case Happening.TamperWithText when File(e) is { } file:
                Tree.Delete(file).Write(file, Texts[e.How % Texts.Length], Time(e.How));
                KeepForeign();
                break;
            case Happening.TamperWithTime when File(e) is { } file && new FileInfo(Tree[file]).LinkTarget is null:
                System.IO.File.SetLastWriteTimeUtc(Tree[file], Time(e.How));
                break;
            case Happening.TamperWithLink when File(e) is { } file:
                Tree.Delete(file).Link(file, Tree["App/App.csproj"]);
                KeepForeign();
                break;
            case Happening.DeleteFromRoot when File(e) is { } file:
                Tree.Delete(file);
                KeepForeign();
                break;
            case Happening.DeleteFolderFromRoot when Tree.Has($"{Below}/c"):
                Tree.Delete($"{Below}/c");
                KeepForeign();
                break;
            case Happening.AddForeignFile:
                AddForeign(e.Which % 2 == 0 ? $"c/foreign{e.How}" : $"foreign{e.How}/a.css");
                break;
            case Happening.Kill:
                Kill(Settings(e.How), e.Where, e.Which);
                break;
            case Happening.LoseRecord:
                LoseRecord(damageOnly: false);
                break;
            case Happening.DamageRecord:
                LoseRecord(damageOnly: true);
                break;
            case Happening.Clean:
                Cleaner.Clean(Settings(0), new RecordingLog());
                break;
        }
    }

    /// <summary>Collects; a collection that is refused must have changed nothing.</summary>
    public CollectResult Collect(CollectSettings settings)
    {
        var before = TempTree.Snapshot(settings.Root);
        var outside = Outside();
        var log = new RecordingLog();
        var result = Collector.Collect(settings, log);
        Assert.That(Outside(), Is.EqualTo(outside), "nothing is written outside the root and the record");
        if (!result.Succeeded || settings.DryRun)
        {
            Assert.That(TempTree.Snapshot(settings.Root), Is.EqualTo(before), () => "nothing is written: " + string.Join('\n', log.Lines));
            return result;
        }

        if (settings.Root == Tree[Below])
        {
            if (settings.Clear)
                Foreign.Clear();
            foreach (var file in result.Files)
                Foreign.Remove(file.File.LogicalPath);
        }

        return result;
    }

    /// <summary>What is in a root, without times.</summary>
    public SortedDictionary<string, string> Root(string root = Below) => TempTree.Snapshot(Tree[root], withTimes: false);

    /// <summary>Everything but the roots and the records.</summary>
    public SortedDictionary<string, string> Outside() =>
        TempTree.Snapshot(Tree.Path, withTimes: true, Tree["App/bin"], Tree["App/obj"], Tree["fresh"]);

    public void Dispose() => _work.Dispose();

    // What a process that is killed leaves: the record it wrote before it began, some of the work, and half a file.
    private void Kill(CollectSettings settings, int where, int which)
    {
        var found = Finding.Run(settings);
        var record = RecordFile.Read(settings.RecordPath);
        var selection = Selection.Of(found, settings, new Comparisons([], 0));
        if (selection.Diagnostics.Any(one => one.Severity == Diagnostics.Severity.Error))
            return;
        var kind = settings.Link switch { LinkMode.Symbolic => OutputKind.SymbolicLink, LinkMode.Hard => OutputKind.HardLink, _ => OutputKind.Copy };
        var outputs = selection.Files.Select(file => new Output(file.LogicalPath, file, kind)).ToList();
        var plan = new Planner(settings, RootView.Read(settings.Root), record).Plan(outputs);
        if (plan.Diagnostics.Count > 0 || !plan.HasWork)
            return;

        var begun = plan.Steps.Where(step => step.MustWrite).Select(step => step.Output.Path).ToList();
        RecordFile.Write(settings.RecordPath, record.WithUnfinished(begun));
        new RootWriter(settings, trustedBefore: long.MaxValue).Run(plan with
        {
            Steps = [.. plan.Steps.Where((step, i) => step.MustWrite && (where + i) % (1 + which) == 0)],
            Removals = [.. plan.Removals.Where((removal, i) => removal.IsInTheWay || (which + i) % (1 + where) == 0)],
        });
        Tree.Write($"{Below}/{RootView.TemporaryName()}", "half");
        begun.ForEach(path => Foreign.Remove(path));
    }

    private void LoseRecord(bool damageOnly)
    {
        var record = Settings(0).RecordPath;
        if (!System.IO.File.Exists(record))
            return;
        if (damageOnly)
            System.IO.File.WriteAllText(record, "damaged");
        else
            System.IO.File.Delete(record);

        // Nobody knows any more who wrote what is there.
        foreach (var (path, text) in Root())
            Foreign[path] = text;
        foreach (var leftover in RootView.Read(Tree[Below]).Leftovers)
            Foreign.Remove(leftover);
    }

    private void AddForeign(string path)
    {
        Tree.Write($"{Below}/{path}", "foreign");
        Foreign[path] = "file foreign";
    }

    // Whoever tampers with a foreign file makes another foreign file.
    private void KeepForeign()
    {
        var root = Root();
        foreach (var path in Foreign.Keys.ToList())
        {
            if (root.TryGetValue(path, out var text))
                Foreign[path] = text;
            else
                Foreign.Remove(path);
        }
    }

    private void Write(string path, string text, DateTime time)
    {
        // A file takes the place of a folder and the other way round.
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (System.IO.File.Exists(Tree[path[..end]]))
                Tree.Delete(path[..end]);
        }

        // By a new file, as most programs do: what hard links keep is the old one.
        if (Tree.Has(path))
            Tree.Delete(path);
        Tree.Write(path, text, time);
    }

    private static string Source(Event e) => $"{Sources[e.Where % Sources.Length]}/{Paths[e.Which % Paths.Length]}";

    private string? File(Event e)
    {
        var files = Tree.Files(Below);
        return files.Count == 0 ? null : $"{Below}/{files[e.Which % files.Count]}";
    }

    // Never the same twice, and as often older as newer than the last one.
    private DateTime Time(int how) => TempTree.Old.AddMinutes(how % 2 == 0 ? ++_clock : -++_clock);
}
