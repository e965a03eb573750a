using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>
/// What a later run reads. A file that was given other bytes behind an unchanged stamp tells: whoever opens it notices.
/// </summary>
public sealed class IncrementalTests : IDisposable
{
    private readonly Site _site = new();

    [Test]
    public void A_second_run_opens_no_source_and_writes_nothing()
    {
        Make().Collect();
        var before = _site.Tree();
        var times = Times();
        foreach (var file in _site.Files())
            _site.Poison(file.LogicalPath);

        _site.Collect();

        Assert.That(_site.Tree(), Is.EqualTo(before));
        Assert.That(Times(), Is.EqualTo(times));
    }

    [Test]
    public void One_changed_image_has_only_those_files_read_that_reach_it()
    {
        Make().Collect();
        var before = _site.Tree();
        _site.Write("img/x.png", "changed");
        foreach (var path in new[] { "css/other.css", "img/y.png", "js/a.js", "js/b.js" })
            _site.Poison(path);

        _site.Collect();

        var named = _site.Name();
        var after = _site.Tree();
        Assert.Multiple(() =>
        {
            foreach (var path in new[] { "css/other.css", "img/y.png", "js/a.js", "js/b.js" })
                Assert.That(after[path], Is.EqualTo(before[path]));
            foreach (var path in new[] { "img/x.png", "css/a.css", "css/all.css" })
                Assert.That(after.Keys, Has.Member(named[path].Path));
            Assert.That(after.Keys.Count(path => !before.ContainsKey(path)), Is.EqualTo(3));
        });
    }

    [Test]
    public void A_file_that_reaches_the_change_is_read_and_must_still_hold_what_was_read_before()
    {
        Make().Collect();
        _site.Write("img/x.png", "changed").Poison("css/a.css");
        Assert.That(() => _site.Name(LastNamingFile.Read(_site.Settings.LastNamingPath)),
            Throws.InstanceOf<IOException>().With.Message.Contains("a.css"));
    }

    [Test]
    public void A_touched_file_is_read_again_and_nothing_is_written()
    {
        Make().Collect();
        var times = Times();
        _site.Write("css/a.css", File.ReadAllBytes(_site.PathOf("css/a.css"))).Collect();
        Assert.That(Times(), Is.EqualTo(times));
    }

    [Test]
    public void A_file_too_young_to_be_trusted_is_read_again()
    {
        _site.Write("a.txt", "1");
        File.SetLastWriteTimeUtc(_site.PathOf("a.txt"), DateTime.UtcNow);
        _site.Collect();
        _site.Poison("a.txt").Collect();
        Assert.That(_site.Tree()["a.txt"], Is.EqualTo("!"));
        Assert.That(_site.Tree().Keys, Has.Member(_site.Name()["a.txt"].Path));
    }

    [Test]
    public void What_comes_back_from_the_record_is_what_a_fresh_run_finds()
    {
        var first = Make().Name();
        var again = _site.Name(first.All.Learnt);
        Assert.That(again.Names(), Is.EqualTo(first.Names()));
        Assert.That(again.Text("css/all.css"), Is.EqualTo(first.Text("css/all.css")));
        Assert.That(again.All.Diagnostics, Is.EqualTo(first.All.Diagnostics));
    }

    [Test]
    public void Warnings_come_again_in_each_run()
    {
        _site.Write("a.css", "a{b:url(none.png)}").Write("b.js", "import './a.js'; `");
        var first = _site.Collect();
        Assert.That(first, Has.Count.EqualTo(2));
        Assert.That(_site.Collect(), Is.EqualTo(first));
    }

    [Test]
    public void A_fingerprinted_file_that_was_deleted_or_changed_in_the_root_is_made_again()
    {
        Make().Collect();
        var good = _site.Tree();
        var named = _site.Name();
        File.Delete(Path.Combine(_site.Root, named["css/a.css"].Path));
        File.WriteAllText(Path.Combine(_site.Root, named["css/all.css"].Path), "changed");
        File.WriteAllText(Path.Combine(_site.Root, named["img/x.png"].Path), "changed");
        _site.Collect();
        Assert.That(_site.Tree(), Is.EqualTo(good));
    }

    public void Dispose() => _site.Dispose();

    private Site Make() => _site
        .Write("img/x.png", "x").Write("img/y.png", "y")
        .Write("css/a.css", "a{b:url(../img/x.png)}").Write("css/other.css", "a{b:url(../img/y.png)}").Write("css/all.css", "@import 'a.css';")
        .Write("js/a.js", "import './b.js'").Write("js/b.js", "import './a.js'");

    private Dictionary<string, DateTime> Times() =>
        _site.Tree().Keys.ToDictionary(path => path, path => File.GetLastWriteTimeUtc(Path.Combine(_site.Root, path)), StringComparer.Ordinal);
}
