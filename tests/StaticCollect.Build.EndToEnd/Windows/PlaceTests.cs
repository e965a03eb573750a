using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>On Windows: a static root on another drive or another machine, and links.</summary>
public sealed class PlaceTests
{
    [Test]
    public void The_static_root_may_lie_on_another_drive_and_on_a_share()
    {
        using var project = WindowsProject.Restored().Write("static/css/site.css", "one").Write("static/gone.css", "gone");
        using var drive = new WindowsDrive(Path.Combine(project.Workspace, "drive"));
        using var share = new WindowsShare(Path.Combine(project.Workspace, "share"));

        foreach (var (root, folder) in new[] { ($@"{drive.Letter}:\www\static", drive.Folder), ($@"{share.Name}\www\static", share.Folder) })
        {
            project.Write("static/css/site.css", "one").Write("static/gone.css", "gone");
            var first = project.CollectNow($"-p:StaticCollectRoot={root}");
            var firstTree = project.Tree(Path.Combine(folder, "www/static"));
            var unchanged = project.CollectNow($"-p:StaticCollectRoot={root.ToLowerInvariant()}");
            File.Delete(Path.Combine(project.Folder, "static/gone.css"));
            project.Write("static/css/site.css", "one, edited");
            project.CollectNow($"-p:StaticCollectRoot={root}");

            Assert.Multiple(() =>
            {
                Assert.That(first.Lines("2 static files copied to"), Has.Count.EqualTo(1), first.Output);
                Assert.That(firstTree, Is.EqualTo(new[] { "css/site.css", "gone.css" }), root);
                Assert.That(unchanged.Lines("0 static files copied to"), Has.Count.EqualTo(1), unchanged.Output);
                Assert.That(project.Tree(Path.Combine(folder, "www/static")), Is.EqualTo(new[] { "css/site.css" }), root);
                Assert.That(File.ReadAllText(Path.Combine(folder, "www/static/css/site.css")), Is.EqualTo("one, edited"), root);
            });
        }

        // What would cost files is refused there, too.
        foreach (var root in new[] { $@"{drive.Letter}:\", $@"{share.Name}\", "." })
            project.FailNow($"-p:StaticCollectRoot={root}").Only("error SC4001");
    }

    [Test]
    public void A_project_whose_drive_and_folders_are_called_in_another_case_is_the_same_project()
    {
        using var project = WindowsProject.Restored().Write("app/static/a.css", "a").Write("static/b.css", "b");
        var path = project.PathOf(Path.Combine(project.Folder, "App.csproj"));
        string[] collect = ["-t:CollectStatic", "-p:Configuration=Release", "-m:1"];

        project.Succeed(["msbuild", path, .. collect]);
        var again = project.Succeed(["msbuild", char.ToLowerInvariant(path[0]) + path[1..].Replace("App", "APP", StringComparison.Ordinal), .. collect]);

        Assert.Multiple(() =>
        {
            Assert.That(again.Diagnostics(), Is.Empty, again.Output);
            Assert.That(again.Lines("0 static files copied to"), Has.Count.EqualTo(1), again.Output);
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css", "b.css" }));
        });
    }

    [Test]
    public void Links_are_made_or_one_line_says_why_not()
    {
        using var project = WindowsProject.Restored().Write("static/css/main.css", "one").Write("static/top.css", "top");
        var source = Path.Combine(project.Folder, "static/css/main.css");

        project.CollectNow("-p:StaticCollectLink=Hard");
        var hard = project.Tree();
        var hardAgain = project.CollectNow("-p:StaticCollectLink=Hard");
        var isHard = IsSameFile();
        var symbolic = project.Dotnet([.. Restored.Build("CollectStatic"), "-p:StaticCollectLink=Symbolic"]);
        var symbolicTree = project.Tree();
        project.CollectNow();
        var isCopy = !IsSameFile();

        Assert.Multiple(() =>
        {
            Assert.That(hard, Is.EqualTo(new[] { "css/main.css", "top.css" }));
            Assert.That(isHard, Is.True);
            Assert.That(hardAgain.Lines("0 static files linked"), Has.Count.EqualTo(1), hardAgain.Output);

            // Windows lets administrators make symbolic links, and those who switched its developer mode on.
            if (symbolic.ExitCode == 0)
                Assert.That(symbolicTree, Is.EqualTo(hard));
            else
                Assert.That(symbolic.Only("error SC4003").Text, Does.Contain("cannot be written"));
            Assert.That(isCopy, Is.True);
            Assert.That(project.Tree().Select(project.Read), Is.EqualTo(new[] { "one", "top" }));
            Assert.That(File.ReadAllText(source), Is.EqualTo("one"));
        });

        // Writing through one name shows in the other only where both are one file.
        bool IsSameFile()
        {
            File.AppendAllText(source, "!");
            var isSame = project.Read("css/main.css").EndsWith('!');
            File.WriteAllText(source, "one");
            return isSame;
        }
    }
}
