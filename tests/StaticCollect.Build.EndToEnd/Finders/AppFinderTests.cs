using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Finders;

/// <summary>The apps of the project: folders of it that have a <c>static</c> folder; and the project's own.</summary>
public sealed class AppFinderTests
{
    [Test]
    public void Apps_are_discovered_in_ordinal_order_and_a_new_one_needs_no_setting()
    {
        using var project = Restored.Console("<PropertyGroup><PublishDir>deploy/</PublishDir></PropertyGroup>");
        string[] apps = ["Areas/Admin", "Areas/Shop", "Zoo", "app10", "app2", "bpp"];
        foreach (var app in apps)
            project.Write($"{app}/static/{Path.GetFileName(app)}.css", "").Write($"{app}/static/shared.css", app);
        foreach (var other in new[] { "bin", "obj", "node_modules", "deploy", "nested", ".hidden", "CVS", "app2/deeper", "Areas/Admin/deeper", "nostatic/files" })
            project.Write($"{other}/static/not-this.css", "");
        project.Write("nested/nested.csproj", "<Project />").Write("static/own.css", "");

        var first = project.CollectNow("-p:StaticCollectVerbosity=Detailed");
        var root = Path.Combine(project.Folder, "deploy/wwwroot/static");
        var before = project.Tree(root);
        project.Write("brandnew/static/brandnew.css", "");
        project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(first.Lines("Scanned ").Select(line => line.Split('\'')[1]), Is.EqualTo(apps.Append("App")));
            Assert.That(File.ReadAllText(Path.Combine(root, "shared.css")), Is.EqualTo("bpp"));
            Assert.That(before, Does.Not.Contain("brandnew.css"));
            Assert.That(project.Tree(root), Is.EqualTo(before.Append("brandnew.css").Order(StringComparer.Ordinal)));
        });
    }

    [Test]
    public void Named_apps_take_the_place_of_the_discovered_ones_in_their_order()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <StaticCollectApp Include="zoo;../outside" />
              <StaticCollectApp Include="sub/deep/app" />
              <StaticCollectApp Include="without" />
            </ItemGroup>
            """)
            .Write("zoo/static/zoo.css", "")
            .Write("../outside/static/outside.css", "")
            .Write("sub/deep/app/static/deep.css", "")
            .Write("without/readme.md", "no static folder")
            .Write("discovered/static/not-this.css", "");

        var result = project.CollectNow("-p:StaticCollectVerbosity=Detailed");

        Assert.Multiple(() =>
        {
            Assert.That(result.Lines("Scanned App").Select(line => Path.GetFileName(line.Split('\'')[1])), Is.EqualTo(new[] { "zoo", "outside", "app" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "deep.css", "outside.css", "zoo.css" }));
        });
    }

    [Test]
    public void The_own_folder_overrides_the_apps()
    {
        using var project = Restored.Console()
            .Write("app/static/css/site.css", "of the app")
            .Write("static/css/site.css", "of the project");

        var result = project.CollectNow("-v:n");

        Assert.Multiple(() =>
        {
            Assert.That(project.Read("css/site.css"), Is.EqualTo("of the project"));
            Assert.That(result.Only("message SC2001").Text, Is.EqualTo(
                "'css/site.css' comes from both 'app/static/css/site.css' (App 'app') and 'static/css/site.css' (Own 'App'). "
                + "'static/css/site.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins)."));
        });
    }
}
