using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;

namespace StaticCollect.Build.Tests.Emitters;

/// <summary>What joins the endpoints manifest that the SDK wrote, and what leaves it.</summary>
public sealed class EndpointsFileTests : IDisposable
{
    private const string FromSdk = """
        {"Version":1,"ManifestType":"Publish","Endpoints":[
          {"Route":"app.css","AssetFile":"app.css","Selectors":[],"ResponseHeaders":[],"EndpointProperties":[]},
          {"Route":"static/x.sdkhash.png","AssetFile":"static/x.png","Selectors":[],"ResponseHeaders":[],"EndpointProperties":[]},
          {"Route":"STATIC/X.png","AssetFile":"static/x.png","Selectors":[],"ResponseHeaders":[],"EndpointProperties":[]}]}
        """;

    private readonly Site _site = new();
    private readonly string _manifest;

    public EndpointsFileTests()
    {
        _manifest = Path.Combine(_site.Folder, "publish", "App.staticwebassets.endpoints.json");
        Directory.CreateDirectory(Path.GetDirectoryName(_manifest)!);
        File.WriteAllText(_manifest, FromSdk);
        _site.Endpoints = new EndpointsSettings(_manifest, Path.Combine(_site.Folder, "publish", "wwwroot"), EndpointRoutes.All);
        _site.Write("x.png", "x").Write("a.css", "a{b:url(x.png)}").Write("page.html", "<img src=x.png>");
    }

    public void Dispose() => _site.Dispose();

    [Test]
    public void The_files_join_and_what_the_sdk_says_of_the_same_ones_goes()
    {
        _site.Collect();

        Assert.That(Routes().Select(route => route.Route), Is.EquivalentTo(new[]
        {
            "app.css", "static/a.css", Fingerprinted("a"), "static/page.html", "static/x.png", Fingerprinted("x"),
        }));
    }

