using System.Net;
using System.Text;
using System.Text.RegularExpressions;
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
    public void Every_URL_of_a_publish_answers_alike_with_dotnet_run_whatever_other_routes_the_app_has()
    {
        using var project = WithEverything("Alike", """
            <PropertyGroup>
              <StaticCollectFinders>StaticWebAsset;Package;Project;App;Own;Directory;File</StaticCollectFinders>
            </PropertyGroup>
            """)
            .Write("Program.cs", """
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddAuthentication("none").AddCookie("none");
                builder.Services.AddAuthorization(options => options.FallbackPolicy = options.DefaultPolicy);
                var app = builder.Build();
                app.UseAuthorization();
                app.MapStaticAssets().AllowAnonymous();
                app.MapGet("/{**path}", () => "caught").AllowAnonymous();
                app.Run();
                """);
        project.Publish();
        var paths = project.Tree().Select(path => "/static/" + Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)).ToList();
        List<string> published;
        using (var publishedApp = AppServer.Start(Path.Combine(project.Folder, "bin/Release/net10.0/publish"), "App.dll"))
            published = Answers(publishedApp, paths);
        using var app = AppServer.Run(project.Folder);
        var developed = Answers(app, paths);

        Assert.Multiple(() =>
        {
            Assert.That(paths, Is.SupersetOf(new[]
            {
                "/static/_content/Widgets/widget.js",
                "/static/app.css",
                "/static/css/root.css",
                "/static/data.unknown",
                "/static/manual.pdf",
                "/static/own.css",
                "/static/package.css",
                "/static/theme.css",
                "/static/txt/first.txt",
                "/static/vendor/lib.mjs",
                "/static/" + Uri.EscapeDataString("größe $5 it's [1] ~;#&+{x}.js"),
            }));
            Assert.That(paths, Has.Some.Match(@"^/static/_content/Widgets/Widgets\.\w+\.bundle\.scp\.css$"));
            Assert.That(developed, Is.EqualTo(published));
            Assert.That(developed, Has.None.Contains("caught"));
            Assert.That(Regex.Matches(app.Output, "warn: .*\n.*"), Is.Empty, app.Output);
        });

        static List<string> Answers(AppServer app, IEnumerable<string> paths) =>
            [.. paths.Select(path =>
            {
                var (status, body, response) = app.Get(path);
                var headers = response.Headers.Concat(response.Content.Headers)
                    .Where(header => header.Key is not ("Date" or "Last-Modified"))
                    .OrderBy(header => header.Key, StringComparer.Ordinal)
                    .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
                return $"{path} {status} {Encoding.UTF8.GetString(body)} {string.Join(' ', headers)}";
            })];
    }

    [Test]
    public void An_edited_file_is_sent_to_a_browser_that_has_it_as_it_was_and_a_new_one_needs_no_build()
    {
        using var project = TestProject.Web().Write("static/site.css", "before").Write("static/deep/other.css", "other");
        using var app = AppServer.Run(project.Folder);
        var (_, _, before) = app.Get("/static/site.css");
        (string, string)[] has = [("If-None-Match", $"{before.Headers.ETag}"), ("If-Modified-Since", $"{before.Content.Headers.LastModified:R}")];
        project.Write("static/site.css", "behind").Write("static/deep/new.css", "new");

        Assert.Multiple(() =>
        {
            foreach (var asked in new[] { has, has[..1], has[1..] })
            {
                var (status, body, after) = app.Get("/static/site.css", asked);
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK), string.Join(' ', asked));
                Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("behind"));
                Assert.That(after.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
            }

            Assert.That(app.Text("/static/deep/new.css"), Is.EqualTo("new"));
        });
    }

    [Test]
    public void A_file_that_takes_the_place_of_one_of_the_web_root_does_so_whatever_encoding_is_asked_for()
    {
        using var project = TestProject.Web()
            .Write("wwwroot/static/site.css", new string('x', 5000))
            .Write("wwwroot/static/theirs.css", "theirs")
            .Write("static/site.css", "ours");
        using var app = AppServer.Run(project.Folder);
        var (_, body, response) = app.Get("/static/site.css", ("Accept-Encoding", "gzip, br"));

        Assert.Multiple(() =>
        {
            Assert.That(Encoding.UTF8.GetString(body), Is.EqualTo("ours"));
            Assert.That(response.Content.Headers.ContentEncoding, Is.Empty);
            Assert.That(app.Text("/static/theirs.css"), Is.EqualTo("theirs"));
        });
    }

    [Test]
    public void An_app_without_MapStaticAssets_serves_the_files_of_all_finders()
    {
        using var project = WithEverything("Older", "").Write("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.UseStaticFiles();
            app.Run();
            """);
        using var app = AppServer.Run(project.Folder);
        Assert.Multiple(() =>
        {
            foreach (var path in new[] { "app.css", "own.css", "package.css", "theme.css", "txt/first.txt", "vendor/lib.mjs" })
                Assert.That(app.Get("/static/" + path).Status, Is.EqualTo(HttpStatusCode.OK), path);
        });
    }

    [Test]
    public void Watch_starts_without_a_complaint_and_pushes_an_edited_style_sheet_to_the_browser()
    {
        using var project = TestProject.Web()
            .Write("static/css/site.css", "body { color: rgb(1, 2, 3) }")
            .Write("blog/static/blog.css", "p { }")
            .Write("Program.cs", """"
                var app = WebApplication.CreateBuilder(args).Build();
                app.MapStaticAssets();
                app.MapGet("/", () => Results.Content("""
                    <!DOCTYPE html>
                    <html><head><link rel="stylesheet" href="/static/css/site.css"></head><body>A page</body></html>
                    """, "text/html"));
                app.Run();
                """");
        Directory.CreateDirectory(Path.Combine(project.Folder, "news/static"));
        using var browser = new Browser();
        using var app = AppServer.Watch(project.Folder);
        browser.Open(app.Address);
        var before = browser.Eventually(Colour, "rgb(1, 2, 3)");
        _ = browser.Eventually("window.isThisPage = 'yes'; return window.isThisPage", "yes");
        Assert.That(() => app.Output, Does.Contain("Waiting for changes").After(60_000, 200), "dotnet watch looks for changes");

        // Nothing tells when the page has its line to dotnet watch: an edit before that is lost, and the next one is not.
        var after = before;
        for (var edits = 0; edits < 10 && after != "rgb(4, 5, 6)"; edits++)
        {
            project.Write("static/css/site.css", $"body {{ color: rgb(4, 5, 6) }} /* {edits} */");
            after = browser.Eventually(Colour, "rgb(4, 5, 6)", seconds: 10);
        }

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.EqualTo("rgb(1, 2, 3)"));
            Assert.That(after, Is.EqualTo("rgb(4, 5, 6)"), app.Output);
            Assert.That(browser.Eventually("return window.isThisPage", "yes"), Is.EqualTo("yes"), "pushed, not loaded again");
            Assert.That(app.Output.Split('\n').Where(line => line.Contains('⚠', StringComparison.Ordinal) || line.Contains('❌', StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    public void Tests_with_WebApplicationFactory_find_the_files_in_other_environments_after_UseStaticWebAssets()
    {
        using var project = TestProject.Web(withOrdinarySources: true).Write("static/site.css", "site").Write("Program.cs", """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapStaticAssets();
            app.Run();
            public partial class Program;
            """);
        project
            .Write("../App.sln", "")
            .Write("../App.Tests/App.Tests.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>net10.0</TargetFramework>
                    <OutputType>Exe</OutputType>
                    <ImplicitUsings>enable</ImplicitUsings>
                  </PropertyGroup>
                  <ItemGroup>
                    <FrameworkReference Include="Microsoft.AspNetCore.App" />
                    <PackageReference Include="Microsoft.AspNetCore.Mvc.Testing" Version="10.0.12" />
                    <ProjectReference Include="../App/App.csproj" />
                  </ItemGroup>
                </Project>
                """)
            .Write("../App.Tests/Tests.cs", """
                using Microsoft.AspNetCore.Hosting;
                using Microsoft.AspNetCore.Mvc.Testing;

                internal static class Tests
                {
                    private static async Task Main()
                    {
                        await Ask(builder => { });
                        await Ask(builder => builder.UseEnvironment("Testing").UseStaticWebAssets());
                    }

                    private static async Task Ask(Action<IWebHostBuilder> configure)
                    {
                        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(configure);
                        using var client = factory.CreateClient();
                        var response = await client.GetAsync("/static/site.css");
                        Console.WriteLine($"= {response.StatusCode} {response.Headers.CacheControl} {await response.Content.ReadAsStringAsync()}");
                    }
                }
                """);
        var result = project.Succeed("run", "--project", "../App.Tests");
        Assert.That(result.Lines("= "), Is.EqualTo(new[] { "= OK no-cache site", "= OK no-cache site" }), result.Output);
    }

    [Test]
    public void A_publish_is_the_same_with_and_without_it()
    {
        using var project = TestProject.Web("""
            <PropertyGroup>
              <StaticCollectFinders>StaticWebAsset;Package;Project;App;Own;Directory;File</StaticCollectFinders>
            </PropertyGroup>
            """)
            .Write("wwwroot/static/site.css", new string('x', 5000))
            .Write("wwwroot/root.css", new string('y', 5000))
            .Write("static/site.css", "ours");
        project.Publish("-o", "../without", "-p:StaticCollectDevelopment=false");
        foreach (var folder in new[] { "bin", "obj/Release" })
            Directory.Delete(Path.Combine(project.Folder, folder), recursive: true);
        project.Publish("-o", "../with");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree("../with"), Is.EqualTo(project.Tree("../without")).And.Contains("wwwroot/static/static/site.css"));
            Assert.That(Endpoints("../with"), Is.EqualTo(Endpoints("../without")).And.Contains("static/site.css"));
        });

        string Endpoints(string folder) => Regex.Replace(
            File.ReadAllText(Path.Combine(project.Folder, folder, "App.staticwebassets.endpoints.json")), "[A-Z][a-z]{2}, [^\"]* GMT", "");
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

    private const string Colour = "return getComputedStyle(document.body).color";

    /// <summary>An app with files of every kind of source but the web root's, which takes a finder that is named.</summary>
    private static TestProject WithEverything(string package, string content)
    {
        var project = TestProject.Web($"""
            {content}
            <PropertyGroup>
              <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
            </PropertyGroup>
            <ItemGroup>
              {TestPackage.Reference($"Development.{package}")}
              <ProjectReference Include="../Theme/Theme.csproj" />
              <ProjectReference Include="../Widgets/Widgets.csproj" />
              <StaticCollectDirectory Include="lib" Prefix="vendor" />
              <StaticCollectFile Include="notes/one.txt" LogicalPath="txt/first.txt" />
              <StaticCollectFile Include="wwwroot/manual.pdf" />
            </ItemGroup>
            """);
        TestPackage.Write(Path.Combine(project.Workspace, "feed"), $"Development.{package}", [("static/package.css", "of the package")]);
        return project
            .WriteLibrary("Theme", """<ItemGroup><ProjectReference Include="../Inner/Inner.csproj" PrivateAssets="all" /></ItemGroup>""")
            .WriteLibrary("Inner")
            .Write("../Inner/static/inner.css", "inner")
            .Write("../Theme/static/theme.css", "theme")
            .Write("../Widgets/Widgets.csproj", """
                <Project Sdk="Microsoft.NET.Sdk.Razor">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
                </Project>
                """)
            .Write("../Widgets/wwwroot/widget.js", "widget")
            .Write("../Widgets/Widget.razor", "<b>Widget</b>")
            .Write("../Widgets/Widget.razor.css", "b { color: blue }")
            .Write("wwwroot/css/root.css", "of the web root")
            .Write("wwwroot/manual.pdf", "a manual")
            .Write("blog/static/app.css", "of the app")
            .Write("blog/static/own.css", "of the app, too")
            .Write("static/own.css", "of the project")
            .Write("static/data.unknown", "1")
            .Write("static/größe $5 it's [1] ~;#&+{x}.js", "export const odd = 1;")
            .Write("lib/lib.mjs", "export const lib = 1;")
            .Write("notes/one.txt", "one");
    }
}
