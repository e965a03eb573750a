using System.Net;
using System.Text.Json;
using StaticCollect.Build.EndToEnd.Serving;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>
/// With fingerprints the names of the web root are files: a server in front sends them all, and asks the app for pages only.
/// </summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ServedWebRootTests
{
    private const string ForEver = "public, max-age=31536000, immutable";

    private WebRootApp? _app;

    private WebRootApp App => _app!;

    private string StaticRoot => Path.Combine(App.WebRootFolder, "static");

    [OneTimeSetUp]
    public void Publish()
    {
        _app = new WebRootApp("<StaticCollectFingerprint>true</StaticCollectFingerprint><StaticCollectCompress>gzip;br</StaticCollectCompress><StaticCollectServerConfig>nginx;caddy;apache</StaticCollectServerConfig>");
        App.Project.Write("static/own.css", "a { color: green }").Publish();
    }

    [OneTimeTearDown]
    public void Delete() => _app?.Dispose();

    [Test]
    public void Every_fingerprinted_name_is_a_file_and_stands_in_the_manifest() => Assert.Multiple(() =>
    {
        var paths = Paths();
        foreach (var route in App.Routes().Where(route => route.Cache.Contains("immutable", StringComparison.Ordinal) && !route.Route.StartsWith("static/", StringComparison.Ordinal)))
        {
            // The SDK has routes for the encodings by themselves, which nobody names.
            if (route.Label.EndsWith(".br", StringComparison.Ordinal) || route.Label.EndsWith(".gz", StringComparison.Ordinal))
                continue;
            var suffix = route.Encoding switch { "br" => ".br", "gzip" => ".gz", _ => "" };
            var file = Path.Combine(App.WebRootFolder, route.Route + suffix);
            Assert.That(File.Exists(file), Is.True, file);
            Assert.That(File.Exists(file) ? File.ReadAllBytes(file) : [], Is.EqualTo(File.ReadAllBytes(Path.Combine(App.WebRootFolder, route.File))), route.Route);
            Assert.That(paths.GetValueOrDefault("/" + route.Label), Is.EqualTo("/" + route.Route));
        }

        Assert.That(paths, Does.ContainKey("/css/site.css").And.ContainKey("/App.styles.css").And.ContainKey("/_content/Widgets/widget.css").And.ContainKey("own.css"));
        App.CheckRoutes();
    });

    [TestCase("nginx")]
    [TestCase("caddy")]
    [TestCase("apache")]
    public void A_server_sends_every_file_without_the_app(string name)
    {
        using var server = name switch
        {
            "nginx" => WebServer.Nginx(StaticRoot),
            "caddy" => WebServer.Caddy(StaticRoot),
            _ => WebServer.Apache(StaticRoot),
        };
        Assert.Multiple(() =>
        {
            foreach (var (plain, published) in Paths().Where(path => path.Key.StartsWith('/')))
            {
                foreach (var path in new[] { plain, published }.Where(path => File.Exists(App.WebRootFolder + path)).Distinct(StringComparer.Ordinal))
                {
                    foreach (var (accepted, suffix) in new[] { ("", ""), ("gzip", ".gz"), ("gzip, br", ".br") })
                    {
                        var sent = File.Exists(App.WebRootFolder + path + suffix) ? App.WebRootFolder + path + suffix : App.WebRootFolder + path;
                        using var response = server.Get(path, accepted);
                        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
                        Assert.That(response.Content.ReadAsByteArrayAsync().Result, Is.EqualTo(File.ReadAllBytes(sent)), $"{path} {accepted}");
                        Assert.That(response.Headers.GetValues("Cache-Control").Single(), Is.EqualTo(path == published && path != plain ? ForEver : "no-cache"), path);
                        Assert.That(response.Content.Headers.ContentType?.ToString(), Does.StartWith(Path.GetExtension(path) switch { ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", _ => "" }), path);
                        Assert.That(response.Headers.Vary, Is.EqualTo(File.Exists(App.WebRootFolder + path + ".br") ? new[] { "Accept-Encoding" } : []), path);
                    }
                }
            }

            // What is in no list is the app's, whatever lies on the disk.
            File.WriteAllText(Path.Combine(App.WebRootFolder, "later.css"), "later");
            using var later = server.Get("/later.css");
            using var own = server.Get("/static/" + Paths()["own.css"]);
            Assert.That(later.Content.ReadAsStringAsync().Result, Is.Not.EqualTo("later"));
            Assert.That(own.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        });
    }

    [TestCase("kestrel")]
    [TestCase("nginx")]
    [TestCase("caddy")]
    [TestCase("apache")]
    public void A_browser_asks_a_second_time_for_the_page_alone(string name)
    {
        using var app = WebServer.Kestrel(App.PublishFolder, "App.dll");
        using var front = name switch
        {
            "nginx" => WebServer.Nginx(StaticRoot, app.Address),
            "caddy" => WebServer.Caddy(StaticRoot, app.Address),
            "apache" => WebServer.Apache(StaticRoot, app.Address),
            _ => null,
        };
        using var browser = new Browser();
        var page = (front ?? app).Address;

        var first = browser.Open(page, withFonts: false);
        var second = browser.Open(page, withFonts: false);

        Assert.Multiple(() =>
        {
            Assert.That(first.Problems.Concat(second.Problems), Is.Empty);
            Assert.That(first.Answers.Count(answer => answer["cache-control"].Contains("immutable", StringComparison.Ordinal)), Is.EqualTo(first.Answers.Count - 1).And.GreaterThan(6), string.Join('\n', first.Answers));
            Assert.That(second.Answers.Where(answer => !answer.IsFromCache).Select(answer => answer.Path), Is.EqualTo(new[] { "/" }));
        });
    }

    private Dictionary<string, string> Paths()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(StaticRoot, "staticfiles.json")));
        return manifest.RootElement.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value.GetString()!, StringComparer.Ordinal);
    }
}
