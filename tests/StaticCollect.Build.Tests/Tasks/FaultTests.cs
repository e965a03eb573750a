using CsCheck;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tasks;
using StaticCollect.Build.Tests.Laws;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Tasks;

/// <summary>Whatever others wrote ends in lines with a code of their own, and what nobody foresaw in one that says so.</summary>
public sealed class FaultTests
{
    private const string EndpointsName = "App.staticwebassets.endpoints.json";

    private static readonly string[] OurFault = [Codes.Fault];

    private readonly RecordingEngine _engine = new();

    private static IEnumerable<Exception> Unforeseen()
    {
        yield return new InvalidOperationException("Sequence contains\nno elements");
        yield return new AggregateException(new AggregateException(new KeyNotFoundException("Sequence contains\nno elements")));
        yield return new FormatException("Sequence contains\nno elements");
    }

    [TestCaseSource(nameof(Unforeseen))]
    public void What_nobody_foresaw_is_one_line_that_says_whose_fault_it_is_and_what_to_report(Exception fault)
    {
        using var work = new Workspace();
        var task = Make<Faulty>(work);
        task.Happening = () => throw fault;
        Assert.That(task.Execute(), Is.False);
        var name = (fault as AggregateException)?.Flatten().InnerExceptions[0].GetType().Name ?? fault.GetType().Name;
        Assert.Multiple(() =>
        {
            Assert.That(_engine.Errors.Select(error => error.Code), Is.EqualTo(OurFault));
            Assert.That(_engine.Errors[0].Message, Does.Match(
                $@"^StaticCollect\.Build \d+\.\d+\.\d+\S* has failed over a fault of its own, {name} in .+: Sequence contains no elements\. You did nothing wrong: please report this line.*$"));
            Assert.That(_engine.Errors[0].Message, Does.Not.Contain("   at "));
            Assert.That(_engine.Messages.Single(one => one.Importance == MessageImportance.Low && one.Message!.Contains("   at ", StringComparison.Ordinal)).Message, Does.Contain(nameof(FaultTests)));
        });
    }

