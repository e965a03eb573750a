using System.IO.Compression;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

/// <summary>What the SDK publishes below the static root is there already, and counts where another source brings the same path.</summary>
internal sealed class WebRootFinderTests : IDisposable
{
    private static readonly string Long = new('x', 1000);

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Test]
    public void A_file_of_the_project_takes_the_place_of_one_of_the_web_root_and_that_is_told()
    {
        Sdk("site.css", "of the SDK");
        _work.Write("static/site.css", "ours");

        var log = new RecordingLog();
        _work.Collect(Settings(), log);

        Assert.That(_work.Collected["site.css"], Is.EqualTo("ours"));
        Assert.That(log.Diagnostics.Single(), Is.EqualTo(new Diagnostic(Codes.Clash, Severity.Message,
            "'site.css' comes from both 'wwwroot/static/site.css' (WebRoot 'App') and 'static/site.css' (Own 'App'). 'static/site.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins).")));
    }

    [Test]
    public void Neither_a_package_nor_a_referenced_project_takes_its_place([Values] ConflictPolicy conflict)
    {
        Sdk("site.css", "of the SDK");
        _work.Tree.Write("Lib/static/site.css", "of the library").Write("Lib/static/lib.css", "lib");
        Package("Theme", ("theme/theme.css", "theme"), ("site.css", "of the package"));

        var log = new RecordingLog();
        var result = Build.Collector.Collect(Settings(("StaticCollectConflict", $"{conflict}")), log);

        if (conflict == ConflictPolicy.Error)
        {
            Assert.That(log.Codes.Distinct(StringComparer.Ordinal), Is.EqualTo(new[] { Codes.Clash }));
            Assert.That(result.Succeeded, Is.False);
            Assert.That(_work.Collected.Keys, Is.EqualTo(new[] { "site.css" }), "nothing is written");
            return;
        }

        Assert.That(_work.Collected, Is.EqualTo(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["lib.css"] = "lib",
            ["site.css"] = "of the SDK",
            ["theme/theme.css"] = "theme",
        }));
        Assert.That(result.Files.Select(file => file.File.LogicalPath), Is.EqualTo(new[] { "lib.css", "theme/theme.css" }), "what lies there is not collected");
        Assert.That(log.Diagnostics.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.Clash, Severity.Message), (Codes.Clash, Severity.Message) }));
        Assert.That(log.Diagnostics.Select(one => one.Text), Is.All.Contain("'wwwroot/static/site.css' is published by the SDK: "));
    }

    [TestCase("LastWins", "", "Package;Project;WebRoot;App;Own;Directory;File")]
    [TestCase("Error", "", "Package;Project;WebRoot;App;Own;Directory;File")]
    [TestCase("FirstWins", "", "File;Directory;Own;App;WebRoot;Project;Package")]
    [TestCase("LastWins", "Own;Project;App", "Own;Project;WebRoot;App")]
    [TestCase("FirstWins", "Own;Project;App", "Own;WebRoot;Project;App")]
    [TestCase("LastWins", "Own;App", "WebRoot;Own;App")]
    [TestCase("FirstWins", "Own;App", "Own;App;WebRoot")]
    public void It_has_its_place_among_the_finders(string conflict, string finders, string expected)
    {
        Sdk("site.css", "of the SDK");
        var settings = Settings(("StaticCollectConflict", conflict), ("StaticCollectFinders", finders));
        Assert.That(string.Join(';', settings.Finders.Select(finder => finder.Kind)), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("/static/css/")]
    [TestCase("https://cdn.example.com/s/")]
    public void A_project_that_has_nothing_below_the_static_root_has_no_such_finder(string url)
    {
        _work.Tree.Write("App/wwwroot/css/site.css", "of the SDK");
        var asset = Asset("css/site.css");
        var settings = Read([asset], ("StaticCollectUrl", url));
        Assert.That(settings.Finders.Select(finder => finder.Kind), Has.None.EqualTo(FinderKind.WebRoot));
        Assert.That(Read([asset], ("StaticCollectUrl", "/css/")).Finders.Select(finder => finder.Kind), Has.One.EqualTo(FinderKind.WebRoot));
        Assert.That(Read([asset], ("StaticCollectUrl", "/css/"), ("StaticCollectRoot", "deploy")).Finders.Select(finder => finder.Kind), Has.None.EqualTo(FinderKind.WebRoot));
    }

    [Test]
    public void It_cannot_be_named()
    {
        SettingsReader.Read(new RawSettings(_work.RawProject(("StaticCollectFinders", "Own;WebRoot"))), out var mistakes);
        Assert.That(mistakes.Single().Code, Is.EqualTo(Codes.ValueNotAllowed));
    }

    [Test]
    public void Finding_and_listing_tell_the_same_story()
    {
        Sdk("site.css", "of the SDK");
        Sdk("only.css", "of the SDK");
        _work.Tree.Write("Lib/static/site.css", "of the library");
        _work.Write("static/own.css");

        Assert.That(Find("site.css"), Is.EqualTo(new[]
        {
            "Found 'site.css' here:",
            "  * 'wwwroot/static/site.css' (WebRoot 'App'): published by the SDK, the last one scanned wins (StaticCollectConflict=LastWins).",
            $"    '{_work.Tree["Lib/static/site.css"]}' (Project 'Lib')",
            "  Not collected: it lies in the static root already.",
        }));
        Assert.That(Find("only.css")[1], Is.EqualTo("  * 'wwwroot/static/only.css' (WebRoot 'App'): published by the SDK, it is the only source."));
        Assert.That(
            Build.Inspector.List(Settings(), new RecordingLog()),
            Is.EqualTo(new[] { "1 static file would be collected to 'bin/publish/wwwroot/static/'.", "  own.css <- 'static/own.css' (Own 'App')" }));
    }

    [Test]
    public void A_file_where_the_web_root_has_a_folder_is_an_error_and_nothing_is_written()
    {
        Sdk("css/site.css", "of the SDK");
        _work.Write("static/css", "a file");
        Assert.That(_work.CollectAndFail(Settings()).Code, Is.EqualTo(Codes.FileAgainstFolder));
        Assert.That(_work.Collected.Keys, Is.EqualTo(new[] { "css/site.css" }));
    }

    [Test]
    public void Where_ours_goes_the_file_of_the_SDK_is_there_again_with_its_compressed_form()
    {
        Sdk("site.css", Long, isCompressed: true);
        _work.Write("static/site.css", Long + "ours").Write("static/a.css");
        var settings = Settings(("StaticCollectCompress", "gzip"));
        _work.Collect(settings);
        Assert.That(Decoded("site.css.gz"), Is.EqualTo(Long + "ours"));

        // The SDK leaves what is newer than its own file.
        _work.Tree.Delete("App/static/site.css");
        _work.Collect(settings);

        Assert.That(_work.Collected["site.css"], Is.EqualTo(Long));
        Assert.That(Decoded("site.css.gz"), Is.EqualTo(Long));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(_work.Root, "site.css")), Is.EqualTo(TempTree.Old), "or the SDK would never copy its next one");
        Assert.That(_work.Last.Entries.Select(entry => entry.Path), Is.EqualTo(new[] { "a.css" }), "it is not ours");
        var before = TempTree.Snapshot(_work.Tree.Path);
        _work.Collect(settings);
        Assert.That(TempTree.Snapshot(_work.Tree.Path), Is.EqualTo(before));
    }

    [Test]
    public void What_is_replaced_does_not_stay_under_another_spelling_or_beside_the_name_with_a_fingerprint()
    {
        Sdk("Site.css", Long, isCompressed: true);
        Sdk("other.css", Long, isCompressed: true);
        Sdk("stays.css", Long, isCompressed: true);
        _work.Write("static/site.css", "ours").Write("static/other.css", "ours, too");

        _work.Collect(Settings(("StaticCollectFingerprint", "true"), ("StaticCollectKeepOriginals", "false")));

        Assert.That(
            _work.Collected.Keys.Select(path => string.Join('.', path.Split('.').Where(part => part.Length != 12))),
            Is.EqualTo(new[] { "other.css", "site.css", "staticfiles.json", "stays.css", "stays.css.gz" }));
        Assert.That(_work.Collected.Keys, Has.None.EqualTo("other.css").And.None.EqualTo("site.css"));
    }

    [Test]
    public void Emptying_the_root_leaves_what_the_SDK_published_and_gives_back_what_ours_replaced()
    {
        Sdk("only.css", Long, isCompressed: true);
        Sdk("site.css", "of the SDK");
        _work.Write("static/site.css", "ours").Write("static/gone.css");
        _work.Collect(Settings());
        _work.Tree.Delete("App/static").Write($"{Workspace.RootBelowTree}/foreign.css");
        _work.Write("static/a.css");

        var result = _work.Collect(Settings(("StaticCollectClear", "true")));

        Assert.That(_work.Collected.Keys, Is.EqualTo(new[] { "a.css", "only.css", "only.css.gz", "site.css" }));
        Assert.That(_work.Collected["site.css"], Is.EqualTo("of the SDK"));
        Assert.That(result.Removed, Is.EqualTo(3));
    }

    [Test]
    public void A_stale_encoding_that_the_web_root_has_beside_a_file_of_ours_stays_away()
    {
        Sdk("data.csv.gz", "no encoding of it");
        _work.Write("static/data.csv", Long);
        _work.Collect(Settings());
        Assert.That(_work.Collected.Keys, Is.EqualTo(new[] { "data.csv" }));
    }

    [TestCase("other bytes", false)]
    [TestCase("of the SDK", true)]
    public void What_is_no_encoding_of_the_file_in_the_web_root_is_not_put_beside_it(string encoded, bool isCollected)
    {
        Sdk("site.css", "of the SDK");
        Encode("Lib/static/site.css.gz", encoded);
        var log = new RecordingLog();
        _work.Collect(Settings(), log);
        Assert.That(_work.Collected.ContainsKey("site.css.gz"), Is.EqualTo(isCollected));
        Assert.That(log.Codes, Is.EqualTo(isCollected ? [] : new[] { Codes.StalePrecompressed }));
    }

    [Test]
    public void An_edited_file_of_the_web_root_makes_an_encoding_beside_it_stale()
    {
        Sdk("site.css", "of the SDK");
        Encode("Lib/static/site.css.gz", "of the SDK");
        _work.Collect(Settings());
        Sdk("site.css", "edited", TempTree.Old.AddDays(1));
        _work.Collect(Settings());
        Assert.That(_work.Collected.Keys, Is.EqualTo(new[] { "site.css" }));
    }

    [Test]
    public void A_reference_to_a_file_of_the_web_root_is_not_missing()
    {
        Sdk("img/logo.png", "png");
        _work.Write("static/a.css", "a{b:url(img/logo.png)} c{d:url(img/gone.png)}");
        var log = new RecordingLog();
        _work.Collect(Settings(("StaticCollectFingerprint", "true")), log);
        Assert.That(log.Diagnostics.Single().Text, Does.Contain("gone.png"));
    }

    [Test]
    public void What_another_finder_takes_from_the_web_root_is_collected()
    {
        Sdk("site.css", "of the SDK");
        _work.Write("static/own.css");
        var settings = Settings(("StaticCollectFinders", "StaticWebAsset;Package;Project;Own"), ("StaticCollectUrl", "/"), ("StaticCollectRoot", "bin/publish/wwwroot"));
        var log = new RecordingLog();
        var result = _work.Collect(settings, log);
        Assert.That(result.Files.Select(file => (file.File.LogicalPath, file.File.Origin.Finder)), Is.EqualTo(new (string, FinderKind?)[]
        {
            ("own.css", FinderKind.Own), ("static/site.css", FinderKind.StaticWebAsset),
        }));
        Assert.That(log.Codes, Is.Empty);
    }

    [TestCase("#[.{fingerprint}]?", "App.css", false)]
    [TestCase("#[.{fingerprint=abc}]!", "App.abc.css", true)]
    [TestCase("#[.{fingerprint}]!", "App.f1.css", true)]
    [TestCase("#[.{fingerprint}]", "App.f1.css", true)]
    public void A_fingerprint_that_is_part_of_the_name_on_the_disk_stays_in_it(string expression, string path, bool isNamedByHash)
    {
        _work.Tree.Write("App/wwwroot/App.css");
        var asset = Workspace.Item(_work.Tree["App/wwwroot/App.css"], [.. Metadata($"App{expression}.css"), ("Fingerprint", "f1")]);
        var settings = Read([asset], ("StaticCollectFinders", "StaticWebAsset"), ("StaticCollectFingerprint", "true"));
        var file = _work.Collect(settings).Files.Single().File;
        Assert.Multiple(() =>
        {
            Assert.That(file.LogicalPath, Is.EqualTo(path));
            Assert.That(file.Fingerprint is null, Is.EqualTo(isNamedByHash));
            Assert.That(file.Cache, Is.EqualTo(CachePolicy.Immutable));
        });
    }

    [TestCase("Discovered", "css/site.css", Severity.Warning)]
    [TestCase("Project", "css/site.css", Severity.Warning)]
    [TestCase("Computed", "App.styles.css", Severity.Message)]
    [TestCase("Package", "css/site.css", Severity.Message)]
    public void Only_who_can_mend_a_reference_is_blamed_for_it(string sourceType, string path, Severity severity)
    {
        _work.Tree.Write("App/obj/site.css", "a{b:url(gone.png)}");
        var asset = Workspace.Item(_work.Tree["App/obj/site.css"], Metadata(path, sourceType));
        var log = new RecordingLog();
        _work.Collect(Read([asset], ("StaticCollectFinders", "StaticWebAsset"), ("StaticCollectFingerprint", "true")), log);
        Assert.That(log.Diagnostics.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.MissingReference, severity) }));
    }

    [Test]
    public void What_the_runtime_of_Blazor_loads_is_left_where_it_is()
    {
        _work.Tree.Write("App/wwwroot/_framework/blazor.web.js").Write("App/wwwroot/app.js");
        var settings = Read([Asset("_framework/blazor.web.js"), Asset("app.js")], ("StaticCollectFinders", "StaticWebAsset"));
        Assert.That(_work.Collect(settings).Files.Select(file => file.File.LogicalPath), Is.EqualTo(new[] { "app.js" }));
    }

    private readonly List<RawItem> _assets = [];

    /// <summary>A file of <c>wwwroot/static</c>, and what the SDK's publish makes of it; where that is not newer than what lies there.</summary>
    private void Sdk(string path, string text, DateTime? time = null, bool isCompressed = false)
    {
        var source = $"App/wwwroot/static/{path}";
        _work.Tree.Write(source, text, time ?? TempTree.Old).Write($"{Workspace.RootBelowTree}/{path}", text, time ?? TempTree.Old);
        if (!_assets.Exists(asset => asset["RelativePath"] == $"static/{path}"))
            _assets.Add(Asset($"static/{path}"));
        if (!isCompressed)
            return;
        Encode($"App/obj/compressed/{path}.gz", text);
        Encode($"{Workspace.RootBelowTree}/{path}.gz", text);
        _assets.Add(Workspace.Item(
            _work.Tree[$"App/obj/compressed/{path}.gz"],
            [.. Metadata($"static/{path}.gz", role: "Alternative"), ("RelatedAsset", _work.Tree[source])]));
    }

    private void Encode(string path, string text)
    {
        _work.Tree.Write(path);
        using (var stream = new GZipStream(File.Create(_work.Tree[path]), CompressionLevel.SmallestSize))
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
        File.SetLastWriteTimeUtc(_work.Tree[path], TempTree.Old);
    }

    private string Decoded(string path)
    {
        using var stream = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(_work.Root, path)), CompressionMode.Decompress));
        return stream.ReadToEnd();
    }

    private void Package(string id, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
            _work.Tree.Write($"packages/{id}/1.0.0/static/{path}", text);
        _work.Write("obj/project.assets.json", $$"""
            {
              "targets": { "net10.0": { "{{id}}/1.0.0": {} } },
              "libraries": { "{{id}}/1.0.0": { "path": "{{id}}/1.0.0", "files": [{{string.Join(',', files.Select(file => $"\"static/{file.Path}\""))}}] } },
              "packageFolders": { "{{_work.Tree["packages"].Replace("\\", "\\\\", StringComparison.Ordinal)}}": {} }
            }
            """);
    }

    private RawItem Asset(string path) => Workspace.Item(_work.Tree[$"App/wwwroot/{path}"], Metadata(path));

    private (string, string)[] Metadata(string path, string sourceType = "Discovered", string role = "Primary") =>
    [
        ("SourceId", "App"), ("ContentRoot", _work.Tree["App/wwwroot"]), ("BasePath", "/"), ("RelativePath", path), ("AssetKind", "All"), ("AssetRole", role), ("SourceType", sourceType),
    ];

    private CollectSettings Settings(params (string, string)[] properties) => Read(_assets, properties);

    private CollectSettings Read(IReadOnlyList<RawItem> assets, params (string, string)[] properties)
    {
        if (!_work.Tree.Has("App/obj/project.assets.json"))
            _work.Write("obj/project.assets.json", """{ "targets": { "net10.0": {} }, "libraries": {}, "packageFolders": {} }""");
        var settings = SettingsReader.Read(
            new RawSettings(_work.RawProject([("TargetFramework", "net10.0"), .. properties.Where(property => property.Item2.Length > 0)]))
            {
                WebAssets = assets,
                Projects = [Workspace.Item("../Lib/Lib.csproj")],
            },
            out var mistakes);
        Assert.That(mistakes, Is.Empty);
        return settings;
    }

    private IReadOnlyList<string> Find(string path) => Build.Inspector.Find(Settings() with { PathToFind = path }, new RecordingLog());
}
