using System.Text.Json;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary><c>DiffStatic</c>: what a publish changed, and why.</summary>
public sealed class DiffTests
{
    [Test]
    public void An_edit_is_told_with_all_that_follows_from_it_in_words_and_for_programs()
    {
        using var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectCompress>br</StaticCollectCompress>
              <StaticCollectDiff>artifacts/diff.json</StaticCollectDiff>
            </PropertyGroup>
            """)
            .Write("static/index.html", "<link rel=stylesheet href=site.css>")
            .Write("static/site.css", "@import url(base.css);")
            .Write("static/base.css", Long("a { }"))
            .Write("static/other.css", "a { }");

        var before = project.Fail(Restored.Build("DiffStatic"));
        project.CollectNow();
        File.Copy(Directory.GetFiles(Path.Combine(project.Folder, "obj/staticcollect"), "release.json", SearchOption.AllDirectories).Single(), Path.Combine(project.Folder, "first.json"));
        project.Write("static/base.css", Long("b { }")).CollectNow();
        var told = project.RunNow("DiffStatic");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.Folder, "artifacts/diff.json")));
        project.Write("static/other.css", "b { }").CollectNow();
        var last = project.RunNow("DiffStatic", "-tl:on");
        var sinceFirst = project.RunNow("DiffStatic", "-p:StaticCollectReleaseBefore=first.json");

        Assert.Multiple(() =>
        {
            Assert.That(before.Only("error SC1009").Text, Does.StartWith("No release of 'bin/Release/net10.0/publish/wwwroot/static' is known."));
            Assert.That(told.Lines("App -> "), Is.EqualTo(new[] { "App -> release 2 compared with release 1: 3 files changed." }), told.Output);
            Assert.That(told.Lines("'index.html' refers to 'site.css', which refers to 'base.css', which was edited"), Has.Count.EqualTo(1), told.Output);
            Assert.That(told.Lines("'base.css', which was edited: "), Has.Count.EqualTo(1), told.Output);
            Assert.That(
                json.RootElement.GetProperty("changes").EnumerateArray().Select(change => $"{change.GetProperty("logicalPath")} {change.GetProperty("change")} {change.GetProperty("chain").EnumerateArray().Last()}"),
                Is.EqualTo(new[] { "base.css Edited base.css", "index.html Follows base.css", "site.css Follows base.css" }));
            Assert.That(json.RootElement.GetProperty("again").GetInt64(), Is.EqualTo(Sent("index.html") + Sent("site.css") + Sent("base.css")));
            Assert.That(last.Output, Does.Contain("release 3 compared with release 2: 1 file changed."));
            Assert.That(sinceFirst.Lines("App -> "), Is.EqualTo(new[] { "App -> release 3 compared with 'first.json': 4 files changed." }), sinceFirst.Output);
        });

        long Sent(string path) => new FileInfo(Path.Combine(project.Root, path)) is var file && File.Exists(file.FullName + ".br") ? new FileInfo(file.FullName + ".br").Length : file.Length;
    }

    private static string Long(string text) => string.Concat(Enumerable.Repeat(text + "\n", 100));
}
