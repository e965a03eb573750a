using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>What is known to lead nowhere is counted, what is new is told, and so is what does not hold any more.</summary>
public sealed class BaselineTests
{
    private const string Rxjs = "node_modules/rxjs";

    [Test]
    public void What_is_written_is_known_and_a_new_mistake_still_shows()
    {
        using var project = Project();
        Write(project);
        var log = Collect(project);
        Assert.Multiple(() =>
        {
            Assert.That(log.Codes, Is.Empty, string.Join('\n', log.Lines));
            Assert.That(log.Summaries.Last(), Does.EndWith("5 known missing."));
        });

        project.Write("static/new.css", "a { b: url(lost.png) }").Write("Views/About.cshtml", "<img src='/static/lost.png'>").Write($"{Rxjs}/src/new.js", "import './nothing'");
        var told = Collect(project);
        Assert.Multiple(() =>
        {
            Assert.That(told.Diagnostics.Where(one => one.Severity == Severity.Warning).Select(one => Path.GetFileName(one.File)), Is.EquivalentTo(new[] { "new.css", "new.js", "About.cshtml" }));
            Assert.That(told.Summaries.Last(), Does.EndWith("3 missing references, 5 known missing."));
            Assert.That(Collect(project).Codes, Has.Exactly(3).Items, "The second run, which finds nothing changed, tells the same.");
        });
    }

    [Test]
    public void Without_a_baseline_what_others_broke_is_a_message()
    {
        using var project = Project();
        var log = new RecordingLog();
        project.Collect(Settings(project) with { BaselinePath = "" }, log);
        Assert.That(log.Codes, Is.EquivalentTo(new[] { Codes.MissingReference, Codes.ViewReference }));
        Assert.That(log.Summaries.Last(), Does.EndWith("5 missing references."));
    }

    [Test]
    public void Errors_are_for_what_is_new()
    {
        using var project = Project();
        Write(project);
        var strict = Settings(project);
        strict = strict with { Fingerprint = strict.Fingerprint! with { MissingReference = MissingReferencePolicy.Error }, Views = strict.Views! with { Policy = MissingReferencePolicy.Error } };
        project.Collect(strict);
        project.Write("static/new.css", "a { b: url(lost.png) }");
        Assert.That(project.CollectAndFail(strict).Text, Does.StartWith("'lost.png' in 'new.css'"));
        project.Tree.Delete("App/static/new.css");
        project.Write("Views/About.cshtml", "<img src='/static/lost.png'>");
        Assert.That(project.CollectAndFail(strict).Text, Does.StartWith("'/static/lost.png' leads to 'lost.png'"));
    }

    [Test]
    public void What_does_not_hold_any_more_is_told_in_one_line()
    {
        using var project = Project();
        Write(project);
        project.Write("static/site.css", "a { b: c }", TempTree.Old.AddDays(1)).Write("Views/Home.cshtml", "<p>", TempTree.Old.AddDays(1));
        Assert.That(Collect(project).Diagnostics.Single(one => one.Code == Codes.BaselineOutdated), Has.Property("Severity").EqualTo(Severity.Warning).And.Property("Text").EqualTo(
            "The baseline 'static-baseline.json' knows '~/static/gone.svg' in 'Views/Home.cshtml' and 1 more, which lead nowhere no more. So that nothing hides there, write it anew with dotnet build -t:WriteStaticBaseline."));
        var settings = Settings(project);
        var other = Collect(project, settings with { Views = null, Fingerprint = settings.Fingerprint! with { MissingReference = MissingReferencePolicy.Ignore } });
        Assert.That(other.Codes, Is.Empty, "What is not looked for is not gone.");
        Write(project);
        Assert.That(Collect(project).Codes, Is.Empty);
    }

