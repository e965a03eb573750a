using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

public class FolderFindersTests
{
    [Test]
    public void The_project_brings_its_static_folder_where_it_has_one()
    {
        using var work = new Workspace();
        Assert.That(Sources(new OwnFinder(), work), Is.Empty);
        work.Write("static/a");
        Assert.That(Sources(new OwnFinder(), work), Is.EqualTo(new[] { new Source("App", work.Tree["App/static"]) }));
    }

    [Test]
    public void Referenced_projects_bring_their_static_folders_in_the_order_given()
    {
        using var work = new Workspace();
        work.Tree.Write("B/static/x").Write("A/assets/x").Folder("C");
        var finder = new ProjectFinder(
        [
            new ReferencedProject("B", work.Tree["B"], FolderName: null),
            new ReferencedProject("C", work.Tree["C"], FolderName: null),
            new ReferencedProject("A", work.Tree["A"], FolderName: "assets"),
        ]);
        Assert.That(Sources(finder, work), Is.EqualTo(
            new[] { new Source("B", work.Tree["B/static"]), new Source("A", work.Tree["A/assets"]) }));
    }

    [Test]
    public void Projects_that_share_a_folder_bring_it_once_and_never_the_projects_own()
    {
        using var work = new Workspace();
        work.Write("static/x").Tree.Write("B/static/x");
        var finder = new ProjectFinder(
        [
            new ReferencedProject("App.Tests", work.Project, FolderName: null),
            new ReferencedProject("B", work.Tree["B"], FolderName: null),
            new ReferencedProject("B2", work.Tree["B"], FolderName: null),
        ]);
        Assert.That(Sources(finder, work).Select(source => source.App), Is.EqualTo(new[] { "B" }));
    }

    [Test]
    public void Named_directories_come_in_item_order_under_their_prefix()
    {
        using var work = new Workspace();
        work.Tree.Folder("z").Folder("a");
        var finder = new DirectoryFinder(
            [new NamedDirectory(work.Tree["z"], "lib/z", App: null), new NamedDirectory(work.Tree["a"], "", "Vendor")]);
        Assert.That(Sources(finder, work), Is.EqualTo(new[]
        {
            new Source("App", work.Tree["z"]) { Prefix = "lib/z" },
            new Source("Vendor", work.Tree["a"]),
        }));
    }

    [Test]
    public void One_folder_named_twice_comes_under_both_prefixes()
    {
        using var work = new Workspace();
        work.Tree.Write("lib/a.js");
        var finder = new DirectoryFinder([new NamedDirectory(work.Tree["lib"], "x", null), new NamedDirectory(work.Tree["lib"], "y", null)]);
        var result = work.Collect(work.Settings with { Finders = [finder] });
        Assert.That(result.Files.Select(file => file.File.LogicalPath), Is.EqualTo(new[] { "x/a.js", "y/a.js" }));
    }

    [Test]
    public void A_named_directory_that_is_not_there_is_an_error_and_so_is_a_named_file()
    {
        using var work = new Workspace();
        var problems = new List<Diagnostic>();
        _ = new DirectoryFinder([new NamedDirectory(work.Tree["gone"], "", null)]).Sources(work.Settings, problems.Add).ToList();
        _ = new FileFinder([new NamedFile(work.Tree["gone.js"], "gone.js", null)]).Sources(work.Settings, problems.Add).ToList();
        Assert.That(problems.Select(one => one.Code), Is.EqualTo(new[] { Codes.SourceFolderMissing, Codes.SourceFileMissing }));
        Assert.That(problems.Select(one => one.Severity), Is.All.EqualTo(Severity.Error));
    }

    [Test]
    public void Named_files_come_in_item_order_at_their_logical_path()
    {
        using var work = new Workspace();
        work.Tree.Write("b.js").Write(".well-known");
        var finder = new FileFinder(
            [new NamedFile(work.Tree["b.js"], "x/y.js", null), new NamedFile(work.Tree[".well-known"], ".well-known", "Meta")]);
        var found = Finding.Run(work.Settings with { Finders = [finder] });
        Assert.That(found.Diagnostics, Is.Empty);
        Assert.That(found.Sources.SelectMany(source => source.Files).Select(file => file with { Stamp = file.Stamp with { Birth = 0 } }), Is.EqualTo(new[]
        {
            new StaticFile("x/y.js", work.Tree["b.js"], new FileStamp(4, TempTree.Old.Ticks), "App", FinderKind.File),
            new StaticFile(".well-known", work.Tree[".well-known"], new FileStamp(11, TempTree.Old.Ticks), "Meta", FinderKind.File),
        }));
    }

    [Test]
    public void A_named_file_that_is_a_link_has_the_stamp_of_its_target_and_a_broken_one_is_left_out()
    {
        using var work = new Workspace();
        work.Tree.Write("b.js", "12345").Link("link.js", work.Tree["b.js"]).Link("broken.js", work.Tree["gone.js"]);
        var assets = new StaticWebAssetFinder([Asset(work.Tree["link.js"], "link.js"), Asset(work.Tree["broken.js"], "broken.js")]);
        var found = Finding.Run(work.Settings with { Finders = [assets] });
        Assert.That(found.Sources.Single().Files.Select(file => (file.LogicalPath, file.Stamp with { Birth = 0 })), Is.EqualTo(
            new[] { ("link.js", new FileStamp(5, TempTree.Old.Ticks)) }));
        Assert.That(found.Diagnostics.Single().Code, Is.EqualTo(Codes.BrokenLink));
    }

