using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

public class CleanerTests
{
    [Test]
    public void What_was_collected_goes_with_its_folders_and_the_record()
    {
        using var work = new Workspace();
        work.Write("static/a").Write("static/b/c");
        work.Collect();
        Assert.That(Clean(work), Is.EqualTo("2 static files removed from 'bin/publish/wwwroot/static/'."));
        Assert.That(work.Tree.Has(Workspace.RootBelowTree), Is.False);
        Assert.That(Directory.Exists(work.Settings.StateFolder), Is.False);
        Assert.That(Clean(work), Does.StartWith("0 static files"), "and a second time there is nothing to do");
    }

    [Test]
    public void What_no_collection_wrote_stays()
    {
        using var work = new Workspace();
        work.Write("static/b/c").Tree.Write($"{Workspace.RootBelowTree}/b/foreign");
        work.Collect();
        Clean(work);
        Assert.That(work.Collected.Keys, Is.EqualTo(new[] { "b/foreign" }));
    }

    [Test]
    public void A_project_that_never_collected_has_nothing_to_clean()
    {
        using var work = new Workspace();
        Assert.That(Clean(work), Is.EqualTo("0 static files removed from 'bin/publish/wwwroot/static/'."));
    }

    [Test]
    public void A_dry_run_only_tells()
    {
        using var work = new Workspace();
        work.Write("static/a");
        work.Collect();
        var before = TempTree.Snapshot(work.Tree.Path);
        Assert.That(Clean(work, work.Settings with { DryRun = true }), Is.EqualTo(
            "1 static file would be removed from 'bin/publish/wwwroot/static/'. Dry run: nothing was removed."));
        Assert.That(TempTree.Snapshot(work.Tree.Path), Is.EqualTo(before));
    }

    private static string Clean(Workspace work, CollectSettings? settings = null)
    {
        var log = new RecordingLog();
        Cleaner.Clean(settings ?? work.Settings, log);
        Assert.That(log.Diagnostics, Is.Empty);
        return log.Summaries.Single();
    }
}