    [Test]
    public void Another_version_of_a_package_is_told_in_one_line_whatever_it_brings()
    {
        using var project = Project();
        Write(project);
        project.Write($"{Rxjs}/package.json", """{"version":"8.0.0"}""", TempTree.Old.AddDays(1));

        // Who updates a package has other files.
        project.Write($"{Rxjs}/src/index.js", "import './a'; import './b';\n//# sourceMappingURL=index.js.map", TempTree.Old.AddDays(1));
        var same = Collect(project).Diagnostics.Single(one => one.Code == Codes.BaselineOutdated);
        project.Write($"{Rxjs}/src/index.js", "import './b'; import './c'; import './d'; import './e'\n//# sourceMappingURL=index.js.map", TempTree.Old.AddDays(2));
        var log = Collect(project);
        Assert.Multiple(() =>
        {
            Assert.That((same.Severity, same.Text), Is.EqualTo((Severity.Message, "The baseline 'static-baseline.json' knows 'rxjs' 7.8.2, and it is 8.0.0 now; the same references lead nowhere. When you like, write it anew with dotnet build -t:WriteStaticBaseline.")));
            Assert.That(log.Diagnostics.Select(one => (one.Severity, one.Text)), Is.EqualTo(new[]
            {
                (Severity.Warning, "The baseline 'static-baseline.json' knows 'rxjs' 7.8.2, and it is 8.0.0 now: 3 references that lead nowhere are new ('./c' in 'src/index.js'), and 1 of before is no more. Look at them, and write it anew with dotnet build -t:WriteStaticBaseline."),
            }));
        });
    }

    [Test]
    public void Writing_collects_nothing_and_gives_the_same_bytes_each_time()
    {
        using var project = Project();
        Write(project);
        var first = project.Tree.Read("App/static-baseline.json");
        Write(project);
        Assert.Multiple(() =>
        {
            Assert.That(project.Collected, Is.Empty);
            Assert.That(project.Tree.Read("App/static-baseline.json"), Is.EqualTo(first));
            Assert.That(first, Is.EqualTo("""
                {
                  "version": 1,
                  "missing": [
                    {
                      "references": {
                        "Views/Home.cshtml": [
                          "~/static/gone.svg"
                        ],
                        "static/site.css": [
                          "gone.png"
                        ]
                      }
                    },
                    {
                      "package": "rxjs",
                      "version": "7.8.2",
                      "references": {
                        "src/index.js": [
                          "./a",
                          "./b",
                          "index.js.map"
                        ]
                      }
                    }
                  ]
                }

                """.ReplaceLineEndings("\n")));
        });
    }