    [Test]
    public void Ignored_named_files_are_left_out()
    {
        using var work = new Workspace();
        work.Tree.Write("a.map").Write("b.js");
        var settings = work.Settings with
        {
            Finders = [new FileFinder([new NamedFile(work.Tree["a.map"], "a.map", null), new NamedFile(work.Tree["b.js"], "b.js", null)])],
            Ignore = new IgnoreRules(useDefaults: true, [new IgnoreRule(new Glob("*.map"))], []),
        };
        Assert.That(work.Collect(settings).Files.Select(file => file.File.LogicalPath), Is.EqualTo(new[] { "b.js" }));
    }

    [TestCase("/", "css/site.css", "css/site.css")]
    [TestCase("_content/Lib", "site.css", "_content/Lib/site.css")]
    [TestCase("/_content/Lib/", "/site.css", "_content/Lib/site.css")]
    [TestCase("", @"css\site.css", "css/site.css")]
    [TestCase("/", "App#[.{fingerprint}]?.styles.css", "App.styles.css")]
    [TestCase("/", "App#[.{fingerprint}]!.styles.css", "App.styles.css")]
    [TestCase("/", "App#[.{fingerprint}].styles.css", "App.styles.css")]
    [TestCase("/", "a#[.{x}]?b#[.{y}].js", "ab.js")]
    [TestCase("/", "broken#[.css", "broken#[.css")]
    public void The_path_of_a_web_asset_is_its_base_and_relative_path_without_expressions(string basePath, string relativePath, string path) =>
        Assert.That(Asset("/x", relativePath, basePath).LogicalPath, Is.EqualTo(path));

    [TestCase("All", "Primary", true)]
    [TestCase("Publish", "Primary", true)]
    [TestCase("Build", "Primary", false)]
    [TestCase("build", "Primary", false)]
    [TestCase("All", "Related", true)]
    [TestCase("All", "Alternative", false)]
    public void Web_assets_of_the_build_and_compressed_twins_are_not_collected(string kind, string role, bool published)
    {
        using var work = new Workspace();
        work.Tree.Write("a.css");
        var asset = Asset(work.Tree["a.css"], "a.css") with { AssetKind = kind, AssetRole = role };
        Assert.That(Sources(new StaticWebAssetFinder([asset]), work), Has.Count.EqualTo(published ? 1 : 0));
    }

    [Test]
    public void Web_assets_come_by_source_whatever_the_order_of_the_items()
    {
        using var work = new Workspace();
        var assets = new[]
        {
            Asset("/c/z.css", "z.css") with { SourceId = "B", ContentRoot = "/c" },
            Asset("/c/a.css", "a.css") with { SourceId = "B", ContentRoot = "/c" },
            Asset("/b/a.css", "a.css") with { SourceId = "B", ContentRoot = "/b" },
            Asset("/a/a.css", "a.css") with { SourceId = "A", ContentRoot = "/a" },
        };
        foreach (var order in new[] { assets, [.. assets.Reverse()] })
        {
            var sources = Sources(new StaticWebAssetFinder(order), work);
            Assert.That(sources.Select(source => (source.App, source.Path)), Is.EqualTo(new[] { ("A", "/a"), ("B", "/b"), ("B", "/c") }));
            Assert.That(sources[2].Files!.Select(file => file.LogicalPath), Is.EqualTo(new[] { "a.css", "z.css" }));
        }
    }

    [TestCase("/", "../evil.css")]
    [TestCase("../..", "evil.css")]
    [TestCase("/", "a/#[x]..#[y]/../evil.css")]
    public void A_web_asset_that_leads_out_of_the_root_is_an_error(string basePath, string relativePath)
    {
        using var work = new Workspace();
        work.Tree.Write("a.css");
        var asset = Asset(work.Tree["a.css"], relativePath, basePath);
        var error = work.CollectAndFail(work.Settings with { Finders = [new StaticWebAssetFinder([asset])] });
        Assert.That(error.Code, Is.EqualTo(Codes.LogicalPathNotAllowed));
        Assert.That(error.Text, Does.Contain(work.Tree["a.css"]));
        Assert.That(work.Tree.Has("App/bin"), Is.False);
    }

    [Test]
    public void Content_in_source_folders_is_told_from_other_content()
    {
        using var work = new Workspace();
        work.Write("static/a.json").Write("app1/static/b.json").Tree.Write("Lib/static/c.json").Write("Named/d.json");
        var settings = work.Settings with
        {
            Finders =
            [
                new ProjectFinder([new ReferencedProject("Lib", work.Tree["Lib"], null)]),
                new AppFinder([]),
                new OwnFinder(),
                new DirectoryFinder([new NamedDirectory(work.Tree["Named"], "", null)]),
            ],
        };
        var isCollected = Finding.InSourceFolder(settings);
        Assert.That(
            new[] { "App/static/a.json", "App/app1/static/b.json", "Lib/static/c.json", "Named/d.json", "App/app1/e.json", "App/staticx/f.json" }
                .Where(path => isCollected(work.Tree[path])),
            Is.EqualTo(new[] { "App/static/a.json", "App/app1/static/b.json", "Lib/static/c.json" }));
    }

    [Test]
    public void Cancelling_ends_the_scan()
    {
        using var work = new Workspace();
        work.Write("static/a");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(() => Finding.Run(work.Settings, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static WebAsset Asset(string path, string relativePath, string basePath = "/") =>
        new(path, "App", "/root", basePath, relativePath, "All", "Primary");

    private static List<Source> Sources(Finder finder, Workspace work) =>
        [.. finder.Sources(work.Settings, problem => Assert.Fail(problem.Text))];
}
