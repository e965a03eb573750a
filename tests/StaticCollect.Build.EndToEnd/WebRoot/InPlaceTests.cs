using System.Net;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>
/// An ordinary MVC app with a Razor class library: one reference and one property, and no file moves. What the SDK
/// publishes below the web root names fingerprinted files, and is served as before.
/// </summary>
public sealed partial class InPlaceTests
{
    private static WebRootApp _app = null!;
    private static CommandResult _published = null!;

    [OneTimeSetUp]
    public static void Publish()
    {
        _app = new WebRootApp();
        _published = _app.Project.Publish();
    }

    [OneTimeTearDown]
    public static void Delete() => _app.Dispose();

    [Test]
    public void References_lead_to_fingerprinted_routes()
    {
        var routes = _app.Routes();
        Assert.Multiple(() =>
        {
            Assert.That(_published.Diagnostics(), Is.Empty);
            Assert.That(_published.Lines("of the web root rewritten in place."), Has.Count.EqualTo(1));
            Assert.That(_app.Read("css/site.css"), Does.Match(@"@import ""base\.[0-9a-f]{12}\.css"";").And.Match(@"url\(\.\./img/bg\.[0-9a-z]{10}\.png\)"));
            Assert.That(_app.Read("_content/Widgets/widget.css"), Does.Match(@"url\(fonts/face\.[0-9a-z]{10}\.woff2\)"));
            Assert.That(_app.Read("App.styles.css"), Does.Match(@"@import '_content/Widgets/Widgets\.[0-9a-f]{12}\.bundle\.scp\.css';").And.Match(@"url\(img/bg\.[0-9a-z]{10}\.png\)"));
            Assert.That(_app.Read("_content/Widgets/Widget.razor.js"), Does.Match(@"from ""\./shared\.[0-9a-z]{10}\.js"""));
            Assert.That(_app.Read("js/site.js"), Does.Match(@"""\.\./_content/Widgets/Widget\.[0-9a-f]{12}\.razor\.js"""));
            Assert.That(_app.Read("_content/Widgets/legacy.js"), Is.EqualTo("window.legacy = 1;"));
            Assert.That(Directory.GetFiles(_app.WebRootFolder, "Widgets.*.lib.module.js", SearchOption.AllDirectories).Select(File.ReadAllText), Is.EqualTo(new[] { "export function beforeWebStart() { }" }));

            // Each name that stands in a file is a route for ever, so no file that a page loads asks for a plain one.
            foreach (var path in Directory.GetFiles(_app.WebRootFolder, "*.css", SearchOption.AllDirectories))
            {
                foreach (var url in Url().Matches(File.ReadAllText(path)).Select(match => match.Groups["url"].Value))
                {
                    var target = Path.GetRelativePath(_app.WebRootFolder, Path.GetFullPath(url, Path.GetDirectoryName(path)!));
                    Assert.That(routes.Where(route => route.Route == target && route.Cache.Contains("immutable", StringComparison.Ordinal)), Is.Not.Empty, $"'{url}' in {path}");
                }
            }
        });
    }

    [Test]
    public void What_the_routes_say_of_the_files_is_true() => _app.CheckRoutes();

    [Test]
    public void The_app_serves_every_route()
    {
        using var app = AppServer.Start(_app.PublishFolder, "App.dll");
        var page = app.Text("/");
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Match(@"href=""/css/site\.[0-9a-f]{12}\.css""").And.Match(@"href=""/_content/Widgets/widget\.[0-9a-f]{12}\.css"""));
            foreach (var route in _app.Routes())
            {
                var encoding = route.Encoding ?? "identity";
                var (status, body, response) = app.Get("/" + route.Route, ("Accept-Encoding", encoding));
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK), route.Route);
                Assert.That(body, Is.EqualTo(File.ReadAllBytes(Path.Combine(_app.WebRootFolder, route.File))), $"{route.Route} {encoding}");
                Assert.That(response.Headers.CacheControl?.ToString(), Is.EqualTo(new HttpResponseMessage { Headers = { { "Cache-Control", route.Cache } } }.Headers.CacheControl?.ToString()), route.Route);
            }
        });
    }

    [Test]
    public void A_value_that_is_not_allowed_ends_the_publish()
    {
        using var project = TestProject.Web().Write("wwwroot/site.css", "a { }");

        var result = project.Fail("publish", "-p:StaticCollectWebRoot=Moved");

        Assert.That(result.Lines("SC1001"), Has.Some.Contains("StaticCollectWebRoot is 'Moved', which is not allowed. Allowed: None, InPlace."));
    }

    [GeneratedRegex(@"(?:url\(|@import ['""])(?<url>[^)'""]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
