using StaticCollect.Build.Content;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class RootViewTests
{
    [Test]
    public void A_root_that_is_not_there_is_empty()
    {
        using var tree = new TempTree();
        var view = RootView.Read(tree["root"]);
        Assert.That(view.Files, Is.Empty);
        Assert.That(view.Folders, Is.Empty);
    }

    [Test]
    public void Files_folders_and_links_are_told_apart_and_no_link_is_followed()
    {
        using var tree = new TempTree();
        tree.Write("root/a", "123").Write("root/d/e/b").Write("root/.hidden").Write("out/x")
            .Link("root/file", tree["out/x"]).Link("root/folder", tree["out"]).Link("root/d/broken", "/nowhere").Folder("root/z");
        var view = RootView.Read(tree["root"]);
        Assert.That(view.Files.Keys.Order(StringComparer.Ordinal), Is.EqualTo(new[] { ".hidden", "a", "d/broken", "d/e/b", "file" }));
        Assert.That(view.Files["a"], Is.EqualTo(new RootFile(FileStamp.Of(tree["root/a"])!.Value, IsLink: false)));
        Assert.That((view.Files["a"].Stamp.Length, view.Files["a"].Stamp.Ticks), Is.EqualTo((3, TempTree.Old.Ticks)));
        Assert.That(view.Files["file"].IsLink && view.Files["d/broken"].IsLink, Is.True);
        Assert.That(view.Files["file"].Stamp.Length, Is.Zero);
        Assert.That(view.Folders.Order(StringComparer.Ordinal), Is.EqualTo(new[] { "d", "d/e", "z" }));
        Assert.That(view.Folders.ToList().IndexOf("d"), Is.LessThan(view.Folders.ToList().IndexOf("d/e")));
        Assert.That(view.Links.Keys, Is.EqualTo(new[] { "folder" }));
    }

    [Test]
    public void Only_our_own_temporary_files_are_leftovers()
    {
        using var tree = new TempTree();
        var name = RootView.TemporaryName();
        tree.Write($"root/d/{name}").Write("root/notes.staticcollect-tmp").Write("root/.x.staticcollect-tmp").Write($"root/x{name[1..]}").Folder($"root/{RootView.TemporaryName()}");
        var view = RootView.Read(tree["root"]);
        Assert.That(view.Leftovers, Is.EqualTo(new[] { $"d/{name}" }));
        Assert.That(view.Files, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_source_with_a_name_like_a_temporary_one_is_collected_and_stays()
    {
        using var work = new Workspace();
        work.Write("static/notes.staticcollect-tmp");
        work.Collect();
        Assert.That(work.Collect().Files.Single().Status, Is.EqualTo(FileStatus.Unchanged));
        Assert.That(work.Collected.Keys, Is.EqualTo(new[] { "notes.staticcollect-tmp" }));
    }

    [Test]
    public void Where_case_does_not_count_files_are_known_by_the_names_they_were_given()
    {
        string[] given = ["Deep/a.css", "deep/b.css", "deep/cafe\u0301/c.css", "gone/d.css", "x/one.css", "X/one.css", "caf\u00e9.css"];
        string[] listed = ["Deep/a.css", "Deep/b.css", "Deep/caf\u00e9/c.css", "Deep/stranger.css", "Deep/B.CSS.txt", "x/one.css", "cafe\u0301.css"];
        var view = new RootView("/root", Files(listed), [], Files(["Deep/link"]), []);

        Assert.Multiple(() =>
        {
            Assert.That(Names(view.KnownAs(Left([.. given, "deep/link"]), FileNames.WithoutCaseAndForm)), Is.EquivalentTo(
                new[] { "Deep/a.css", "deep/b.css", "deep/cafe\u0301/c.css", "Deep/stranger.css", "Deep/B.CSS.txt", "x/one.css", "caf\u00e9.css", "deep/link" }));
            Assert.That(Names(view.KnownAs(Left([.. given, "deep/link"]), FileNames.AsWritten)), Is.EquivalentTo((string[])[.. listed, "Deep/link"]));

            // The name of a file is its own to the letter: a release that spells it otherwise writes it anew.
            Assert.That(Names(view.KnownAs(Left(["deep/B.css"]), FileNames.WithoutCaseAndForm)), Is.EquivalentTo((string[])[.. listed, "Deep/link"]));
        });

        static Dictionary<string, RootFile> Files(string[] paths) =>
            paths.ToDictionary(path => path, _ => new RootFile(new FileStamp(1, 2), IsLink: false), StringComparer.Ordinal);

        static IEnumerable<string> Names(RootView view) => view.Files.Keys.Concat(view.Links.Keys);
    }

    [Test]
    public void On_a_disk_that_tells_case_apart_all_the_same_no_file_is_lost()
    {
        var files = new[] { "Deep/a.css", "DEEP/a.css" }.ToDictionary(path => path, _ => new RootFile(new FileStamp(1, 2), IsLink: false), StringComparer.Ordinal);

        var view = new RootView("/root", files, [], new Dictionary<string, RootFile>(StringComparer.Ordinal), []).KnownAs(Left(["deep/a.css"]), FileNames.WithoutCaseAndForm);

        Assert.That(view.Files, Has.Count.EqualTo(2));
    }

    private static List<RootEntry> Left(IEnumerable<string> paths) => [.. paths.Select(path => new RootEntry(path, EntryKind.Copy, Sha256.Of("x"u8), new FileStamp(3, 4), ""))];
}
