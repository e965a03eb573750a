using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

public class InspectorTests
{
    [TestCase("a.css")]
    [TestCase("/static/a.css")]
    [TestCase("./A.css")]
    public void Every_source_of_a_path_is_told_the_winner_first(string path)
    {
        using var work = Make();
        Assert.That(Find(work.Settings with { PathToFind = path }).Skip(1), Is.EqualTo(new[]
        {
            "  * 'static/a.css' (Own 'App'): collected, the last one scanned wins (StaticCollectConflict=LastWins).",
            "    'app1/static/a.css' (App 'app1')",
        }));
        Assert.That(Find(work.Settings with { PathToFind = path, Conflict = ConflictPolicy.FirstWins })[1], Does.StartWith("  * 'app1/"));
        Assert.That(Find(work.Settings with { PathToFind = path, Conflict = ConflictPolicy.Error })[1], Does.Contain("nothing is collected"));
    }

    [TestCase("gone.css", "No source offers 'gone.css'.")]
    [TestCase("css/b.css", "No source offers 'css/b.css'. Did you mean 'b.css'?")]
    [TestCase("c.css", "No source offers 'c.css'. Did you mean 'a.css' or 'b.css'?")]
    public void A_path_that_nobody_offers_is_no_error_and_the_nearest_are_told(string path, string answer)
    {
        using var work = Make();
        var log = new RecordingLog();
        Assert.That(Inspector.Find(work.Settings with { PathToFind = path }, log), Is.EqualTo(new[] { answer }));
        Assert.That(log.Codes, Is.Empty);
    }

    [TestCase("")]
    [TestCase("/")]
    [TestCase("../a.css")]
    [TestCase("/static/")]
    public void Without_a_path_to_look_for_there_is_an_error(string path)
    {
        using var work = Make();
        var log = new RecordingLog();
        Assert.That(Inspector.Find(work.Settings with { PathToFind = path }, log), Is.Empty);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.PathToFindMissing }));
    }

    [Test]
    public void Listing_tells_every_file_and_writes_nothing()
    {
        using var work = Make();
        var before = TempTree.Snapshot(work.Tree.Path);
        Assert.That(Inspector.List(work.Settings, new RecordingLog()), Is.EqualTo(new[]
        {
            "2 static files would be collected to 'bin/publish/wwwroot/static/'.",
            "  a.css <- 'static/a.css' (Own 'App')",
            "  b.css <- 'app1/static/b.css' (App 'app1')",
        }));
        Assert.That(TempTree.Snapshot(work.Tree.Path), Is.EqualTo(before));
    }

    private static Workspace Make() => new Workspace().Write("app1/static/a.css", "one").Write("app1/static/b.css").Write("static/a.css", "two");

    private static IReadOnlyList<string> Find(CollectSettings settings) => Inspector.Find(settings, new RecordingLog());
}
