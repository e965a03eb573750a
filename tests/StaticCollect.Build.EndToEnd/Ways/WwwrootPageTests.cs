using System.Net;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Ways;

/// <summary>The three ways of docs/ways/wwwroot.md, gone one after the other by one app, with the lines of that page.</summary>
public sealed partial class WwwrootPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs/ways/wwwroot.md"));

    [Test]
    public void Each_way_leads_where_the_page_says()
    {
        using var project = TestProject.Web()
            .Write("Program.cs", """
                var builder = WebApplication.CreateBuilder(args);
                builder.Services.AddRazorPages();
                var app = builder.Build();
                app.MapStaticAssets();
                app.MapRazorPages().WithStaticAssets();
                app.Run();
                """)
            .Write("Pages/_ViewImports.cshtml", "@addTagHelper *, Microsoft.AspNetCore.Mvc.TagHelpers\n")
            .Write("Pages/Index.cshtml", $"@page\n{Examples("html")[0]}")
            .Write("wwwroot/css/site.css", Style().Match(Page).Groups["text"].Value)
            .Write("wwwroot/img/hero.png", "not really a picture")
            .Write("wwwroot/favicon.ico", "not really an icon")
            .Write("wwwroot/robots.txt", "User-agent: *");

        var left = project.Publish();
        var ways = new List<string[]> { Browse(project) };

        var inPlace = Add(project, Examples("xml")[0]).Publish();
        ways.Add(Browse(project));

        var script = project.Run("sh", ["-e", "-c", Examples("sh")[1]]);
        Assert.That(script.ExitCode, Is.Zero, script.Output);
        project.Write("Pages/Index.cshtml", $"@page\n{Examples("html")[1]}");
        var moved = Add(project, Examples("xml")[1]).Publish();
        ways.Add(Browse(project));

        var told = Examples("text").Single().Trim().Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(left.Output, Does.Contain(told[0]).And.Contain(told[1]));
            Assert.That(left.Lines(told[1]).Single(), Is.EqualTo(told[1]), "A message, no warning.");
            Assert.That(inPlace.Output, Does.Not.Contain("An app with wwwroot"));
            Assert.That(moved.Output, Does.Not.Contain("An app with wwwroot"));
            Assert.That(new[] { left, inPlace, moved }.SelectMany(result => result.Diagnostics()), Is.Empty);
            foreach (var (way, column) in ways.Select((way, i) => (way, i + 1)))
                Assert.That(way, Is.EqualTo(new[] { Cell("the page names", column), Cell("which names", column), Cell("`/favicon.ico`, `/robots.txt`", column) }));
        });
    }

    /// <summary>What a browser meets: the style sheet that the page names, what that names, and whether the top of the site answers.</summary>
    private static string[] Browse(TestProject project)
    {
        using var app = AppServer.Start(Path.Combine(project.Folder, "bin/Release/net10.0/publish"), "App.dll");
        var style = Link().Match(app.Text("/")).Groups["url"].Value;
        var image = Image().Match(app.Text(style)).Groups["url"].Value;
        Assert.That(app.Get(new Uri(new Uri(app.Address, style), image).AbsolutePath).Status, Is.EqualTo(HttpStatusCode.OK), image);
        var top = app.Get("/favicon.ico").Status == HttpStatusCode.OK && app.Get("/robots.txt").Status == HttpStatusCode.OK ? "found" : "not found";
        return [$"`{style}`", $"`{image}`", top];
    }

    private static TestProject Add(TestProject project, string text)
    {
        var path = Path.Combine(project.Folder, "App.csproj");
        File.WriteAllText(path, File.ReadAllText(path).Replace("</Project>", $"{text}</Project>", StringComparison.Ordinal));
        return project;
    }

    private static List<string> Examples(string language) =>
        [.. Fence().Matches(Page).Where(fence => fence.Groups["language"].Value == language).Select(fence => fence.Groups["text"].Value)];

    private static string Cell(string row, int column) =>
        Page.Split('\n').Single(line => line.StartsWith($"| {row} |", StringComparison.Ordinal)).Split('|')[column + 1].Trim();

    [GeneratedRegex("^```(?<language>\\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^    wwwroot/css/site\.css +(?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Style();

    [GeneratedRegex("href=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex(@"url\((?<url>[^)]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Image();
}
