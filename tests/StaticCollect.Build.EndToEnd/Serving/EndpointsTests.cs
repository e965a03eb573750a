using System.IO.Compression;
using System.Net;
using System.Text.Json;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>A published app serves what was collected by MapStaticAssets alone.</summary>
public sealed class EndpointsTests
{
    private const string Everything = "<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint><StaticCollectCompress>gzip;br</StaticCollectCompress></PropertyGroup>";
    private const string Manifest = "App.staticwebassets.endpoints.json";

    [Test]
    public void Plain_and_fingerprinted_names_are_served_encoded_and_cached_as_promised()
    {
        using var project = Shop(Everything);
        project.Publish("-o", "out");
        var manifest = File.ReadAllBytes(Path.Combine(project.Folder, "out", Manifest));
        project.Publish("-o", "out");
        var again = File.ReadAllBytes(Path.Combine(project.Folder, "out", Manifest));
        var routes = Routes(manifest);
        var fingerprinted = routes.Select(route => route.Route).First(route => route.StartsWith("static/css/site.", StringComparison.Ordinal) && route != "static/css/site.css");
        var css = File.ReadAllBytes(Path.Combine(project.Folder, "out/wwwroot", fingerprinted));

        using var app = AppServer.Start(Path.Combine(project.Folder, "out"), "App.dll");
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(manifest), "publishing twice merges once");
            Assert.That(routes, Is.Unique, "no route has two endpoints of one encoding");

