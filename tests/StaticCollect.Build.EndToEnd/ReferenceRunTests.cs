using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>The run that docs/finders.md tells step by step: two apps and the project's own files.</summary>
public sealed class ReferenceRunTests
{
    private static readonly string[] Files = ["logo.png", "main.css", "script.js", "style.css"];

    [Test]
    public void Publishing_collects_the_four_files_and_nothing_else()
    {
        using var project = Shop();

        var result = project.Publish();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(Files));
            Assert.That(result.Lines("static files copied"), Is.EqualTo(
                new[] { "4 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/'. 4 files, 73 bytes." }));
            Assert.That(result.Output, Does.Not.Contain("Scanned"));
        });
    }

    [Test]
    public void The_detailed_log_tells_each_scan_in_order_before_any_copy()
    {
        using var project = Shop();

        var result = project.Publish("-p:StaticCollectVerbosity=Detailed");

        Assert.That(
            result.Output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("Scanned", StringComparison.Ordinal)
                || line.StartsWith("Found", StringComparison.Ordinal) || line.StartsWith("Copied", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                "Scanned App 'app1' in 'app1/static': 2 static files found.",
                "Found 'logo.png'.",
                "Found 'style.css'.",
                "Scanned App 'app2' in 'app2/static': 1 static file found.",
                "Found 'script.js'.",
                "Scanned Own 'App' in 'static': 1 static file found.",
                "Found 'main.css'.",
                "Copied 'app1/static/logo.png' to 'bin/Release/net10.0/publish/wwwroot/static/logo.png'.",
                "Copied 'static/main.css' to 'bin/Release/net10.0/publish/wwwroot/static/main.css'.",
                "Copied 'app2/static/script.js' to 'bin/Release/net10.0/publish/wwwroot/static/script.js'.",
                "Copied 'app1/static/style.css' to 'bin/Release/net10.0/publish/wwwroot/static/style.css'.",
            }));
    }

    [Test]
    public void The_collected_list_comes_back_as_items()
    {
        using var project = Shop();

        var items = project.Items("publish");

        Assert.Multiple(() =>
        {
            Assert.That(items.Keys, Is.EquivalentTo(Files));
            var style = items["style.css"];
            Assert.That(style.GetProperty("Identity").GetString(), Is.EqualTo(Path.Combine(project.Root, "style.css")));
            Assert.That(style.GetProperty("SourcePath").GetString(), Is.EqualTo(Path.Combine(project.Folder, "app1/static/style.css")));
            Assert.That(style.GetProperty("App").GetString(), Is.EqualTo("app1"));
            Assert.That(style.GetProperty("Finder").GetString(), Is.EqualTo("App"));
            Assert.That(style.GetProperty("Url").GetString(), Is.EqualTo("/static/style.css"));
            Assert.That(style.GetProperty("Status").GetString(), Is.EqualTo("Copied"));
        });
    }

    private static TestProject Shop() => TestProject.Console()
        .Write("app1/static/style.css", "body { color: black }")
        .Write("app1/static/logo.png", "not really a picture")
        .Write("app2/static/script.js", "console.log(1)")
        .Write("static/main.css", "main { margin: 0 }");
}
