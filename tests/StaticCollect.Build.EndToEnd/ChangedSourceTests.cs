using System.Runtime.Versioning;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>What is in the static root follows the sources, whatever their times say.</summary>
public sealed class ChangedSourceTests
{
    [Test]
    public void Changed_sources_are_collected_and_deleted_ones_disappear()
    {
        var young = DateTime.UtcNow.AddMinutes(1);
        using var project = TestProject.Console()
            .Write("static/older.css", "new text")
            .Write("static/same.css", "aaaa")
            .Write("static/gone/deep/gone.css", "gone")
            .Write("static/kept.css", "kept")
            .Aged()
            .Write("static/older.css", "new text");
        File.SetLastWriteTimeUtc(In("static/same.css"), young);
        project.Collect();
        project.Write(Path.Combine(project.Root, "foreign/robots.txt"), "nobody collected this");

        // An older file takes the place of a newer one; equal length and time hide other bytes; a folder empties.
        project.Write("static/older.css", "old text, from a branch");
        File.SetLastWriteTimeUtc(In("static/older.css"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        project.Write("static/same.css", "bbbb");
        File.SetLastWriteTimeUtc(In("static/same.css"), young);
        Directory.Delete(In("static/gone"), recursive: true);
        var changed = project.Collect("--no-restore");
        var afterChange = project.Tree();

        // Somebody edits the published file in place, and keeps its length.
        project.Write(Path.Combine(project.Root, "kept.css"), "torn");
        var edited = project.Collect("--no-restore");

        Assert.Multiple(() =>
        {
            Assert.That(changed.Lines("static files"), Is.EqualTo(
                new[] { "2 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/', 1 unchanged, 1 removed. 3 files, 31 bytes." }));
            Assert.That(afterChange, Is.EqualTo(new[] { "foreign/robots.txt", "kept.css", "older.css", "same.css" }));
            Assert.That(Directory.Exists(Path.Combine(project.Root, "gone")), Is.False, "The emptied folders went too.");
            Assert.That(project.Read("older.css"), Is.EqualTo("old text, from a branch"));
            Assert.That(project.Read("same.css"), Is.EqualTo("bbbb"));
            Assert.That(project.Read("kept.css"), Is.EqualTo("kept"));
            Assert.That(edited.Lines("1 static file copied"), Has.Count.EqualTo(1));
        });

        string In(string path) => Path.Combine(project.Folder, path);
    }

    [Test]
    public void A_dry_run_reports_what_clearing_does()
    {
        using var project = TestProject.Console()
            .Write("static/kept.css", "kept")
            .Write("static/gone.css", "gone")
            .Aged();
        project.Collect();
        project.Write(Path.Combine(project.Root, "foreign/robots.txt"), "nobody collected this");
        project.Write("static/fresh.css", "fresh");
        File.Delete(Path.Combine(project.Folder, "static/gone.css"));
        var before = Snapshot();

        var dry = project.Collect("--no-restore", "-p:StaticCollectDryRun=true", "-p:StaticCollectVerbosity=Detailed");
        var dryClear = project.Collect("--no-restore", "-p:StaticCollectDryRun=true", "-p:StaticCollectClear=true");
        var afterDry = Snapshot();
        var clear = project.Collect("--no-restore", "-p:StaticCollectClear=true");

        Assert.Multiple(() =>
        {
            Assert.That(afterDry, Is.EqualTo(before), "A dry run writes nothing, not even its record.");
            Assert.That(dry.Lines("ould "), Is.EqualTo(new[]
            {
                "Would copy 'static/fresh.css' to 'bin/Release/net10.0/publish/wwwroot/static/fresh.css'.",
                "Would remove 'bin/Release/net10.0/publish/wwwroot/static/gone.css'.",
                "1 static file would be copied to 'bin/Release/net10.0/publish/wwwroot/static/', 1 unchanged, 1 would be removed. 2 files, 9 bytes. Dry run: nothing was written.",
            }));
            Assert.That(dryClear.Lines("would be"), Is.EqualTo(new[]
            {
                "2 static files would be copied to 'bin/Release/net10.0/publish/wwwroot/static/', 3 would be removed. 2 files, 9 bytes. Dry run: nothing was written.",
            }));
            Assert.That(clear.Lines("static files"), Is.EqualTo(
                new[] { "2 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/', 3 removed. 2 files, 9 bytes." }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "fresh.css", "kept.css" }));
            Assert.That(Directory.Exists(Path.Combine(project.Root, "foreign")), Is.False);
        });

        string[] Snapshot() => [.. Tree.Snapshot(project.Root), .. Tree.Snapshot(project.Records())];
    }

    [Test]
    [Platform("Linux,MacOsX")]
    [UnsupportedOSPlatform("windows")]
    public void A_damaged_record_means_that_everything_is_done_and_copies_can_be_written_again()
    {
        using var project = TestProject.Console()
            .Write("static/main.css", "main { margin: 0 }")
            .Write("static/guarded.css", "read only")
            .Aged();
        File.SetUnixFileMode(Path.Combine(project.Folder, "static/guarded.css"), UnixFileMode.UserRead);
        project.Collect();
        var modes = project.Tree().Select(file => Tree.Mode(Path.Combine(project.Root, file))).ToList();
        var record = Directory.GetFiles(project.Records(), "run.last", SearchOption.AllDirectories).Single();
        var bytes = File.ReadAllBytes(record);
        bytes[bytes.Length / 2] ^= 0x55;
        File.WriteAllBytes(record, bytes);

        var result = project.Collect("--no-restore");
        var again = project.Collect("--no-restore");

        Assert.Multiple(() =>
        {
            Assert.That(modes, Is.EqualTo(new[] { "644", "644" }));
            Assert.That(result.Lines("static files"), Is.EqualTo(
                new[] { "2 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/'. 2 files, 27 bytes." }));
            Assert.That(result.Output, Does.Not.Contain("warning"));
            Assert.That(again.Lines("0 static files copied"), Has.Count.EqualTo(1), "The record was mended.");
        });
    }
}
