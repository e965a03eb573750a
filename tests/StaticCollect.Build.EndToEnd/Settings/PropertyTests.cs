using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>What each property does, and what holds without it.</summary>
public sealed class PropertyTests
{
    [Test]
    public void The_static_URL_names_the_folder_below_wwwroot_and_stands_in_the_items()
    {
        using var project = Restored.Console().Write("static/a b#c.css", "");

        var relative = project.Items([.. Restored.Build("CollectStatic"), "-p:StaticCollectUrl=assets/v1"]);
        var absolute = project.Items([.. Restored.Build("CollectStatic"), "-p:StaticCollectUrl=https://cdn.example.com/s/"]);

        Assert.Multiple(() =>
        {
            Assert.That(relative["a b#c.css"].GetProperty("Url").GetString(), Is.EqualTo("/assets/v1/a%20b%23c.css"));
            Assert.That(relative["a b#c.css"].GetProperty("Identity").GetString(), Does.EndWith("publish/wwwroot/assets/v1/a b#c.css"));
            Assert.That(absolute["a b#c.css"].GetProperty("Url").GetString(), Is.EqualTo("https://cdn.example.com/s/a%20b%23c.css"));
            Assert.That(absolute["a b#c.css"].GetProperty("Identity").GetString(), Is.EqualTo(Path.Combine(project.Root, "a b#c.css")));
        });
    }

    [Test]
    public void Root_and_folder_name_can_be_set_and_a_relative_root_counts_from_the_project_folder()
    {
        using var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectRoot>../served/files/</StaticCollectRoot>
              <StaticCollectFolderName>assets</StaticCollectFolderName>
            </PropertyGroup>
            """)
            .Write("static/no.css", "").Write("assets/own.css", "").Write("app/assets/app.css", "").Write("app/static/no.css", "");

        project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree("../served/files"), Is.EqualTo(new[] { "app.css", "own.css" }));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [Test]
    public void Finders_run_in_the_order_given_and_no_others()
    {
        using var project = Restored.Console("""
            <PropertyGroup><StaticCollectFinders>own; App</StaticCollectFinders></PropertyGroup>
            <ItemGroup><StaticCollectDirectory Include="not-there" /></ItemGroup>
            """)
            .Write("static/a.css", "of the project").Write("app/static/a.css", "of the app");

        project.CollectNow();

        Assert.That(project.Read("a.css"), Is.EqualTo("of the app"));
    }

    [Test]
    public void A_dry_run_tells_what_would_be_done_and_writes_nothing()
    {
        using var project = Restored.Console().Write("static/a.css", "").Write("static/b.css", "");
        project.CollectNow();
        File.Delete(Path.Combine(project.Folder, "static/a.css"));
        project.Write("static/c.css", "");

        var result = project.CollectNow("-p:StaticCollectDryRun=true");

        Assert.Multiple(() =>
        {
            Assert.That(result.Lines("would be"), Is.EqualTo(new[]
            {
                "1 static file would be copied to 'bin/Release/net10.0/publish/wwwroot/static/', 1 unchanged, 1 would be removed. 2 files, 0 bytes. Dry run: nothing was written.",
            }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css", "b.css" }));
        });
    }

    [Test]
    public void Foreign_files_stay_unless_the_root_is_to_be_cleared()
    {
        using var project = Restored.Console().Write("static/a.css", "");
        project.CollectNow();
        File.WriteAllText(Path.Combine(project.Root, "foreign.txt"), "");
        project.CollectNow();
        var before = project.Tree();

        project.CollectNow("-p:StaticCollectClear=true");

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo(new[] { "a.css", "foreign.txt" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css" }));
        });
    }

    [Test]
    public void Links_take_the_place_of_copies()
    {
        using var project = Restored.Console().Write("static/a.css", "a");
        var target = Path.Combine(project.Root, "a.css");

        var symbolic = project.Items([.. Restored.Build("CollectStatic"), "-p:StaticCollectLink=symbolic"]);
        var link = new FileInfo(target).LinkTarget;
        project.CollectNow("-p:StaticCollectLink=Hard");
        project.Write("static/a.css", "changed in place");

        Assert.Multiple(() =>
        {
            Assert.That(symbolic["a.css"].GetProperty("Status").GetString(), Is.EqualTo("Linked"));
            Assert.That(link, Is.EqualTo(Path.Combine(project.Folder, "static/a.css")));
            Assert.That(new FileInfo(target).LinkTarget, Is.Null);
            Assert.That(File.ReadAllText(target), Is.EqualTo("changed in place"));
        });
    }

    [Test]
    public void Quiet_says_nothing_and_detailed_names_each_file()
    {
        using var project = Restored.Console().Write("static/a.css", "");

        var quiet = project.CollectNow("-p:StaticCollectVerbosity=Quiet", "-v:d");
        var detailed = project.CollectNow("-p:StaticCollectVerbosity=detailed");

        Assert.Multiple(() =>
        {
            Assert.That(quiet.Output, Does.Not.Contain("static file").And.Not.Contain("Found '"));
            Assert.That(detailed.Lines("static/"), Is.EqualTo(new[]
            {
                "Unchanged 'bin/Release/net10.0/publish/wwwroot/static/a.css'.",
                "0 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/', 1 unchanged. 1 file, 0 bytes.",
            }));
        });
    }

    [Test]
    public void Links_in_sources_are_followed_unless_switched_off()
    {
        using var project = Restored.Console().Write("static/a.css", "").Write("../outside/deep/b.css", "b");
        Directory.CreateSymbolicLink(Path.Combine(project.Folder, "static/linked"), Path.Combine(project.Workspace, "outside"));
        File.CreateSymbolicLink(Path.Combine(project.Folder, "static/b.css"), "../../outside/deep/b.css");

        project.CollectNow();
        var followed = project.Tree();
        project.CollectNow("-p:StaticCollectFollowLinks=false");

        Assert.Multiple(() =>
        {
            Assert.That(followed, Is.EqualTo(new[] { "a.css", "b.css", "linked/deep/b.css" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css" }));
        });
    }
}
