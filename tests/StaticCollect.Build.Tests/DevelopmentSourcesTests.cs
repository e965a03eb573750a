using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>What a development server is told to serve.</summary>
public class DevelopmentSourcesTests
{

    [Test]
    public void Each_file_has_the_route_that_a_publish_gives_it_and_its_folder_serves_what_comes_later()
    {
        using var work = new Workspace()
            .Write("app1/static/a.css").Write("app1/static/b.css")
            .Write("static/a.css").Write("static/js/c.mjs").Write("static/x.unknown").Write("static/left-out~")
            .Write("lib/d.svg").Write("notes/e.txt");
        var settings = work.Settings with
        {
            Finders =
            [
                .. work.Settings.Finders,
                new DirectoryFinder([new NamedDirectory(work.Tree["App/lib"], "vendor", App: null)]),
                new FileFinder([new NamedFile(work.Tree["App/notes/e.txt"], "txt/e.txt", App: null)]),
            ],
        };
        var sources = Of(settings);
        Assert.Multiple(() =>
        {
            Assert.That(sources.Routes.Select(route => $"{route.UrlPath} {Shown(work, route.Path)}"), Is.EqualTo(new[]
            {
                "static/a.css static/a.css",
                "static/b.css app1/static/b.css",
                "static/js/c.mjs static/js/c.mjs",
                "static/txt/e.txt notes/e.txt",
                "static/vendor/d.svg lib/d.svg",
                "static/x.unknown static/x.unknown",
            }));
            Assert.That(sources.Files.Select(file => (file.Path, file.UrlPath)), Is.EquivalentTo(sources.Routes.Select(route => (route.Path, route.UrlPath))));
            Assert.That(sources.Folders.Select(folder => $"{folder.UrlPath} {Shown(work, folder.Path)}"), Is.EqualTo(new[]
            {
                "static app1/static", "static static", "static/vendor lib",
            }));
            Assert.That(sources.Diagnostics, Is.Empty);
        });
    }

