using System.Net;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>In development nothing is copied: the same URLs are served from the sources.</summary>
public sealed class DevelopmentTests
{
    [Test]
    public void A_built_app_serves_its_sources_as_they_are_now()
    {
        using var project = TestProject.Web("""
            <ItemGroup>
              <ProjectReference Include="../Theme/Theme.csproj" />
              <StaticCollectFile Include="notes/one.txt" LogicalPath="txt/first.txt" />
              <Compile Remove="notes/**" />
            </ItemGroup>
            """)
            .WriteLibrary("Theme")
            .Write("../Theme/static/theme.css", "theme")
            .Write("../Theme/static/shared.css", "of the theme")
            .Write("zoo/static/shared.css", "of the last app")
            .Write("app/static/shared.css", "of the first app")
            .Write("static/site.css", "before")
            .Write("notes/one.txt", "one")
            .Write("notes/two.txt", "two");
        project.Succeed("build");

        using var app = AppServer.Start(project.Folder, "bin/Debug/net10.0/App.dll", "Development");
        var before = app.Text("/static/site.css");
        project.Write("static/site.css", "after");
        project.Write("app/static/new.css", "new");

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo("before"));
            Assert.That(app.Text("/static/site.css"), Is.EqualTo("after"), "an edited file is served at once");
            Assert.That(app.Text("/static/new.css"), Is.EqualTo("new"), "a new file needs no build");
            Assert.That(app.Text("/static/theme.css"), Is.EqualTo("theme"), "a referenced project brings its files");
            Assert.That(app.Text("/static/shared.css"), Is.EqualTo("of the last app"), "the winner is the same as in a publish");
            Assert.That(app.Text("/static/txt/first.txt"), Is.EqualTo("one"));
            Assert.That(app.Get("/static/txt/two.txt").Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(project.Tree("bin").Where(file => file.EndsWith(".css", StringComparison.Ordinal)), Is.Empty, "nothing is copied");
        });
    }

    [Test]
    public void It_can_be_turned_off_and_leaves_no_trace_in_a_publish()
    {
        using var project = TestProject.Web().Write("static/site.css", "site");
        project.Succeed("build", "-p:StaticCollectDevelopment=false");
        var manifest = Path.Combine(project.Folder, "bin/Debug/net10.0/App.staticwebassets.runtime.json");
        var off = File.Exists(manifest) ? File.ReadAllText(manifest) : "";
        project.Succeed("build");
        var on = File.ReadAllText(manifest);
        project.Publish();

        Assert.Multiple(() =>
        {
            Assert.That(off, Does.Not.Contain("static/"));
            Assert.That(on, Does.Contain("\"static\""));
            Assert.That(project.Tree("bin/Release/net10.0/publish/wwwroot"), Is.EqualTo(new[] { "static/site.css" }));
        });
    }
}
