using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>
/// What <c>dotnet new</c> makes, with one reference and one property: every page comes out in a browser, and what it loads
/// it keeps for ever.
/// </summary>
public sealed partial class TemplateTests
{
    // What the templates name plainly.
    private const string Icon = "/favicon.png";

    // Blazor says nothing when it is done; a page that it began shows by its texts.
    private const string IsLoaded = "document.readyState === 'complete' && !document.querySelector('.loading-progress')";

    [TestCase("webapp", "", "/", "/Privacy")]
    [TestCase("mvc", "", "/", "/Home/Privacy")]
    [TestCase("blazor", "-int Server", "/", "/counter", "/weather")]
    [TestCase("blazor", "-int WebAssembly", "/", "/counter", "/weather")]
    [TestCase("blazor", "-int Auto", "/", "/counter", "/weather")]
    [TestCase("blazorwasm", "", "/", "/counter", "/weather")]
    public void A_new_app(string template, string options, params string[] pages)
    {
        using var app = New(template, options);
        var folder = app.Tree("..").Any(path => path.EndsWith(".Client.csproj", StringComparison.Ordinal)) ? "Shop/Shop" : "Shop";

        var published = app.Succeed("publish", $"../{folder}", "-o", "../out", "-nologo");

        Assert.That(published.Lines("warning").Concat(published.Diagnostics().Select(line => line.ToString())), Is.Empty);
        Visit(app, template == "blazorwasm", pages);
    }

    [Test]
    public void Component_libraries()
    {
        using var app = New("blazor", "-int Server");
        foreach (var (package, version) in new[] { ("MudBlazor", "9.12.0"), ("Radzen.Blazor", "13.1.0") })
            app.Succeed("add", "package", package, "--version", version);
        app.Write("Components/App.razor", File.ReadAllText(Path.Combine(app.Folder, "Components/App.razor")).Replace("<ImportMap />", """
            <link rel="stylesheet" href="@Assets["_content/MudBlazor/MudBlazor.min.css"]" />
            <link rel="stylesheet" href="@Assets["_content/Radzen.Blazor/css/material-base.css"]" />
            <script src="@Assets["_content/MudBlazor/MudBlazor.min.js"]"></script>
            <script src="@Assets["_content/Radzen.Blazor/Radzen.Blazor.min.js"]"></script>
            <ImportMap />
            """, StringComparison.Ordinal).Replace("</body>", """<span style="font-family: 'Material Symbols'">home</span></body>""", StringComparison.Ordinal));

        app.Publish("-o", "../out");

        var answers = Visit(app, isWebAssembly: false, "/");
        Assert.That(answers.Select(answer => answer.Path), Has.Some.Match(@"/_content/MudBlazor/MudBlazor\.min\.[0-9a-z]+\.css$").And.Some.Match(@"\.woff2$"));
    }

    /// <summary>Each page twice: no failed request, and the second time nothing is asked for that has a fingerprint.</summary>
    private static List<Answer> Visit(TestProject app, bool isWebAssembly, params string[] pages)
    {
        var output = Path.GetFullPath("../out", app.Folder);
        using var server = isWebAssembly ? WebServer.Nginx(Path.Combine(output, "wwwroot/static"), more: $"location / {{ root {output}/wwwroot; try_files /index.html =404; }}") : WebServer.Kestrel(output, "Shop.dll");
        using var browser = new Browser();
        var answers = new List<Answer>();
        Assert.Multiple(() =>
        {
            foreach (var page in pages)
            {
                var url = new Uri(server.Address, page);
                var first = browser.Open(url, withFonts: false, isReady: IsLoaded);
                browser.KeepScreenshot(Regex.Replace(TestContext.CurrentContext.Test.Name + page, "[^A-Za-z0-9_]", "-", RegexOptions.None, TimeSpan.FromSeconds(1)));
                var second = browser.Open(url, withFonts: false, isReady: IsLoaded);
                answers.AddRange(first.Answers);
                Assert.That(first.Problems.Concat(second.Problems), Is.Empty, page);

                // What Blazor's runtime loads it loads when it likes, also behind a page that is done.
                Assert.That(second.Answers.Where(answer => !answer.IsFromCache && answer.Path != Icon && !answer.Path.StartsWith("/_framework/", StringComparison.Ordinal) && AreStatic().IsMatch(answer.Path)).Select(answer => answer.Path), Is.Empty, page);
                Assert.That(first.Answers.Where(answer => answer.Path != Icon && AreStatic().IsMatch(answer.Path) && !answer["cache-control"].Contains("immutable", StringComparison.Ordinal)).Select(answer => answer.Path), Is.Empty, page);
            }
        });
        return answers;
    }

    private static TestProject New(string template, string options)
    {
        var app = new TestProject("Shop", withOrdinarySources: true);
        app.Succeed(["new", template, "-n", "Shop", "-o", ".", "--no-restore", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var project = Directory.Exists(Path.Combine(app.Folder, "Shop")) ? Path.Combine(app.Folder, "Shop/Shop.csproj") : Path.Combine(app.Folder, "Shop.csproj");
        var isWebAssembly = template == "blazorwasm";

        // Without it the views of MVC write plain names, also where nobody uses this package.
        if (template == "mvc")
            app.Write("Program.cs", File.ReadAllText(Path.Combine(app.Folder, "Program.cs")).Replace("app.Run();", "app.MapControllers().WithStaticAssets();\napp.Run();", StringComparison.Ordinal));
        File.WriteAllText(project, File.ReadAllText(project).Replace("</Project>", $"""
              <PropertyGroup>
                <StaticCollectWebRoot>InPlace</StaticCollectWebRoot>
                {(isWebAssembly ? "<StaticCollectServerConfig>nginx</StaticCollectServerConfig><StaticCollectFingerprint>true</StaticCollectFingerprint>" : "")}
              </PropertyGroup>
              <ItemGroup>{TestProject.PackageReference}</ItemGroup>
            </Project>
            """, StringComparison.Ordinal));
        return app;
    }

    [GeneratedRegex(@"\.(?:css|js|mjs|wasm|woff2?|png|svg|dat)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AreStatic();
}
