using System.Net.Sockets;
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

    [Platform(Exclude = "Win", Reason = "It has no pipes and sockets in folders.")]
    [Test, CancelAfter(60_000)]
    public void What_is_no_file_is_a_warning_and_left_out_unopened()
    {
        using var tree = new TempTree();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        tree.Write("s/a").Pipe("s/pipe.css").Pipe("out/pipe").Link("s/linked.css", "../out/pipe").Link("s/twice.css", "linked.css").Link("s/zero.js", "/dev/zero");
        socket.Bind(new UnixDomainSocketEndPoint(tree["s/live.sock"]));
        Assert.That(Paths(Walk(tree, mayWarn: true)), Is.EqualTo(LetterA));
        AssertWarnings((Codes.NoFile, "s/linked.css"), (Codes.NoFile, "s/live.sock"), (Codes.NoFile, "s/pipe.css"), (Codes.NoFile, "s/twice.css"), (Codes.NoFile, "s/zero.js"));
    }

    [Platform(Exclude = "Win", Reason = "It has no pipes and sockets in folders.")]
    [Test, CancelAfter(60_000)]
    public void So_it_is_where_it_is_named_by_itself()
    {
        using var work = new Workspace();
        work.Write("static/a.css").Tree.Pipe("pipe").Link("zero", "/dev/zero");
        var files = new FileFinder([new NamedFile(work.Tree["pipe"], "p.css", null), new NamedFile(work.Tree["zero"], "z.css", null)]);
        var log = new RecordingLog();
        work.Collect(work.Settings with { Finders = [new OwnFinder(), files], Fingerprint = new FingerprintSettings { ManifestPath = work.Tree["m.json"] } }, log);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.NoFile, Codes.NoFile }));
        Assert.That(work.Collected.Keys, Has.None.StartsWith("p.").And.None.StartsWith("z."));
    }

    /// <summary>There are 2^24 paths, and a walk of them all would take hours; each folder is real once.</summary>
    [Test, CancelAfter(120_000)]
    public void Folders_that_are_linked_twice_in_folders_that_are_linked_twice_are_an_error()
    {
        using var tree = new TempTree("/dev/shm");
        for (var level = 0; level < 24; level++)
            tree.Write($"out/{level}/f").Link($"out/{level}/a", tree[$"out/{level + 1}"]).Link($"out/{level}/b", tree[$"out/{level + 1}"]);
        tree.Write("out/24/f").Link("s/in", tree["out/0"]);
        Assert.That(Walk(tree, mayWarn: true), Has.Count.LessThan(10_000));
        Assert.That(_problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.LinkLoop, Severity.Error) }));
        Assert.That(_problems[0].Text, Does.StartWith("More than 1000 links of 'app' lead to 'out/24', one of them by 's/in/").And.EndWith("leave them out with StaticCollectIgnore."));
    }

    [Test]
    public void Many_links_to_one_folder_are_followed_each()
    {
        using var tree = new TempTree("/dev/shm");
        tree.Write("out/f");
        for (var i = 0; i < 1000; i++)
            tree.Link($"s/{i}/shared", tree["out"]);
        Assert.That(Walk(tree), Has.Count.EqualTo(1000));
    }

    [Test]
    public void A_folder_of_a_package_that_is_a_link_itself_is_not_followed()
    {
        using var tree = new TempTree();
        tree.Write("out/secret").Link("package/static", tree["out"]);
        Assert.That(Walk(tree, new Source("package", tree["package/static"]) { MayFollowLinks = false }), Is.Empty);
        Assert.That(Paths(Walk(tree, new Source("package", tree["out"]) { MayFollowLinks = false })), Is.EqualTo(new[] { "secret" }));
    }

    [Platform(Exclude = "Win", Reason = "Its names are UTF-16.")]
    [Test]
    public void A_name_that_is_no_UTF_8_is_an_error_that_names_it()
    {
        using var tree = new TempTree();
        tree.Write("s/d/\ufffd.css").Write("s/.hidden/x");
        TempTree.Shell("""cd "$1" && : >"$(printf 'd/caf\351.css')" && : >"$(printf '.\351')" && mkdir "$(printf '\351')" """, tree["s"]);
        var files = Walk(tree, mayWarn: true);

        // The framework cannot delete them.
        TempTree.Shell("""rm -r "$1" """, tree["s"]);
        Assert.That(Paths(files), Is.EqualTo(new[] { "d/\ufffd.css" }));
        Assert.That(_problems.Select(one => (one.Code, one.Severity, one.Text.Split('\'')[1])), Is.EqualTo(new[]
        {
            (Codes.NameNotUnicode, Severity.Error, "s/d/caf\ufffd.css"), (Codes.NameNotUnicode, Severity.Error, "s/\ufffd"),
        }));
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
