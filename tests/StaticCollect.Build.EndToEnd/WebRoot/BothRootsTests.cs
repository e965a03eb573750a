using System.Net;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>An app with files in the web root and in a static folder that name each other, some of them made by a target.</summary>
public sealed class BothRootsTests
{
    private const string Properties = """
        <StaticCollectFingerprint>true</StaticCollectFingerprint>
        <StaticCollectDependsOn>$(StaticCollectDependsOn);MakePalette</StaticCollectDependsOn>
        </PropertyGroup>
        <Target Name="MakePalette">
          <WriteLinesToFile File="$(IntermediateOutputPath)palette.css" Lines="a { color: $(Palette) }" Overwrite="true" WriteOnlyWhenDifferent="true" />
          <ItemGroup>
            <StaticCollectFile Include="$(IntermediateOutputPath)palette.css" />
          </ItemGroup>
        </Target>
        <PropertyGroup>
        """;

    [Test]
    public void References_lead_from_one_to_the_other_by_fingerprints_in_every_publish()
    {
        using var app = new WebRootApp(Properties);
        app.Project
            .Write("wwwroot/css/shop.css", "@import '../static/palette.css'; @import '/static/card.css';")
            .Write("static/card.css", "a { b: url(../img/bg.png); c: url(/_content/Widgets/fonts/face.woff2); d: url(pin.svg) }")
            .Write("static/pin.svg", "<svg/>");

        var first = app.Project.Publish("-p:Palette=red");
        var (palette, card) = Check(first);

        app.Project.Publish("-p:Palette=red", "--no-build");
        Assert.That(Check(first), Is.EqualTo((palette, card)), "The same once more.");

        var found = app.Project.Succeed("build", "-c", "Release", "-t:FindStatic", "-p:StaticCollectPath=card.css", "-p:Palette=red");
        Assert.That(found.Lines($"Published as '{card}'"), Has.Count.EqualTo(1), found.Output);

        app.Project.Write("static/pin.svg", "<svg><g/></svg>");
        var edited = Check(app.Project.Publish("-p:Palette=blue"));
        Assert.That(edited.Palette, Is.Not.EqualTo(palette));
        Assert.That(edited.Card, Is.Not.EqualTo(card));

        using var server = AppServer.Start(app.PublishFolder, "App.dll");
        foreach (var url in new[] { "/static/" + edited.Palette, "/static/" + edited.Card })
        {
            var (status, _, response) = server.Get(url);
            Assert.That((status, response.Headers.CacheControl?.ToString()), Is.EqualTo((HttpStatusCode.OK, "max-age=31536000, immutable")).Or.EqualTo((HttpStatusCode.OK, "immutable, max-age=31536000")), url);
        }

        (string Palette, string Card) Check(CommandResult published)
        {
            app.CheckRoutes();
            var shop = Regex.Match(app.Read("css/shop.css"), @"^@import '\.\./static/(?<palette>palette\.[0-9a-f]{12}\.css)'; @import '/static/(?<card>card\.[0-9a-f]{12}\.css)';$", RegexOptions.ExplicitCapture);
            Assert.That(published.Diagnostics(), Is.Empty);
            Assert.That(shop.Success, Is.True, app.Read("css/shop.css"));
            var names = (shop.Groups["palette"].Value, shop.Groups["card"].Value);
            Assert.That(app.Read("static/" + names.Item1), Does.StartWith("a { color: "));
            var targets = Regex.Matches(app.Read("static/" + names.Item2), @"url\((?<url>[^)]+)\)", RegexOptions.ExplicitCapture)
                .Select(match => Path.GetRelativePath(app.WebRootFolder, Path.GetFullPath(match.Groups["url"].Value.StartsWith('/') ? "." + match.Groups["url"].Value : "static/" + match.Groups["url"].Value, app.WebRootFolder)))
                .ToList();
            Assert.That(targets, Has.Count.EqualTo(3).And.Some.Match(@"^img/bg\.\w{10}\.png$").And.Some.Match(@"face\.\w{10}\.woff2$").And.Some.Match(@"^static/pin\.[0-9a-f]{12}\.svg$"));
            Assert.That(targets.Where(target => !File.Exists(Path.Combine(app.WebRootFolder, target))), Is.Empty);
            return names;
        }
    }
}
