using System.Net;
using System.Text;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>What the SDK publishes below the static root is a source like the others: who wins is told, and served.</summary>
public sealed class ClashTests
{
    private static readonly string OfSdk = $"a {{ color: red }} /* {string.Concat(Enumerable.Repeat("sdk ", 300))} */";
    private static readonly string Ours = $"a {{ color: blue }} /* {string.Concat(Enumerable.Repeat("ours ", 400))} */";

    [Test]
    public void A_file_of_the_project_replaces_one_of_wwwroot_with_all_that_belongs_to_it_and_gives_its_place_back()
    {
        using var project = TestProject.Web()
            .Write("wwwroot/static/site.css", OfSdk)
            .Write("wwwroot/static/only.css", OfSdk)
            .Write("static/site.css", Ours)
            .Write("static/own.css", Ours);
        var publish = Path.Combine(project.Folder, "bin/Release/net10.0/publish");

        var published = project.Publish("-v:n");
        var found = project.RunNow("FindStatic", "-p:StaticCollectPath=site.css");
        var listed = project.RunNow("ListStatic");
        var again = project.Publish();
        var ofOurs = Served();
        var routesOfOurs = PublishedRoute.Of(publish).Where(route => route.File.StartsWith("static/site.css", StringComparison.Ordinal)).ToList();
        var treeOfOurs = project.Tree();

        File.Delete(Path.Combine(project.Folder, "static/site.css"));
        project.Publish();
        var ofSdk = Served();

        Assert.Multiple(() =>
        {
            Assert.That(published.Diagnostics().Select(one => $"{one.Kind}: {one.Text}"), Has.One.EqualTo(
                "message SC2001: 'site.css' comes from both 'wwwroot/static/site.css' (WebRoot 'App') and 'static/site.css' (Own 'App'). 'static/site.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins)."));
            Assert.That(found.Lines("* 'static/site.css' (Own 'App'): collected"), Has.Count.EqualTo(1));
            Assert.That(found.Lines("'wwwroot/static/site.css' (WebRoot 'App')"), Has.Count.EqualTo(1));
            Assert.That(listed.Lines("site.css <- 'static/site.css'"), Has.Count.EqualTo(1));
            Assert.That(listed.Lines("only.css"), Is.Empty);
            Assert.That(again.Lines("0 static files copied to"), Has.Count.EqualTo(1), "A second publish has nothing to write.");
            Assert.That(ofOurs, Is.EqualTo((Ours, (string?)null, OfSdk)));
            Assert.That(treeOfOurs, Is.EqualTo(new[] { "only.css", "only.css.br", "only.css.gz", "own.css", "site.css" }));
            Assert.That(routesOfOurs.Select(route => route.Route), Is.EqualTo(new[] { "static/site.css" }));
            Assert.That(ofSdk, Is.EqualTo((OfSdk, "br", OfSdk)));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "only.css", "only.css.br", "only.css.gz", "own.css", "site.css", "site.css.br", "site.css.gz" }));
        });

        (string Site, string? Encoding, string Only) Served()
        {
            using var app = AppServer.Start(publish, "App.dll");
            var (status, body, response) = app.Get("/static/site.css", ("Accept-Encoding", "br"));
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
            var encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
            return (Encoding.UTF8.GetString(Encodings.Decode(body, encoding)), encoding, app.Text("/static/only.css"));
        }
    }

    [Test]
    public void No_clash_with_wwwroot_passes_where_clashes_are_errors()
    {
        using var project = TestProject.Web().Write("wwwroot/static/site.css", OfSdk).Write("static/site.css", Ours);

        var failed = project.Fail("publish", "-p:StaticCollectConflict=Error");

        Assert.That(failed.Lines("error SC2001: 'site.css' comes from 'wwwroot/static/site.css' (WebRoot 'App') and 'static/site.css' (Own 'App')"), Is.Not.Empty);
        Assert.That(project.Read("site.css"), Is.EqualTo(OfSdk));
    }

    [Test]
    public void No_package_replaces_a_file_of_the_site_or_brings_a_page_or_a_service_worker_to_its_root()
    {
        using var project = TestProject.Web($"""
            <PropertyGroup>
              <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
              <StaticCollectUrl>/</StaticCollectUrl>
            </PropertyGroup>
            <ItemGroup>{TestPackage.Reference("AtRoot.Front")}</ItemGroup>
            """)
            .Write("wwwroot/index.html", "home")
            .Write("wwwroot/AtRoot.Deep/mine.css", "mine")
            .Write("static/own.css", "own");
        var feed = Path.Combine(project.Workspace, "feed");
        TestPackage.Write(feed, "AtRoot.Deep",
        [
            ("static/index.html", "stolen"), ("static/Index.HTML", "stolen"), ("static/sw.js", "stolen"), ("static/_framework/blazor.web.js", "stolen"),
            ("static/_content/Other/o.js", "stolen"), ("static/AtRoot.Deep/mine.css", "stolen"), ("static/AtRoot.Deep/theirs.css", "theirs"),
        ]);
        TestPackage.Write(feed, "AtRoot.Front", [("static/front.css", "front")], "AtRoot.Deep");

        var published = project.Publish();
        var (tree, home, mine) = (WebRoot(), Read("index.html"), Read("AtRoot.Deep/mine.css"));
        project.Publish("-p:StaticCollectPackagesAtRoot=atroot.deep");

        Assert.Multiple(() =>
        {
            Assert.That(tree, Is.EqualTo(new[] { "AtRoot.Deep/mine.css", "AtRoot.Deep/theirs.css", "index.html", "own.css" }));
            Assert.That((home, mine), Is.EqualTo(("home", "mine")));
            Assert.That(published.Diagnostics().Select(one => one.Kind), Is.EqualTo(new[] { "warning SC2010", "warning SC2010" }));

            // Even one that may bring anything replaces nothing.
            Assert.That(WebRoot(), Has.Some.EqualTo("sw.js").And.None.EqualTo("front.css"));
            Assert.That((Read("index.html"), Read("AtRoot.Deep/mine.css")), Is.EqualTo(("home", "mine")));
        });

        string Read(string path) => File.ReadAllText(Path.Combine(project.Folder, "bin/Release/net10.0/publish/wwwroot", path));

        string[] WebRoot() => [.. project.Tree("bin/Release/net10.0/publish/wwwroot").Where(path => !path.EndsWith(".gz", StringComparison.Ordinal) && !path.EndsWith(".br", StringComparison.Ordinal))];
    }

    [Test]
    public void By_hand_the_last_build_is_asked_and_nothing_is_resolved()
    {
        using var project = TestProject.Web().Write("wwwroot/static/site.css", OfSdk).Write("static/site.css", Ours).Write("static/own.css", Ours);
        project.Succeed("restore");

        var before = project.RunNow("FindStatic", "-p:StaticCollectPath=site.css");
        project.Succeed("build", "-c", "Release", "--no-restore");
        var after = project.RunNow("FindStatic", "-p:StaticCollectPath=site.css");

        Assert.Multiple(() =>
        {
            Assert.That(before.Lines("WebRoot"), Is.Empty, "Nothing is known of a project that was never built.");
            Assert.That(after.Lines("'wwwroot/static/site.css' (WebRoot 'App')"), Has.Count.EqualTo(1));
            Assert.That(project.Tree("obj/Release/net10.0/compressed/publish"), Is.Empty);
        });
    }
}
