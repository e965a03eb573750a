using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>What can be wrong with the static root. Each is one clear line.</summary>
public sealed class RootProblemTests
{
    [Test]
    public void Roots_in_which_a_mistake_would_cost_files_are_refused_before_anything_is_written()
    {
        (string Root, string Why)[] cases =
        [
            ("/", "it is the root of a file system"),
            ("$([System.Environment]::GetFolderPath(SpecialFolder.UserProfile))", "it is or contains the home folder"),
            (".", "it is or contains the project folder"),
            ("..", "it is or contains the project folder"),
            ("static", "it is the source folder of Own 'App'"),
            ("app", "it contains the source folder 'app/static' of App 'app'"),
            ("static/deep/er", "it lies in the source folder 'static' of Own 'App'"),
            ("../theme", "it is the source folder of Directory 'App'"),
            ("linked/below", "it lies in the source folder 'static' of Own 'App'"),
        ];
        using var project = Restored.Console("""<ItemGroup><StaticCollectDirectory Include="../theme" /></ItemGroup>""")
            .Write("static/a.css", "").Write("app/static/b.css", "").Write("../theme/c.css", "")
            .Write("Cases.proj", $"""
                <Project>
                  <Target Name="Ask">
                    {string.Concat(cases.Select(one => $"""<MSBuild Projects="App.csproj" Targets="CollectStatic" Properties="StaticCollectRoot={one.Root}" ContinueOnError="ErrorAndContinue" />"""))}
                  </Target>
                </Project>
                """);
        Directory.CreateSymbolicLink(Path.Combine(project.Folder, "linked"), "static");
        var before = project.Tree(project.Workspace);

        var shown = project.Fail("msbuild", "Cases.proj", "-t:Ask").Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(Enumerable.Repeat("error SC4001", cases.Length)));
            Assert.That(shown.Select(one => one.Text.Split("' is refused: ")[^1]),
                Is.EqualTo(cases.Select(one => $"{one.Why}. Set StaticCollectRoot to a folder of its own.")));
            Assert.That(project.Tree(project.Workspace), Is.EqualTo(before));
            Assert.That(File.Exists("/a.css"), Is.False);
        });
    }

    [Test]
    public void Clearing_never_empties_the_publish_folder()
    {
        using var project = Restored.Console().Write("static/a.css", "").Write("bin/Release/net10.0/publish/App.dll", "");

        var shown = project.FailNow("-p:StaticCollectRoot=bin/Release/net10.0/publish", "-p:StaticCollectClear=true").Only("error SC4001");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Text, Does.Contain("StaticCollectClear would empty the publish folder with it"));
            Assert.That(project.Tree("bin/Release/net10.0/publish"), Is.EqualTo(new[] { "App.dll" }));
        });
    }

    [Test]
    public void What_no_collection_wrote_and_stands_in_the_way_is_an_error()
    {
        using var project = Restored.Console().Write("static/css/site.css", "").Write("static/js/x.js", "").Write("static/plain", "");
        project.Write("bin/Release/net10.0/publish/wwwroot/static/css", "a file of somebody");
        project.Write("bin/Release/net10.0/publish/wwwroot/static/plain/of-somebody.txt", "");
        Directory.CreateSymbolicLink(Path.Combine(project.Root, "js"), project.Workspace);
        var before = project.Tree();

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(Enumerable.Repeat("error SC4005", 3)));
            Assert.That(shown.Select(one => one.Text.Split('\'')[1]), Is.EquivalentTo(new[] { "css", "js", "plain/of-somebody.txt" }));
            Assert.That(shown.Select(one => one.Text), Has.All.EndsWith("Delete or move it, or set StaticCollectClear to true."));
            Assert.That(project.Tree(), Is.EqualTo(before));
        });
    }

    [Test]
    public void Two_projects_that_are_published_into_one_folder_do_not_take_each_others_files()
    {
        using var project = Restored.Console().Write("static/a.css", "of App").Write("static/b.css", "");
        project.Write("../Admin/Admin.csproj", File.ReadAllText(Path.Combine(project.Folder, "App.csproj"))).Write("../Admin/static/a.css", "of Admin");
        foreach (var file in Directory.GetFiles(Path.Combine(project.Folder, "obj")))
            project.Write($"../Admin/obj/{Path.GetFileName(file).Replace("App.csproj", "Admin.csproj", StringComparison.Ordinal)}", File.ReadAllText(file));
        var intoOne = $"-p:PublishDir={Path.Combine(project.Workspace, "out")}/";
        project.CollectNow(intoOne);
        var before = project.Tree("../out");

        var refused = project.Fail([.. Restored.Build("CollectStatic"), intoOne, "../Admin/Admin.csproj"]).Only("error SC4010");
        var after = project.Tree("../out");
        project.Succeed([.. Restored.Build("CollectStatic"), intoOne, "../Admin/Admin.csproj", "-p:StaticCollectUrl=/static/admin/"]);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Text, Does.Contain("is that of the project 'App', whose files this one would overwrite and remove.").And.Contain(".static.staticcollect'."));
            Assert.That(before, Is.EqualTo(new[] { ".static.staticcollect", "wwwroot/static/a.css", "wwwroot/static/b.css" }));
            Assert.That(after, Is.EqualTo(before));
            Assert.That(File.ReadAllText(Path.Combine(project.Workspace, "out/wwwroot/static/a.css")), Is.EqualTo("of App"));
            Assert.That(File.ReadAllText(Path.Combine(project.Workspace, "out/wwwroot/static/admin/a.css")), Is.EqualTo("of Admin"));
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "A mode takes the right away. There a program that holds a file does: Windows.HistoryTests.")]
    public void A_root_that_cannot_be_written_is_one_error()
    {
        using var project = Restored.Console().Write("static/a.css", "").Write("../served/other.txt", "");
        using var closed = new Closed(
            Path.Combine(project.Workspace, "served"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var shown = project.FailWithoutPrivileges("-p:StaticCollectRoot=../served/static").Only("error SC4003");

        Assert.That(shown.Text, Does.Match("served/static' cannot be written: .* Mend this and publish again; the next run finishes the work\\.$"));
    }

    [Test]
    [Platform("Linux")]
    public void A_disk_that_refuses_to_rename_and_to_delete_is_one_error_and_the_next_run_clears_up()
    {
        Strace.Require();
        using var project = Restored.Console().Write("static/a.css", "a");
        project.CollectNow();
        project.Write("static/a.css", "another");
        var log = Path.Combine(project.Workspace, "strace.log");

        // What a folder with the attribute for appending does: its files can be made, and neither renamed nor deleted. The
        // renames before are those of what was learnt about names, and of the record that announces the work.
        var result = project.Run(
            "strace",
            Strace.Arguments(log, ["-e", "trace=rename,unlink", "-e", "inject=rename:error=EPERM:when=3+", "-e", "inject=unlink:error=EPERM:when=1+"], [.. Restored.Build("CollectStatic")]),
            Strace.OneByOne);
        var left = project.Tree();
        project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(log), Does.Contain("INJECTED"));
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Only("error SC4003").Text, Does.Contain("a.css' cannot be written: ").And.EndsWith("the next run finishes the work."));
            Assert.That(left, Has.Length.EqualTo(2).And.Some.EndsWith("tmp"));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css" }));
            Assert.That(project.Read("a.css"), Is.EqualTo("another"));
        });
    }

    [Test]
    [Platform("Linux")]
    public void Hard_links_to_another_volume_become_copies_with_one_warning()
    {
        using var project = Restored.Console().Write("static/a.css", "a").Write("static/b.css", "b");
        var there = Path.Combine("/dev/shm", $"staticcollect-{Guid.NewGuid():N}");
        var root = Path.Combine(there, "root");
        try
        {
            var shown = project.CollectNow($"-p:StaticCollectRoot={root}", "-p:StaticCollectLink=Hard").Only("warning SC4006");

            Assert.Multiple(() =>
            {
                Assert.That(shown.Text, Does.StartWith("2 static files were copied, since no hard link leads from "));
                Assert.That(project.Tree(root), Is.EqualTo(new[] { "a.css", "b.css" }));
            });
        }
        finally
        {
            if (Directory.Exists(there))
                Directory.Delete(there, recursive: true);
        }
    }
}