    [Test]
    public void A_dry_run_writes_none_and_one_needs_a_name()
    {
        using var project = Project();
        var log = new RecordingLog();
        BaselineWriter.Write(Settings(project) with { DryRun = true }, log);
        BaselineWriter.Write(Settings(project) with { BaselinePath = "" }, log);
        Assert.That(log.Summaries, Is.EqualTo(new[] { "5 references that lead nowhere would be written to 'static-baseline.json'." }));
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.BaselineUnreadable }));
        Assert.That(project.Tree.Has("App/static-baseline.json"), Is.False);
    }

    [TestCase("""{"version":2,"missing":[]}""", 0)]
    [TestCase("""{"version":1}""", 0)]
    [TestCase("""{"version":1,"missing":{}}""", 0)]
    [TestCase("""{"version":1,"missing":[{"references":{"a":[null]}}]}""", 0)]
    [TestCase("{\"version\":1,\n\"missing\":[}", 2)]
    [TestCase("", 1)]
    public void One_that_is_damaged_ends_the_collection_at_its_place(string text, int line)
    {
        using var project = Project();
        project.Write("static-baseline.json", text);
        var error = project.CollectAndFail(Settings(project));
        Assert.That((error.Code, Path.GetFileName(error.File), error.Line), Is.EqualTo((Codes.BaselineUnreadable, "static-baseline.json", line)), error.Text);
    }

    [Test]
    public void Names_of_sources_are_those_in_their_packages() => Assert.Multiple(() =>
    {
        using var tree = new TempTree();
        tree.Write("node_modules/@scope/a/package.json", """{"version":"1.2.3"}""").Write("node_modules/b/node_modules/c/package.json", "{");
        var names = new SourceNames(new CollectSettings { ProjectFolder = tree.Path, ProjectName = "App", Root = "", Url = "/static/", RecordFolder = "", PublishFolder = "" });
        LostReference Of(string path, FinderKind finder = FinderKind.Directory, string app = "") => names.Lost(new StaticFile("x", tree[path], default, app, finder), "r");
        Assert.That(Of("node_modules/@scope/a/x/y.js"), Is.EqualTo(new LostReference("@scope/a", "1.2.3", "x/y.js", "r")));
        Assert.That(Of("node_modules/b/node_modules/c/y.js"), Is.EqualTo(new LostReference("c", "", "y.js", "r")));
        Assert.That(Of("packages/my.theme/2.0.0/static/a.css", FinderKind.Package, "My.Theme"), Is.EqualTo(new LostReference("My.Theme", "2.0.0", "static/a.css", "r")));
        Assert.That(Of("../Other/static/a.css"), Is.EqualTo(new LostReference("", "", "../Other/static/a.css", "r")));
        Assert.That(Of("node_modules/y.js"), Is.EqualTo(new LostReference("", "", "node_modules/y.js", "r")));
    });

    [Test]
    public void What_leads_nowhere_in_the_web_root_counts_as_the_publish_found_it()
    {
        using var project = Project();
        var settings = Settings(project);
        settings = settings with { WebRoot = new WebRootSettings(WebRootMode.InPlace, "", settings.Fingerprint!) };
        LostReferencesFile.Write(settings.LostInWebRootPath, [new LostReference("", "", "wwwroot/lib/a.js", "./b.js")]);
        BaselineWriter.Write(settings, new RecordingLog());
        Assert.That(BaselineFile.Parse(Encoding.UTF8.GetBytes(project.Tree.Read("App/static-baseline.json"))), Has.Exactly(1).With.Property("Source").EqualTo("wwwroot/lib/a.js"));
        Assert.That(Collect(project, settings).Summaries.First(line => line.Contains("known missing", StringComparison.Ordinal)), Does.EndWith("6 known missing."));
        LostReferencesFile.Write(settings.LostInWebRootPath, []);
        Assert.That(Collect(project, settings).Codes, Is.EqualTo(new[] { Codes.BaselineOutdated }));
    }

    [Test]
    public void A_publish_in_place_knows_what_the_web_root_refers_to()
    {
        using var app = new WebApp { Fingerprint = true }.Add("lib/a.css", "a { b: url(gone.png) }").AddStatic("site.css", "a { b: c }");
        Assert.That(Published(app), Is.EqualTo(new[] { Codes.MissingReference }));
        app.Baseline = "static-baseline.json";
        BaselineWriter.Write(app.Settings(), app.Log);
        Assert.That(Published(app), Is.Empty);
        Assert.That(app.Log.Summaries[^1], Does.EndWith("1 known missing."));
        app.Edit("lib/a.css", "a { b: url(other.png) }");
        Assert.That(Published(app), Is.EqualTo(new[] { Codes.MissingReference, Codes.BaselineOutdated }));

        static IReadOnlyList<string> Published(WebApp app)
        {
            app.Log.Diagnostics.Clear();
            app.PublishAndCollect();
            return [.. app.Log.Codes];
        }
    }

    private static Workspace Project() => new Workspace()
        .Write("static/site.css", "a { b: url(gone.png) }")
        .Write("Views/Home.cshtml", "<img src='~/static/gone.svg'>")
        .Write($"{Rxjs}/package.json", """{"name":"rxjs","version":"7.8.2"}""")
        .Write($"{Rxjs}/src/index.js", "import './b'; import './a';\n//# sourceMappingURL=index.js.map");

    private static CollectSettings Settings(Workspace project) => project.Settings with
    {
        Finders = [new OwnFinder(), new DirectoryFinder([new NamedDirectory(project.Tree[$"App/{Rxjs}"], "rxjs", App: null)])],
        Fingerprint = new FingerprintSettings { ManifestPath = Path.Combine(project.Root, "staticfiles.json") },
        Views = new ViewSettings(MissingReferencePolicy.Warn, [project.Tree["App/Views/About.cshtml"], project.Tree["App/Views/Home.cshtml"]], []),
        BaselinePath = project.Tree["App/static-baseline.json"],
    };

    private static void Write(Workspace project) => BaselineWriter.Write(Settings(project), new RecordingLog());

    private static RecordingLog Collect(Workspace project, CollectSettings? settings = null)
    {
        var log = new RecordingLog();
        project.Collect(settings ?? Settings(project), log);
        return log;
    }
}
