using System.Globalization;
using System.IO.Compression;
using System.Text;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>One thing that happens to a project, told by small numbers that mean the same in every world.</summary>
internal readonly record struct Event(Happening What, int Where, int Which, int How);

internal enum Happening
{
    WriteSource,
    EditSourceInPlace,
    ReplaceSourceByOneOfEqualStamp,
    TouchSource,
    RenameSource,
    DeleteSource,
    WriteTwin,
    Collect,
    CollectOtherwise,
    DryRun,
    CollectIntoAClearedRoot,
    Throw,
    Cancel,
    Kill,
    PublishBySdk,
    TamperWithBytes,
    TamperAtEqualStamp,
    TamperWithTime,
    TamperWithLink,
    DeleteFromRoot,
    DeleteFolderFromRoot,
    DeleteRoot,
    AddForeignFile,
    AddForeignSibling,
    DeleteObj,
    DeleteCache,
    LoseRecord,
    DamageRecord,
    Clean,
    CollectAnotherProject,
}

/// <summary>A project whose sources, settings, static root and records go through any history.</summary>
internal sealed class World : IDisposable
{
    /// <summary>The property that marks what the SDK wrote into the endpoints manifest.</summary>
    public const string OfSdk = "of-sdk";

    /// <summary>How many settings there are.</summary>
    public const int Hows = 2 * 2 * 3 * 4 * 3 * 2 * 3 * 2 * 2 * 2 * 2 * 2 * 2 * 3;

    /// <summary>The publish folder in which the history takes place, and the one beside it that no run has seen.</summary>
    public const string Publish = "App/bin/publish";
    public const string Fresh = "fresh/publish";

    private const string EndpointsName = "App.staticwebassets.endpoints.json";
    private const string View = "App/Views/Index.cshtml";
    private const string Baseline = "App/static-baseline.json";
    private const string SdkFile = "site.css";
    private const string SdkSource = "App/wwwroot/static/site.css";
    private const string SdkEncoded = "sdk/site.css.gz";

    // Wine has no times of birth, and Windows gives a file that of the one that had its name a moment before.
    private static readonly bool TellsBirths = !OperatingSystem.IsWindows();

    // In scan order.
    private static readonly string[] Sources = ["App/app1/static", "App/app2/static", "App/static", "lib"];

    private static readonly string[] SourcesWhenFirstWins = ["lib", "App/static", "App/app1/static", "App/app2/static"];

    // Few on purpose: files meet, clash, name each other, and change places with folders.
    private static readonly string[] Paths =
    [
        "a.css", "b.css", "c/d.js", "c/e.js", "p.png", "c/x.svg", "page.html", "site.css", "c/a.css", "A.css", "c/chunk-B2x9Qk1Z.js",
        "c/d.js.map", "d", "d/p.png", "\u00e9.css", "staticfiles.json", ".hidden.css",
    ];

    // The hash of each file that somebody put into the place of one of ours, where nothing but the user's word may take it away.
    private readonly Dictionary<string, string> _handMade = new(StringComparer.Ordinal);

