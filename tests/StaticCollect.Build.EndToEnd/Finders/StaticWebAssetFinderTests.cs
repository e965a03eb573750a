using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Finders;

/// <summary>What ASP.NET Core itself would publish below <c>wwwroot</c>, collected into the same root where that is asked for.</summary>
public sealed partial class StaticWebAssetFinderTests
{
    private const string AllFinders = "Package;Project;App;Own;Directory;File;StaticWebAsset";

    [Test]
    public void Web_assets_of_the_project_its_libraries_and_packages_are_collected_when_asked_for()
    {
        using var project = TestProject.Web($"""
            <PropertyGroup>
              <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
              <StaticCollectFinders Condition="'$(WithoutWebAssets)' == ''">{AllFinders}</StaticCollectFinders>
            </PropertyGroup>
            <ItemGroup>
              {TestPackage.Reference("WebAssets.Branded")}
              <ProjectReference Include="../Widgets/Widgets.csproj" />
            </ItemGroup>
            """)
            .Write("wwwroot/css/site.css", "of wwwroot")
            .Write("wwwroot/logo.svg", "<svg/>")
            .Write("static/logo.svg", "<svg>of the project</svg>")
            .Write("Pages/Index.cshtml", "@page\n<h1>Hello</h1>\n")
            .Write("Pages/Index.cshtml.css", "h1 { color: red }")
            .Write("../Widgets/Widgets.csproj", RazorLibrary)
            .Write("../Widgets/wwwroot/widget.js", "widget")
            .Write("../Widgets/Widget.razor", "<b>Widget</b>")
            .Write("../Widgets/Widget.razor.css", "b { color: blue }")
            .Write("../Branded/WebAssets.Branded.csproj", RazorLibrary)
            .Write("../Branded/wwwroot/brand.css", "brand");
        project.Succeed("pack", "../Branded", "-o", "../feed", $"-p:Version={TestPackage.Version}");

        var published = project.Publish();
        var afterPublish = project.Tree();
        var logo = project.Read("logo.svg");
        var bundle = project.Read("App.styles.css");
        var imported = Import().Match(bundle).Groups["path"].Value;
        project.RunNow("CleanStatic");
        var cleaned = project.Tree();
        project.CollectNow();
        var byHand = project.Tree();
        project.Publish("--no-build", "-p:WithoutWebAssets=true");

        Assert.Multiple(() =>
        {
            Assert.That(afterPublish, Is.EqualTo(new[]
            {
                "App.styles.css",
                "_content/WebAssets.Branded/brand.css",
                imported,
                "_content/Widgets/widget.js",
                "css/site.css",
                "logo.svg",
            }));
            Assert.That(logo, Is.EqualTo("<svg/>"), "StaticWebAsset is named last, so it wins.");
            Assert.That(bundle, Does.Contain("color: red"));
            Assert.That(imported, Does.Match(@"^_content/Widgets/Widgets\.\w{10}\.bundle\.scp\.css$"), "The hash is part of the name on the disk.");
            Assert.That(cleaned, Is.Empty);
            Assert.That(byHand, Is.EqualTo(afterPublish));
            Assert.That(published.Diagnostics(), Is.Empty);
            Assert.That(project.Tree(), Is.EqualTo(new[] { "logo.svg" }), "By default the SDK's web assets are left to the SDK.");
            Assert.That(project.Tree("bin/Release/net10.0/publish/wwwroot"), Does.Contain("css/site.css").And.Contain("_content/Widgets/widget.js"));
        });
    }

    [Test]
    public void With_fingerprints_at_the_root_of_the_site_the_app_starts_and_every_name_leads_to_a_file()
    {
        using var project = TestProject.Web("""
            <PropertyGroup>
              <StaticCollectFinders>StaticWebAsset;Package;Project;App;Own;Directory;File</StaticCollectFinders>
              <StaticCollectUrl>/</StaticCollectUrl>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
            </PropertyGroup>
            <ItemGroup><ProjectReference Include="../Widgets/Widgets.csproj" /></ItemGroup>
            """)
            .Write("Program.cs", """
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddRazorPages();
                var app = builder.Build();
                app.MapStaticAssets();
                app.MapRazorPages().WithStaticAssets();
                app.Run();
                """)
            .Write("wwwroot/css/site.css", "a { background: url(../logo.svg) }")
            .Write("wwwroot/logo.svg", "<svg/>")
            .Write("Pages/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n")
            .Write("Pages/Index.cshtml", "@page\n<link rel=\"stylesheet\" href=\"~/css/site.css\"><link rel=\"stylesheet\" href=\"~/App.styles.css\"><link rel=\"stylesheet\" href=\"~/_content/Widgets/widget.css\">\n<h1>Hello</h1>\n")
            .Write("Pages/Index.cshtml.css", "h1 { background: url(gone.svg) }")
            .Write("../Widgets/Widgets.csproj", RazorLibrary)
            .Write("../Widgets/wwwroot/widget.css", "i { background: url(widget.svg) }")
            .Write("../Widgets/wwwroot/widget.svg", "<svg/>")
            .Write("../Widgets/Widget.razor", "<b>Widget</b>")
            .Write("../Widgets/Widget.razor.css", "b { background: url(widget.svg) }");

        var published = project.Publish("-v:n");

        using var app = AppServer.Start(Path.Combine(project.Folder, "bin/Release/net10.0/publish"), "App.dll");
        var sheets = Sheet().Matches(app.Text("/")).Select(match => match.Groups["path"].Value).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(sheets, Has.Count.EqualTo(3).And.All.Match(@"\.[0-9a-f]{12}\.css$"));
            foreach (var sheet in sheets)
            {
                foreach (var url in Url().Matches(app.Text(sheet)).Select(match => match.Groups["url"].Value).Where(url => url != "gone.svg"))
                    app.Text(new Uri(new Uri($"http://host{sheet}"), url).AbsolutePath);
            }

            Assert.That(app.Text(sheets[1]), Does.Match(@"@import '_content/Widgets/Widgets\.\w{10}\.bundle\.scp\.[0-9a-f]{12}\.css';"));
            var missing = published.Diagnostics().Where(one => one.Kind.EndsWith("SC3001", StringComparison.Ordinal)).ToList();
            Assert.That(missing.Select(one => one.Kind), Is.EqualTo(new[] { "message SC3001" }), "The file below obj is not the user's to mend.");
            Assert.That(missing[0].Text, Does.Contain("gone.svg"));
        });
    }

    [Test]
    public void A_package_from_the_ordinary_sources_brings_its_web_assets()
    {
        using var project = TestProject.Web($"""
            <PropertyGroup><StaticCollectFinders>{AllFinders}</StaticCollectFinders></PropertyGroup>
            <ItemGroup><PackageReference Include="Radzen.Blazor" Version="13.1.0" /></ItemGroup>
            """, withOrdinarySources: true);

        project.Publish();

        Assert.That(project.Tree(), Does.Contain("_content/Radzen.Blazor/css/material-base.css")
            .And.Contain("_content/Radzen.Blazor/Radzen.Blazor.js")
            .And.Contain("_content/Radzen.Blazor/fonts/MaterialSymbolsOutlined.woff2"));
    }

    private const string RazorLibrary = """
        <Project Sdk="Microsoft.NET.Sdk.Razor">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
          <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
        </Project>
        """;

    [GeneratedRegex("@import '(?<path>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Import();

    [GeneratedRegex("href=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Sheet();

    [GeneratedRegex(@"(?:url\(|@import ['""])(?<url>[^)'""]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
