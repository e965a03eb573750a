using System.Runtime.Versioning;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Links in place of copies, and links that stand in the static root.</summary>
[Platform("Linux,MacOsX")]
[UnsupportedOSPlatform("windows")]
public sealed class LinkTests
{
    [Test]
    public void Each_way_of_linking_can_follow_each_other_one()
    {
        using var project = TestProject.Console().Write("static/css/main.css", "main { margin: 0 }").Aged();
        var source = Path.Combine(project.Folder, "static/css/main.css");
        var target = Path.Combine(project.Root, "css/main.css");
        File.SetUnixFileMode(source, UnixFileMode.UserRead);
        project.Succeed("restore");

        // Every step from one way to another is in this walk.
        foreach (var way in new[] { "None", "Symbolic", "Hard", "Symbolic", "None", "Hard", "None" })
        {
            var items = project.Items("build", "-c", "Release", "--no-restore", "-t:CollectStatic", $"-p:StaticCollectLink={way}");

            var isOneFile = Tree.FileNumber(source) == Tree.FileNumber(target);
            Assert.Multiple(() =>
            {
                Assert.That(items["css/main.css"].GetProperty("Status").GetString(), Is.EqualTo(way == "None" ? "Copied" : "Linked"));
                Assert.That(File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName, Is.EqualTo(way == "Symbolic" ? source : null), way);
                Assert.That(isOneFile, Is.EqualTo(way == "Hard"), way);
                Assert.That(project.Tree(), Is.EqualTo(new[] { "css/main.css" }), way);
                Assert.That(File.ReadAllText(target), Is.EqualTo("main { margin: 0 }"), way);
                Assert.That(Tree.Mode(source), Is.EqualTo("400"), "The source is not touched.");
                Assert.That(Tree.Mode(target), Is.EqualTo(way == "None" ? "644" : "400"), way);
            });
        }
    }

    [TestCase("Symbolic")]
    [TestCase("Hard")]
    public void Links_that_are_there_already_are_left_alone_and_follow_a_replaced_source(string way)
    {
        using var project = TestProject.Console().Write("static/main.css", "one").Aged();
        var source = Path.Combine(project.Folder, "static/main.css");
        project.Collect($"-p:StaticCollectLink={way}");

        var again = project.Collect("--no-restore", $"-p:StaticCollectLink={way}");
        project.Write("fresh.css", "two");
        File.Move(Path.Combine(project.Folder, "fresh.css"), source, overwrite: true);
        project.Collect("--no-restore", $"-p:StaticCollectLink={way}");

        Assert.Multiple(() =>
        {
            Assert.That(again.Lines("0 static files linked"), Has.Count.EqualTo(1));
            Assert.That(project.Read("main.css"), Is.EqualTo("two"));
        });
    }

    [Test]
    public void A_link_in_the_static_root_that_leads_out_is_refused_and_clearing_removes_only_the_link()
    {
        using var project = TestProject.Console()
            .Write("static/css/main.css", "main { margin: 0 }")
            .Write("static/top.css", "top")
            .Write("../outside/keep.css", "not ours");
        var outside = Path.Combine(project.Workspace, "outside");
        Directory.CreateDirectory(project.Root);
        Directory.CreateSymbolicLink(Path.Combine(project.Root, "css"), outside);

        // A link to a file is no way out: it is replaced, not written through.
        File.CreateSymbolicLink(Path.Combine(project.Root, "top.css"), Path.Combine(outside, "keep.css"));

        var refused = project.Fail("build", "-c", "Release", "-t:CollectStatic");
        var afterRefusal = project.Tree(outside);
        var wrote = File.ResolveLinkTarget(Path.Combine(project.Root, "top.css"), returnFinalTarget: false) is null;
        project.Collect("--no-restore", "-p:StaticCollectClear=true");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Lines("error SC4005").Distinct(StringComparer.Ordinal).ToList(), Has.Count.EqualTo(1));
            Assert.That(refused.Output, Does.Contain("'css'").And.Not.Contain("   at "));
            Assert.That(wrote, Is.False, "Nothing is written before the refusal.");
            Assert.That(afterRefusal, Is.EqualTo(new[] { "keep.css" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "css/main.css", "top.css" }));
            Assert.That(Directory.ResolveLinkTarget(Path.Combine(project.Root, "css"), returnFinalTarget: false), Is.Null);
            Assert.That(project.Tree(outside), Is.EqualTo(new[] { "keep.css" }));
            Assert.That(File.ReadAllText(Path.Combine(outside, "keep.css")), Is.EqualTo("not ours"));
        });
    }
}
