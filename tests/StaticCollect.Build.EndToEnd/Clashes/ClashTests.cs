using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Clashes;

/// <summary>One logical path from two sources: who wins, and what the user hears of it.</summary>
public sealed class ClashTests
{
    [Test]
    public void Each_policy_decides_as_it_says_and_names_both_sources_the_winner_and_the_rule()
    {
        using var project = WithClashes();

        var error = project.FailNow("-p:StaticCollectConflict=Error").Diagnostics();
        var afterError = project.Tree("bin");
        var last = project.CollectNow("-v:n").Diagnostics();
        var (lastApp, lastOver) = (project.Read("app.css"), project.Read("over.css"));
        var first = project.CollectNow("-v:n", "-p:StaticCollectConflict=FirstWins").Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(error.Select(one => $"{one.Kind}: {one.Text}"), Is.EqualTo(new[]
            {
                "error SC2001: 'app.css' comes from 'a1/static/app.css' (App 'a1') and 'a2/static/app.css' (App 'a2'), and StaticCollectConflict is Error. Rename or leave out one of them.",
                "error SC2001: 'over.css' comes from 'a1/static/over.css' (App 'a1') and 'static/over.css' (Own 'App'), and StaticCollectConflict is Error. Rename or leave out one of them.",
            }));
            Assert.That(afterError, Is.Empty);

            // App against app is probably a mistake; the project over an app is what the order is for; equal bytes are nothing.
            Assert.That(last.Select(one => $"{one.Kind}: {one.Text}"), Is.EquivalentTo(new[]
            {
                "warning SC2001: 'app.css' comes from both 'a1/static/app.css' (App 'a1') and 'a2/static/app.css' (App 'a2'). 'a2/static/app.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins).",
                "message SC2001: 'over.css' comes from both 'a1/static/over.css' (App 'a1') and 'static/over.css' (Own 'App'). 'static/over.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins).",
            }));
            Assert.That((lastApp, lastOver), Is.EqualTo(("of a2", "of the project")));
            Assert.That(first.Select(one => $"{one.Kind}: {one.Text}"), Is.EquivalentTo(new[]
            {
                "warning SC2001: 'app.css' comes from both 'a2/static/app.css' (App 'a2') and 'a1/static/app.css' (App 'a1'). 'a1/static/app.css' is collected: the first one scanned wins (StaticCollectConflict=FirstWins).",
                "message SC2001: 'over.css' comes from both 'a1/static/over.css' (App 'a1') and 'static/over.css' (Own 'App'). 'static/over.css' is collected: the first one scanned wins (StaticCollectConflict=FirstWins).",
            }));
            Assert.That((project.Read("app.css"), project.Read("over.css")), Is.EqualTo(("of a1", "of the project")));
        });
    }

    [TestCase("-p:NoWarn=SC2001", "")]
    [TestCase("-p:MSBuildWarningsAsMessages=SC2001", "")]
    [TestCase("-p:TreatWarningsAsErrors=true", "error SC2001")]
    [TestCase("-p:TreatWarningsAsErrors=true -p:NoWarn=SC2001", "")]
    [TestCase("-p:TreatWarningsAsErrors=true -p:WarningsNotAsErrors=CS1591%3BSC2001", "warning SC2001")]
    [TestCase("-p:MSBuildTreatWarningsAsErrors=true", "error SC2001")]
    [TestCase("-p:MSBuildWarningsAsErrors=SC2001", "error SC2001")]
    [TestCase("-p:WarningsAsErrors=SC2001", "error SC2001")]
    [TestCase("-warnaserror:SC2001", "error SC2001")]
    [TestCase("-warnaserror", "error SC2001")]
    public void The_ways_to_silence_warnings_and_to_make_errors_of_them_work(string arguments, string shown)
    {
        using var project = WithClashes();

        var result = project.Dotnet([.. Restored.Build("CollectStatic"), .. arguments.Split(' ')]);

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(", ", result.Diagnostics().Select(one => one.Kind)), Is.EqualTo(shown));
            Assert.That(result.ExitCode, shown.StartsWith("error", StringComparison.Ordinal) ? Is.Not.Zero : Is.Zero);
        });
    }

    [Test]
    public void Paths_that_differ_in_case_or_Unicode_form_only_are_a_clash_on_every_system()
    {
        using var project = Restored.Console()
            .Write("a1/static/img/Logo.png", "equal bytes are no excuse")
            .Write("a2/static/img/logo.png", "equal bytes are no excuse")
            .Write("a1/static/caf\u00e9.css", "composed")
            .Write("a2/static/cafe\u0301.css", "decomposed")
            .Write("a1/static/Deep/a.css", "")
            .Write("a2/static/deep/b.css", "");

        var error = project.FailNow("-p:StaticCollectConflict=Error").Diagnostics();
        var last = project.CollectNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(error.Select(one => one.Kind), Is.EqualTo(new[] { "error SC2002", "error SC2002" }));
            Assert.That(last.Select(one => $"{one.Kind}: {one.Text}"), Is.EquivalentTo(new[]
            {
                "warning SC2002: 'img/Logo.png' and 'img/logo.png' are one file on Windows and macOS: 'a1/static/img/Logo.png' (App 'a1') and 'a2/static/img/logo.png' (App 'a2'). 'a2/static/img/logo.png' is collected: the last one scanned wins (StaticCollectConflict=LastWins).",
                "warning SC2002: 'caf\u00e9.css' and 'cafe\u0301.css' are one file on Windows and macOS: 'a1/static/caf\u00e9.css' (App 'a1') and 'a2/static/cafe\u0301.css' (App 'a2'). 'a2/static/cafe\u0301.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins).",
            }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "Deep/a.css", "cafe\u0301.css", "deep/b.css", "img/logo.png" }));
        });
    }

    [Test]
    public void A_file_where_another_source_needs_a_folder_is_an_error_and_nothing_is_written()
    {
        using var project = Restored.Console()
            .Write("a1/static/css", "a file")
            .Write("a2/static/css/site.css", "")
            .Write("a2/static/css/deep/more.css", "")
            .Write("a1/static/lib/JS", "a file")
            .Write("a2/static/lib/js/x.js", "");

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(new[] { "error SC2003", "error SC2003" }));
            Assert.That(shown[0].Text, Does.StartWith("'css' is a file, 'a1/static/css' (App 'a1'), where 'a2/static/css/"));
            Assert.That(shown[1].Text, Does.StartWith("'lib/JS' is a file, 'a1/static/lib/JS' (App 'a1'), where 'a2/static/lib/js/x.js' (App 'a2') needs a folder."));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    private static TestProject WithClashes() => Restored.Console()
        .Write("a1/static/app.css", "of a1")
        .Write("a2/static/app.css", "of a2")
        .Write("a1/static/over.css", "of a1")
        .Write("static/over.css", "of the project")
        .Write("a1/static/same.css", "same")
        .Write("a2/static/same.css", "same");
}
