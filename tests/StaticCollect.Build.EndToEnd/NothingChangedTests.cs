using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>The run that happens most often.</summary>
public sealed class NothingChangedTests
{
    [Test]
    public void A_run_that_finds_nothing_changed_opens_no_source_file_and_writes_nothing()
    {
        Strace.Require();
        using var project = TestProject.Console()
            .Write("app1/static/css/style.css", "body { color: black }")
            .Write("app1/static/logo.png", "not really a picture")
            .Write("static/main.css", "main { margin: 0 }")
            .Aged();
        project.Collect();
        var log = Path.Combine(project.Workspace, "strace.log");
        var before = Tree.Snapshot(project.Root).Concat(Tree.Snapshot(project.Records())).ToList();

        var result = project.Run("strace", Strace.Arguments(
            log, ["-e", "trace=%file"], ["build", "-c", "Release", "--no-restore", "-t:CollectStatic"]));

        var calls = File.ReadAllLines(log);
        var onSources = Of(Path.Combine(project.Folder, "app1/static"), Path.Combine(project.Folder, "static"));
        var onRoot = Of(project.Root, project.Records());
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(result.Lines("static files"), Is.EqualTo(
                new[] { "0 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/', 3 unchanged. 3 files, 59 bytes." }));
            Assert.That(onSources.Where(IsListing), Is.Not.Empty, "strace saw the folders being listed.");
            Assert.That(onSources.Where(call => Opens(call) && !IsListing(call)), Is.Empty);
            Assert.That(onRoot.Where(IsListing), Is.Not.Empty, "strace saw the static root being listed.");
            Assert.That(onRoot.Where(Changes), Is.Empty);
            Assert.That(onSources.Where(Changes), Is.Empty);
            Assert.That(Tree.Snapshot(project.Root).Concat(Tree.Snapshot(project.Records())), Is.EqualTo(before));
        });

        List<string> Of(params string[] folders) =>
            [.. calls.Where(call => folders.Any(folder => call.Contains($"\"{folder}", StringComparison.Ordinal)))];
    }

    [Test]
    public void A_second_publish_says_that_everything_is_unchanged_even_right_after_the_first()
    {
        // The sources are so young that their times prove nothing: they are looked into, and not written again.
        using var project = TestProject.Console().Write("static/main.css", "main { margin: 0 }");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "static/main.css"), DateTime.UtcNow.AddMinutes(1));
        project.Collect();
        var before = Tree.Snapshot(project.Root);

        var items = project.Items("build", "-c", "Release", "--no-restore", "-t:CollectStatic");

        Assert.Multiple(() =>
        {
            Assert.That(items["main.css"].GetProperty("Status").GetString(), Is.EqualTo("Unchanged"));
            Assert.That(Tree.Snapshot(project.Root), Is.EqualTo(before));
        });
    }

    private static bool Opens(string call) => call.Contains(" open", StringComparison.Ordinal);

    private static bool IsListing(string call) => Opens(call) && call.Contains("O_DIRECTORY", StringComparison.Ordinal);

    private static bool Changes(string call) =>
        call.Contains("O_WRONLY", StringComparison.Ordinal) || call.Contains("O_RDWR", StringComparison.Ordinal)
        || call.Contains("O_CREAT", StringComparison.Ordinal)
        || new[] { " rename", " unlink", " mkdir", " rmdir", " chmod", " fchmod", " link", " symlink", " utimens", " truncate" }
            .Any(name => call.Contains(name, StringComparison.Ordinal));
}
