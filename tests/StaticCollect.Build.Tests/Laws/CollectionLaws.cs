using CsCheck;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>What holds for every project, every setting and every history.</summary>
[Platform(Exclude = "Win")]
public class CollectionLaws
{
    private const int Worlds = 30;

    private static readonly Gen<Happening> Happenings = Gen.Frequency(
        (8, Gen.Const(Happening.WriteSource)),
        (3, Gen.Const(Happening.WriteSourceAtTheSameTime)),
        (3, Gen.Const(Happening.DeleteSource)),
        (8, Gen.OneOf(Happening.Collect, Happening.CollectOtherwise)),
        (6, Gen.OneOf(
            Happening.TamperWithText, Happening.TamperWithTime, Happening.TamperWithLink, Happening.DeleteFromRoot, Happening.DeleteFolderFromRoot)),
        (2, Gen.Const(Happening.AddForeignFile)),
        (3, Gen.Const(Happening.Kill)),
        (1, Gen.OneOf(Happening.LoseRecord, Happening.DamageRecord, Happening.Clean)));

    private static readonly Gen<Event> Events =
        Gen.Select(Happenings, Gen.Int[0, 3], Gen.Int[0, 11], Gen.Int[0, 23], (what, where, which, how) => new Event(what, where, which, how));

    private static readonly Gen<Event[]> Histories = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 11], Gen.Int[0, 23], (where, which, how) => new Event(Happening.WriteSource, where, which, how)).Array[1, 6],
        Events.Array[0, 25],
        (first, then) => first.Concat(then).ToArray());

    [Test]
    public void After_any_history_a_collection_gives_what_a_fresh_one_gives_and_keeps_foreign_files() => AfterAnyHistory((world, how) =>
    {
        var result = world.Collect(world.Settings(how));
        var fresh = world.Collect(world.Settings(how, "fresh/static"));
        if (!result.Succeeded)
        {
            // Either the sources themselves cannot be collected, or what nobody knows the writer of stands in the way.
            Assert.That(!fresh.Succeeded || world.Foreign.Count > 0, Is.True);
            return;
        }

        var expected = world.Root("fresh/static");
        foreach (var (path, text) in world.Foreign)
            expected.TryAdd(path, text);
        Assert.That(world.Root(), Is.EqualTo(expected));
        Assert.That(result.Files.Select(file => file.File), Is.EqualTo(fresh.Files.Select(file => file.File)));
    });

    [Test]
    public void Collecting_twice_changes_nothing() => AfterAnyHistory((world, how) =>
    {
        if (!world.Collect(world.Settings(how)).Succeeded)
            return;
        var before = TempTree.Snapshot(world.Settings(how).Root);
        var again = world.Collect(world.Settings(how));
        Assert.That(again.Files.Select(file => file.Status), Is.All.EqualTo(FileStatus.Unchanged));
        Assert.That(again.Removed, Is.Zero);
        Assert.That(TempTree.Snapshot(world.Settings(how).Root), Is.EqualTo(before), "times and modes too");
        var record = File.ReadAllBytes(world.Settings(how).RecordPath);
        world.Collect(world.Settings(how));
        Assert.That(File.ReadAllBytes(world.Settings(how).RecordPath), Is.EqualTo(record));
    });

    [Test]
    public void A_dry_run_tells_what_the_run_then_does() => AfterAnyHistory((world, how) =>
    {
        var dry = world.Collect(world.Settings(how) with { DryRun = true });
        var real = world.Collect(world.Settings(how));
        Assert.That(dry.Succeeded, Is.EqualTo(real.Succeeded));
        Assert.That(dry.Files, Is.EqualTo(real.Files));
        Assert.That(dry.Removed, Is.EqualTo(real.Removed));
    });

    [Test]
    public void Cleaning_after_any_history_leaves_only_foreign_files() => AfterAnyHistory((world, how) =>
    {
        var outside = world.Outside();
        Cleaner.Clean(world.Settings(how), new RecordingLog());
        Assert.That(world.Root(), Is.EqualTo(world.Foreign));
        Assert.That(world.Outside(), Is.EqualTo(outside));
        Assert.That(File.Exists(world.Settings(how).RecordPath), Is.False);
    });

    [Test]
    public void What_is_not_in_the_record_is_never_removed() => AfterAnyHistory((world, how) =>
    {
        var settings = world.Settings(how);
        var ours = RecordFile.Read(settings.RecordPath).Entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var before = world.Root().Keys.Where(path => !ours.Contains(path) && !path.EndsWith("staticcollect-tmp", StringComparison.Ordinal)).ToList();
        world.Collect(settings);
        Assert.That(before.Except(world.Root().Keys, StringComparer.Ordinal), Is.Empty);
    });

    [Test]
    public void The_root_is_what_the_scan_order_says() => AfterAnyHistory((world, how) =>
    {
        // The whole of collecting in ten lines, without threads, records and plans.
        var settings = world.Settings(how) with { Root = world.Tree["fresh/static"], Link = LinkMode.None };
        var expected = new SortedDictionary<string, StaticFile>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in Finding.Run(settings).Sources.SelectMany(source => source.Files))
        {
            var key = file.LogicalPath.Normalize();
            if (settings.Conflict == ConflictPolicy.LastWins || !expected.ContainsKey(key))
                expected[key] = file;
        }

        if (world.Collect(settings).Succeeded)
        {
            Assert.That(
                world.Root("fresh/static").Select(file => (file.Key, file.Value)),
                Is.EquivalentTo(expected.Values.Select(file => (file.LogicalPath, $"file {File.ReadAllText(file.SourcePath)}"))));
        }
        else
        {
            Assert.That(expected.Keys.Any(a => expected.Keys.Any(b => b.StartsWith(a + "/", StringComparison.OrdinalIgnoreCase))), Is.True);
        }
    });

    [Test]
    public void The_result_does_not_depend_on_the_order_in_which_a_folder_is_read()
    {
        // In memory file systems list what was made last first.
        Gen.Select(
            Gen.Select(Gen.Int[0, 2], Gen.Char["abAB"].Array[1, 3], Gen.Int[0, 3]).Array[2, 12], Gen.Bool,
            (files, linked) => (Files: files, linked)).SelectMany(made => Gen.Shuffle(made.Files).Select(shuffled => (made.Files, shuffled, made.linked)))
            .Sample((files, shuffled, linked) =>
            {
                var first = Outcome(files, linked);
                Assert.That(Outcome(shuffled, linked), Is.EqualTo(first));
            }, iter: 40);

        static List<string> Outcome((int App, char[] Path, int Text)[] files, bool linked)
        {
            using var work = new Workspace(below: "/dev/shm");
            foreach (var (app, path, _) in files)
                work.Write($"app{app}/static/{string.Join('/', path.Select(c => $"{c}.d"))}.css", string.Concat(path));
            foreach (var (app, path, text) in files.Where(_ => linked))
            {
                var link = $"App/app{app}/static/{path[0]}{text}";
                if (!work.Tree.Has(link))
                    work.Tree.Link(link, text % 2 == 0 ? "/nowhere" : "..");
            }

            var log = new RecordingLog();
            var result = Collector.Collect(work.Settings, log);
            return [.. log.Lines.Concat(result.Files.Select(file => file.ToString())).Concat(result.Clashes.Select(clash => clash.ToString()))
                .Select(line => line.Replace(work.Tree.Path, "", StringComparison.Ordinal))
                .Concat(work.Collected.Select(file => $"{file.Key}: {file.Value}"))];
        }
    }

    private static void AfterAnyHistory(Action<World, int> law) =>
        Gen.Select(Histories, Gen.Int[0, 23]).Sample((history, how) =>
        {
            using var world = new World();
            foreach (var e in history)
                world.Happen(e);
            law(world, how);
        }, iter: Worlds);
}
