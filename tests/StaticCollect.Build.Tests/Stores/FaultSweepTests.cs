using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Laws;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

/// <summary>
/// Each operation of a run fails, one after the other and in each way: the run ends in one line or repairs itself, the static
/// root stays fit to be served, and the next run brings about what this one would have.
/// </summary>
[Platform(Exclude = "Win", Reason = "The errors are those of Unix.")]
public sealed class FaultSweepTests
{
    private const string Manifest = "staticfiles.json";

    private static readonly string[] Told = [Codes.WriteFailed, Codes.Unreadable, Codes.SourceChanged];

    private static IEnumerable<TestCaseData> Cases() =>
        from fault in Enum.GetValues<Fault>()
        from features in new[] { "plain", "everything", "symbolic", "hard" }
        from story in new[] { "first", "later", "swaps", "removals" }
        select new TestCaseData(fault, features, story);

    [TestCaseSource(nameof(Cases))]
    public void A_run_that_fails_anywhere_leaves_what_can_be_served_and_the_next_one_repairs_it(Fault fault, string features, string story)
    {
        SortedDictionary<string, string> expected;
        int operations;
        using (var world = new FaultyWorld(features, story, KeptAfter(fault)))
        {
            using var machine = new FaultMachine(fault, int.MaxValue);
            Assert.That(machine.Run(() => world.Collect(new RecordingLog())), Is.True);
            operations = machine.Count;
            if (fault is Fault.Slow)
            {
                world.Edit();
                Assert.That(world.Collect(new RecordingLog()), Is.True);
            }

            expected = world.Published();
        }

        for (var at = 0; at < operations; at++)
            Try(fault, features, story, at, expected);
    }

    private static void Try(Fault fault, string features, string story, int at, SortedDictionary<string, string> expected)
    {
        using var world = new FaultyWorld(features, story, KeptAfter(fault));
        var log = new RecordingLog();
        using var machine = new FaultMachine(fault, at, (what, _) =>
        {
            if (what is FileOperation.Move or FileOperation.Delete)
                world.CanBeServed();
        }, world.Edit);
        var isDead = false;
        var succeeded = false;
        try
        {
            succeeded = machine.Run(() => world.Collect(log, machine.Cancellation));
        }
        catch (Exception e) when (e is DeathException or OperationCanceledException or AggregateException { InnerException: DeathException })
        {
            isDead = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Report(Diagnostic.Error(Codes.WriteFailed, e.Message));
        }

        // A worker that writes two names of one file reads it once: how many operations there are depends on who writes what.
        if (fault is Fault.Slow && machine.Count <= at)
            world.Edit();

        string Where() => $"{fault} at {at}, {machine.Failed}, {features}, {story}: {string.Join('\n', log.Diagnostics)}";
        var codes = log.Diagnostics.Where(one => one.Severity == Severity.Error).Select(one => one.Code).ToList();
        if (!isDead)
        {
            Assert.That(succeeded, Is.EqualTo(codes.Count == 0), Where);
            Assert.That(codes.Except(Told, StringComparer.Ordinal), Is.Empty, Where);
            Assert.That(codes.Distinct(StringComparer.Ordinal).Count(), Is.LessThan(2), Where);
            Assert.That(codes, Has.Count.LessThan(fault is Fault.TooManyFiles ? 3 : 2), Where);
            if (fault is Fault.BadBlock or Fault.Denied && machine.Failed is { } failed && codes.Count == 1 && failed.Path.Length > 0)
                Assert.That(codes[0] == Codes.WriteFailed, Is.EqualTo(!world.IsSource(failed.Path)), Where);
            if (succeeded && fault is not Fault.Slow)
                Assert.That(Disk.Differences(expected, world.Published()).Where(line => !line.EndsWith("tmp", StringComparison.Ordinal)), Is.Empty, Where);
        }

        world.CanBeServed();
        world.NamesAndEncodingsAreTrue();

        log = new RecordingLog();
        Assert.That(world.Collect(log), Is.True, Where);
        Assert.That(Disk.Differences(expected, world.Published()).Where(line => fault is not Fault.Slow || !IsEarlierRelease(line)), Is.Empty, Where);
        var again = 0;
        using var counter = new FaultMachine(default, int.MaxValue, (what, _) => again += what is FileOperation.Open or FileOperation.Read or FileOperation.List ? 0 : 1);
        counter.Run(() => world.Collect(new RecordingLog()));
        Assert.That(again, Is.Zero, Where);
    }

    // How many releases there are after a slow run depends on when the files were saved.
    private static int KeptAfter(Fault fault) => fault is Fault.Slow ? 0 : 1;

    private static bool IsEarlierRelease(string line) => Regex.IsMatch(line, "^[-+] obj/[0-9]{6}\\.json");

    /// <summary>A project before one more run: what it has, and what the last run left.</summary>
    private sealed class FaultyWorld : IDisposable
    {
        private readonly Workspace _work = new("/dev/shm");
        private readonly string _features;
        private readonly int _keepReleases;