    // The paths at which the SDK has put its files; of what lies there otherwise nobody need know the writer.
    private readonly HashSet<string> _broughtBySdk = new(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _births = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _immutable = new(StringComparer.Ordinal);
    private Dictionary<string, string> _namedByBundlers = new(StringComparer.Ordinal);
    private bool _sdkMustPublish;
    private int _sdk;
    private int _sdkClock;
    private int _clock;

    public World()
    {
        Tree = new TempTree("/dev/shm");
        Tree.Write(View, "<link href=\"~/static/a.css\" rel=\"stylesheet\"><img src=\"/static/p.png\"><img src=\"/static/gone.png\">")
            .Write(Baseline, """{"version":1,"missing":[{"references":{"static/a.css":["gone.png"],"Views/Index.cshtml":["/static/gone.png"]}}]}""");
        Tree.Write("App/App.csproj", "<Project />").Folder("lib").Folder($"{Publish}/wwwroot").Folder($"{Fresh}/wwwroot");
        PublishBySdk(Publish);
        PublishBySdk(Fresh);
    }

    public TempTree Tree { get; }

    /// <summary>The hash of each file that no collection wrote and none may touch, by its path below the root.</summary>
    public SortedDictionary<string, string> Foreign { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Each file in the root that nobody knows the writer of any more, and that a collection may leave, take away as a stale
    /// sibling or replace by its own.
    /// </summary>
    public HashSet<string> Loose { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a file of the root is one that no collection is known to have written.</summary>
    public bool IsOfOthers(string path) => Foreign.ContainsKey(path) || Loose.Contains(path);

    public string Root => Tree[$"{Publish}/wwwroot/static"];

    /// <summary>Whether the SDK publishes files of its own below the static root.</summary>
    public bool SdkHasFiles => _sdk > 0;

    /// <summary>One of <see cref="Hows"/> settings, read as those of a project are; 0 has every feature off.</summary>
    public CollectSettings Settings(int how, string publish = Publish)
    {
        var obj = publish == Publish ? "App/obj" : "fresh/obj";
        var dial = how;
        var fingerprint = Next(2) == 1;
        var keepOriginals = Next(2) == 0;
        var keepReleases = Next(3);
        var encodings = Of("", "gzip", "br", "gzip;br");
        var endpoints = Of("None", "All", "Fingerprinted");
        var servers = Of("", "nginx;caddy;apache");
        var link = Of("None", "Symbolic", "Hard");
        var conflict = Of("LastWins", "FirstWins");
        var prefix = Of("", "c");
        var manifest = Of("staticfiles.json", $"{Tree[obj]}/manifest.json");
        var isNamed = Next(2) == 1;
        var saving = Of("5", "60");
        var report = Of("false", "true");
        var views = Of("Ignore", "Warn", "Baseline");
        var raw = new RawSettings(Item(
            Tree["App/App.csproj"],
            ("PublishFolder", Tree[publish]),
            ("IntermediateFolder", Tree[obj]),
            ("OutputFolders", "bin/;obj/"),
            ("EndpointsManifest", EndpointsName),
            ("StaticCollectFinders", conflict == "FirstWins" ? "Directory;Own;App" : "App;Own;Directory"),
            ("StaticCollectConflict", conflict),
            ("StaticCollectLink", link == "Symbolic" && !Here.MakesLinks ? "None" : link),
            ("StaticCollectFingerprint", fingerprint ? "true" : "false"),
            ("StaticCollectKeepOriginals", keepOriginals ? "true" : "false"),
            ("StaticCollectKeepReleases", keepReleases.ToString(CultureInfo.InvariantCulture)),
            ("StaticCollectManifest", manifest),
            ("StaticCollectCompress", encodings),
            ("StaticCollectCompressLevel", "Fastest"),
            ("StaticCollectCompressMinimumSaving", saving),
            ("StaticCollectEndpoints", endpoints),
            ("StaticCollectServerConfig", servers),
            ("StaticCollectServerRoot", "/srv/static"),
            ("StaticCollectReport", report),
            ("StaticCollectCheckViews", views == "Ignore" ? views : "Warn"),
            ("StaticCollectBaseline", views == "Baseline" ? Tree[Baseline] : "")))
        {
            Views = [Item(Tree[View])],
            Directories = [Item(Tree["lib"], ("Prefix", prefix))],
            AlreadyFingerprinted = isNamed ? [Item("**/chunk-*.js")] : [],
            WebAssets = SdkHasFiles ? [Asset(SdkFile, SdkSource), Asset(SdkFile + ".gz", SdkEncoded, ("AssetRole", "Alternative"), ("RelatedAsset", Tree[SdkSource]))] : [],
        };
        var settings = SettingsReader.Read(raw, out var diagnostics);
        Assert.That(diagnostics, Is.Empty);
        return settings;

        RawItem Asset(string path, string source, params (string, string)[] metadata) =>
            Item(Tree[source], [("RelativePath", $"static/{path}"), ("SourceId", "App"), .. metadata]);

        string Of(params string[] choices) => choices[Next(choices.Length)];

        int Next(int count)
        {
            (dial, var digit) = Math.DivRem(dial, count);
            return digit;
        }
    }

    public void Happen(Event e)
    {
        switch (e.What)
        {
            case Happening.WriteSource:

            // A hard link of ours whose source was edited in place is known by its birth.
            case Happening.EditSourceInPlace when NotUnderWineAttribute.IsWine && Tree.Has(Source(e)):
                Write(Source(e), Content(Path(e), e.How), Time(e.How));
                break;
            case Happening.EditSourceInPlace when Tree.Has(Source(e)) && File.Exists(Tree[Source(e)]):
                File.WriteAllBytes(Tree[Source(e)], Content(Path(e), e.How));
                File.SetLastWriteTimeUtc(Tree[Source(e)], Time(e.How));
                break;
            case Happening.ReplaceSourceByOneOfEqualStamp when TellsBirths && AnySource(e) is { } source:
                // What an unpacked archive with fixed times does: a file of the same length and time, born another day.
                Write(source, Changed(File.ReadAllBytes(Tree[source]), e.How), File.GetLastWriteTimeUtc(Tree[source]));
                break;
            case Happening.TouchSource when AnySource(e) is { } source:
                File.SetLastWriteTimeUtc(Tree[source], Time(e.How));
                break;
            case Happening.RenameSource when AnySource(e) is { } source && MakeRoom(Source(e)):
                if (File.Exists(Tree[source]))
                    Move(source, Source(e));
                break;
            case Happening.DeleteSource when AnySource(e) is { } source:
                Tree.Delete(source);
                break;
            case Happening.WriteTwin when AnySource(e) is { } source:
                WriteTwin(source, e.Which % 2 == 0 ? ".gz" : ".br", e.How);
                break;
            case Happening.Collect or Happening.CollectOtherwise:
                Collect(e.What == Happening.Collect ? e.How % 4 * 97 : e.How * 31);
                break;
            case Happening.DryRun:
                Collect(e.How * 31, settings => settings with { DryRun = true });
                break;
            case Happening.CollectIntoAClearedRoot:
                Collect(e.How * 31, settings => settings with { Clear = true });
                break;
            case Happening.Throw or Happening.Cancel:
                Interrupt(Settings(e.How * 31), isCancelled: e.What == Happening.Cancel, call: e.Which * 4 + e.Where);
                break;
            case Happening.Kill:
                KillSometime(Settings(e.How * 31), e.Which);
                break;
            case Happening.PublishBySdk:
                _sdk = e.How % 3;
                _sdkClock++;
                PublishBySdk(Publish);
                break;
            case Happening.TamperWithBytes when InRoot(e) is { } file:
                Tamper(file, [(byte)e.How, (byte)e.Which, 1], Time(e.How));
                break;
            case Happening.TamperAtEqualStamp when TellsBirths && InRoot(e) is { } file && new FileInfo(file).LinkTarget is null:
                Tamper(file, Changed(File.ReadAllBytes(file), e.How), File.GetLastWriteTimeUtc(file));
                break;
            case Happening.TamperWithTime when InRoot(e) is { } file && new FileInfo(file).LinkTarget is null:
                File.SetLastWriteTimeUtc(file, Time(e.How));
                break;
            case Happening.TamperWithLink when Here.MakesLinks && InRoot(e) is { } file:
                File.Delete(file);
                File.CreateSymbolicLink(file, Tree["App/App.csproj"]);
                TakenFromUs(file);
                break;
            case Happening.DeleteFromRoot when InRoot(e) is { } file:
                File.Delete(file);
                RootWasTamperedWith();
                break;
            case Happening.DeleteFolderFromRoot when Directory.Exists($"{Root}/c"):
                Directory.Delete($"{Root}/c", recursive: true);
                RootWasTamperedWith();
                break;
            case Happening.DeleteRoot when Directory.Exists(Root):
                Directory.Delete(Root, recursive: true);
                RootWasTamperedWith();
                break;
            case Happening.AddForeignFile:
                AddForeign(e.Which % 2 == 0 ? $"c/foreign{e.How % 4}" : $"foreign{e.How % 4}/a.css", (path, hash) => Foreign[path] = hash, [1, 2, 3]);
                break;
            case Happening.AddForeignSibling:
                AddForeignSibling(e);
                break;
            case Happening.DeleteObj when Directory.Exists(Tree["App/obj"]):
                Directory.Delete(Tree["App/obj"], recursive: true);
                RecordIsLost();
                break;
            case Happening.DeleteCache when Directory.Exists(Tree["App/obj/staticcollect/cache"]):
                Directory.Delete(Tree["App/obj/staticcollect/cache"], recursive: true);
                break;
            case Happening.LoseRecord or Happening.DamageRecord when Records() is { Count: > 0 } records:
                LoseRecord(records[e.Which % records.Count], e.What == Happening.DamageRecord ? e.How : null);
                break;
            case Happening.Clean:
                Cleaner.Clean(Settings(e.How * 31), new RecordingLog());
                WhatIsHandMadeIsThere();
                _namedByBundlers.Clear();
                _sdkMustPublish = true;
                break;
            case Happening.CollectAnotherProject when File.Exists(Tree[$"{Publish}/.static.staticcollect"]) && Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any():
                CollectAnotherProject(e);
                break;
        }
    }

    /// <summary>Collects, and sees to it that what must hold after every collection does.</summary>
    public CollectResult Collect(int how, Func<CollectSettings, CollectSettings>? change = null, RecordingLog? log = null)
    {
        if (_sdkMustPublish)
            PublishBySdk(Publish);
        var settings = Settings(how);
        settings = change?.Invoke(settings) ?? settings;
        log ??= new RecordingLog();
        var (root, all, sources) = (Disk.Snapshot(Root), settings.DryRun ? Disk.Snapshot(Tree.Path) : null, SourcesSnapshot());
        var result = Collector.Collect(settings, log);
        Assert.That(Disk.Differences(sources, SourcesSnapshot()), Is.Empty, "no source is touched");
        if (all is not null)
            Assert.That(Disk.Differences(all, Disk.Snapshot(Tree.Path)), Is.Empty, "a dry run writes nothing anywhere");
        if (!result.Succeeded)
            Assert.That(Disk.Differences(root, Disk.Snapshot(Root)), Is.Empty, () => "what is refused writes nothing: " + string.Join('\n', log.Lines));
        if (result.Succeeded && !settings.DryRun)
            AfterASuccess(settings);
        return result;
    }

    /// <summary>Collects into the publish folder that no run has seen, without a record, and forgets it again.</summary>
    public CollectResult CollectFresh(int how, Func<CollectSettings, CollectSettings>? change = null)
    {
        Tree.Delete("fresh").Folder($"{Fresh}/wwwroot");
        PublishBySdk(Fresh);
        var settings = Settings(how, Fresh);
        return Collector.Collect(change?.Invoke(settings) ?? settings, new RecordingLog());
    }

    /// <summary>What every collection leaves true, and what is remembered of it for those after it.</summary>
    public void AfterASuccess(CollectSettings settings)
    {
        if (settings.Clear)
        {
            Foreign.Clear();
            _handMade.Clear();
            Loose.RemoveWhere(path => !SdkHasFiles || (path != SdkFile && path != SdkFile + ".gz"));
            _namedByBundlers.Clear();
        }

        var release = ReleaseOnDisk.Read(settings);
        Oracle.HoldsTheRelease(Root, release);
        Oracle.NamesAreOfTheirBytes(Root, release);
        Oracle.SiblingsDecode(Root, release.Files.Select(file => file.Path));
        Oracle.EncodingsStandBesideTheirFiles(release);
        if (settings.Endpoints is { } endpoints)
            Oracle.RoutesAreTrue(endpoints.ManifestPath, endpoints.WebRoot, Root);
        NothingElseIsThere(release);
        NamesAreForEver(release);
    }

    /// <summary>
    /// The SDK's publish: its files replace those that are older than they are, and after a mishap all, as where the publish folder was
    /// deleted; its manifest always replaces the one that was there.
    /// </summary>
    public void PublishBySdk(string publish)
    {
        var replacesAll = publish != Publish || _sdkMustPublish;
        if (publish == Publish)
            _sdkMustPublish = false;
        var endpoints = new List<string> { Route("app.css", "app.css", "text/css", Encoding.UTF8.GetBytes("app"), null) };
        if (_sdk > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(new string((char)('0' + _sdk), 300));
            var encoded = Disk.Encode(".gz", bytes);
            WriteSdkSource(SdkSource, bytes);
            WriteSdkSource(SdkEncoded, encoded);
            Bring(publish, SdkFile, bytes, replacesAll);
            Bring(publish, SdkFile + ".gz", encoded, replacesAll);
            foreach (var route in new[] { "static/site.css", "static/site.x1y2z3.css" })
            {
                var label = route == "static/site.css" ? null : "static/site.css";
                endpoints.Add(Route(route, "static/site.css", "text/css", bytes, label));
                endpoints.Add(Route(route, "static/site.css.gz", "text/css", bytes, label, encoded));
            }
        }

        File.WriteAllText(Tree[$"{publish}/{EndpointsName}"], $$"""{"Version":1,"ManifestType":"Publish","Endpoints":[{{string.Join(',', endpoints)}}]}""");
    }

    /// <summary>Replaces the bytes of a source, as a program does that writes while files are collected.</summary>
    /// <param name="which">Which source.</param>
    /// <param name="how">With which bytes; of equal length or not, in place or by a new file.</param>
    public void Disturb(int which, int how)
    {
        if (AnySource(new Event(default, 0, which, how)) is not { } source)
            return;
        var path = Tree[source];
        try
        {
            var (before, time) = (File.ReadAllBytes(path), File.GetLastWriteTimeUtc(path));
            var bytes = how % 2 == 0 ? Changed(before, how) : Content(source[(Sources.First(folder => source.StartsWith(folder + "/", StringComparison.Ordinal)).Length + 1)..], how);
            switch (how / 2 % 4)
            {
                case 0:
                    File.WriteAllBytes(path, bytes);
                    break;
                case 1:
                    File.WriteAllBytes(path, bytes);
                    File.SetLastWriteTimeUtc(path, time);
                    break;
                case 2:
                    File.WriteAllBytes(path + "~", bytes);
                    File.SetLastWriteTimeUtc(path + "~", time);
                    File.Move(path + "~", path, overwrite: true);
                    break;
                default:
                    File.Delete(path);
                    File.WriteAllBytes(path, bytes);
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Two disturb the same file; or, on Windows, somebody reads it just now, which keeps another file from its place.
        }
    }

    /// <summary>Changes the bytes of old sources so that no stamp tells of it: only who opens them knows.</summary>
    public void ChangeUnseen()
    {
        foreach (var source in _births.Where(file => file.Value >= 0 && File.Exists(Tree[file.Key])).Select(file => Tree[file.Key]))
        {
            var time = File.GetLastWriteTimeUtc(source);
            File.WriteAllBytes(source, Changed(File.ReadAllBytes(source), 1));
            File.SetLastWriteTimeUtc(source, time);
        }
    }

    /// <summary>The files that are collected where nothing is fingerprinted, by the rule of the scan order alone.</summary>
    public SortedDictionary<string, string> ExpectedPlainly(string prefix, bool lastWins)
    {
        var expected = new SortedDictionary<string, (string Path, string Hash)>(StringComparer.OrdinalIgnoreCase);
        foreach (var folder in lastWins ? Sources : SourcesWhenFirstWins)
        {
            var files = Disk.Hashes(Tree[folder]).Where(file => !file.Key.Split('/').Any(name => name.StartsWith('.')));
            foreach (var (path, hash) in files)
            {
                var logical = folder == "lib" && prefix.Length > 0 ? $"{prefix}/{path}" : path;
                if (lastWins || !expected.ContainsKey(logical))
                    expected[logical] = (logical, hash);
            }
        }

        return new SortedDictionary<string, string>(expected.Values.ToDictionary(file => file.Path, file => file.Hash, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Everything but what is published and recorded.</summary>
    public SortedDictionary<string, string> SourcesSnapshot() => Disk.Snapshot(Tree.Path, Tree["App/bin"], Tree["App/obj"], Tree["fresh"]);

    public void Dispose() => Tree.Dispose();

    private void NothingElseIsThere(ReleaseOnDisk release)
    {
        var root = Disk.Hashes(Root);
        foreach (var line in release.Files)
        {
            root.Remove(line.Path);
            Foreign.Remove(line.Path);
            Loose.Remove(line.Path);
            _handMade.Remove(line.Path);
        }

        WhatIsHandMadeIsThere();

        foreach (var (path, hash) in Foreign)
            Assert.That(root.GetValueOrDefault(path), Is.EqualTo(hash), $"'{path}' is nobody's but the user's");
        Loose.RemoveWhere(path => !root.ContainsKey(path));
        SdkHasItsFileBack();
        Assert.That(root.Keys.Where(path => !IsOfOthers(path)), Is.Empty, "what no release says and nobody else wrote");
    }

    // Names that promise their bytes, those of encodings and those of files while they are made are not left to anybody; what
    // the SDK publishes is its own.
    private void IsHandMade(string path, byte[] bytes)
    {
        if (Oracle.Split(path) is null && !Disk.Suffixes.ContainsKey(System.IO.Path.GetExtension(path)) && !path.Contains("chunk-", StringComparison.Ordinal) && !path.EndsWith("-tmp", StringComparison.Ordinal) && path != SdkFile)
            _handMade[path] = Disk.Sha256(bytes);
    }

    private void WhatIsHandMadeIsThere()
    {
        var root = Disk.Hashes(Root);
        foreach (var (path, hash) in _handMade)
            Assert.That(root.GetValueOrDefault(path), Is.EqualTo(hash), $"'{path}' is not what was collected there, and not to be taken away");
    }

    /// <summary>Another project into the same root: it is refused, and so is its cleaning.</summary>
    private void CollectAnotherProject(Event e)
    {
        var settings = Settings(e.How * 31) with { ProjectName = "Other", RecordFolder = Tree["Other/obj/staticcollect"], Clear = e.Which % 3 == 0, DryRun = e.Which % 3 == 1 };
        var (before, log) = (Disk.Snapshot(Tree.Path), new RecordingLog());
        Assert.That(Collector.Collect(settings, log).Succeeded, Is.False);
        Cleaner.Clean(settings, log);
        Assert.That(log.Diagnostics.Where(one => one.Severity == Severity.Error).Select(one => one.Code), Is.EqualTo(new[] { Codes.RootOfAnother, Codes.RootOfAnother }));
        Assert.That(Disk.Differences(before, Disk.Snapshot(Tree.Path)), Is.Empty, "another project writes nothing");
    }

    private void NamesAreForEver(ReleaseOnDisk release)
    {
        var namedByBundlers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in release.Files.Where(file => file.IsImmutable && file.Encoding is null))
        {
            if (line.Role is "Plain")
            {
                // Nobody can know a name by heart that is no hash of ours: the last release does.
                namedByBundlers.Add(line.Path, line.Sha256);
                Assert.That(_namedByBundlers.GetValueOrDefault(line.Path, line.Sha256), Is.EqualTo(line.Sha256), $"'{line.Path}' holds other bytes than in the release before");
            }
            else if (Oracle.Split(line.Path) is not null)
            {
                _immutable.TryAdd(line.Path, line.Sha256);
                Assert.That(line.Sha256, Is.EqualTo(_immutable[line.Path]), $"'{line.Path}' ({line.Role}) holds other bytes than ever before");
            }
        }

        _namedByBundlers = namedByBundlers;
    }

    private void Interrupt(CollectSettings settings, bool isCancelled, int call)
    {
        using var cancellation = new CancellationTokenSource();
        var log = new CountingLog(call, () =>
        {
            if (!isCancelled)
                throw new KilledException();
            cancellation.Cancel();
        });
        Run(settings, log, cancellation.Token);
    }

    // In the middle of reading, compressing or writing, where no line is told.
    private void KillSometime(CollectSettings settings, int milliseconds)
    {
        using var cancellation = new CancellationTokenSource(milliseconds);
        Run(settings, new RecordingLog { WantsDetails = false }, cancellation.Token);
        if (Directory.Exists(Root))
            File.WriteAllText($"{Root}/.{Guid.NewGuid():N}.staticcollect-tmp", "half");
    }

    private void Run(CollectSettings settings, ICollectLog log, CancellationToken cancellation)
    {
        if (_sdkMustPublish)
            PublishBySdk(Publish);
        try
        {
            if (Collector.Collect(settings, log, cancellation).Succeeded)
                AfterASuccess(settings);
        }
        catch (Exception e) when (e is KilledException or OperationCanceledException || (e as AggregateException)?.InnerException is OperationCanceledException)
        {
            var root = Disk.Hashes(Root);
            Assert.That(settings.Clear || Foreign.All(file => root.GetValueOrDefault(file.Key) == file.Value), Is.True, "no interrupted run touches foreign files");

            // What it took over is ours from now on, whether it came to write it or not.
            _namedByBundlers.Clear();
            SdkHasItsFileBack();
            RootWasTamperedWith();
        }
    }

    private void AddForeign(string path, Action<string, string> add, byte[] bytes)
    {
        var full = $"{Root}/{path}";
        var isNew = !System.IO.Path.Exists(full) && new FileInfo(full).LinkTarget is null;
        if (!isNew)
            return;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        File.SetLastWriteTimeUtc(full, TempTree.Old);
        add(path, Disk.Sha256(bytes));
    }

    // What an earlier tool of the user's left: sometimes good, sometimes of bytes that are no more, sometimes nothing at all.
    private void AddForeignSibling(Event e)
    {
        if (InRoot(e) is not { } file)
            return;
        var suffix = e.Where % 2 == 0 ? ".gz" : ".br";
        byte[] bytes = (e.How % 4) switch
        {
            0 => Disk.Encode(suffix, File.ReadAllBytes(file)),
            1 => Disk.Encode(suffix, [.. File.ReadAllBytes(file), 0]),
            2 => [1, 2, 3, 4],
            _ => Disk.Encode(suffix, []),
        };
        AddForeign(Below(file) + suffix, (path, _) => Loose.Add(path), bytes);
    }

    private void WriteTwin(string source, string suffix, int how)
    {
        if (Disk.Suffixes.ContainsKey(System.IO.Path.GetExtension(source) ?? ""))
            return;
        var bytes = File.ReadAllBytes(Tree[source]);
        var encoded = (how % 6) switch
        {
            0 or 1 => Disk.Encode(suffix, bytes, CompressionLevel.SmallestSize),
            2 => Disk.Encode(suffix, bytes, CompressionLevel.NoCompression),
            3 => Disk.Encode(suffix, Changed(bytes, how)),
            4 => Disk.Encode(suffix, bytes)[..^3],
            _ => bytes,
        };
        Write(source + suffix, encoded, Time(how));
    }

    private void Tamper(string file, byte[] bytes, DateTime time)
    {
        // By a new file, as most programs do: what hard links keep is the old one.
        Inodes.Put(file, bytes, time);
        IsHandMade(Below(file), bytes);
        TakenFromUs(file);
    }

    // Where it is not wanted any more, it may count as what we left there or as what somebody else put there.
    private void TakenFromUs(string file)
    {
        if (!Foreign.ContainsKey(Below(file)))
            Loose.Add(Below(file));
        _broughtBySdk.Remove(Below(file));
        RootWasTamperedWith();
    }

    // Whoever tampers with a foreign file makes another foreign file; whoever does with the SDK's lets it publish again.
    private void RootWasTamperedWith()
    {
        _sdkMustPublish |= _sdk > 0;
        var root = Disk.Hashes(Root);
        Loose.RemoveWhere(path => !root.ContainsKey(path));
        foreach (var path in _handMade.Keys.Where(path => root.GetValueOrDefault(path) != _handMade[path]).ToList())
            _handMade.Remove(path);
        foreach (var path in Foreign.Keys.ToList())
        {
            if (root.TryGetValue(path, out var hash))
                Foreign[path] = hash;
            else
                Foreign.Remove(path);
        }
    }

    private List<string> Records() =>
        Directory.Exists(Tree["App/obj"]) ? [.. Tree.Files("App/obj").Where(path => !path.StartsWith("staticcollect/cache/", StringComparison.Ordinal))] : [];

    private void LoseRecord(string record, int? damage)
    {
        var path = Tree[$"App/obj/{record}"];
        var bytes = File.ReadAllBytes(path);
        if (damage is null)
            File.Delete(path);
        else
            File.WriteAllBytes(path, (damage % 3) switch { 0 => [], 1 => bytes[..(bytes.Length / 2)], _ => Encoding.UTF8.GetBytes("damaged") });
        RecordIsLost();
    }

    // Nobody knows any more who wrote what is there.
    private void RecordIsLost()
    {
        Loose.UnionWith(Disk.Hashes(Root).Keys.Where(path => !Foreign.ContainsKey(path) && !path.EndsWith(".staticcollect-tmp", StringComparison.Ordinal)));

        _namedByBundlers.Clear();
        _broughtBySdk.Clear();
        _sdkMustPublish = true;
    }

    // Where ours goes, the SDK's is there again.
    private void SdkHasItsFileBack()
    {
        foreach (var (path, source) in new[] { (SdkFile, SdkSource), (SdkFile + ".gz", SdkEncoded) })
        {
            var file = System.IO.Path.Combine(Root, path);
            if (File.Exists(file) && new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) is null or { Exists: true } && File.Exists(Tree[source]) && File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Tree[source])))
                Loose.Add(path);
        }
    }

    private void WriteSdkSource(string path, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Tree[path])!);
        File.WriteAllBytes(Tree[path], bytes);
        File.SetLastWriteTimeUtc(Tree[path], TempTree.Old.AddDays(_sdkClock));
    }

    private void Bring(string publish, string path, byte[] bytes, bool replacesAll)
    {
        var full = Tree[$"{publish}/wwwroot/static/{path}"];
        if (Directory.Exists(full))
            Directory.Delete(full, recursive: true);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        if (publish == Publish)
        {
            // What nobody knows the writer of no collection could give back to it.
            replacesAll |= Loose.Contains(path) && !_broughtBySdk.Contains(path);
            Loose.Add(path);
            _broughtBySdk.Add(path);
        }

        if (new FileInfo(full) is { Exists: true, LinkTarget: null } there
            && (File.ReadAllBytes(full).AsSpan().SequenceEqual(bytes) || (!replacesAll && there.LastWriteTimeUtc >= TempTree.Old.AddDays(_sdkClock))))
        {
            return;
        }

        File.Delete(full);
        File.WriteAllBytes(full, bytes);
        File.SetLastWriteTimeUtc(full, TempTree.Old.AddDays(_sdkClock));
    }

    private static string Route(string route, string file, string type, byte[] bytes, string? label, byte[]? encoded = null)
    {
        var encoding = encoded is null ? "" : """{"Name":"Content-Encoding","Value":"gzip"},""";
        var hash = Convert.ToBase64String(Convert.FromHexString(Disk.Sha256(bytes)));
        return $$"""
            {"Route":"{{route}}","AssetFile":"{{file}}","Selectors":[{{(encoded is null ? "" : """{"Name":"Content-Encoding","Value":"gzip","Quality":"0.01"}""")}}],
            "ResponseHeaders":[{{encoding}}{"Name":"Content-Length","Value":"{{(encoded ?? bytes).Length}}"},{"Name":"Content-Type","Value":"{{type}}"}],
            "EndpointProperties":[{"Name":"{{OfSdk}}","Value":"1"},{{(label is null ? "" : $$"""{"Name":"label","Value":"{{label}}"},""")}}{"Name":"integrity","Value":"sha256-{{hash}}"}]}
            """;
    }

    private void Write(string path, byte[] bytes, DateTime time)
    {
        if (MakeRoom(path))
            _births[path] = Inodes.Put(Tree[path], bytes, time, _births.GetValueOrDefault(path, -1));
    }

    // A file takes the place of a folder and the other way round.
    private bool MakeRoom(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (File.Exists(Tree[path[..end]]))
                Tree.Delete(path[..end]);
        }

        if (Directory.Exists(Tree[path]))
            Tree.Delete(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Tree[path])!);
        return true;
    }

    private void Move(string from, string to)
    {
        File.Move(Tree[from], Tree[to], overwrite: true);
        _births[to] = _births.GetValueOrDefault(from, -1);
    }

    private static RawItem Item(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase));

    private static string Path(Event e) => Paths[e.Which % Paths.Length];

    private static string Source(Event e) => $"{Sources[e.Where % Sources.Length]}/{Path(e)}";

    private string? AnySource(Event e)
    {
        var files = Sources.SelectMany(folder => Tree.Files(folder).Select(path => $"{folder}/{path}")).ToList();
        return files.Count == 0 ? null : files[(e.Which + e.Where * 5) % files.Count];
    }

    private string? InRoot(Event e)
    {
        var files = Directory.Exists(Root) ? Disk.Hashes(Root).Where(file => file.Value != Disk.BrokenLink).Select(file => file.Key).ToList() : [];
        return files.Count == 0 ? null : $"{Root}/{files[(e.Which + e.Where * 17) % files.Count]}";
    }

    private string Below(string file) => file[(Root.Length + 1)..];

    // Never the same twice, and as often older as newer than the last one.
    private DateTime Time(int how) => TempTree.Old.AddMinutes(how % 2 == 0 ? ++_clock : -++_clock);

    /// <summary>Other bytes of the same number; of a style sheet or script still one, as the end is a comment.</summary>
    private static byte[] Changed(byte[] bytes, int how)
    {
        var changed = bytes.ToArray();
        if (changed.Length > 3)
            changed[^3] = (byte)('a' + ((changed[^3] - 'a' + 1 + how % 20 + 26) % 26));
        return changed;
    }

    /// <summary>A small text that names some of the other files, of one of three lengths on both sides of what is worth compressing.</summary>
    private static byte[] Content(string path, int how)
    {
        var up = path.Contains('/', StringComparison.Ordinal) ? "../" : "";
        string[] references = System.IO.Path.GetExtension(path) switch
        {
            ".css" =>
            [
                $"@import \"{up}b.css\";", $"@import url({up}a.css);", $"@import '{(up.Length == 0 ? "./" : up)}b.css';",
                $"a{{background:url({up}p.png)}}", $"b{{background:url('{up}c/x.svg')}}", "c{background:url(/static/site.css)}", "d{background:url(gone.png)}",
            ],
            ".js" => ["import './e.js';", "import \"./d.js\";", "import('./e.js');", "new Worker(new URL('./../c/d.js', import.meta.url));", "import './chunk-B2x9Qk1Z.js';", "import '/static/c/e.js';"],
            ".html" => ["<link rel=stylesheet href=a.css>", "<script src=c/d.js integrity='sha256-AAAA'></script>", "<img src=p.png>", "<link rel=stylesheet href='b.css'>"],
            ".svg" => ["<image href='../p.png'/>", "<image href='x.svg'/>"],
            _ => [],
        };
        var filler = string.Concat(Enumerable.Repeat("the same again and again ", (how % 3) switch { 0 => 1, 1 => 15, _ => 30 }));
        var text = string.Concat(references.Where((_, i) => (how >> i) % 2 == 1)) + $"{how % 7}{filler}";
        return Encoding.UTF8.GetBytes(System.IO.Path.GetExtension(path) switch
        {
            ".css" or ".js" => text.Replace($"{how % 7}{filler}", $"/*{how % 7}{filler}x*/", StringComparison.Ordinal),
            ".html" => $"<!doctype html>{text}<!--x-->",
            ".svg" => $"<svg>{text}x</svg>",
            _ => $"{text}xyz",
        });
    }

    private sealed class KilledException : Exception;

    /// <summary>A log to which something happens at one of its calls.</summary>
    private sealed class CountingLog(int call, Action happening) : ICollectLog
    {
        private int _calls;

        public bool WantsDetails => true;

        public void Detail(string text) => Count();

        public void Summary(string text) => Count();

        public void Report(Diagnostic diagnostic) => Count();

        private void Count()
        {
            if (_calls++ == call)
                happening();
        }
    }
}
