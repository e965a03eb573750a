using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>What the SDK's terminal logger shows, which is what people see.</summary>
public sealed partial class TerminalTests
{
    [Test]
    public void Answers_are_shown_behind_the_name_of_the_project()
    {
        using var project = Restored.Console().Write("app/static/site.css", "of the app").Write("static/site.css", "of the project");

        Assert.Multiple(() =>
        {
            Assert.That(Shown(project, "FindStatic", "-p:StaticCollectPath=site.css"), Does.Contain("""
                App net10.0 succeeded → Found 'site.css' here:
                  * 'static/site.css' (Own 'App'): collected, the last one scanned wins (StaticCollectConflict=LastWins).
                    'app/static/site.css' (App 'app')

                """));
            Assert.That(Shown(project, "ListStatic"), Does.Contain("""
                App net10.0 succeeded → 1 static file would be collected to 'bin/Release/net10.0/publish/wwwroot/static/'.
                  site.css <- 'static/site.css' (Own 'App')

                """));
        });
    }

    /// <summary>What is left on a terminal of what the logger writes; times differ.</summary>
    private static string Shown(TestProject project, string target, params string[] arguments) =>
        Seconds().Replace(Control().Replace(project.RunNow(target, ["-tl:on", .. arguments]).Output, ""), "").ReplaceLineEndings("\n");

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x1b]*\x1b\\")]
    private static partial Regex Control();

    [GeneratedRegex(@" \([0-9.]+s\)")]
    private static partial Regex Seconds();
}