    [Test]
    public void No_name_does_anything_to_a_terminal()
    {
        using var work = new Workspace();
        work.Write("static/\u202exe.js").Write("static/\u009b2J.css").Write("static/\u00e9\u200d\ud83d\ude00.css");
        if (Here.MakesLinks)
            work.Tree.Link("App/static/\u009b7m", Here.Full("/nowhere/\u009b"));
        Assert.That(Collect(work, ("StaticCollectVerbosity", "Detailed")), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(Lines.Where(line => line.AsSpan().ContainsAny("\u202e\u009b")), Is.Empty);
            Assert.That(Lines, Has.Some.Contains("'\\u202exe.js'").And.Some.Contains("'\\u009b2J.css'").And.Some.Contains("'\u00e9\u200d\ud83d\ude00.css'"));
            Assert.That(_engine.Warnings.Select(one => one.Message), Has.Exactly(Here.MakesLinks ? 1 : 0).Contains("\\u009b7m"));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such name.")]
    public void No_control_character_in_a_name_does_either()
    {
        using var work = new Workspace();
        work.Write("static/\u001b[2Ja.css").Write("static/a\nb.css").Tree.Link("App/static/gone", "/nowhere\u0007");
        Assert.That(Collect(work, ("StaticCollectVerbosity", "Detailed")), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(Lines.Where(line => line.AsSpan().ContainsAny("\u001b\u0007\n")), Is.Empty);
            Assert.That(Lines, Has.Some.Contains("'\\u001b[2Ja.css'").And.Some.Contains("'a\\u000ab.css'"));
        });
    }

    [Test]
    public void No_name_of_a_file_to_blame_does_either()
    {
        using var work = new Workspace();
        work.Write("static/\u009b2J.css", "a { background: url(gone.png) }");
        Assert.That(Collect(work, ("StaticCollectFingerprint", "true")), Is.True);
        Assert.That(_engine.Warnings.Single(one => one.Code == Codes.MissingReference).File, Does.EndWith($"{Path.DirectorySeparatorChar}static{Path.DirectorySeparatorChar}\\u009b2J.css"));
    }

    [Test]
    public void What_the_system_refuses_in_several_threads_is_one_line()
    {
        using var work = new Workspace();
        var task = Make<Faulty>(work);
        task.Happening = () => throw new AggregateException(new IOException("No space left on device"), new IOException("No space left on device"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(_engine.Errors.Select(error => (error.Code, error.Message)), Is.EqualTo(new[] { (Codes.WriteFailed, "The static files cannot be collected: No space left on device.") }));
    }

    [Test]
    public void Cancelled_threads_tell_nothing()
    {
        using var work = new Workspace();
        var task = Make<Faulty>(work);
        task.Happening = () => throw new AggregateException(new OperationCanceledException());
        Assert.That(task.Execute(), Is.False);
        Assert.That(_engine.Errors, Is.Empty);
    }

    [TestCase("site.webmanifest", """{"\ud800":1,"icons":[{"src":"p.png"}]}""")]
    [TestCase("site.webmanifest", """{"\u0069cons":[{"\ud800":1,"src":"p.png"}]}""")]
    [TestCase("site.webmanifest", """{"icons":[{"src":"\udc00.png"},{"src":"p.png"}]}""")]
    [TestCase("page.html", """<script type=importmap>{"\ud800":1,"imports":{"a":"./p.png"}}</script>""")]
    [TestCase("page.html", """<script type=importmap>{"imports":{"\ud800":"./p.png"}}</script>""")]
    public void Half_a_character_in_JSON_is_read_over(string path, string text)
    {
        using var work = new Workspace();
        work.Write("static/p.png").Write($"static/{path}", text);
        Assert.That(Collect(work, ("StaticCollectFingerprint", "true")), Is.True, () => Told);
        Assert.That(work.Collected[path.Replace(".webmanifest", Fingerprint(work), StringComparison.Ordinal)], Does.Match(@"p\.[0-9a-f]{12}\.png"));

        static string Fingerprint(Workspace work) =>
            work.Collected.Keys.FirstOrDefault(name => name.StartsWith("site.", StringComparison.Ordinal) && name.Length > "site.webmanifest".Length)?["site".Length..] ?? "";
    }

    [TestCase("manifest.json", """{"a.js":"a.4a1b2c3d.js"}""")]
    [TestCase(".vite/manifest.json", """{"a.js":{"file":"a.4a1b2c3d.js"}}""")]
    public void One_manifest_of_a_bundler_may_be_collected_twice(string path, string text)
    {
        using var work = new Workspace();
        work.Write($"dist/{path}", text).Write("dist/a.4a1b2c3d.js");
        var task = Make<CollectStaticFiles>(work, ("StaticCollectFingerprint", "true"));
        task.Items =
        [
            new TaskItem("::Directory"),
            .. new[] { "one", "two" }.Select(prefix => new TaskItem("dist", new Dictionary<string, string>(StringComparer.Ordinal) { ["Prefix"] = prefix })),
        ];
        for (var run = 0; run < 3; run++)
        {
            // What is new makes the run look again, and what it knows of the manifest is of the run before.
            work.Write($"static/{run}.css");
            Assert.That(task.Execute(), Is.True, () => Told);
        }

        Assert.That(work.Collected.Keys, Is.SupersetOf(new[] { "one/a.4a1b2c3d.js", "two/a.4a1b2c3d.js" }));
    }

    [TestCase("""{"a.js":"b\u0000.js"}""")]
    [TestCase("""{"a.js":"b\u0000.4a1b2c3d.js"}""")]
    [TestCase("""{"a.js":{"file":"\ud800-4a1b2c3d.js"}}""")]
    [TestCase("""{"outputs":[],"inputs":{}}""")]
    [TestCase("""{"outputs":{"a.js":1},"inputs":{}}""")]
    [TestCase("""{"files":null}""")]
    [TestCase("""[1]""")]
    [TestCase("\ufeff{")]
    [TestCase("")]
    public void A_manifest_that_no_bundler_wrote_is_none(string text)
    {
        using var work = new Workspace();
        work.Write("static/manifest.json", text).Write("static/meta.json", text).Write("static/a.js");
        Assert.That(Collect(work, ("StaticCollectFingerprint", "true")), Is.True, () => Told);
    }

    /// <summary>Each of its two hundred thousand ends may lead to a file: whoever tried them all would be busy for an hour.</summary>
    [Test]
    public void A_path_that_is_too_long_for_any_disk_is_not_followed()
    {
        using var work = new Workspace();
        work.Write("static/manifest.json", $$"""{"a.js":"{{string.Concat(Enumerable.Repeat("a/", 200_000))}}b.4a1b2c3d.js"}""").Write("static/b.4a1b2c3d.js");
        Assert.That(Collect(work, ("StaticCollectFingerprint", "true")), Is.True, () => Told);
        Assert.That(work.Collected.Keys, Has.Some.Match(@"^b\.4a1b2c3d\.[0-9a-f]{12}\.js$"), "nobody says that it has its fingerprint already");
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"packageFolders":{},"libraries":null,"targets":{"net10.0":{"A/1":{}}}}""")]
    [TestCase("""{"packageFolders":{},"libraries":{},"targets":{"net10.0":{"A":{}}}}""")]
    [TestCase("""{"packageFolders":{},"libraries":{},"targets":{"net10.0":{"A/1":{},"a/2":{}}}}""")]
    [TestCase("""{"packageFolders":{},"libraries":{},"targets":{"net10.0":{"\ud800/1":{}}}}""")]
    [TestCase("""{"packageFolders":{"/p":{}},"libraries":{"A/1":{"files":[1]}},"targets":{"net10.0":{"A/1":{}}}}""")]
    [TestCase("""{"packageFolders":{"/p":{}},"libraries":{"A/1":{"files":["static/a"],"path":null}},"targets":{"net10.0":{"A/1":{}}}}""")]
    public void A_file_that_no_restore_wrote_is_one_line(string assets)
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("obj/project.assets.json", assets);
        Assert.That(Collect(work, ("StaticCollectFinders", "Package;Own"), ("TargetFramework", "net10.0")), Is.False);
        Assert.That(_engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { Codes.AssetsFileMissing }), () => Told);
        Assert.That(_engine.Errors[0].Message, Does.Not.Contain("\n"));
    }

    [TestCase("""{"packageFolders":{"/p":{}},"libraries":{"A/1":{"path":"a","files":[null,"lib/a.dll"]}},"targets":{"net10.0":{"A/1":{}}}}""")]
    [TestCase("""{"packageFolders":{"/p\u0000":{}},"libraries":{"A/1":{"path":"a\u0000","files":[null,"static/a.css"]}},"targets":{"net10.0":{"A/1":{}}}}""")]
    public void What_an_assets_file_lists_and_is_no_file_is_passed_over(string assets)
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("obj/project.assets.json", assets);
        Assert.That(Collect(work, ("StaticCollectFinders", "Package;Own"), ("TargetFramework", "net10.0")), Is.True, () => Told);
    }

    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("")]
    [TestCase("""{"Endpoints":[""")]
    [TestCase("""{"Endpoints":7}""")]
    [TestCase("""{"Endpoints":[7]}""")]
    [TestCase("""{"Endpoints":[{"Route":7,"AssetFile":"a"}]}""")]
    [TestCase("""{"Endpoints":[{"Route":"a","AssetFile":"static/\ud800"}]}""")]
    [TestCase("""{"Endpoints":[{"Route":"a","AssetFile":"a","Selectors":1}]}""")]
    [TestCase("""{"Endpoints":[{"Route":"a","AssetFile":"a","EndpointProperties":[1]}]}""")]
    [TestCase("{}")]
    public void A_list_of_routes_that_the_SDK_did_not_write_is_one_line(string routes)
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write($"bin/publish/{EndpointsName}", routes);
        Assert.That(Collect(work, ("EndpointsManifest", EndpointsName)), Is.False);
        Assert.That(_engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { Codes.RoutesUnreadable }), () => Told);
        Assert.That(_engine.Errors[0].Message, Does.StartWith($"'{work.Tree[$"App/bin/publish/{EndpointsName}"]}' is not the list of routes"));
    }

    [TestCase("")]
    [TestCase("""{"Endpoints":[{"Route":"a"}]}""")]
    [TestCase("""{"Endpoints":[{"Route":"a","AssetFile":"a"}]}""")]
    public void So_it_is_where_the_web_root_is_to_be_read(string routes)
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("bin/publish/wwwroot/a").Write($"bin/publish/{EndpointsName}", routes);
        var isGood = Collect(work, ("EndpointsManifest", EndpointsName), ("StaticCollectWebRoot", "InPlace"), ("StaticCollectFingerprint", "true"), ("StaticCollectEndpoints", "None"));
        Assert.That(isGood, Is.False);
        Assert.That(_engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { Codes.RoutesUnreadable }), () => Told);
    }

    [Test]
    public void A_list_of_routes_leads_to_no_file_outside_of_the_web_root()
    {
        using var work = new Workspace();
        work.Write("secret.css").Write("bin/publish/wwwroot/a.css").Write(
            $"bin/publish/{EndpointsName}",
            """{"Endpoints":[{"Route":"s.1a2b.css","AssetFile":"../../../secret.css","Selectors":[],"ResponseHeaders":[],"EndpointProperties":[{"Name":"fingerprint","Value":"1a2b"},{"Name":"label","Value":"s.css"}]}]}""");
        Collect(work, ("EndpointsManifest", EndpointsName), ("StaticCollectWebRoot", "InPlace"), ("StaticCollectFingerprint", "true"), ("StaticCollectEndpoints", "None"));
        Assert.That(work.Tree.Files("App/bin/publish/wwwroot"), Has.None.Contains("s.1a2b.css"));
    }

    [TestCase("{}")]
    [TestCase("7")]
    [TestCase("[7]")]
    [TestCase("""[{"Name":1}]""")]
    [TestCase("[")]
    public void Metadata_that_the_SDK_did_not_write_stay_as_they_are(string list)
    {
        using var work = new Workspace();
        work.Write("wwwroot/a.css", "b { background: url(p.png) }").Write("wwwroot/p.png");
        var task = Make<RewriteWebRoot>(work, ("StaticCollectWebRoot", "InPlace"), ("WebRootFolder", "obj/rewritten"));
        task.Assets = [Asset("a.css"), Asset("p.png")];
        task.Endpoints = [Endpoint("a.css"), Endpoint("p.png")];
        task.Items = [new TaskItem("::PublishedAsset"), .. task.Assets, new TaskItem("::PublishedEndpoint"), .. task.Endpoints];
        Assert.That(task.Execute(), Is.True, () => Told);
        Assert.That(_engine.Errors, Is.Empty);

        TaskItem Asset(string name) => new(work.Tree[$"App/wwwroot/{name}"], new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SourceId"] = "App",
            ["SourceType"] = "Discovered",
            ["ContentRoot"] = work.Tree["App/wwwroot"],
            ["BasePath"] = "/",
            ["AssetKind"] = "All",
            ["AssetRole"] = "Primary",
            ["RelativePath"] = $"{Path.GetFileNameWithoutExtension(name)}#[.{{fingerprint=1a2b3c4d}}]?{Path.GetExtension(name)}",
            ["Fingerprint"] = "1a2b3c4d",
        });

        TaskItem Endpoint(string name) => new(name, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AssetFile"] = work.Tree[$"App/wwwroot/{name}"],
            ["ResponseHeaders"] = list,
            ["EndpointProperties"] = list,
        });
    }

    /// <summary>What a project file, a target of the user's or the SDK may hand over, by chance.</summary>
    [Test]
    public void No_text_in_any_setting_or_item_is_a_fault_of_ours()
    {
        string[] properties =
        [
            "PublishFolder", "IntermediateFolder", "OutputFolders", "HomeFolder", "AssetsFile", "EndpointsManifest", "Imports", "WebRootFolder",
            "StaticCollectUrl", "StaticCollectRoot", "StaticCollectFolderName", "StaticCollectFinders", "StaticCollectConflict", "StaticCollectManifest",
            "StaticCollectCompress", "StaticCollectCompressSkip", "StaticCollectCacheDirectory", "StaticCollectServerConfig", "StaticCollectServerRoot",
            "StaticCollectPath", "StaticCollectKeepReleases", "StaticCollectWebRoot", "StaticCollectFingerprint", "StaticCollectPackagesAtRoot", "StaticCollectLink",
        ];
        string[] lists = ["Directory", "File", "App", "Ignore", "KeepName", "AlreadyFingerprinted", "IgnoreReference", "Project", "WebAsset"];
        string[] metadata = ["Prefix", "App", "LogicalPath", "Order", "Source", "Reference", "FolderName", "RelativePath", "BasePath", "ContentRoot", "Fingerprint", "RelatedAsset"];
        string[] odd =
        [
            "\0", "a\0b", "\ud800", "\udc00x", "..", "/", "//", "\\", "C:", "~", " ", ";;", "*", "**", "**/**", "#[", "#[]", "#[.{fingerprint}]!", "#[.{fingerprint}]!#[.{fingerprint}]!", "}]", "{x", "%00", "%2e%2e", "%", "http://", "http://[", "//",
            "true", "br", "nginx", "InPlace", "Symbolic", "static", "gzip;br", "staticfiles.json", "a.css", "app1", "-1", "99999999999", new string('a', 300), new string('/', 300), "\u202e", "\n", "CON", "\ufeff",
        ];
        var text = Gen.OneOf(odd).Array[1, 2].Select(string.Concat);
        Gen.Select(
            Gen.Select(Gen.OneOf(properties), text).Array[0, 4],
            Gen.Select(Gen.OneOf(lists), text, Gen.Select(Gen.OneOf(metadata), text).Array[0, 3]).Array[0, 3])
            .Sample((set, items) =>
            {
                using var work = new Workspace("/dev/shm");
                work.Write("static/a.css").Write("app1/static/b.js").Write("wwwroot/static/a.css");
                var engine = new RecordingEngine();
                var task = Make<CollectStaticFiles>(work, engine, [("StaticCollectDryRun", "true"), .. set.DistinctBy(one => one.Item1, StringComparer.Ordinal)]);
                task.Items = [.. items.SelectMany(item => new[]
                {
                    new TaskItem($"::{item.Item1}"),
                    new TaskItem(Escape(item.Item2), item.Item3.DistinctBy(one => one.Item1, StringComparer.Ordinal).ToDictionary(one => one.Item1, one => Escape(one.Item2), StringComparer.Ordinal)),
                })];
                task.Execute();
                Assert.That(engine.Errors.Where(error => error.Code == Codes.Fault).Select(error => error.Message), Is.Empty);
            }, iter: CollectionLaws.Times(400), threads: 1);

        static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal);
    }

    private List<string> Lines => [.. _engine.Messages.Select(one => one.Message!).Concat(_engine.Warnings.Select(one => one.Message!))];

    private string Told => string.Join('\n', _engine.Errors.Select(error => $"{error.Code}: {error.Message}"));

    private bool Collect(Workspace work, params (string Name, string Value)[] properties) => Make<CollectStaticFiles>(work, properties).Execute();

    private T Make<T>(Workspace work, params (string Name, string Value)[] properties)
        where T : StaticCollectTask, new() => Make<T>(work, _engine, properties);

    private static T Make<T>(Workspace work, RecordingEngine engine, params (string Name, string Value)[] properties)
        where T : StaticCollectTask, new()
    {
        var project = new TaskItem(work.RawProject().Include);
        foreach (var (name, value) in work.Properties([("StaticCollectFinders", "Project;App;Own;Directory;File"), .. properties]))
            project.SetMetadata(name, value.Replace("%", "%25", StringComparison.Ordinal));
        return new T { BuildEngine = engine, Project = project };
    }

    /// <summary>A task in which something happens that nobody foresaw.</summary>
    public sealed class Faulty : StaticCollectTask
    {
        /// <summary>What happens.</summary>
        public Action Happening { get; set; } = static () => { };

        /// <inheritdoc/>
        private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation) => Happening();
    }
}
