using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>Views of an app that name what is not collected.</summary>
public sealed class ViewTests
{
    [Test]
    public void What_the_project_compiles_as_views_is_looked_at_and_nothing_else()
    {
        using var project = Restored.Web("""
            <PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint></PropertyGroup>
            <ItemGroup>
              <Content Include="../Shared/Linked.cshtml" Link="Pages/Linked.cshtml" />
              <Content Remove="Pages/Left.cshtml" />
              <StaticCollectIgnoreReference Include="Pages/**" Reference="/static/bundles/**" />
            </ItemGroup>
            """)
            .Write("static/css/site.css", "a { b: c }")
            .Write("wwwroot/lib/app.js", "1")
            .Write("wwwroot/static/of-sdk.css", "a { b: c }")
            .Write("Pages/Index.cshtml", """
                @page
                @* <link rel="stylesheet" href="~/static/css/no.css" /> *@
                @{ var no = "<img src='/static/no.png'>"; }
                <link rel="stylesheet" href="~/static/css/site.css?v=@(1 + 1)" />
                <link rel="stylesheet" href="~/static/css/Site.css" />
                <link rel="stylesheet" href="~/static/of-sdk.css" />
                <script src="/static/bundles/made-at-run-time.js"></script>
                @if (no.Length > 0)
                {
                    <img src="/static/@(no).png" srcset="/static/gone.png 2x" alt="it's" />
                }
                <script src="~/lib/ap.js"></script>
                """)
            .Write("Home.razor", """
                <link rel="stylesheet" href="@Assets["static/css/site.css"]" />
                <script src="@Assets["static/js/gone.js"]"></script>
                @code { private string No => "/static/no.css"; }
                """)
            .Write("Pages/Left.cshtml", "<img src='/static/no.png' />")
            .Write("../Shared/Linked.cshtml", "<img src='/static/linked.png' />");

        string[] Told(CommandResult result) => [.. result.Diagnostics().Where(one => one.Code == "SC3301").Select(one => $"{Path.GetFileName(one.Place)} {one.Severity}: {one.Text.Split(" Where")[0]}").Order(StringComparer.Ordinal)];
        var published = project.Publish("--no-restore");
        var again = project.Publish("--no-restore", "--no-build");
        var inPlace = project.Publish("--no-restore", "-p:StaticCollectWebRoot=InPlace");
        var ignored = project.Publish("--no-restore", "-p:StaticCollectCheckViews=Ignore");
        Directory.Delete(project.Root, recursive: true);
        var strict = project.Fail("publish", "--no-restore", "--no-build", "-p:StaticCollectCheckViews=Error");

        string[] expected =
        [
            "Home.razor(2,23) warning: 'static/js/gone.js' leads to 'js/gone.js', which is not collected.",
            "Index.cshtml(10,42) warning: '/static/gone.png' leads to 'gone.png', which is not collected.",
            "Index.cshtml(5,30) warning: '~/static/css/Site.css' leads to 'css/Site.css', which is not collected. It differs from 'css/site.css' in case or Unicode form only, which servers tell apart.",
            "Linked.cshtml(1,11) warning: '/static/linked.png' leads to 'linked.png', which is not collected.",
        ];
        Assert.Multiple(() =>
        {
            Assert.That(Told(published), Is.EqualTo(expected), published.Output);
            Assert.That(Told(again), Is.EqualTo(expected), again.Output);
            Assert.That(Told(inPlace).Except(expected, StringComparer.Ordinal), Is.EqualTo(new[] { "Index.cshtml(12,14) warning: '~/lib/ap.js' leads to 'lib/ap.js', which is not in the web root. Did you mean 'lib/app.js'?" }), inPlace.Output);
            Assert.That(Told(ignored), Is.Empty, ignored.Output);
            Assert.That(Told(strict).Select(line => line.Split(' ')[1]), Is.EqualTo(Enumerable.Repeat("error:", 4)), strict.Output);
            Assert.That(project.Tree(), Has.None.EqualTo("css/site.css"));
        });
    }
}
