using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>How long fingerprinted files stay after they were last current: pages that were served before still ask for them.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly Site _site = new();

    [Test]
    public void A_file_stays_for_two_releases_after_it_was_last_current()
    {
        var first = Release("1");
        var second = Release("2");
        Assert.That(Fingerprinted(), Is.EquivalentTo(new[] { first, second }));
        var third = Release("3");
        Assert.That(Fingerprinted(), Is.EquivalentTo(new[] { first, second, third }));
        var fourth = Release("4");
        Assert.That(Fingerprinted(), Is.EquivalentTo(new[] { second, third, fourth }));
    }

    [TestCase(0, "5")]
    [TestCase(1, "45")]
    [TestCase(3, "2345")]
    public void How_many_releases_can_be_chosen(int releases, string kept)
    {
        _site.Rules = _site.Rules with { KeepReleases = releases };
        var names = "12345".ToDictionary(release => release, release => Release(release.ToString()));
        Assert.That(Fingerprinted(), Is.EquivalentTo(kept.Select(release => names[release])));
    }

    [Test]
    public void A_run_that_changes_no_name_is_no_release()
    {
        var first = Release("1");
        var second = Release("2");
        for (var run = 0; run < 5; run++)
            _site.Collect();
        _site.Write("robots.txt", "changed").Collect();
        Assert.That(Fingerprinted(), Is.EquivalentTo(new[] { first, second }));
    }

    [Test]
    public void A_file_that_stays_current_through_many_releases_counts_from_its_end()
    {
        _site.Write("steady.txt", "steady");
        for (var release = 1; release < 6; release++)
            Release($"{release}");
        var steady = _site.Name()["steady.txt"].Path;
        _site.Delete("steady.txt");
        Release("6");
        Assert.That(_site.Tree().Keys, Has.Member(steady).And.No.Member("steady.txt"));
        Release("7");
        Assert.That(_site.Tree().Keys, Has.Member(steady));
        Release("8");
        Assert.That(_site.Tree().Keys, Has.No.Member(steady));
    }

    [Test]
    public void A_roll_back_makes_an_old_file_current_again()
    {
        var first = Release("1");
        var second = Release("2");
        Assert.That(Release("1"), Is.EqualTo(first));
        Assert.That(Fingerprinted(), Is.EquivalentTo(new[] { first, second }));
        var third = Release("3");
        var fourth = Release("4");
        Assert.That(Fingerprinted(), Is.EquivalentTo(new[] { first, third, fourth }), "first was current two releases ago, second three");
    }

    [Test]
    public void A_file_whose_age_is_not_over_when_fewer_are_kept_goes_at_once()
    {
        Release("1");
        var second = Release("2");
        _site.Rules = _site.Rules with { KeepReleases = 0 };
        _site.Collect();
        Assert.That(Fingerprinted(), Is.EqualTo(new[] { second }));
    }

    [Test]
    public void The_manifest_and_the_plain_names_speak_of_the_current_release_only()
    {
        var first = Release("1");
        Release("2");
        var tree = _site.Tree();
        Assert.That(tree["staticfiles.json"], Does.Not.Contain(first));
        Assert.That(tree["a.txt"], Is.EqualTo("2"));
    }

    [Test]
    public void A_retired_file_that_somebody_deleted_stays_deleted()
    {
        var first = Release("1");
        Release("2");
        File.Delete(Path.Combine(_site.Root, first));
        _site.Collect();
        Assert.That(_site.Tree().Keys, Has.No.Member(first));
    }

    [Test]
    public void What_no_collection_wrote_is_never_removed()
    {
        Release("1");
        File.WriteAllText(Path.Combine(_site.Root, "a.0123456789ab.txt"), "somebody's");
        foreach (var release in "2345")
            Release(release.ToString());
        Assert.That(_site.Tree()["a.0123456789ab.txt"], Is.EqualTo("somebody's"));
    }

    [Test]
    public void A_lost_record_makes_nothing_ours_that_is_not()
    {
        var first = Release("1");
        Directory.Delete(_site.Settings.RecordFolder, recursive: true);
        File.Delete(Path.Combine(_site.Root, "staticfiles.json"));
        foreach (var release in "2345")
            Release(release.ToString());
        Assert.That(_site.Tree().Keys, Has.Member(first));
    }

    [Test]
    public void Without_fingerprints_all_of_them_go()
    {
        Release("1");
        Release("2");
        Assert.That(Collector.Collect(_site.Settings with { Fingerprint = null }, new Silence()).Succeeded, Is.True);
        Assert.That(_site.Tree().Keys, Is.EqualTo(new[] { "a.txt" }));
    }

    [Test]
    public void The_files_of_a_bundler_stay_as_long()
    {
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("app-*.js")] };
        _site.Write("app-1.js", "1").Collect();
        _site.Delete("app-1.js").Write("app-2.js", "2").Collect();
        Assert.That(_site.Tree().Keys, Has.Member("app-1.js"));
        _site.Delete("app-2.js").Write("app-3.js", "3").Collect();
        Assert.That(_site.Tree().Keys, Has.Member("app-1.js"));
        _site.Delete("app-3.js").Write("app-4.js", "4").Collect();
        Assert.That(_site.Tree().Keys.Where(path => path.EndsWith(".js", StringComparison.Ordinal)), Is.EqualTo(new[] { "app-2.js", "app-3.js", "app-4.js" }));
    }

    public void Dispose() => _site.Dispose();

    private string Release(string text)
    {
        _site.Write("a.txt", text).Collect();
        return _site.Name()["a.txt"].Path;
    }

    private IEnumerable<string> Fingerprinted() =>
        _site.Tree().Keys.Where(path => path.StartsWith("a.", StringComparison.Ordinal) && path != "a.txt");

    private sealed class Silence : ICollectLog
    {
        public bool WantsDetails => false;

        public void Detail(string text)
        {
            // Silence.
        }

        public void Summary(string text)
        {
            // Silence.
        }

        public void Report(Diagnostics.Diagnostic diagnostic)
        {
            // Silence.
        }
    }
}