    [TestCase("a.css", "text/css; charset=utf-8")]
    [TestCase("a.mjs", "text/javascript; charset=utf-8")]
    [TestCase("a.webmanifest", "application/manifest+json")]
    [TestCase("a.unknown", "application/octet-stream")]
    public void The_headers_are_those_of_a_publish_but_for_what_a_browser_could_hold_against_an_edit(string name, string type)
    {
        using var work = new Workspace().Write($"static/{name}", "12345");
        using var json = JsonDocument.Parse(Of(work.Settings).Routes.Single().Headers);
        var headers = json.RootElement.EnumerateArray()
            .ToDictionary(header => header.GetProperty("Name").GetString()!, header => header.GetProperty("Value").GetString()!, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(headers.Keys, Is.EquivalentTo(new[] { "Cache-Control", "Content-Length", "Content-Type", "ETag", "Last-Modified" }));
            Assert.That(headers["Cache-Control"], Is.EqualTo("no-cache"));
            Assert.That(headers["Content-Length"], Is.EqualTo("5"));
            Assert.That(headers["Content-Type"], Is.EqualTo(type));
            Assert.That(DateTimeOffset.Parse(headers["Last-Modified"], null), Is.GreaterThan(DateTimeOffset.UtcNow.AddYears(100)));
            Assert.That(headers["ETag"], Does.Match("^\"[0-9a-f-]+\"$"));
        });
    }

    [Test]
    public void Another_file_is_told_by_another_tag()
    {
        using var work = new Workspace().Write("static/a.css", "one", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var before = Of(work.Settings).Routes.Single().Headers;
        Assert.That(Of(work.Settings).Routes.Single().Headers, Is.EqualTo(before));
        work.Write("static/a.css", "two", new DateTime(2020, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        Assert.That(Of(work.Settings).Routes.Single().Headers, Is.Not.EqualTo(before));
    }

    [TestCase("/static/", "static")]
    [TestCase("/", "")]
    [TestCase("/a/gr%C3%BC%C3%9Fe/", "a/grüße")]
    [TestCase("https://cdn.example.com/s/", "static")]
    [TestCase("//cdn.example.com/s/", "static")]
    public void The_URL_of_the_settings_is_the_one_in_development_but_for_another_host(string url, string below)
    {
        using var work = new Workspace().Write("static/a.css");
        var sources = Of(work.Settings with { Url = url });
        Assert.That(sources.Routes.Single().UrlPath, Is.EqualTo(LogicalPath.Combine(below, "a.css")));
        Assert.That(sources.Folders.Single().UrlPath, Is.EqualTo(below));
    }

    [TestCase("p%20q.css")]
    [TestCase("a#[b].css")]
    public void A_name_that_the_SDK_would_read_as_another_is_left_to_its_folder(string name)
    {
        using var work = new Workspace().Write($"static/{name}");
        var sources = Of(work.Settings);
        Assert.That(sources.Routes, Is.Empty);
        Assert.That(sources.Files, Is.Empty);
        Assert.That(sources.Folders, Has.Count.EqualTo(1));
    }

    [Test]
    public void An_empty_folder_is_not_told()
    {
        using var work = new Workspace();
        Directory.CreateDirectory(work.Tree["App/static"]);
        Assert.That(Of(work.Settings).Folders, Is.Empty);
    }

    [Test]
    public void A_file_under_two_paths_has_one_place_where_no_folder_serves_it_and_two_routes()
    {
        using var work = new Workspace().Write("static/a.css");
        var settings = work.Settings with
        {
            Finders = [.. work.Settings.Finders, new FileFinder([new NamedFile(work.Tree["App/static/a.css"], "z.css", App: null)])],
        };
        var sources = Of(settings);
        Assert.That(sources.Files.Select(file => file.UrlPath), Is.EqualTo(new[] { "static/z.css" }));
        Assert.That(sources.Routes.Select(route => route.UrlPath), Is.EqualTo(new[] { "static/a.css", "static/z.css" }));
    }

    [Test]
    public void Web_assets_get_routes_below_our_URL_to_the_place_that_they_have()
    {
        using var work = new Workspace().Write("wwwroot/css/a.css").Write("obj/scoped/App.styles.css").Write("static/own.css").Write("lib/l.js");
        var assets = new[]
        {
            Asset(work, "wwwroot", "css/a.css", "css/a#[.{fingerprint}]?.css"),
            Asset(work, "obj/scoped", "App.styles.css", "App#[.{fingerprint}]?.styles.css"),
            Asset(work, "lib", "l.js", "l.js") with { BasePath = "_content/Lib", SourceId = "Lib" },
            Asset(work, "wwwroot", "css/a.css", "css/published.css") with { AssetKind = "Publish" },
            Asset(work, "obj/gz", "a.css.gz", "css/a#[.{fingerprint}]?.css.gz") with { AssetRole = "Alternative", RelatedAsset = work.Tree["App/wwwroot/css/a.css"] },
        };
        var sources = Of(work.Settings with { Finders = [new StaticWebAssetFinder([]), .. work.Settings.Finders] }, assets);
        Assert.Multiple(() =>
        {
            Assert.That(sources.Routes.Select(route => $"{route.UrlPath} {Shown(work, route.Path)}"), Is.EqualTo(new[]
            {
                "static/App.styles.css obj/scoped/App.styles.css",
                "static/_content/Lib/l.js lib/l.js",
                "static/css/a.css wwwroot/css/a.css",
                "static/own.css static/own.css",
            }));
            Assert.That(sources.Files.Select(file => file.UrlPath), Is.EqualTo(new[] { "static/own.css" }));
            Assert.That(sources.Folders.Select(folder => $"{folder.UrlPath} {Shown(work, folder.Path)}"), Is.EquivalentTo(new[]
            {
                "static wwwroot", "static obj/scoped", "static/_content/Lib lib", "static static",
            }));
            Assert.That(sources.Replaced, Is.Empty);
        });
    }

    [Test]
    public void At_the_URL_of_the_web_root_its_files_keep_the_routes_that_they_have()
    {
        using var work = new Workspace().Write("wwwroot/a.css");
        var settings = work.Settings with { Url = "/", Finders = [new StaticWebAssetFinder([])] };
        var sources = Of(settings, [Asset(work, "wwwroot", "a.css", "a.css")]);
        Assert.That(sources.Routes, Is.Empty);
        Assert.That(sources.Replaced, Is.Empty);
    }

    [Test]
    public void What_the_SDK_would_serve_under_a_route_of_ours_goes_with_its_compressed_forms()
    {
        using var work = new Workspace().Write("wwwroot/static/a.css", "theirs").Write("static/a.css", "ours").Write("wwwroot/static/b.css");
        var theirs = Asset(work, "wwwroot", "static/a.css", "static/a#[.{fingerprint}]?.css");
        var sources = Of(work.Settings,
        [
            theirs,
            Asset(work, "obj/gz", "a.css.gz", "static/a#[.{fingerprint}]?.css.gz") with { AssetRole = "Alternative", RelatedAsset = theirs.SourcePath },
            Asset(work, "wwwroot", "static/b.css", "static/b.css"),
            Asset(work, "lib", "a.css", "a.css") with { BasePath = "static", SourceId = "Lib", SourceType = "Package" },
        ]);

        Assert.That(sources.Replaced.Select(asset => $"{Shown(work, asset.Path)} {asset.IsOfProject}"), Is.EqualTo(new[]
        {
            "wwwroot/static/a.css True", "obj/gz/a.css.gz True", "lib/a.css False",
        }));
    }

    [Test]
    public void With_too_many_files_only_those_have_routes_that_their_folder_cannot_serve()
    {
        using var work = new Workspace().Write("app1/static/contested.css").Write("static/contested.css").Write("notes/n.txt");
        for (var i = 0; i < DevelopmentSources.MostRoutes - 2; i++)
            work.Write($"static/files/{i}.txt", "");
        var settings = work.Settings with
        {
            Finders = [.. work.Settings.Finders, new FileFinder([new NamedFile(work.Tree["App/notes/n.txt"], "n.txt", App: null)])],
        };
        var all = Of(settings);
        work.Write("static/files/one-more.txt");
        var tooMany = Of(settings);
        Assert.Multiple(() =>
        {
            Assert.That(all.Routes, Has.Count.EqualTo(DevelopmentSources.MostRoutes));
            Assert.That(all.Diagnostics, Is.Empty);
            Assert.That(tooMany.Routes.Select(route => route.UrlPath), Is.EqualTo(new[] { "static/contested.css", "static/n.txt" }));
            Assert.That(tooMany.Folders, Has.Count.EqualTo(2));
            Assert.That(tooMany.Diagnostics.Single().Code, Is.EqualTo(Codes.TooManyForRoutes));
            Assert.That(tooMany.Diagnostics.Single().Severity, Is.EqualTo(Severity.Message));
        });
    }

    private static DevelopmentSources Of(CollectSettings settings, IReadOnlyList<WebAsset>? assets = null) =>
        DevelopmentSources.Of(settings, assets ?? []);

    private static WebAsset Asset(Workspace work, string root, string path, string relativePath) =>
        new(work.Tree[$"App/{root}/{path}"], "App", work.Tree[$"App/{root}"], "/", relativePath, "All", "Primary") { AssetMode = "All", SourceType = "Discovered" };

    private static string Shown(Workspace work, string path) => Path.GetRelativePath(work.Project, path).Replace('\\', '/');
}
