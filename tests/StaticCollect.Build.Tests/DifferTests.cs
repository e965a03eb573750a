using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>What is told of two releases that collections left.</summary>
internal sealed class DifferTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Test]
    public void Each_change_is_told_with_its_reason_and_its_cost()
    {
        _site.Write("index.html", "<link rel=stylesheet href=css/site.css>").Write("css/site.css", "@import 'base.css';").Write("css/base.css", "a{background:url(../logo.svg)}")
            .Write("logo.svg", "<svg/>").Write("old.js", "1").Write("same.js", "2");
        _site.Collect();
        var before = Names();
        _site.Write("logo.svg", "<svg><g/></svg>").Write("new.js", "3").Delete("old.js");
        _site.Collect();
        var after = Names();

        Assert.That(Told(), Is.EqualTo(new[]
        {
            "release 2 compared with release 1: 6 files changed.",
            "  1 edited:",
            $"    '{before["logo.svg"]}' -> '{after["logo.svg"]}', 15 bytes",
            "  3 only because of others:",
            $"    '{before["css/base.css"]}' -> '{after["css/base.css"]}', 43 bytes: 'css/base.css' refers to 'logo.svg', which was edited",
            $"    '{before["css/site.css"]}' -> '{after["css/site.css"]}', 32 bytes: 'css/site.css' refers to 'css/base.css', which refers to 'logo.svg', which was edited",
            "    'index.html', 52 bytes: 'index.html' refers to 'css/site.css', which refers to 'css/base.css', which refers to 'logo.svg', which was edited",
            "  1 added:",
            "    'new.js', 1 byte",
            "  1 removed:",
            "    'old.js'",
            "  A visitor who comes back downloads 142 bytes again, and 1 byte that are new.",
            "  1 at fault, the most expensive first:",
            "    'logo.svg', which was edited: 142 bytes in 4 files",
        }));
    }

    [Test]
    public void A_setting_is_told_as_a_reason_of_its_own_and_so_is_another_way_of_sending()
    {
        _site.Write("a.css", "a{b:url(x.png)}").Write("x.png", "1").Write("long.js", new string('a', 5000));
        _site.Collect();
        var before = Names();
        _site.Rules = _site.Rules with { KeepName = [new Glob("x.png")] };
        _site.Compression = new CompressionSettings { CacheDirectory = Path.Combine(_site.Folder, "cache"), Encodings = [ContentEncodings.Gzip] };
        _site.Collect();
        var told = Told();

        Assert.That(told, Does.Contain($"    '{before["x.png"]}' -> 'x.png', 1 byte"));
        Assert.That(told, Has.One.EndsWith("'a.css' refers to 'x.png', which changed with a setting, or with a file of the web root"));
        Assert.That(told, Has.One.Match(@"^    'long.js': gzip \d+ bytes$"));

        _site.Compression = null;
        _site.Rules = _site.Rules with { KeepOriginals = false };
        _site.Collect();
        Assert.That(Told(), Does.Contain("    'long.js': not under its plain name any more, no gzip any more"));
    }

    [Test]
    public void Another_source_of_a_file_is_told()
    {
        using var work = new Workspace();
        work.Write("app/static/a.css", "of the app");
        work.Collect();
        work.Write("static/a.css", "of the project");
        work.Collect();
        Assert.That(Differ.Compare(work.Settings, new RecordingLog()), Does.Contain("    'a.css', 14 bytes, from 'static/a.css' in place of 'app/static/a.css'"));
    }

    [Test]
    public void Two_releases_alike_and_the_first_one_are_told_as_such()
    {
        _site.Write("a.css", "1");
        _site.Collect();
        Assert.That(Told()[0], Is.EqualTo("release 1 compared with nothing, as no release before it is kept: 1 file changed."));
        var path = Path.Combine(_site.Settings.StateFolder, "release.json");
        Assert.That(
            Differ.Compare(_site.Settings with { ReleaseBefore = path }, new RecordingLog()),
            Is.EqualTo(new[] { $"release 1 has the files of '{_site.Settings.Show(path)}', and sends them alike." }));
    }

    [Test]
    public void Of_many_the_first_are_told()
    {
        for (var i = 0; i < 30; i++)
            _site.Write($"{i:D2}.js", $"{i}");
        _site.Collect();
        Assert.That(Told().Skip(21), Is.EqualTo(new[] { "    '19.js', 2 bytes", "    and 10 more", "  A visitor who comes back downloads 0 bytes again, and 50 bytes that are new." }));
    }

    [TestCase("StaticCollectReleaseBefore")]
    [TestCase("StaticCollectReleaseAfter")]
    public void What_is_no_release_is_an_error(string property)
    {
        _site.Write("a.css", "1");
        _site.Collect();
        var log = new RecordingLog();
        var settings = property == "StaticCollectReleaseBefore" ? _site.Settings with { ReleaseBefore = _site.PathOf("a.css") } : _site.Settings with { ReleaseAfter = _site.PathOf("gone.json") };
        Assert.That(Differ.Compare(settings, log), Is.Empty);
        Assert.That(log.Diagnostics.Single().Text, Does.StartWith($"{property} is '"));
    }

    [Test]
    public void Without_a_collection_there_is_an_error()
    {
        var log = new RecordingLog();
        Assert.That(Differ.Compare(_site.Settings, log), Is.Empty);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.ReleaseUnreadable }));
    }

    [Test]
    public void A_dry_run_writes_no_file_for_programs([Values] bool dryRun)
    {
        _site.Write("a.css", "1");
        _site.Collect();
        var path = Path.Combine(_site.Folder, "out/diff.json");
        Differ.Compare(_site.Settings with { DiffPath = path, DryRun = dryRun }, new RecordingLog());
        Assert.That(File.Exists(path), Is.Not.EqualTo(dryRun));
    }

    private IReadOnlyList<string> Told() => Differ.Compare(_site.Settings, new RecordingLog());

    private Dictionary<string, string> Names() => _site.Name().Names();
}
