using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Finders;

/// <summary>Sources that the project file names: folders, single files, and what a target of the user's finds.</summary>
public sealed class NamedSourceTests
{
    [Test]
    public void Named_folders_come_after_the_project_in_their_order_under_their_prefix()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <StaticCollectDirectory Include="../theme" App="theme" />
              <StaticCollectDirectory Include="node_modules\chart\dist/" Prefix="lib/chart/" App="chart" />
              <StaticCollectDirectory Include="art" />
            </ItemGroup>
            """)
            .Write("static/site.css", "of the project")
            .Write("../theme/site.css", "of the theme")
            .Write("../theme/look.css", "of the theme")
            .Write("node_modules/chart/dist/chart.js", "chart")
            .Write("art/look.css", "of the art");

        var items = project.Items(Restored.Build("CollectStatic"));

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[] { "lib/chart/chart.js", "look.css", "site.css" }));
            Assert.That(project.Read("site.css"), Is.EqualTo("of the theme"));
            Assert.That(project.Read("look.css"), Is.EqualTo("of the art"));
            Assert.That(items["site.css"].GetProperty("App").GetString(), Is.EqualTo("theme"));
            Assert.That(items["lib/chart/chart.js"].GetProperty("App").GetString(), Is.EqualTo("chart"));
            Assert.That(items["lib/chart/chart.js"].GetProperty("Finder").GetString(), Is.EqualTo("Directory"));
            Assert.That(items["look.css"].GetProperty("App").GetString(), Is.EqualTo("App"));
        });
    }

    [Test]
    public void Named_files_come_last_under_their_logical_path()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <StaticCollectFile Include="../licence.txt" />
              <StaticCollectFile Include="art/icon.svg" LogicalPath="img\brand.svg" App="brand" />
              <StaticCollectFile Include="art/**/*.png" />
              <StaticCollectFile Include="art/.well-known" LogicalPath=".well-known" />
            </ItemGroup>
            """)
            .Write("../licence.txt", "MIT")
            .Write("static/licence.txt", "of the project")
            .Write("art/icon.svg", "<svg/>")
            .Write("art/.well-known", "named on purpose")
            .Write("art/a/b/deep.png", "")
            .Write("art/flat.png", "");

        var items = project.Items(Restored.Build("CollectStatic"));

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[] { ".well-known", "a/b/deep.png", "flat.png", "img/brand.svg", "licence.txt" }));
            Assert.That(project.Read("licence.txt"), Is.EqualTo("MIT"));
            Assert.That(items["img/brand.svg"].GetProperty("App").GetString(), Is.EqualTo("brand"));
            Assert.That(items["img/brand.svg"].GetProperty("Finder").GetString(), Is.EqualTo("File"));
            Assert.That(items["flat.png"].GetProperty("App").GetString(), Is.EqualTo("App"));
        });
    }

    [Test]
    public void A_target_of_the_user_is_a_finder_and_what_the_build_has_just_written_is_seen()
    {
        using var project = Restored.Console("""
            <PropertyGroup><StaticCollectDependsOn>FindMine</StaticCollectDependsOn></PropertyGroup>
            <Target Name="FindMine">
              <WriteLinesToFile File="made/mine.css" Lines="mine" />
              <ItemGroup><StaticCollectFile Include="made/mine.css" LogicalPath="css/mine.css" App="mine" /></ItemGroup>
            </Target>
            <Target Name="LikeSass" BeforeTargets="CollectStatic">
              <WriteLinesToFile File="newapp/static/sass.css" Lines="sass" />
            </Target>
            """);

        project.CollectNow();

        Assert.That(project.Tree(), Is.EqualTo(new[] { "css/mine.css", "sass.css" }));
    }

    [Test]
    public void A_finder_of_the_user_stands_where_its_files_say_in_a_publish_a_listing_and_in_development()
    {
        using var project = TestProject.Web("""
            <PropertyGroup><StaticCollectDependsOn>FindMore</StaticCollectDependsOn></PropertyGroup>
            <ItemGroup>
              <StaticCollectFile Include="gen/x.css" LogicalPath="x.css" App="mine" Order="App" />
              <StaticCollectFile Include="gen/y.css" LogicalPath="y.css" App="mine" Order="Own" />
              <Content Remove="gen/**" />
            </ItemGroup>
            <Target Name="FindMore">
              <ItemGroup><StaticCollectFile Include="gen/y.css" LogicalPath="z.css" App="more" Order="App" /></ItemGroup>
            </Target>
            """)
            .Write("gen/x.css", "generated")
            .Write("gen/y.css", "generated")
            .Write("app/static/x.css", "of the app")
            .Write("app/static/y.css", "of the app")
            .Write("app/static/z.css", "of the app");
        project.Publish();
        var listed = project.Succeed("build", "-t:ListStatic", "-c", "Release", "-nologo");
        using var app = AppServer.Start(project.Folder, "bin/Release/net10.0/App.dll", "Development");

        Assert.Multiple(() =>
        {
            Assert.That(project.Read("x.css"), Is.EqualTo("of the app"), "the app comes after it");
            Assert.That(project.Read("y.css"), Is.EqualTo("generated"), "the app comes before it");
            Assert.That(project.Read("z.css"), Is.EqualTo("of the app"), "an item made by a target");
            Assert.That(listed.Output, Does.Contain("x.css <- 'app/static/x.css' (App 'app')").And.Contain("y.css <- 'gen/y.css' (File 'mine')"));
            Assert.That(app.Text("/static/x.css"), Is.EqualTo("of the app"));
            Assert.That(app.Text("/static/y.css"), Is.EqualTo("generated"));
        });
    }

    [Test]
    public void Named_sources_that_are_not_there_are_one_error_each_and_nothing_is_written()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <StaticCollectDirectory Include="gone/folder" />
              <StaticCollectApp Include="app;gone/app" />
              <StaticCollectFile Include="gone/file.css" />
            </ItemGroup>
            """)
            .Write("app/static/a.css", "");

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(new[] { "error SC1002", "error SC1002", "error SC1003" }));
            Assert.That(shown[0].Text, Does.StartWith("The StaticCollectApp '").And.Contains("gone/app' is not there."));
            Assert.That(shown[1].Text, Does.StartWith("The StaticCollectDirectory '").And.Contains("gone/folder' is not there."));
            Assert.That(shown[2].Text, Does.StartWith("The StaticCollectFile '").And.Contains("gone/file.css' is not there."));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [Test]
    public void Logical_paths_that_would_leave_the_static_root_are_errors_and_nothing_is_written()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <StaticCollectDirectory Include="art" Prefix="../up" />
              <StaticCollectDirectory Include="art" Prefix="a/../../up" />
              <StaticCollectDirectory Include="art" Prefix="/rooted" />
              <StaticCollectFile Include="art/a.css" LogicalPath="C:\drive.css" />
              <StaticCollectFile Include="art/a.css" LogicalPath="css/con.css" />
              <StaticCollectFile Include="art/a.css" LogicalPath="\\server\share.css" />
            </ItemGroup>
            """)
            .Write("art/a.css", "");

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(Enumerable.Repeat("error SC1004", 6)));
            Assert.That(shown.Select(one => one.Text.Split('\'')[1]), Is.EquivalentTo(
                new[] { "../up", "a/../../up", "/rooted", "C:\\drive.css", "css/con.css", "\\\\server\\share.css" }));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }
}