    [Test]
    public void Caching_and_labels_are_as_promised()
    {
        _site.Collect();

        var routes = Routes().ToDictionary(route => route.Route, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(routes["static/a.css"].Text, Does.Contain("no-cache").And.Not.Contain("immutable").And.Not.Contain("label"));
            Assert.That(routes[Fingerprinted("a")].Text, Does.Contain("max-age=31536000, immutable").And.Contain("{\"Name\":\"label\",\"Value\":\"static/a.css\"}"));
            Assert.That(routes["static/page.html"].Text, Does.Contain("no-cache").And.Contain("text/html"));
            Assert.That(routes["static/x.png"].Text, Does.Contain("{\"Name\":\"Content-Length\",\"Value\":\"1\"}").And.Contain("image/png"));
        });
    }

    [Test]
    public void Collecting_again_changes_no_byte_and_a_file_that_went_takes_its_routes_along()
    {
        _site.Rules = _site.Rules with { KeepReleases = 0 };
        _site.Collect();
        var once = File.ReadAllText(_manifest);
        _site.Collect();
        Assert.That(File.ReadAllText(_manifest), Is.EqualTo(once));

        _site.Delete("a.css").Collect();
        Assert.That(Routes().Select(route => route.Route), Has.None.Contains("/a."));
    }

    [Test]
    public void Files_of_earlier_releases_are_still_served()
    {
        _site.Collect();
        var old = Fingerprinted("x");
        _site.Write("x.png", "new").Collect();

        Assert.That(Routes().Single(route => route.Route == old).Text, Does.Contain("immutable").And.Contain("{\"Name\":\"Content-Length\",\"Value\":\"1\"}"));
    }

    [Test]
    public void Each_file_has_one_route_where_only_fingerprinted_ones_are_wanted()
    {
        _site.Endpoints = _site.Endpoints! with { Routes = EndpointRoutes.Fingerprinted };
        _site.Collect();

        Assert.That(Routes().Select(route => route.Route), Is.EquivalentTo(new[] { "app.css", Fingerprinted("a"), Fingerprinted("x"), "static/page.html" }));
    }

    [Test]
    public void Without_originals_the_plain_route_leads_to_the_fingerprinted_file()
    {
        _site.Rules = _site.Rules with { KeepOriginals = false };
        _site.Collect();

        Assert.That(Routes().Single(route => route.Route == "static/a.css").File, Is.EqualTo(Fingerprinted("a")));
    }

    [Test]
    public void Files_of_earlier_releases_keep_their_encodings()
    {
        _site.Compression = new CompressionSettings { CacheDirectory = Path.Combine(_site.Folder, "cache"), Encodings = [ContentEncodings.Gzip], Level = CompressLevel.Fastest };
        _site.Write("a.css", new string('a', 1000)).Collect();
        var old = Fingerprinted("a");
        _site.Write("a.css", new string('b', 1000)).Collect();

        Assert.That(Routes().Where(route => route.Route == old).Select(route => route.File), Is.EqualTo(new[] { old, old + ".gz" }));
    }

    [Test]
    public void A_brace_in_a_name_is_a_brace_and_no_variable()
    {
        _site.Write("odd/{x}.css", "a { }").Write("odd/a{b", "").Collect();

        var odd = Routes().Where(route => route.Route.StartsWith("static/odd/", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(odd.Select(route => route.Route), Has.Member("static/odd/{{x}}.css").And.Member("static/odd/a{{b").And.Exactly(4).Items);
            Assert.That(odd.Select(route => route.File.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)), Is.EqualTo(odd.Select(route => route.Route)));

            // ASP.NET Core would write the route into the page, as it stands.
            Assert.That(odd.Select(route => route.Text), Has.None.Contains("label"));
        });

        // So a page finds such a file by its plain name alone.
        _site.Endpoints = _site.Endpoints! with { Routes = EndpointRoutes.Fingerprinted };
        _site.Collect();
        Assert.That(Routes().Count(route => route.Route.StartsWith("static/odd/", StringComparison.Ordinal)), Is.EqualTo(4));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such name.")]
    public void What_cannot_be_a_route_would_end_the_app_and_is_none()
    {
        _site.Write("what?.css", "a { }").Collect();
        Assert.That(Routes().Select(route => route.Route), Has.Member("static/x.png").And.None.Contains("what"));
    }

    [TestCase("~a.css", false)]
    [TestCase("css/~a.css", true)]
    public void At_the_top_of_the_site_a_tilde_cannot_begin_a_route(string path, bool isRoute)
    {
        _site.Root = Path.Combine(_site.Folder, "publish", "wwwroot");
        _site.Write(path, "a { }").Collect();
        Assert.That(Routes().Any(route => route.Route == path), Is.EqualTo(isRoute));
    }

    [TestCase("a.css", "text/css; charset=utf-8")]
    [TestCase("a.js", "text/javascript; charset=utf-8")]
    [TestCase("a.html", "text/html; charset=utf-8")]
    [TestCase("a.txt", "text/plain; charset=utf-8")]
    [TestCase("a.xml", "text/xml")]
    [TestCase("a.svg", "image/svg+xml")]
    [TestCase("a.json", "application/json")]
    public void Texts_say_that_they_are_utf_8(string path, string type)
    {
        _site.Write(path, "").Collect();
        Assert.That(Routes().Single(route => route.Route == "static/" + path).Text, Does.Contain($"{{\"Name\":\"Content-Type\",\"Value\":\"{type}\"}}"));
    }

    [TestCase("/static/", false)]
    [TestCase("https://cdn.example.com/static/", true)]
    [TestCase("//cdn.example.com/static/", true)]
    public void Pages_of_another_host_may_use_the_files_where_the_url_is_absolute(string url, bool mayUse)
    {
        _site.Url = url;
        _site.Collect();
        var ours = Routes().Where(route => route.Route.StartsWith("static/", StringComparison.Ordinal)).ToList();
        Assert.That(ours.Count(route => route.Text.Contains("""{"Name":"Access-Control-Allow-Origin","Value":"*"}""", StringComparison.Ordinal)), Is.EqualTo(mayUse ? ours.Count : 0));
    }

    [TestCase("Route", "address", "one.css", "ONE.css", "", "")]
    [TestCase("label", "label", "one.css", "two.css", "x.css", "X.css")]
    public void Two_routes_with_one_address_or_label_end_the_collection(string what, string told, string route, string other, string label, string otherLabel)
    {
        File.WriteAllText(_manifest, $$"""{"Version":1,"Endpoints":[{{Route(route, label)}},{{Route(other, otherLabel)}}]}""");

        var error = _site.CollectAndFail().Single(one => one.Severity == Severity.Error);

        Assert.That(error.Code, Is.EqualTo(Codes.RouteTwice));
        Assert.That(error.Text, Does.StartWith($"Two routes of the app have the {told} '{(what == "Route" ? other : otherLabel)}', for '{route}' and for '{other}', "));
    }

    [Test]
    public void The_encodings_of_a_route_have_its_address_and_its_label()
    {
        File.WriteAllText(_manifest, $$"""{"Version":1,"Endpoints":[{{Route("x.css", "l")}},{{Route("x.css", "l", "gzip")}},{{Route("x.css", "l", "br")}}]}""");
        _site.Collect();
        Assert.That(Routes().Count(route => route.Route == "x.css"), Is.EqualTo(3));
    }

    [Test]
    public void A_label_of_the_sdk_that_differs_from_one_of_ours_in_case_only_goes()
    {
        File.WriteAllText(_manifest, $$"""{"Version":1,"Endpoints":[{{Route("a.sdk.css", "static/A.css")}}]}""");
        _site.Collect();
        Assert.That(Routes().Select(route => route.Route), Has.None.EqualTo("a.sdk.css"));
    }

    private static string Route(string route, string label, string? encoding = null) =>
        $$"""{"Route":"{{route}}","AssetFile":"{{route}}","Selectors":[{{(encoding is null ? "" : $$"""{"Name":"Content-Encoding","Value":"{{encoding}}"}""")}}],"ResponseHeaders":[],"EndpointProperties":[{{(label.Length == 0 ? "" : $$"""{"Name":"label","Value":"{{label}}"}""")}}]}""";

    private string Fingerprinted(string name) =>
        "static/" + _site.Tree().Keys.First(path => path.StartsWith($"{name}.", StringComparison.Ordinal) && path.Split('.').Length == 3);

    private List<(string Route, string File, string Text)> Routes()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(_manifest));
        return [.. json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(endpoint => (
            endpoint.GetProperty("Route").GetString()!, endpoint.GetProperty("AssetFile").GetString()!, endpoint.GetRawText()))];
    }
}
