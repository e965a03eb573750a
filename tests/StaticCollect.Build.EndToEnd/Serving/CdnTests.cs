using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>
/// An app of Razor Pages, MVC views and Blazor whose static files are on another host: the lines of docs/aspnetcore.md, as
/// they stand there, in a browser.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed partial class CdnTests
{
    private const string Url = "//cdn.example.com/s/";
    private static readonly string Page = File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs/aspnetcore.md"));

    private static TestProject _project = null!;

    private static string Published => Path.Combine(_project.Folder, "bin/Release/net10.0/publish");

    [OneTimeSetUp]
    public static void Publish()
    {
        var lines = Example("csharp", "### Pages that name a CDN");
        _project = TestProject.Web("""
            <PropertyGroup>
              <RootNamespace>Shop</RootNamespace>
              <StaticCollectUrl>//cdn.example.com/static/</StaticCollectUrl>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectCompress>gzip;br</StaticCollectCompress>
              <StaticCollectServerConfig>nginx;caddy;apache</StaticCollectServerConfig>
            </PropertyGroup>
            """, withOrdinarySources: true)
            .Write("StaticUrl.cs", lines[0])
            .Write("Program.cs", $$"""
                using Shop;
                using Microsoft.AspNetCore.Mvc;
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddRazorPages();
                builder.Services.AddControllersWithViews();
                builder.Services.AddRazorComponents().AddInteractiveServerComponents();
                var app = builder.Build();
                app.UseAntiforgery();
                {{lines[1]}}
                app.Run();

                namespace Shop
                {
                    public class HomeController : Controller
                    {
                        public IActionResult Index() => View();
                    }
                }
                """)
            .Write("Pages/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n")
            .Write("Views/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n")
            .Write("Pages/Index.cshtml", "@page \"/pages/one\"\n" + Html())
            .Write("Pages/NoBase.cshtml", "@page \"/pages/two\"\n" + Html().Replace("<base href=\"~/\" />", "", StringComparison.Ordinal))
            .Write("Views/Home/Index.cshtml", Html())
            .Write("App.razor", """
                @namespace Shop
                @using Microsoft.AspNetCore.Components.Web
                <!DOCTYPE html>
                <html lang="en"><head><title>A page</title><base href="/" /><link rel="icon" href="data:," />
                <link rel="stylesheet" href="@Assets["static/css/site.css"]" /><ImportMap /></head>
                <body><Mark @rendermode="RenderMode.InteractiveServer" /><script src="_framework/blazor.web.js"></script></body></html>
                """)
            .Write("Blazor.razor", "@namespace Shop\n@page \"/blazor/one\"\n")
            .Write("Mark.razor", """
                @namespace Shop
                @using Microsoft.AspNetCore.Components.Web
                @using Microsoft.JSInterop
                @inject IJSRuntime Browser
                <p>@RendererInfo.Name @Assets["static/img/mark.svg"] @Assets["static/robots.txt"]</p>
                @code {
                    protected override async Task OnAfterRenderAsync(bool first) =>
                        await Browser.InvokeVoidAsync("eval", "document.documentElement.dataset.ready = 'true'");
                }
                """)
            .Write("static/css/site.css", "@font-face { font-family: Face; src: url(../fonts/face.woff2) }\nbody { font-family: Face }\n")
            .Write("static/js/part.js", "export const ready = 'true';\n")
            .Write("static/img/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")
            .Write("static/robots.txt", "User-agent: *");
        var font = Directory.GetFiles(Path.Combine(PackedPackage.Repository, "samples"), "*.woff2", SearchOption.AllDirectories)[0];
        _project.Write("static/fonts/face.woff2", "");
        File.Copy(font, Path.Combine(_project.Folder, "static/fonts/face.woff2"), overwrite: true);
        _project.Publish();
    }

    [OneTimeTearDown]
    public static void Delete() => _project.Dispose();

    [TestCase("/pages/one")]
    [TestCase("/")]
    [TestCase("/blazor/one")]
    public void Every_kind_of_page_names_the_files_by_the_URL_of_the_CDN(string path)
    {
        File.WriteAllText(Path.Combine(Published, "appsettings.Production.json"), Example("json", "### Pages that name a CDN").Single());
        using var app = AppServer.Start(Published, "App.dll");
        var page = app.Text(path);
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.Match($@"href=""{Url}css/site\.[0-9a-f]{{12}}\.css"""));
            Assert.That(page, Does.Match($@"""\./static/js/part\.js"": ""{Url}js/part\.[0-9a-f]{{12}}\.js"""));
            Assert.That(page, Does.Contain($"{Url}robots.txt"), "a file that keeps its name");
            Assert.That(page, Does.Not.Match(@"(?:href|src)=""/?static/|: ""\./static/|""\./static/\S+"": ""sha"));
            Assert.That(app.Get("/static/css/site.css").Response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        });
    }

    [TestCase("nginx", "/pages/one")]
    [TestCase("caddy", "/")]
    [TestCase("apache", "/blazor/one")]
    public void A_browser_takes_fonts_modules_and_styles_from_the_other_host(string name, string path)
    {
        var root = Path.Combine(Published, "wwwroot/static");
        using var cdn = name == "nginx" ? WebServer.Nginx(root) : name == "caddy" ? WebServer.Caddy(root) : WebServer.Apache(root);
        File.WriteAllText(Path.Combine(Published, "appsettings.Production.json"), $$"""{ "StaticUrl": "//{{cdn.Address.Authority}}/static/" }""");
        using var app = AppServer.Start(Published, "App.dll");
        using var browser = new Browser();

        var visit = browser.Open(new Uri(app.Address, path), withFonts: true);

        Assert.That(visit.Problems, Is.Empty);
        Assert.That(visit.Answers.Where(answer => answer.Path.StartsWith("/static/", StringComparison.Ordinal)), Is.Empty, "The app is asked for none of them.");
        if (path == "/blazor/one")
            Assert.That(browser.Text(), Does.Match($@"^Server //{cdn.Address.Authority}/static/img/mark\.[0-9a-f]{{12}}\.svg //{cdn.Address.Authority}/static/robots\.txt$"));
    }

    [Test]
    public void A_browser_refuses_them_where_the_other_host_does_not_allow_it()
    {
        var root = Path.Combine(Published, "wwwroot/static");
        var configuration = WebServer.Configuration(root) + ".caddy";
        var text = File.ReadAllText(configuration);
        try
        {
            File.WriteAllText(configuration, text.Replace("header Access-Control-Allow-Origin *", "", StringComparison.Ordinal));
            using var cdn = WebServer.Caddy(root);
            File.WriteAllText(Path.Combine(Published, "appsettings.Production.json"), $$"""{ "StaticUrl": "//{{cdn.Address.Authority}}/static/" }""");
            using var app = AppServer.Start(Published, "App.dll");
            using var browser = new Browser();
            Assert.That(browser.Open(new Uri(app.Address, "/pages/one"), withFonts: true).Problems, Has.Some.Contains("CORS"));
        }
        finally
        {
            File.WriteAllText(configuration, text);
        }
    }

    [TestCase("/pages/one", "js/part.HASH.js")]
    [TestCase("/pages/two", "js/part.js")]
    [TestCase("/", "js/part.HASH.js")]
    public void The_import_map_holds_below_the_top_of_the_site_with_a_base(string path, string module)
    {
        File.Delete(Path.Combine(Published, "appsettings.Production.json"));
        using var app = AppServer.Start(Published, "App.dll");
        using var browser = new Browser();

        var visit = browser.Open(new Uri(app.Address, path), withFonts: true);

        Assert.That(visit.Problems, Is.Empty);
        Assert.That(
            visit.Answers.Select(answer => Fingerprint().Replace(answer.Path, ".HASH.")).Where(one => one.StartsWith("/static/", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "/static/css/site.HASH.css", "/static/fonts/face.HASH.woff2", "/static/" + module }));
    }

    private static string Html() => $"""
        <!DOCTYPE html>
        <html lang="en"><head><title>A page</title>
        <link rel="icon" href="data:," />
        {Example("html", "### URLs in pages").Single()}
        </head><body>A page <a href="~/static/robots.txt">for robots</a>
        <script type="module">
            import {"{"} ready {"}"} from "/static/js/part.js";
            document.documentElement.dataset.ready = ready;
        </script></body></html>
        """;

    /// <summary>The blocks of a language below a heading of the page.</summary>
    private static List<string> Example(string language, string heading)
    {
        var section = Page[Page.IndexOf(heading, StringComparison.Ordinal)..].Split("\n#")[0];
        return [.. Fence().Matches(section).Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["text"].Value)];
    }

    [GeneratedRegex("^```(?<language>\\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\.[0-9a-f]{12}\.", RegexOptions.None, 1000)]
    private static partial Regex Fingerprint();
}