            var plain = app.Get("/static/css/site.css");
            Assert.That(plain.Body, Is.EqualTo(css), "one content under both names");
            Assert.That(plain.Response.Headers.CacheControl?.ToString(), Is.EqualTo("no-cache"));
            Assert.That(plain.Response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/css; charset=utf-8"));

            var whole = app.Get($"/{fingerprinted}");
            Assert.That(whole.Body, Is.EqualTo(css));
            Assert.That(whole.Response.Headers.CacheControl?.ToString(), Does.Contain("immutable"));

            var brotli = app.Get($"/{fingerprinted}", ("Accept-Encoding", "gzip, br"));
            Assert.That(brotli.Response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }));
            Assert.That(Decoded(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress)), Is.EqualTo(css));
            Assert.That(brotli.Response.Headers.Vary, Does.Contain("Accept-Encoding"));

            var gzip = app.Get($"/{fingerprinted}", ("Accept-Encoding", "gzip"));
            Assert.That(gzip.Response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
            Assert.That(Decoded(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress)), Is.EqualTo(css));
            Assert.That(gzip.Response.Headers.ETag, Is.Not.EqualTo(brotli.Response.Headers.ETag));

            var unchanged = app.Get("/static/css/site.css", ("If-None-Match", plain.Response.Headers.ETag!.ToString()));
            Assert.That(unchanged.Status, Is.EqualTo(HttpStatusCode.NotModified));

            Assert.That(app.Get("/static/img/dot.png").Response.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/png"));
            Assert.That(app.Text("/own.css"), Is.EqualTo("own{}"), "what the SDK serves is served as before");
            Assert.That(app.Get("/static/css/none.css").Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(app.Get("/static/staticfiles.json").Status, Is.EqualTo(HttpStatusCode.NotFound), "the manifest is nobody's page");
            Assert.That(app.Get("/static/css/site.css.br").Status, Is.EqualTo(HttpStatusCode.NotFound), "encodings have no routes of their own");
        });
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void No_name_answers_for_another_and_none_ends_the_app()
    {
        string[] names = ["{x}.css", "a{b.css", "c}d.css", "{*rest}.css", "[action].css", "a%20b.css", "a;b,c=d.css", "~x.css"];
        using var project = Shop(Everything).Write("static/odd/what?.css", "what");
        foreach (var name in names)
            project.Write($"static/odd/{name}", name);
        project.Publish();
        var published = Path.Combine(project.Folder, "bin/Release/net10.0/publish");

        using var app = AppServer.Start(published, "App.dll");
        Assert.Multiple(() =>
        {
            foreach (var path in Directory.GetFiles(Path.Combine(published, "wwwroot/static/odd")).Where(path => !path.Contains('?', StringComparison.Ordinal)))
            {
                var (status, body, _) = app.Get("/static/odd/" + Uri.EscapeDataString(Path.GetFileName(path)));
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK), path);
                Assert.That(body, Is.EqualTo(File.ReadAllBytes(path)), path);
            }

            Assert.That(app.Get("/static/odd/gone.css").Status, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(app.Get("/static/odd/gone.0123456789ab.css").Status, Is.EqualTo(HttpStatusCode.NotFound));
        });
    }

    [Test]
    public void A_file_that_changed_or_went_leaves_no_route_of_the_run_before()
    {
        using var project = Shop(Everything);
        project.Publish();
        project.Write("static/css/site.css", ".changed { color: red }");
        File.Delete(Path.Combine(project.Folder, "static/js/app.js"));

        // By hand the SDK does not write its manifest anew, so ours must take its own routes out.
        project.Collect("-p:StaticCollectKeepReleases=0");

        var published = Path.Combine(project.Folder, "bin/Release/net10.0/publish");
        var routes = Routes(File.ReadAllBytes(Path.Combine(published, Manifest)));
        Assert.Multiple(() =>
        {
            Assert.That(routes, Is.Unique);
            Assert.That(routes.Select(route => route.Route), Has.None.Contains("app"));
            Assert.That(routes.Select(route => Path.Combine(published, "wwwroot", route.File)).Where(file => !File.Exists(file)), Is.Empty);
            Assert.That(routes.Count(route => route.Route.StartsWith("static/css/site.", StringComparison.Ordinal)), Is.EqualTo(2));
        });
    }

    [Test]
    public void A_running_app_goes_on_serving_fingerprinted_files_while_its_folder_is_published_into()
    {
        using var project = Shop(Everything);
        project.Publish();
        var published = Path.Combine(project.Folder, "bin/Release/net10.0/publish");
        var old = PublishedRoutes(project).First(route => route.StartsWith("static/css/site.", StringComparison.Ordinal) && route != "static/css/site.css");
        var css = File.ReadAllBytes(Path.Combine(published, "wwwroot", old));

        using var running = AppServer.Start(published, "App.dll");
        project.Write("static/css/site.css", string.Concat(Enumerable.Repeat(".much .longer .dot { background: url(../img/dot.png) }\n", 80)));
        project.Collect();
        using var restarted = AppServer.Start(published, "App.dll");

        Assert.Multiple(() =>
        {
            foreach (var (app, accepted, encoding) in from app in new[] { running, restarted } from pair in new[] { ("identity", ""), ("gzip", "gzip"), ("br", "br") } select (app, pair.Item1, pair.Item2))
            {
                var (status, body, response) = app.Get($"/{old}", ("Accept-Encoding", accepted));
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK), accepted);
                Assert.That(string.Concat(response.Content.Headers.ContentEncoding), Is.EqualTo(encoding), "Kept files keep their encodings.");
                Assert.That(Encodings.Decode(body, response), Is.EqualTo(css), accepted);
            }
        });
    }

    [Test]
    public void The_routes_that_join_can_be_chosen_and_a_root_elsewhere_joins_none()
    {
        using var project = Shop(Everything);

        project.Publish("-p:StaticCollectEndpoints=None");
        var none = PublishedRoutes(project);
        project.Publish("-p:StaticCollectEndpoints=Fingerprinted");
        var fingerprinted = PublishedRoutes(project);
        var elsewhere = project.Publish("-p:StaticCollectRoot=elsewhere", "-v:n");
        var outside = PublishedRoutes(project);

        Assert.Multiple(() =>
        {
            Assert.That(none.Where(route => route.StartsWith("static/", StringComparison.Ordinal)), Is.Empty);
            Assert.That(fingerprinted.Distinct(StringComparer.Ordinal).Count(route => route.StartsWith("static/", StringComparison.Ordinal)), Is.EqualTo(3));
            Assert.That(fingerprinted, Has.None.EqualTo("static/css/site.css"));
            Assert.That(outside.Where(route => route.StartsWith("static/", StringComparison.Ordinal)), Is.Empty);
            Assert.That(elsewhere.Lines("SC4007"), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Without_originals_the_plain_route_leads_to_the_fingerprinted_file()
    {
        using var project = Shop(Everything);
        project.Publish("-o", "out", "-p:StaticCollectKeepOriginals=false");

        using var app = AppServer.Start(Path.Combine(project.Folder, "out"), "App.dll");

        Assert.Multiple(() =>
        {
            Assert.That(File.Exists(Path.Combine(project.Folder, "out/wwwroot/static/css/site.css")), Is.False);
            Assert.That(app.Text("/static/css/site.css"), Does.Match(@"dot\.[0-9a-f]{12}\.png"));
        });
    }

    private static TestProject Shop(string content) => TestProject.Web(content)
        .Write("wwwroot/own.css", "own{}")
        .Write("static/css/site.css", string.Concat(Enumerable.Repeat(".dot { background: url(../img/dot.png) }\n", 40)))
        .Write("static/js/app.js", "export const answer = 42;")
        .Write("static/img/dot.png", "not really a picture");

    private static IReadOnlyList<string> PublishedRoutes(TestProject project) =>
        [.. Routes(File.ReadAllBytes(Path.Combine(project.Folder, "bin/Release/net10.0/publish", Manifest))).Select(route => route.Route)];

    private static IReadOnlyList<(string Route, string File, string Selector)> Routes(byte[] manifest)
    {
        using var json = JsonDocument.Parse(manifest);
        return [.. json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(endpoint => (
            endpoint.GetProperty("Route").GetString()!,
            endpoint.GetProperty("AssetFile").GetString()!,
            endpoint.GetProperty("Selectors").GetRawText()))];
    }

    private static byte[] Decoded(Stream stream)
    {
        using (stream)
        {
            using var decoded = new MemoryStream();
            stream.CopyTo(decoded);
            return decoded.ToArray();
        }
    }
}
