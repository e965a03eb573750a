using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>Real servers, each with the configuration that was written for it.</summary>
[TestFixture("nginx")]
[TestFixture("caddy")]
[TestFixture("apache")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class ServerTests(string name)
{
    private const string ForEver = "public, max-age=31536000, immutable";

    // What a user sees who does not look into the static root: all files, and which of them have a fingerprint.
    private TestProject? _project;
    private WebServer? _server;
    private HashSet<string> _immutable = [];

    private TestProject Project => _project!;

    private WebServer Server => _server!;

    private IEnumerable<string> Files => Project.Tree().Where(path => !IsSibling(path));

    [OneTimeSetUp]
    public void Start()
    {
        _project = ServedProject.Collect();
        _server = Serve(_project.Root);
        using var manifest = JsonDocument.Parse(_project.Read("staticfiles.json"));
        _immutable = [.. manifest.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Name != path.Value.GetString()).Select(path => path.Value.GetString()!)];
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _server?.Dispose();
        _project?.Dispose();
    }

    [TestCase("", null)]
    [TestCase("gzip", "gzip")]
    [TestCase("gzip, deflate, br, zstd", "br")]
    [TestCase("br;q=0, gzip;q=0.5", "gzip")]
    [TestCase("br;q=0, gzip;q=0", null)]
    public void Each_file_comes_in_the_best_encoding_that_the_browser_takes(string accepted, string? best) => Assert.Multiple(() =>
    {
        foreach (var path in Files)
        {
            var file = Path.Combine(Project.Root, path);
            var hasSiblings = File.Exists(file + ".br") && File.Exists(file + ".gz");
            using var response = Server.Get(Url(path), accepted);
            var sent = !hasSiblings || best is null ? file : file + (best == "br" ? ".br" : ".gz");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), path);
            Assert.That(Body(response), Is.EqualTo(File.ReadAllBytes(sent)), path);
            Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(hasSiblings && best is not null ? new[] { best } : []), path);
            Assert.That(response.Headers.Vary, Is.EqualTo(hasSiblings ? new[] { "Accept-Encoding" } : []), path);
            Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }), path);
        }
    });

    [Test]
    public void Browsers_may_keep_exactly_the_fingerprinted_files_for_ever([Values("", "br")] string accepted) => Assert.Multiple(() =>
    {
        // The style sheet of the first collection, and the one that imported it.
        var old = Files.Where(path => OldStyle().IsMatch(path) && !_immutable.Contains(path)).ToList();
        Assert.That(old, Has.Count.EqualTo(2));
        foreach (var path in Files)
        {
            using var response = Server.Get(Url(path), accepted);
            Assert.That(
                response.Headers.GetValues("Cache-Control").Single(), Is.EqualTo(_immutable.Contains(path) || old.Contains(path) ? ForEver : "no-cache"), path);
        }
    });

    [Test]
    public void What_is_not_there_is_not_kept() => Assert.Multiple(() =>
    {
        var gone = _immutable.Single(path => path.StartsWith("gone.", StringComparison.Ordinal));
        foreach (var path in new[] { gone, "no/such.js", "no/such.js.br" })
        {
            using var response = Server.Get(Url(path), "br");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
            Assert.That(response.Headers.CacheControl?.MaxAge, Is.Null, path);
        }
    });

    [Test]
    public void The_encoded_siblings_are_no_files_of_their_own() => Assert.Multiple(() =>
    {
        var siblings = Project.Tree().Where(IsSibling).ToList();
        Assert.That(siblings, Has.Count.GreaterThan(20));
        foreach (var path in siblings)
        {
            using var response = Server.Get(Url(path), "br");
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    });

    [TestCase("css/site.css", "text/css; charset=utf-8")]
    [TestCase("js/app.mjs", "text/javascript; charset=utf-8")]
    [TestCase("site.webmanifest", "application/manifest+json")]
    [TestCase("lib.wasm", "application/wasm")]
    [TestCase("fonts/face.woff2", "font/woff2")]
    [TestCase("img/mark.svg", "image/svg+xml")]
    [TestCase("img/PHOTO.AVIF", "image/avif")]
    [TestCase("downloads/prices.csv.gz", "application/gzip")]
    public void Each_file_comes_with_its_media_type(string path, string type) => Assert.Multiple(() =>
    {
        foreach (var accepted in new[] { "", "gzip", "br" })
        {
            using var response = Server.Get(Url(path), accepted);
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(type), accepted);
        }
    });

    [Test]
    public void An_unchanged_file_is_not_sent_again([Values("", "gzip", "br")] string accepted) => Assert.Multiple(() =>
    {
        foreach (var path in new[] { "css/site.css", "tiny.css", "js/" + ServedProject.OddName })
        {
            using var first = Server.Get(Url(path), accepted);
            using var byTag = Server.Get(Url(path), accepted, request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));
            using var byTime = Server.Get(Url(path), accepted, request => request.Headers.IfModifiedSince = first.Content.Headers.LastModified);
            Assert.That(byTag.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), path);
            Assert.That(byTag.Headers.GetValues("Cache-Control").Single(), Is.EqualTo("no-cache"), path);
            Assert.That(byTime.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), path);
        }
    });

    [Test]
    public void Pages_of_another_host_may_use_the_files_where_the_url_is_absolute([Values("", "gzip", "br")] string accepted)
    {
        using var project = ServedProject.Collect("-p:StaticCollectUrl=https://cdn.example.com/static/");
        using var server = Serve(project.Root);
        Assert.Multiple(() =>
        {
            foreach (var path in Files)
            {
                using var elsewhere = server.Get(Url(path), accepted);
                using var here = Server.Get(Url(path), accepted);
                Assert.That(elsewhere.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }), path);
                Assert.That(elsewhere.Headers.GetValues("Cache-Control"), Is.EqualTo(here.Headers.GetValues("Cache-Control")), path);
                Assert.That(elsewhere.Headers.Vary, Is.EqualTo(here.Headers.Vary), path);
                Assert.That(elsewhere.Content.Headers.ContentEncoding, Is.EqualTo(here.Content.Headers.ContentEncoding), path);
                Assert.That(here.Headers.Contains("Access-Control-Allow-Origin"), Is.False, path);
            }
        });
    }

    [Test]
    public void The_manifest_is_hidden_by_the_lines_of_the_docs()
    {
        using var server = Serve(Project.Root, Lines("## Hiding the manifest"));
        using var hidden = server.Get("/static/staticfiles.json", "gzip, br");
        using var shown = Server.Get("/static/staticfiles.json");
        using var other = server.Get("/static/css/site.css", "gzip, br");
        Assert.Multiple(() =>
        {
            Assert.That(hidden.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(shown.StatusCode, Is.EqualTo(HttpStatusCode.OK), "Otherwise there is nothing to hide.");
            Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(other.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }));
        });
    }

    [Test]
    public void The_configuration_itself_is_not_served() => Assert.Multiple(() =>
    {
        var configuration = WebServer.Configuration(Project.Root);
        var files = Directory.GetFiles(Path.GetDirectoryName(configuration)!, "static.*");
        Assert.That(files, Has.Length.EqualTo(5));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Project.Root)!), Is.Empty, "Nothing of it lies in the web root.");
        foreach (var path in files)
        {
            foreach (var url in new[] { "/static/", "/", "/static/%2e%2e/", "/static/%2e%2e/%2e%2e/" })
            {
                using var response = Server.Get(url + Path.GetFileName(path));
                Assert.That(Body(response), Is.Not.EqualTo(File.ReadAllBytes(path)), path);
            }
        }
    });

    [Test]
    public void A_static_site_at_the_top_works_with_fingerprints()
    {
        using var project = ServedProject.CollectSite();
        using var server = Serve(Path.GetDirectoryName(project.Root)!);
        using var page = server.Get("/");
        using var again = server.Get("/index.html", "br");
        var named = Name().Matches(System.Text.Encoding.UTF8.GetString(Body(page))).Select(match => match.Groups["path"].Value).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(page.Headers.GetValues("Cache-Control").Single(), Is.EqualTo("no-cache"));
            Assert.That(again.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }));
            Assert.That(named, Has.Count.EqualTo(2).And.All.Matches(Fingerprint().ToString()));
            foreach (var path in named)
            {
                using var response = server.Get("/" + path.TrimStart('/'), "br");
                Assert.That(response.Headers.GetValues("Cache-Control").Single(), Is.EqualTo(ForEver), path);
                Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }), path);
            }
        });
    }

    [Test]
    public void A_path_that_only_the_page_knows_gets_the_page_by_the_lines_of_the_docs()
    {
        using var project = ServedProject.CollectSite();
        var root = Path.GetDirectoryName(project.Root)!;
        using var server = Serve(root, Lines("## A static site or a single-page application").Replace("/srv/site/wwwroot", root, StringComparison.Ordinal));
        using var page = server.Get("/index.html");
        using var made = server.Get("/basket/1");
        using var style = server.Get("/css/site.css", "br");
        using var gone = server.Get("/js/gone.js");
        Assert.Multiple(() =>
        {
            Assert.That(made.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Body(made), Is.EqualTo(Body(page)));
            Assert.That(made.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"));
            Assert.That(style.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "br" }), "Files are served as ever.");
            Assert.That(gone.StatusCode, Is.EqualTo(name == "nginx" ? HttpStatusCode.OK : HttpStatusCode.NotFound));
        });
    }

    /// <summary>The lines that a section of docs/servers.md has for this server.</summary>
    private string Lines(string section) =>
        File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs/servers.md")).Split(section)[1].Split($"```{(name == "caddy" ? "caddyfile" : name)}\n")[1].Split("```")[0];

    private static string Url(string path) => "/static/" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static byte[] Body(HttpResponseMessage response)
    {
        using var body = new MemoryStream();
        response.Content.CopyTo(body, context: null, CancellationToken.None);
        return body.ToArray();
    }

    private bool IsSibling(string path) =>
        Path.GetExtension(path) is ".gz" or ".br" && File.Exists(Path.Combine(Project.Root, path[..^3]));

    private WebServer Serve(string root, string more = "") => name switch
    {
        "nginx" => WebServer.Nginx(root, more: more),
        "caddy" => WebServer.Caddy(root, more: more),
        _ => WebServer.Apache(root, more: more),
    };

    [GeneratedRegex(@"^css/(?:old|site)\.[0-9a-f]{12}\.css$", RegexOptions.None, 1000)]
    private static partial Regex OldStyle();

    [GeneratedRegex(@"\.[0-9a-f]{12}\.", RegexOptions.None, 1000)]
    private static partial Regex Fingerprint();

    [GeneratedRegex("(?:href|src)=\"(?<path>[^\"]*/[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
