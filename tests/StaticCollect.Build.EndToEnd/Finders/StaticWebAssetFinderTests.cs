using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Finders;

/// <summary>What ASP.NET Core itself would publish below <c>wwwroot</c>, collected into the same root where that is asked for.</summary>
public sealed class StaticWebAssetFinderTests
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
                "_content/Widgets/Widgets.bundle.scp.css",
                "_content/Widgets/widget.js",
                "css/site.css",
                "logo.svg",
            }));
            Assert.That(logo, Is.EqualTo("<svg/>"), "StaticWebAsset is named last, so it wins.");
            Assert.That(bundle, Does.Contain("color: red"));
            Assert.That(cleaned, Is.Empty);
            Assert.That(byHand, Is.EqualTo(afterPublish));
            Assert.That(published.Diagnostics(), Is.Empty);
            Assert.That(project.Tree(), Is.EqualTo(new[] { "logo.svg" }), "By default the SDK's web assets are left to the SDK.");
            Assert.That(project.Tree("bin/Release/net10.0/publish/wwwroot"), Does.Contain("css/site.css").And.Contain("_content/Widgets/widget.js"));
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
}
