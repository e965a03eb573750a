using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class RootGuardTests
{
    [TestCase("/", "root of a file system")]
    [TestCase("home", "home folder")]
    [TestCase("App", "project folder")]
    [TestCase("", "it is or contains the home folder")]
    [TestCase("App/static", "it is the source folder of Own 'App'")]
    [TestCase("App/static/out", "it lies in the source folder 'static' of Own 'App'")]
    [TestCase("App/app1", "it contains the source folder 'app1/static' of App 'app1'")]
    [TestCase("App/app1/static", "it is the source folder of App 'app1'")]
    [TestCase("App/staticx", null)]
    [TestCase("App/app", null)]
    [TestCase("home/me/www", null)]
    [TestCase("elsewhere/static", null)]
    public void A_root_where_a_mistake_would_cost_files_is_refused(string root, string? why)
    {
        using var work = Make();
        Check(work, work.Settings with { Root = FilePath.Full(root, work.Tree.Path), HomeFolder = work.Tree["home/me"] }, why);
    }

    [TestCase("link-to-project", "project folder")]
    [TestCase("link-to-tree/App", "project folder")]
    [TestCase("link-to-tree/home", "home folder")]
    [TestCase("link-to-tree/App/static/x", "it lies in the source folder")]
    [TestCase("link-to-root", "root of a file system")]
    [TestCase("App/linked", null)]
    public void A_refused_root_is_known_through_links(string root, string? why)
    {
        using var work = Make();
        work.Tree.Folder("elsewhere")
            .Link("link-to-project", work.Project).Link("link-to-tree", work.Tree.Path).Link("link-to-root", "/").Link("App/linked", work.Tree["elsewhere"]);
        Check(work, work.Settings with { Root = work.Tree[root], HomeFolder = work.Tree["home/me"] }, why);
    }

    [Test]
    public void A_source_folder_that_is_a_link_into_the_root_is_known()
    {
        using var work = new Workspace();
        work.Tree.Folder("out/static").Link("App/static", work.Tree["out/static"]);
        Check(work, work.Settings with { Root = work.Tree["out/static"] }, "it is the source folder of Own 'App'");
        Check(work, work.Settings with { Root = work.Tree["out"] }, "it contains the source folder");
    }

    [Test]
    public void A_single_file_in_the_root_would_be_collected_onto_itself()
    {
        using var work = new Workspace();
        work.Tree.Write("out/static/a.css").Link("alias", work.Tree["out"]);
        foreach (var path in new[] { "out/static/a.css", "alias/static/a.css" })
        {
            var finder = new FileFinder([new NamedFile(work.Tree[path], "a.css", null)]);
            var settings = work.Settings with { Root = work.Tree["out/static"], Finders = [finder] };
            Check(work, settings, "it contains the source file");
            Check(work, settings with { Root = work.Tree["out/stat"] }, why: null);
        }
    }

    [Test]
    public void Clearing_never_empties_the_publish_folder()
    {
        using var work = Make();
        var publish = work.Tree["App/bin/publish"];
        var settings = work.Settings with { Root = publish };
        Check(work, settings, why: null);
        Check(work, settings with { Clear = true }, "would empty the publish folder");
        Check(work, settings with { Clear = true, Root = work.Tree["App/bin"] }, "would empty the publish folder");
        Check(work, settings with { Clear = true, Root = work.Tree["App/bin/publish/static"] }, why: null);
    }

    [Test]
    public void A_folder_that_holds_the_project_is_refused_wherever_the_home_folder_is()
    {
        using var work = Make();
        Check(work, work.Settings with { Root = work.Tree.Path, HomeFolder = "/elsewhere" }, "it is or contains the project folder");
    }

    [Test]
    public void An_unknown_home_folder_refuses_nothing()
    {
        using var work = Make();
        Check(work, work.Settings with { Root = work.Tree["home"], HomeFolder = "" }, why: null);
    }

    [Test]
    public void Nothing_is_written_into_a_refused_root()
    {
        using var work = Make();
        var before = TempTree.Snapshot(work.Tree.Path);
        Assert.That(work.CollectAndFail(work.Settings with { Root = work.Tree["App/static/out"] }).Code, Is.EqualTo(Codes.RootRefused));
        Assert.That(TempTree.Snapshot(work.Tree.Path), Is.EqualTo(before));
    }

    private static Workspace Make()
    {
        var work = new Workspace().Write("static/a.css").Write("app1/static/b.css");
        work.Tree.Folder("home/me");
        return work;
    }

    private static void Check(Workspace work, CollectSettings settings, string? why)
    {
        var problems = RootGuard.Check(settings, Finding.Run(settings)).ToList();
        if (why is null)
        {
            Assert.That(problems, Is.Empty);
            return;
        }

        Assert.That(problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.RootRefused, Severity.Error) }));
        Assert.That(problems[0].Text, Does.StartWith($"The static root '{settings.Root}' is refused: ").And.Contain(why));
        Assert.That(problems[0].Text, Does.EndWith("Set StaticCollectRoot to a folder of its own."), work.Root);
    }
}
