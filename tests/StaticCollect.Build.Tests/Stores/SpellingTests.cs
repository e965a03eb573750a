using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Laws;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

/// <summary>Files of a real disk that are called like collected ones in another case: on Windows they are those, elsewhere others.</summary>
public sealed class SpellingTests : IDisposable
{
    private static readonly bool AreOne = OperatingSystem.IsWindows();

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Test]
    public void What_is_replaced_or_sent_in_place_of_a_collected_file_is_told_and_no_other_file_is_lost()
    {
        Foreign("A.css").Foreign("B.css.GZ").Foreign("other.css");
        _work.Write("static/a.css", "ours").Write("static/b.css", "ours");
        var log = new RecordingLog();

        _work.Collect(log: log);

        var told = log.Diagnostics.Select(one => $"{one.Code} {one.Text.Split('\'')[1]}");
        Assert.Multiple(() =>
        {
            Assert.That(told, Is.EquivalentTo(AreOne ? [$"{Codes.StaleSibling} B.css.GZ", $"{Codes.NotAsLeft} A.css"] : Array.Empty<string>()));
            Assert.That(_work.Collected.Values.Count(text => text == "ours"), Is.EqualTo(2));
            Assert.That(_work.Collected.Where(file => file.Value == "foreign").Select(file => file.Key), Is.EquivalentTo(AreOne ? ["other.css"] : new[] { "A.css", "B.css.GZ", "other.css" }));
        });
        NothingIsToBeDone();
    }

    [Test]
    public void A_rename_of_case_leaves_a_release_that_is_true_and_the_next_run_nothing_to_do([Values] bool changesToo)
    {
        var settings = _work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
        _work.Write("static/css/site.css", "a{background:url(../p.png)}").Write("static/p.png", "p");
        _work.Collect(settings);
        _work.Tree.Delete("App/static/p.png").Delete("App/static/css/site.css");
        _work.Write("static/css/Site.css", "a{background:url(../P.png)}").Write("static/P.png", changesToo ? "another" : "p", TempTree.Old.AddDays(1));

        _work.Collect(settings);

        var release = ReleaseOnDisk.Read(settings);
        Oracle.HoldsTheRelease(_work.Root, release);
        Oracle.NamesAreOfTheirBytes(_work.Root, release);
        Assert.That(release.Files.Select(file => file.Path), Is.EquivalentTo(_work.Collected.Keys));
        Assert.That(_work.Collected.Keys, Has.Some.EqualTo("P.png").And.Some.EqualTo("css/Site.css").And.None.EqualTo("p.png"));
        NothingIsToBeDone(settings);
    }

    [Test]
    public void A_folder_that_is_spelled_otherwise_is_so_in_the_root_unless_somebody_elses_files_hold_it([Values] bool isHeld)
    {
        _work.Write("static/css/site.css").Write("static/css/deep/a.css").Write("static/x.css").Collect();
        if (isHeld)
            Foreign("css/other.css");
        _work.Tree.Delete("App/static/css");
        _work.Write("static/CSS/site.css").Write("static/CSS/deep/a.css");

        _work.Collect();

        var folder = AreOne && isHeld ? "css" : "CSS";
        Assert.That(_work.Collected.Keys, Is.EquivalentTo((string[])[$"{folder}/deep/a.css", $"{folder}/site.css", "x.css", .. isHeld ? ["css/other.css"] : Array.Empty<string>()]));
        NothingIsToBeDone();
    }

    [Test]
    public void A_source_folder_that_is_named_twice_in_two_cases_is_one_where_the_system_says_so()
    {
        _work.Tree.Write("lib/a.css", "a").Write(AreOne ? "lib/b.css" : "LIB/a.css", "a");
        var log = new RecordingLog();
        _work.Collect(_work.Settings with { Finders = [new DirectoryFinder([new NamedDirectory(_work.Tree["lib"], "", null), new NamedDirectory(_work.Tree["LIB"], "", null)])] }, log);
        Assert.That(log.Codes, Is.Empty, "one file twice, or equal bytes");
        Assert.That(_work.Collected.Keys, Is.EqualTo(AreOne ? ["a.css", "b.css"] : new[] { "a.css" }));
    }

    private SpellingTests Foreign(string path)
    {
        _work.Tree.Write($"{Workspace.RootBelowTree}/{path}", "foreign");
        return this;
    }

    private void NothingIsToBeDone(CollectSettings? settings = null)
    {
        var before = Disk.Snapshot(_work.Tree.Path);
        var log = new RecordingLog();
        _work.Collect(settings, log);
        Assert.That(log.Diagnostics, Is.Empty);
        Assert.That(Disk.Differences(before, Disk.Snapshot(_work.Tree.Path)), Is.Empty);
    }
}
