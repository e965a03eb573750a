using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>On Windows: a project that is published again and again, and what is in the way.</summary>
public sealed class HistoryTests
{
    // Holds one file as servers and editors do: others may read it, nobody may replace it. And one as a program does that writes it.
    private const string Holder = """
        using var served = File.Open(args[0], FileMode.Open, FileAccess.Read, FileShare.Read);
        using var written = args.Length > 1 ? File.Open(args[1], FileMode.Open, FileAccess.ReadWrite, FileShare.None) : null;
        Console.WriteLine("holding");
        Thread.Sleep(Timeout.Infinite);
        """;

    [Test]
    public void The_reference_run_and_the_edits_after_it()
    {
        using var project = WindowsProject.Console()
            .Write("app1/static/style.css", "style")
            .Write("app1/static/logo.png", "logo")
            .Write("app2/static/script.js", "script")
            .Write("static/main.css", "main");

        var published = project.Publish("-p:StaticCollectVerbosity=Detailed");
        var first = project.Tree();
        var written = Tree.Snapshot(project.Root);
        var unchanged = project.CollectNow();
        var afterUnchanged = Tree.Snapshot(project.Root);

        project.Write("static/main.css", "main, edited");
        File.Delete(Path.Combine(project.Folder, "app1/static/logo.png"));
        project.Write("app3/static/deep/new.css", "new");

        // Older than what was published: times are compared, never ordered. And a source that nobody may write to.
        project.Write("app2/static/script.js", "SCRIPT");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "app2/static/script.js"), new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        File.SetAttributes(Path.Combine(project.Folder, "app1/static/style.css"), FileAttributes.ReadOnly);
        var edited = project.CollectNow();
        File.SetAttributes(Path.Combine(project.Folder, "app1/static/style.css"), FileAttributes.Normal);
        project.Write("app1/static/style.css", "style, edited");
        project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(
                published.Lines(" static").Where(line => line.Contains("found so far", StringComparison.Ordinal) || line.Contains("copied to", StringComparison.Ordinal)),
                Has.Some.EqualTo("4 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/'. 4 files, 19 bytes."), published.Output);
            Assert.That(first, Is.EqualTo(new[] { "logo.png", "main.css", "script.js", "style.css" }));
            Assert.That(unchanged.Lines("0 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/', 4 unchanged."), Has.Count.EqualTo(1), unchanged.Output);
            Assert.That(afterUnchanged, Is.EqualTo(written));
            Assert.That(edited.Lines("3 static files copied to"), Has.Count.EqualTo(1), edited.Output);
            Assert.That(project.Tree(), Is.EqualTo(new[] { "deep/new.css", "main.css", "script.js", "style.css" }));
            Assert.That(project.Tree().Select(project.Read), Is.EqualTo(new[] { "new", "main, edited", "SCRIPT", "style, edited" }));

            // The release tells sources and files as it does everywhere.
            var release = File.ReadAllText(Directory.GetFiles(project.Records(), "release.json", SearchOption.AllDirectories).Single());
            Assert.That(release, Does.Contain("\"app3/static/deep/new.css\"").And.Contain("\"deep/new.css\"").And.Not.Contain("\\"));
        });
    }

    [Test]
    public void What_a_program_holds_open_is_one_error_the_release_before_stays_and_the_next_run_repairs()
    {
        using var project = WindowsProject.Console().Write("Program.cs", Holder);
        foreach (var i in Enumerable.Range(0, 20))
            project.Write($"static/{i:00}.css", "before");
        project.Publish();
        foreach (var i in Enumerable.Range(0, 20))
            project.Write($"static/{i:00}.css", "after");
        project.Write("static/new.css", "after");

        var served = project.PathOf(Path.Combine(project.Root, "13.css"));
        var shown = FailWhileHeld(project, served);
        var whileHeld = project.Tree().Select(name => $"{name} {project.Read(name)}").ToList();
        var repaired = project.CollectNow();

        // A source that is being written cannot be read.
        project.Write("static/07.css", "half").Write("static/08.css", "last");
        var unreadable = FailWhileHeld(project, served, project.PathOf(Path.Combine(project.Folder, "static/07.css")));
        var whileWritten = project.Tree().Select(project.Read).Distinct(StringComparer.Ordinal).ToList();
        project.Write("static/07.css", "last").CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Kind, Is.EqualTo("error SC4003"));
            Assert.That(shown.Text, Does.Contain("13.css' cannot be written: ").And.EndWith("Mend this and publish again; the next run finishes the work."));
            Assert.That(whileHeld, Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"{i:00}.css before")));
            Assert.That(repaired.Lines("21 static files copied to"), Has.Count.EqualTo(1), repaired.Output);
            Assert.That(unreadable.Kind, Is.EqualTo("error SC2004"));
            Assert.That(unreadable.Text, Does.StartWith("The file 'static/07.css' cannot be read: "));
            Assert.That(whileWritten, Is.EqualTo(new[] { "after" }));
            Assert.That(project.Tree().Select(name => $"{name} {project.Read(name)}"), Has.Exactly(19).EndsWith(" after").And.Some.EqualTo("07.css last").And.Some.EqualTo("08.css last"));
        });
    }

    private static ShownDiagnostic FailWhileHeld(TestProject project, params string[] files)
    {
        using var holder = project.Start(["bin/Release/net10.0/publish/App.dll", .. files]);
        try
        {
            Assert.That(holder.StandardOutput.ReadLine()?.Trim(), Is.EqualTo("holding"));
            return project.FailNow().Diagnostics().Single();
        }
        finally
        {
            holder.Kill(entireProcessTree: true);
            holder.WaitForExit();
        }
    }

    [Test]
    public void A_file_of_the_root_that_may_not_be_written_to_is_replaced_and_removed_all_the_same()
    {
        using var project = WindowsProject.Restored()
            .Write("static/edited.css", "before").Write("static/gone.css", "gone").Write("static/same.css", "same");
        project.CollectNow();
        foreach (var name in project.Tree())
            File.SetAttributes(Path.Combine(project.Root, name), FileAttributes.ReadOnly);
        project.Write("static/edited.css", "after, and longer");
        File.Delete(Path.Combine(project.Folder, "static/gone.css"));

        var result = project.Dotnet(Restored.Build("CollectStatic"));
        foreach (var name in project.Tree())
            File.SetAttributes(Path.Combine(project.Root, name), FileAttributes.Normal);

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(project.Tree().Select(project.Read), Is.EqualTo(new[] { "after, and longer", "same" }));
        });
    }
}
