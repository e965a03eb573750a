using System.Runtime.InteropServices;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>What users add to <c>dotnet publish</c>.</summary>
public sealed class PublishOptionTests
{
    private static readonly string[] Files = ["main.css", "style.css"];

    [Test]
    public void Publishing_twice_without_a_build_and_elsewhere_collects_each_time()
    {
        using var project = Shop().Aged();

        var first = project.Publish();
        var again = project.Publish("--no-build");
        var elsewhere = project.Publish("--no-build", "-o", "../out");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(Files));
            Assert.That(first.Lines("static files"), Is.EqualTo(
                new[] { "2 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/'. 2 files, 39 bytes." }));
            Assert.That(again.Lines("static files"), Is.EqualTo(
                new[] { "0 static files copied to 'bin/Release/net10.0/publish/wwwroot/static/', 2 unchanged. 2 files, 39 bytes." }));
            Assert.That(project.Tree("../out/wwwroot/static"), Is.EqualTo(Files));
            Assert.That(elsewhere.Lines("static files"), Is.EqualTo(
                new[] { $"2 static files copied to '{Path.Combine(project.Workspace, "out/wwwroot/static")}/'. 2 files, 39 bytes." }));
            Assert.That(File.Exists(Path.Combine(project.Workspace, "out/App.dll")), Is.True);
        });
    }

    [Test]
    public void A_single_file_for_a_runtime_leaves_the_static_files_beside_it()
    {
        using var project = Shop();
        var runtime = RuntimeInformation.RuntimeIdentifier;

        // The analyzer comes from a package of its own, which a machine without network does not have.
        project.Publish(
            "-r", runtime, "--self-contained", "false", "-p:PublishSingleFile=true", "-p:EnableSingleFileAnalyzer=false");

        var publish = Path.Combine(project.Folder, "bin/Release/net10.0", runtime, "publish");
        Assert.That(project.Tree(publish).Where(path => path != "App.pdb"), Is.EqualTo(
            new[] { ".static.staticcollect", OperatingSystem.IsWindows() ? "App.exe" : "App", "wwwroot/static/main.css", "wwwroot/static/style.css" }));
    }

    [Test]
    public void A_graph_on_several_threads_with_warnings_as_errors_collects_references_too()
    {
        using var project = Shop("""<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""")
            .WriteLibrary("Lib", """<ItemGroup><ProjectReference Include="../Deep/Deep.csproj" /></ItemGroup>""")
            .WriteLibrary("Deep")
            .Write("../Lib/static/lib.css", "lib")
            .Write("../Deep/static/deep.css", "deep");

        var result = project.Publish("-graph", "-mt", "-warnaserror", "-v:d");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[] { "deep.css", "lib.css", "main.css", "style.css" }));
            Assert.That(result.Output, Does.Contain("Using \"CollectStaticFiles\" task"));
            Assert.That(
                result.Lines("task host").Where(line => line.Contains("StaticFiles", StringComparison.Ordinal)),
                Is.Empty,
                "The tasks run in the build's own process.");
        });
    }

    [Test]
    public void The_static_url_and_the_static_root_decide_where_the_files_go()
    {
        using var project = Shop().Aged();
        var elsewhere = Path.Combine(project.Workspace, "else where");

        Assert.Multiple(() =>
        {
            // A path below wwwroot, an address that says nothing of the disk, and two folders that the user names.
            AssertCollected("-p:StaticCollectUrl=/assets/v1/", "bin/Release/net10.0/publish/wwwroot/assets/v1", "/assets/v1/");
            AssertCollected("-p:StaticCollectUrl=https://cdn.example.com/s", "bin/Release/net10.0/publish/wwwroot/static", "https://cdn.example.com/s/");
            AssertCollected("-p:StaticCollectRoot=../collected/", "../collected", "/static/");
            AssertCollected($"-p:StaticCollectRoot={elsewhere}", elsewhere, "/static/");
        });

        void AssertCollected(string option, string folder, string url)
        {
            var items = project.Items("build", "-c", "Release", "-t:CollectStatic", option);
            Assert.That(project.Tree(folder), Is.EqualTo(Files), option);
            Assert.That(items["style.css"].GetProperty("Url").GetString(), Is.EqualTo(url + "style.css"), option);
            Assert.That(
                items["style.css"].GetProperty("Identity").GetString(),
                Is.EqualTo(Path.GetFullPath(Path.Combine(project.Folder, folder, "style.css"))),
                option);
        }
    }

    private static TestProject Shop(string content = "") => TestProject.Console(content)
        .Write("app1/static/style.css", "body { color: black }")
        .Write("static/main.css", "main { margin: 0 }");
}