        public FaultyWorld(string features, string story, int keepReleases)
        {
            (_features, _keepReleases) = (features, keepReleases);
            PublishBySdk();
            _work.Write("static/a.css", $"a {{ background: url(p.png) }} {new string('x', 600)}").Write("static/p.png", "old").Write("static/gone.js", new string('g', 700))
                .Write("static/c/d.js", $"import './e.js'; {new string('y', 600)}").Write("static/c/e.js", "export {}").Write("static/f", "file").Write("static/n.png", "name");
            _work.Tree.Write($"{Workspace.RootBelowTree}/c/foreign.txt", "mine").Write($"{Workspace.RootBelowTree}/.0123456789abcdef0123456789abcdef.staticcollect-tmp", "half");
            if (story == "first")
                return;
            _work.Collect(Settings);
            PublishBySdk();
            _work.Tree.Write($"{Workspace.RootBelowTree}/.0123456789abcdef0123456789abcdef.staticcollect-tmp", "half");
            switch (story)
            {
                case "later":
                    _work.Write("static/a.css", $"b {{ background: url(p.png) }} {new string('x', 900)}", TempTree.Old.AddDays(1)).Write("static/p.png", "new", TempTree.Old.AddDays(1)).Write("static/new/n.css", "n {}");
                    _work.Tree.Delete("App/static/gone.js");
                    break;
                case "swaps":
                    _work.Tree.Delete("App/static/c").Delete("App/static/f").Delete("App/static/n.png");
                    File.Delete($"{_work.Root}/c/foreign.txt");
                    _work.Write("static/c", "now a file").Write("static/f/g.css", "g {}").Write("static/N.png", "name");
                    break;
                case "removals":
                    _work.Tree.Delete("App/static/c").Delete("App/static/gone.js").Delete("App/static/f");
                    break;
            }
        }

        private CollectSettings Settings => _features switch
        {
            "symbolic" => _work.Settings with { Link = LinkMode.Symbolic },
            "hard" => _work.Settings with { Link = LinkMode.Hard },
            "everything" => _work.Settings with
            {
                Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/{Manifest}", KeepReleases = _keepReleases },
                Compression = new CompressionSettings { CacheDirectory = _work.Tree["App/obj/staticcollect/cache"], Encodings = [ContentEncodings.Gzip, ContentEncodings.Brotli], Level = CompressLevel.Fastest },
                Endpoints = new EndpointsSettings(_work.Tree[EndpointsBelowTree], _work.Tree["App/bin/publish/wwwroot"], default),
                ServerConfigs = [WebServer.Nginx],
                ServerRoot = "/srv/static",
            },
            _ => _work.Settings,
        };

        private const string EndpointsBelowTree = "App/bin/publish/App.staticwebassets.endpoints.json";

        public bool IsSource(string path) => path.StartsWith(_work.Tree["App/static"], StringComparison.Ordinal);

        public bool Collect(RecordingLog log, CancellationToken cancellation = default) => Collector.Collect(Settings, log, cancellation).Succeeded;

        /// <summary>Saves two files, one of which names the other.</summary>
        public void Edit() => _work
            .Write("static/p.png", "edited", TempTree.Old.AddDays(2))
            .Write("static/a.css", $"c {{ background: url(p.png) }} {new string('z', 800)}", TempTree.Old.AddDays(2));

        /// <summary>All that readers find.</summary>
        public SortedDictionary<string, string> Published()
        {
            var all = Disk.Hashes(_work.Tree["App/bin/publish"]);
            if (_features == "everything")
            {
                Oracle.RoutesAreTrue(Settings.Endpoints!.ManifestPath, Settings.Endpoints.WebRoot, _work.Root);
                all[EndpointsBelowTree[(EndpointsBelowTree.LastIndexOf('/') + 1)..]] = "";
            }

            // Where nothing may be written beside the root nobody's name is.
            all.Remove(".static.staticcollect");
            foreach (var path in _work.Tree.Files("App/obj").Where(path => !path.StartsWith("staticcollect/cache/", StringComparison.Ordinal)))
                all["obj/" + path[(path.LastIndexOf('/') + 1)..]] = "";
            return all;
        }

        /// <summary>What the manifest names is there, and is what it is said to be.</summary>
        public void CanBeServed()
        {
            if (!File.Exists($"{_work.Root}/{Manifest}"))
                return;
            using var json = JsonDocument.Parse(File.ReadAllBytes($"{_work.Root}/{Manifest}"));
            var files = json.RootElement.GetProperty("files");
            foreach (var path in json.RootElement.GetProperty("paths").EnumerateObject())
            {
                var published = path.Value.GetString()!;
                Assert.That(File.Exists($"{_work.Root}/{published}"), Is.True, $"the manifest names '{published}'");
                var integrity = files.GetProperty(path.Name).GetProperty("integrity").GetString();
                Assert.That(integrity, Is.EqualTo($"sha256-{Convert.ToBase64String(Convert.FromHexString(Disk.Sha256(File.ReadAllBytes($"{_work.Root}/{published}"))))}"), published);
            }
        }

        /// <summary>No name promises other bytes, no encoding stands beside other bytes, and nothing of somebody else is touched.</summary>
        public void NamesAndEncodingsAreTrue()
        {
            var root = Disk.Hashes(_work.Root);
            foreach (var (path, hash) in root)
            {
                if (Oracle.Split(path) is { } name && !path.EndsWith(".gz", StringComparison.Ordinal) && !path.EndsWith(".br", StringComparison.Ordinal))
                    Assert.That(hash, Does.StartWith(name.Fingerprint), path);
            }

            Oracle.SiblingsDecode(_work.Root, root.Keys);
            if (!_work.Tree.Has("App/static/c") || Directory.Exists(_work.Tree["App/static/c"]))
                Assert.That(root.ContainsKey("c/foreign.txt"), Is.True);
        }

        public void Dispose() => _work.Dispose();

        private void PublishBySdk() => _work.Tree.Write(EndpointsBelowTree, """{"Version":1,"ManifestType":"Publish","Endpoints":[]}""");
    }
}
