using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>What can be wrong with sources. Each is one clear line.</summary>
public sealed class SourceProblemTests
{
    [Test]
    [Platform(Exclude = "Win", Reason = "A mode takes the right away, and Windows has none.")]
    public void A_folder_that_cannot_be_read_is_an_error_and_nothing_is_written()
    {
        using var project = Restored.Console().Write("static/a.css", "").Write("static/secret/b.css", "");
        using var closed = new Closed(Path.Combine(project.Folder, "static/secret"), UnixFileMode.None);

        var shown = project.FailWithoutPrivileges().Only("error SC2004");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Text, Does.StartWith("The folder 'static/secret' of 'App' cannot be read: Access to the path '"));
            Assert.That(shown.Text, Does.EndWith("Grant access to it, or leave it out with StaticCollectIgnore."));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "A mode takes the right away. There a program that holds the file does: Windows.HistoryTests.")]
    public void A_file_that_cannot_be_read_is_an_error()
    {
        using var project = Restored.Console().Write("static/secret.css", "");
        using var closed = new Closed(Path.Combine(project.Folder, "static/secret.css"), UnixFileMode.None);

        var shown = project.FailWithoutPrivileges().Only("error SC2004");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Text, Does.StartWith("The file 'static/secret.css' cannot be read: "));
            Assert.That(project.Tree(), Is.Empty);
        });
    }

    [Test]
    public void Link_loops_and_broken_links_are_told_and_left_out()
    {
        // Outside the project folder: in it the SDK's own globs would walk in circles before anything of this package runs.
        using var project = Restored.Console("""<ItemGroup><StaticCollectDirectory Include="../theme;../more" /></ItemGroup>""")
            .Write("../theme/a.css", "").Write("../theme/deep/b.css", "").Write("../more/c.css", "");
        Link("theme/loop", ".");
        Link("theme/deep/up", Path.Combine(project.Workspace, "theme"));
        Link("theme/self", "self");
        Link("theme/broken.css", "gone.css");
        Link("theme/cross", Path.Combine(project.Workspace, "more"));
        Link("more/back", Path.Combine(project.Workspace, "theme"));

        var result = project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(result.Diagnostics().Select(one => $"{one.Kind} {Path.GetRelativePath(project.Workspace, one.Text.Split('\'')[1])}"), Is.EquivalentTo(new[]
            {
                "warning SC2005 theme/loop",
                "warning SC2005 theme/deep/up",
                "warning SC2005 theme/self",
                "warning SC2006 theme/broken.css",
                "warning SC2005 theme/cross/back",

                // Entered from the other side, the same links lead back as well.
                "warning SC2005 more/back/loop",
                "warning SC2005 more/back/deep/up",
                "warning SC2005 more/back/self",
                "warning SC2006 more/back/broken.css",
                "warning SC2005 more/back/cross",
            }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css", "back/a.css", "back/deep/b.css", "c.css", "cross/c.css", "deep/b.css" }));
        });

        void Link(string path, string target) => File.CreateSymbolicLink(Path.Combine(project.Workspace, path), target);
    }

    [Test]
    [Platform("Linux")]
    public void Pipes_and_devices_are_told_and_left_out()
    {
        // Outside the project folder, which the SDK reads before anything of this package runs.
        using var project = Restored.Console("""<ItemGroup><StaticCollectDirectory Include="../theme" /></ItemGroup>""").Write("../theme/a.css", "");
        Assert.That(project.Run("mkfifo", [Path.Combine(project.Workspace, "theme/pipe.css")]).ExitCode, Is.Zero);
        File.CreateSymbolicLink(Path.Combine(project.Workspace, "theme/zero.js"), "/dev/zero");

        var shown = project.CollectNow("-p:StaticCollectFingerprint=true", "-p:StaticCollectCompress=gzip").Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => $"{one.Kind} {Path.GetFileName(one.Text.Split('\'')[1])}"), Is.EqualTo(new[] { "warning SC2013 pipe.css", "warning SC2013 zero.js" }));
            Assert.That(project.Tree(), Has.Length.EqualTo(3).And.Some.EqualTo("a.css").And.Some.EqualTo("staticfiles.json"));
        });
    }

    [Test]
    [Platform("Linux")]
    public void Names_that_Windows_cannot_write_are_a_warning_each()
    {
        string[] names = ["CON", "aux.css", "blank ", "co:lon.css", "dot.", "lpt1/x.css", "ques?.css"];
        using var project = Restored.Console().Write("static/fine.css", "");
        foreach (var name in names)
            project.Write($"static/{name}", "");

        var shown = project.CollectNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(Enumerable.Repeat("warning SC2007", names.Length)));
            Assert.That(shown.Select(one => one.Text.Split('\'')[1]), Is.EqualTo(names.Select(name => $"static/{name}")));
            Assert.That(shown[0].Text, Is.EqualTo("The name of 'static/CON' cannot be written everywhere: 'CON' is the name of a device on Windows. Rename the file."));
            Assert.That(project.Tree(), Is.EqualTo(names.Append("fine.css").Order(StringComparer.Ordinal)));
        });
    }

    [Test]
    public void Paths_that_are_too_long_are_errors_and_nothing_is_written()
    {
        var name = new string('n', 256);
        var deep = string.Join('/', Enumerable.Repeat(new string('d', 200), 20));
        using var project = Restored.Console($"""
            <ItemGroup>
              <StaticCollectDirectory Include="art" Prefix="{name}" />
              <StaticCollectDirectory Include="art" Prefix="{deep}" />
              <StaticCollectDirectory Include="art" Prefix="{name[1..]}" />
            </ItemGroup>
            """)
            .Write("art/a.css", "");

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(new[] { "error SC2008", "error SC2008" }));
            Assert.That(shown.Select(one => one.Text.Split('\'')[1]), Is.EqualTo(new[] { $"{deep}/a.css", $"{name}/a.css" }));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [Test]
    [Platform("Linux")]
    public void A_file_that_changes_all_the_time_is_an_error()
    {
        // What the kernel makes up has no length until it is read: to the collection it grows while it is read.
        using var project = Restored.Console("""<ItemGroup><StaticCollectFile Include="/proc/version" /></ItemGroup>""");

        var shown = project.FailNow().Only("error SC4004");

        Assert.That(shown.Text, Is.EqualTo("'/proc/version' changed while it was collected. Publish again once nothing writes to it."));
    }
}
