using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using NUnit.Framework.Internal;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>
/// What holds for every project, every setting and every history. That the root, the names, the siblings and the routes
/// are what the release says is looked at after each collection of each history: see <see cref="World.AfterASuccess"/>.
/// </summary>
public partial class CollectionLaws
{
    private static readonly Gen<Happening> Happenings = Gen.Frequency(
        (10, Gen.OneOf(Happening.WriteSource, Happening.EditSourceInPlace)),
        (4, Gen.Const(Happening.ReplaceSourceByOneOfEqualStamp)),
        (4, Gen.OneOf(Happening.TouchSource, Happening.RenameSource, Happening.DeleteSource)),
        (4, Gen.Const(Happening.WriteTwin)),
        (10, Gen.OneOf(Happening.Collect, Happening.CollectOtherwise)),
        (1, Gen.OneOf(Happening.DryRun, Happening.CollectIntoAClearedRoot)),
        (3, Gen.OneOf(Happening.Throw, Happening.Cancel, Happening.Kill)),
        (2, Gen.Const(Happening.PublishBySdk)),
        (5, Gen.OneOf(
            Happening.TamperWithBytes, Happening.TamperAtEqualStamp, Happening.TamperWithTime, Happening.TamperWithLink,
            Happening.DeleteFromRoot, Happening.DeleteFolderFromRoot, Happening.DeleteRoot)),
        (3, Gen.OneOf(Happening.AddForeignFile, Happening.AddForeignSibling)),
        (2, Gen.OneOf(Happening.DeleteObj, Happening.DeleteCache, Happening.LoseRecord, Happening.DamageRecord, Happening.Clean)),
        (1, Gen.Const(Happening.CollectAnotherProject)));

    private static readonly Gen<Event> Events =
        Gen.Select(Happenings, Gen.Int[0, 3], Gen.Int[0, 16], Gen.Int[0, 1999], (what, where, which, how) => new Event(what, where, which, how));

