using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

public class FolderWalkTests
{
    private static readonly string[] LetterA = ["a"];

    private readonly List<Diagnostic> _problems = [];

    [Test]
    public void Files_come_in_ordinal_order_of_logical_path_with_their_stamps()
    {
        using var tree = new TempTree();
        tree.Write("s/b/x", "123").Write("s/b-").Write("s/C").Write("s/b.js").Write("s/a/z/q");
        var files = Walk(tree, new Source("app", tree["s"]) { Prefix = "p" });
        Assert.That(files.Select(file => file.LogicalPath), Is.EqualTo(new[] { "p/C", "p/a/z/q", "p/b-", "p/b.js", "p/b/x" }));
        Assert.That(files[^1] with { Stamp = files[^1].Stamp with { Birth = 0 } }, Is.EqualTo(new StaticFile("p/b/x", tree["s/b/x"], new FileStamp(3, TempTree.Old.Ticks), "app", FinderKind.App)));
    }

    [Test]
    public void Odd_names_come_as_they_are()
    {
        using var tree = new TempTree();
        tree.Write("s/⊗.txt").Write("s/%2F.txt").Write("s/a b#&;'$(x)@.css").Write("s/camelCase.txt");
        Assert.That(Paths(Walk(tree)), Is.EqualTo(new[] { "%2F.txt", "a b#&;'$(x)@.css", "camelCase.txt", "⊗.txt" }));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There it is a separator.")]
    public void A_backslash_is_a_letter_of_a_name()
    {
        using var tree = new TempTree();
        tree.Write("s/back\\slash").Write("s/a");
        Assert.That(Paths(Walk(tree)), Is.EqualTo(new[] { "a", "back\\slash" }));
    }

    [Test]
    public void Ignored_folders_are_not_entered()
    {
        using var tree = new TempTree();
        tree.Write("s/.git/a").Write("s/a").Write("s/b~").Link("s/.broken", "/nowhere");
        Assert.That(Paths(Walk(tree)), Is.EqualTo(LetterA));
    }

    [Test]
    public void Links_to_files_and_folders_are_followed()
    {
        using var tree = new TempTree();
        tree.Write("out/f", "12345").Write("out/d/g").Link("s/file", tree["out/f"]).Link("s/folder", "../out/d").Link("s/again", "folder");
        var files = Walk(tree);
        Assert.That(Paths(files), Is.EqualTo(new[] { "again/g", "file", "folder/g" }));
        Assert.That(files[1].SourcePath, Is.EqualTo(tree["s/file"]));
        Assert.That(files[1].Stamp with { Birth = 0 }, Is.EqualTo(new FileStamp(5, TempTree.Old.Ticks)), "of the target, not of the link");
    }

    [Test]
    public void Links_are_left_out_where_they_are_not_to_be_followed()
    {
        using var tree = new TempTree();
        tree.Write("out/f").Write("s/a").Link("s/file", tree["out/f"]).Link("s/folder", tree["out"]).Link("s/broken", "/nowhere");
        Assert.That(Paths(Walk(tree, followLinks: false)), Is.EqualTo(LetterA));
        Assert.That(Paths(Walk(tree, new Source("package", tree["s"]) { MayFollowLinks = false })), Is.EqualTo(LetterA));
    }

    [Test]
    public void A_broken_link_is_a_warning_and_left_out()
    {
        using var tree = new TempTree();
        tree.Write("s/a").Link("s/broken", tree["nowhere"]);
        Assert.That(Paths(Walk(tree, mayWarn: true)), Is.EqualTo(LetterA));
        AssertWarnings((Codes.BrokenLink, "s/broken"));
    }

    [Test]
    public void A_link_to_itself_is_a_warning_and_left_out()
    {
        using var tree = new TempTree();
        tree.Write("s/a").Link("s/loop", "loop").Link("s/x", "y").Link("s/y", "x");
        Assert.That(Paths(Walk(tree, mayWarn: true)), Is.EqualTo(LetterA));
        AssertWarnings((Codes.LinkLoop, "s/loop"), (Codes.LinkLoop, "s/x"), (Codes.LinkLoop, "s/y"));
    }

    [TestCase("..")]
    [TestCase("../..")]
    [TestCase("../../..")]
    [TestCase(".")]
    public void A_link_back_to_a_folder_that_it_lies_in_is_a_warning_and_left_out(string target)
    {
        using var tree = new TempTree();
        tree.Write("s/d/a").Link("s/d/e/loop", target);
        Assert.That(Paths(Walk(tree, mayWarn: true)), Is.EqualTo(new[] { "d/a" }));
        AssertWarnings((Codes.LinkLoop, "s/d/e/loop"));
    }

    [Test]
    public void Folders_that_link_to_each_other_end_where_a_link_leads_back()
    {
        using var tree = new TempTree();
        tree.Write("s/a/1").Write("s/b/2").Link("s/a/toB", "../b").Link("s/b/toA", "../a");
        Assert.That(Paths(Walk(tree, mayWarn: true)), Is.EqualTo(new[] { "a/1", "a/toB/2", "b/2", "b/toA/1" }));
        AssertWarnings((Codes.LinkLoop, "s/a/toB/toA"), (Codes.LinkLoop, "s/b/toA/toB"));
    }

    [Test]
    public void Folders_outside_that_link_to_each_other_end_too()
    {
        using var tree = new TempTree();
        tree.Write("o/a/1").Write("o/b/2").Link("o/a/toB", tree["o/b"]).Link("o/b/toA", tree["o/a"]).Link("s/in", tree["o/a"]).Link("o/b/toS", tree["s"]);
        Assert.That(Paths(Walk(tree, mayWarn: true)), Is.EqualTo(new[] { "in/1", "in/toB/2" }));
        AssertWarnings((Codes.LinkLoop, "s/in/toB/toA"), (Codes.LinkLoop, "s/in/toB/toS"));
    }

    [Test]
    public void A_loop_is_seen_through_a_source_folder_that_is_a_link()
    {
        using var tree = new TempTree();
        tree.Write("real/s/a").Link("link", "real").Link("real/s/up", tree["real"]);
        Assert.That(Paths(Walk(tree, new Source("app", tree["link/s"]), mayWarn: true)), Is.EqualTo(LetterA));
        AssertWarnings((Codes.LinkLoop, "link/s/up"));
    }

    [Test]
    public void One_folder_may_be_linked_twice()
    {
        using var tree = new TempTree();
        tree.Write("out/f").Link("s/x", tree["out"]).Link("s/y", tree["out"]).Link("s/d/z", tree["out"]);
        Assert.That(Paths(Walk(tree)), Is.EqualTo(new[] { "d/z/f", "x/f", "y/f" }));
    }

    [Test]
    public void A_folder_that_cannot_be_read_is_an_error()
    {
        using var tree = new TempTree();
        Assert.That(Walk(tree, new Source("app", tree["gone"]), mayWarn: true), Is.Empty);
        Assert.That(_problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.Unreadable, Severity.Error) }));
        Assert.That(_problems[0].Text, Does.StartWith("The folder 'gone' of 'app' cannot be read: "));
    }

    [Test]
    public void A_link_that_leads_into_the_static_root_is_refused()
    {
        using var work = new Workspace();
        work.Write("static/a").Tree.Folder("App/bin/publish").Link("App/static/out", work.Tree["App/bin/publish"]);
        Assert.That(work.CollectAndFail().Code, Is.EqualTo(Codes.RootRefused));
        Assert.That(work.Tree.Files("App/bin"), Is.Empty);
    }

    private void AssertWarnings(params (string Code, string Link)[] expected)
    {
        Assert.That(_problems.Select(one => one.Severity), Is.All.EqualTo(Severity.Warning));
        Assert.That(_problems.Select(one => (one.Code, one.Text.Split('\'')[1])), Is.EqualTo(expected), "in ordinal order");
    }

    private static IEnumerable<string> Paths(IEnumerable<StaticFile> files) => files.Select(file => file.LogicalPath);

    private List<StaticFile> Walk(TempTree tree, Source? source = null, bool followLinks = true, bool mayWarn = false)
    {
        var settings = new CollectSettings
        {
            ProjectFolder = tree.Path,
            ProjectName = "App",
            Root = tree["root"],
            Url = "/static/",
            RecordFolder = tree["obj"],
            PublishFolder = tree["publish"],
            FollowLinks = followLinks,
        };
        var files = new FolderWalk(source ?? new Source("app", tree["s"]), FinderKind.App, settings, _problems.Add, CancellationToken.None).Run();
        if (!mayWarn)
            Assert.That(_problems, Is.Empty);
        return files;
    }
}
