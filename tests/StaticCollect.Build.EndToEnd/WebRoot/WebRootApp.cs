using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>An ordinary app with Razor pages and a Razor class library, whose files lie where the templates put them.</summary>
public sealed class WebRootApp : IDisposable
{
    /// <summary>The project.</summary>
    public TestProject Project { get; }

    /// <summary>Makes it.</summary>
    /// <param name="properties">What else stands in the project file.</param>
    public WebRootApp(string properties = "")
    {
        Project = Shop(properties);
        PublishFolder = Path.Combine(Project.Folder, "bin/Release/net10.0/publish");
    }

    /// <summary>The folder that it is published to.</summary>
    public string PublishFolder { get; set; }

    /// <summary>The published web root.</summary>
    public string WebRootFolder => Path.Combine(PublishFolder, "wwwroot");

    /// <inheritdoc/>
    public void Dispose() => Project.Dispose();

    /// <summary>Claims that length, hashes and encodings are those of the files, and that no route or label stands twice.</summary>
    public void CheckRoutes()
    {
        var routes = Routes();
        Assert.Multiple(() =>
        {
            Assert.That(routes.Select(route => (route.Route, route.Encoding)), Is.Unique);
            Assert.That(routes.Where(route => route.Label.Length > 0).Select(route => (route.Label, route.Route)).Distinct().Select(route => route.Label), Is.Unique);
            foreach (var route in routes)
            {
                var path = Path.Combine(WebRootFolder, route.File);
                var bytes = File.ReadAllBytes(path);
                var content = Encodings.Decode(bytes, route.Encoding);
                Assert.That(route.Length, Is.EqualTo($"{bytes.Length}"), $"{route.Route} from {route.File}");
                Assert.That(route.Integrity, Is.EqualTo("sha256-" + Convert.ToBase64String(SHA256.HashData(content))), $"{route.Route} from {route.File}");
                if (route.Encoding is not null)
                    Assert.That(content, Is.EqualTo(File.ReadAllBytes(path[..^3])), $"{route.Route} from {route.File}");
            }
        });
    }

    /// <summary>Every file below the web root and every route, as texts.</summary>
    public SortedDictionary<string, string> Everything()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(WebRootFolder, "*", SearchOption.AllDirectories))
            files.Add(Path.GetRelativePath(WebRootFolder, path), Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        foreach (var route in Routes())
            files.Add($"{route.Route} {route.Encoding}", $"{route with { File = "" }}");
        return files;
    }

    /// <summary>The text of a published file.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(WebRootFolder, path));

    /// <summary>The route with a fingerprint of a file.</summary>
    public static string? Fingerprinted(IReadOnlyList<SdkRoute> routes, string label) => routes.FirstOrDefault(route => route.Label == label)?.Route;

    /// <summary>The routes of the published app.</summary>
    public IReadOnlyList<SdkRoute> Routes()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(PublishFolder, "App.staticwebassets.endpoints.json")));
        return
        [
            .. json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(endpoint => new SdkRoute(
                endpoint.GetProperty("Route").GetString()!,
                endpoint.GetProperty("AssetFile").GetString()!,
                endpoint.GetProperty("Selectors").EnumerateArray().Select(selector => selector.GetProperty("Value").GetString()).SingleOrDefault(),
                Value(endpoint, "ResponseHeaders", "Cache-Control"),
                Value(endpoint, "ResponseHeaders", "Content-Length"),
                Value(endpoint, "EndpointProperties", "integrity"),
                Value(endpoint, "EndpointProperties", "label"))),
        ];
    }

    private static string Value(JsonElement endpoint, string list, string name) =>
        endpoint.GetProperty(list).EnumerateArray().Where(entry => entry.GetProperty("Name").GetString() == name).Select(entry => entry.GetProperty("Value").GetString()!).FirstOrDefault("");

    private static TestProject Shop(string properties) => TestProject.Web($"""
        <PropertyGroup><StaticCollectWebRoot>InPlace</StaticCollectWebRoot>{properties}</PropertyGroup>
        <ItemGroup><ProjectReference Include="../Widgets/Widgets.csproj" /></ItemGroup>
        """)
        .Write("Program.cs", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddControllersWithViews();
            builder.Services.AddRazorPages();
            var app = builder.Build();
            app.MapStaticAssets();
            app.MapRazorPages().WithStaticAssets();
            app.Run();
            """)
        .Write("Pages/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n")
        .Write("Pages/Index.cshtml", """
            @page
            <link rel="icon" href="data:," />
            <link rel="stylesheet" href="~/css/site.css" />
            <link rel="stylesheet" href="~/App.styles.css" />
            <link rel="stylesheet" href="~/_content/Widgets/widget.css" />
            <script type="module" src="~/js/site.js"></script>
            """)
        .Write("Pages/Index.cshtml.css", "h1 { background: url(img/bg.png) }")
        .Write("wwwroot/css/site.css", "@import \"base.css\";\n@import \"plain.css\";\nbody { background: url(../img/bg.png) }\n")
        .Write("wwwroot/css/base.css", string.Concat(Enumerable.Repeat("p { background: url(../img/bg.png) }\n", 40)))
        .Write("wwwroot/css/fonts.css", "@font-face { font-family: Own; src: url(../fonts/own.woff2) }")
        .Write("wwwroot/css/plain.css", "a { color: red }")
        .Write("wwwroot/img/bg.png", "not really a picture")
        .Write("wwwroot/fonts/own.woff2", "not really a font")
        .Write("wwwroot/js/site.js", "import \"../_content/Widgets/Widget.razor.js\";\ndocument.documentElement.dataset.ready = 'true';\n")
        .Write("../Widgets/Widgets.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Razor">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
            </Project>
            """)
        .Write("../Widgets/Widget.razor", "<b>Widget</b>")
        .Write("../Widgets/Widget.razor.css", "b { background: url(img/mark.svg) }")
        .Write("../Widgets/Widget.razor.js", "import { shared } from \"./shared.js\";\nexport const widget = shared;\n")
        .Write("../Widgets/wwwroot/shared.js", "export const shared = 1;\n")
        .Write("../Widgets/wwwroot/legacy.js", "window.legacy = 1;")
        .Write("../Widgets/wwwroot/Widgets.lib.module.js", "export function beforeWebStart() { }")
        .Write("../Widgets/wwwroot/widget.css", "@font-face { font-family: Face; src: url(fonts/face.woff2) }")
        .Write("../Widgets/wwwroot/fonts/face.woff2", "not really a font")
        .Write("../Widgets/wwwroot/img/mark.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
}

/// <summary>An entry of the list by which <c>MapStaticAssets</c> serves.</summary>
public sealed record SdkRoute(string Route, string File, string? Encoding, string Cache, string Length, string Integrity, string Label);