    private static readonly Gen<Event[]> Histories = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 16], Gen.Int[0, 1999], (where, which, how) => new Event(Happening.WriteSource, where, which, how)).Array[1, 8],
        Events.Array[0, 20],
        (first, then) => first.Concat(then).ToArray());

    [Test]
    public void After_any_history_a_collection_gives_what_a_fresh_one_gives_and_keeps_foreign_files() => AfterAnyHistory((world, how) =>
    {
        // What the SDK says of files that a run before took away is its own to say again.
        if (world.SdkHasFiles)
            world.PublishBySdk(World.Publish);
        var log = new RecordingLog();
        var result = world.Collect(how, log: log);
        var fresh = world.CollectFresh(how);
        if (!result.Succeeded)
        {
            // Either the sources themselves cannot be collected, or what nobody knows the writer of stands in the way, or
            // what a bundler named holds other bytes than in the release before.
            var codes = log.Diagnostics.Where(one => one.Severity == Severity.Error).Select(one => one.Code);
            Assert.That(!fresh.Succeeded || codes.Any(code => code == Codes.RootBlocked) || log.Lines.Any(line => line.Contains("chunk-", StringComparison.Ordinal)), Is.True, () => string.Join('\n', log.Lines));
            return;
        }

        Assert.That(fresh.Succeeded, Is.True);
        var settings = world.Settings(how);
        var ofFresh = world.Settings(how, World.Fresh);
        var kept = ReleaseOnDisk.Read(settings).Files.Where(file => file.Role == "Kept").Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var root = Disk.Hashes(world.Root);
        foreach (var (path, hash) in Disk.Hashes(ofFresh.Root))
        {
            Assert.That(root.GetValueOrDefault(path), Is.EqualTo(hash), $"'{path}' as a fresh run leaves it");
            root.Remove(path);
        }

        Assert.That(root.Keys.Where(path => !kept.Contains(path) && !world.IsOfOthers(path)), Is.Empty, "what no fresh run leaves");
        Assert.That(Items(result, settings), Is.EqualTo(Items(fresh, ofFresh)));
        if (settings.Fingerprint is { } fingerprint && File.Exists(fingerprint.ManifestPath))
            Assert.That(File.ReadAllText(fingerprint.ManifestPath), Is.EqualTo(File.ReadAllText(ofFresh.Fingerprint!.ManifestPath)));
        if (settings.Endpoints is { } endpoints)
        {
            var (routes, ofFreshRun) = (Endpoints(endpoints.ManifestPath, kept), Endpoints(ofFresh.Endpoints!.ManifestPath, kept));
            Assert.That(routes.Except(ofFreshRun, StringComparer.Ordinal), Is.Empty, "endpoints that no fresh run leaves");
            Assert.That(ofFreshRun.Except(routes, StringComparer.Ordinal), Is.Empty, "endpoints of a fresh run");
        }

        if (kept.Count == 0)
            Assert.That(BesideTheRoot(settings), Is.EqualTo(BesideTheRoot(ofFresh)), "configuration of servers");
    });

    [Test]
    public void Collecting_twice_changes_nothing() => AfterAnyHistory((world, how) =>
    {
        var (first, second) = (new RecordingLog(), new RecordingLog());
        var once = world.Collect(how, log: first);
        if (!once.Succeeded)
            return;
        var before = Disk.Snapshot(world.Tree.Path);
        var twice = world.Collect(how, log: second);
        Assert.That(Disk.Differences(before, Disk.Snapshot(world.Tree.Path)), Is.Empty, "times and modes too, of root, records, manifests and configuration");
        Assert.That(Items(twice, world.Settings(how)), Is.EqualTo(Items(once, world.Settings(how))));
        Assert.That(twice.Files.Select(file => file.Status), Is.All.EqualTo(FileStatus.Unchanged));
        // Of what went, and of what somebody changed, the first run tells.
        Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics.Where(one => one.Code is not (Codes.StaleSibling or Codes.NotAsLeft))));
    });

    [Test]
    public void What_is_known_is_not_opened_again() => AfterAnyHistory(
        (world, how) =>
        {
            // A link shows what its source holds now.
            static CollectSettings Copies(CollectSettings settings) => settings with { Link = LinkMode.None };

            if (!world.Collect(how, Copies).Succeeded)
                return;
            world.ChangeUnseen();
            var before = Disk.Snapshot(world.Tree.Path);
            world.Collect(how, Copies);
            Assert.That(Disk.Differences(before, Disk.Snapshot(world.Tree.Path)), Is.Empty, "only who opens the sources could know that they changed");
        },
        worlds: 30);

    [Test]
    public void A_dry_run_tells_what_the_run_then_does() => AfterAnyHistory((world, how) =>
    {
        var (dryLog, realLog) = (new RecordingLog { WantsDetails = false }, new RecordingLog { WantsDetails = false });
        var dry = world.Collect(how, settings => settings with { DryRun = true }, dryLog);
        var real = world.Collect(how, log: realLog);
        Assert.That(dry.Succeeded, Is.EqualTo(real.Succeeded), () => string.Join('\n', dryLog.Lines.Concat(realLog.Lines)));
        Assert.That(dryLog.Summaries.Select(Numbers).ToList(), Is.EqualTo(realLog.Summaries.Select(Numbers).ToList()));
        Assert.That(Items(dry, world.Settings(how)), Is.EqualTo(Items(real, world.Settings(how))));
        Assert.That(dry.Files.Select(file => file.Status), Is.EqualTo(real.Files.Select(file => file.Status)));
        Assert.That(dry.Removed, Is.EqualTo(real.Removed));
        Assert.That(dryLog.Diagnostics, Is.EqualTo(realLog.Diagnostics));
    });

    [Test]
    public void Cleaning_after_any_history_leaves_only_foreign_files() => AfterAnyHistory((world, how) =>
    {
        var settings = world.Settings(how);
        var sources = world.SourcesSnapshot();
        Cleaner.Clean(settings, new RecordingLog());
        var root = Disk.Hashes(world.Root);
        Assert.That(world.Foreign.All(file => root.GetValueOrDefault(file.Key) == file.Value), Is.True);
        Assert.That(root.Keys.Where(path => !world.IsOfOthers(path)), Is.Empty);
        Assert.That(Disk.Differences(sources, world.SourcesSnapshot()), Is.Empty);
        Assert.That(ReleaseOnDisk.Find(settings), Is.Null);
        Assert.That(BesideTheRoot(settings), Is.Empty);
    });

    [Test]
    public void The_root_is_what_the_scan_order_says() => AfterAnyHistory((world, how) =>
    {
        // The whole of collecting in ten lines, without threads, records and plans.
        var (prefix, lastWins) = ("", world.Settings(how).Conflict == ConflictPolicy.LastWins);
        var result = world.CollectFresh(how, settings =>
        {
            prefix = settings.Finders.OfType<DirectoryFinder>().Single().Sources(settings, _ => { }).Single().Prefix;
            return settings with { Fingerprint = null, Compression = null, Endpoints = null };
        });
        var expected = world.ExpectedPlainly(prefix, lastWins);
        if (!result.Succeeded)
        {
            Assert.That(expected.Keys.Any(a => expected.Keys.Any(b => b.StartsWith(a + "/", StringComparison.OrdinalIgnoreCase))), Is.True);
            return;
        }

        var root = Disk.Hashes(world.Settings(how, World.Fresh).Root);
        foreach (var (path, hash) in root)
            Assert.That(expected.GetValueOrDefault(path) == hash || path.StartsWith("site.css", StringComparison.Ordinal), Is.True, path);

        // A sibling that is no encoding of its file is not published; that it is not is looked at elsewhere.
        Assert.That(expected.Keys.Where(path => !root.ContainsKey(path)), Is.All.EndsWith(".gz").Or.EndsWith(".br"));
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
            }, iter: Times(40));

        static List<string> Outcome((int App, char[] Path, int Text)[] files, bool linked)
        {
            using var work = new Workspace(below: "/dev/shm");
            foreach (var (app, path, _) in files.Select(Spelled))
                work.Write($"app{app}/static/{string.Join('/', path.Select(c => $"{c}.d"))}.css", string.Concat(path));
            foreach (var (app, path, text) in files.Where(_ => linked && Here.MakesLinks))
            {
                var link = $"App/app{app}/static/{path[0]}{text}";
                if (!work.Tree.Has(link))
                    work.Tree.Link(link, text % 2 == 0 ? "/nowhere" : "..");
            }

            var log = new RecordingLog();
            var result = Collector.Collect(work.Settings, log);
            return [.. log.Lines.Concat(Items(result, work.Settings)).Concat(result.Clashes.Select(clash => (clash.Winner with { Stamp = default }, clash.Loser with { Stamp = default }).ToString()))
                .Select(line => line.Replace(work.Tree.Path, "", StringComparison.Ordinal))
                .Concat(work.Collected.Select(file => $"{file.Key}: {file.Value}"))];
        }
    }

    // Where case does not count, a folder is spelled as whoever made it first did: one app, one spelling.
    private static (int App, char[] Path, int Text) Spelled((int App, char[] Path, int Text) file) => OperatingSystem.IsWindows()
        ? file with { Path = Array.ConvertAll(file.Path, c => file.App % 2 == 0 ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)) }
        : file;

    /// <summary>How often a law is tried: STATICCOLLECT_LAWS multiplies it.</summary>
    internal static int Times(int usually) =>
        usually / (NotUnderWineAttribute.IsWine ? 10 : 1) * (int.TryParse(Environment.GetEnvironmentVariable("STATICCOLLECT_LAWS"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? Math.Max(1, factor) : 1);

    // Each sample in a context of its own: those that are tried while a failure is made smaller are not told, too.
    private static void AfterAnyHistory(Action<World, int> law, int worlds = 60) =>
        Gen.Select(Histories, Gen.Int[0, World.Hows - 1]).Sample((history, how) =>
        {
            using var isolated = new TestExecutionContext.IsolatedContext();
            using var world = new World();
            foreach (var e in history)
                world.Happen(e);
            law(world, how);
        }, iter: Times(worlds));

    /// <summary>The collected files as consumers see them, wherever the root is.</summary>
    private static IEnumerable<string> Items(CollectResult result, CollectSettings settings) =>
        result.Files.Select(file => $"{Path.GetRelativePath(settings.Root, file.TargetPath)} {file.Url}");

    private static List<string> Endpoints(string manifest, HashSet<string> kept)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        return [.. json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(Endpoint.Read)
            .Where(endpoint => !kept.Contains(endpoint.AssetFile.Replace("static/", "", StringComparison.Ordinal)))
            .Select(endpoint => endpoint.Timeless())];
    }

    private static List<string> BesideTheRoot(CollectSettings settings) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(settings.Root)!).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)}: {File.ReadAllText(path)}")];

    /// <summary>The numbers of files in a summary, and what became of them.</summary>
    private static string Numbers(string summary) => string.Join(", ", Counts().Matches(summary)
        .Select(match => $"{match.Groups["count"].Value} {match.Groups["what"].Value}"));

    [GeneratedRegex(@"(?<count>\d+) (static files? )?(would be )?(?<what>copied|linked|unchanged|fingerprinted|removed)", RegexOptions.ExplicitCapture)]
    private static partial Regex Counts();
}
