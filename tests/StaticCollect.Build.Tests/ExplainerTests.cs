using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>What is told of one file.</summary>
internal sealed class ExplainerTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Test]
    public void Everything_is_told_of_a_file_and_why_its_name_changed_down_to_the_edit_with_each_place()
    {
        _site.Write("index.html", "<link\n rel=stylesheet href=css/site.css>").Write("css/site.css", "@import 'base.css';").Write("css/base.css", "a {\n  background: url(../logo.svg) }").Write("logo.svg", "<svg/>");
        _site.Collect();
        var before = _site.Name().Names()["css/site.css"];
        _site.Write("logo.svg", "<svg><g/></svg>").Collect();
        var site = _site.Name()["css/site.css"];

        Assert.That(Told("css/site.css"), Is.EqualTo(new[]
        {
            $"'css/site.css' is published as '{site.Path}' and under its own name:",
            "  * 'static/css/site.css' (Own 'App'): collected, it is the only source.",
            $"  32 bytes of text/css, integrity {site.Content.Hash.Integrity}; references in it are rewritten.",
            "  Sent without an encoding: StaticCollectCompress names none.",
            $"  Cache-Control of '{site.Path}' is 'public, max-age=31536000, immutable': other bytes get another name.",
            "  Cache-Control of 'css/site.css' is 'no-cache': other bytes come under the same name.",
            "  Refers to:",
            "    'css/base.css' at static/css/site.css(1,10)",
            "  Referred to by:",
            "    'index.html' at static/index.html(2,22)",
            $"  Changed in release 2: 'css/site.css' refers to 'css/base.css' at static/css/site.css(1,10), which refers to 'logo.svg' at static/css/base.css(2,19), which was edited. In release 1 it was '{before}'.",
        }));
        Assert.That(Told("logo.svg")[^1], Does.StartWith("  Changed in release 2: it was edited. In release 1 it was 'logo."));
        Assert.That(Told("index.html")[^1], Does.StartWith("  Changed in release 2: 'index.html' refers to ").And.EndsWith("which was edited."));
    }

    [Test]
    public void A_file_is_found_by_each_of_its_names_by_its_url_and_by_a_pattern()
    {
        _site.Compression = new CompressionSettings { CacheDirectory = Path.Combine(_site.Folder, "cache"), Encodings = [ContentEncodings.Gzip] };
        _site.Write("css/site.css", new string('a', 1000)).Write("css/print.css", "b");
        _site.Collect();
        var first = _site.Name()["css/site.css"].Path;
        _site.Write("css/site.css", new string('b', 1000)).Collect();
        var now = _site.Name()["css/site.css"].Path;
        var head = $"'css/site.css' is published as '{now}' and under its own name:";

        foreach (var path in new[] { "css/site.css", "CSS/site.css", now, "/static/css/site.css", $"/static/{now}?v=1#x", "https://example.com/static/css/site.css" })
            Assert.That(Told(path)[0], Is.EqualTo(head), path);
        Assert.That(Told(first).Take(2), Is.EqualTo(new[] { $"'{first}' is what 'css/site.css' was called in release 1:", head }));
        Assert.That(Told(now + ".gz").Take(2), Is.EqualTo(new[] { $"'{now}.gz' is an encoding (gzip) of 'css/site.css':", head }));
        var all = Told("css/*.css");
        Assert.That(all[0], Is.EqualTo("2 files match 'css/*.css':"));
        Assert.That(all, Does.Contain(head).And.Some.StartsWith("'css/print.css' is published as"));
        Assert.That(Told("css/s*.css")[0], Is.EqualTo(head));
    }

    [Test]
    public void Encodings_tell_what_they_save_or_why_there_is_none()
    {
        _site.Compression = new CompressionSettings { CacheDirectory = Path.Combine(_site.Folder, "cache"), Encodings = [ContentEncodings.Gzip] };
        _site.Write("a.css", new string('a', 1000)).Write("b.css", "b").Write("c.png", new string('c', 1000)).Write("d.css", [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7919 >> 3))]);
        _site.Compression = _site.Compression with { MinimumSaving = 90 };
        Assert.That(Told("a.css")[3], Does.Match(@"^  Sent as gzip in \d\d bytes, which saves 9\d %\.$"));
        Assert.That(Told("a.css")[2], Does.StartWith("  1 kB (1,000 bytes) of text/css"));
        Assert.That(Told("b.css")[3], Does.Contain("it is too short"));
        Assert.That(Told("c.png")[3], Does.Contain("files of this type"));
        Assert.That(Told("d.css")[3], Does.Contain("none saves 90 %"));
        Assert.That(Directory.Exists(_site.Compression.CacheDirectory), Is.False, "Nothing is written.");
    }

    [Test]
    public void The_cache_policy_has_its_reason()
    {
        _site.Rules = _site.Rules with { KeepName = [new Glob("kept/**")], AlreadyFingerprinted = [new Glob("named.12345678.js")] };
        _site.Write("kept/a.css", "1").Write("robots.txt", "2").Write("named.12345678.js", "3");
        Assert.That(Told("kept/a.css"), Has.One.EndsWith("'no-cache': it keeps its name, by the pattern 'kept/**', and other bytes come under the same name."));
        Assert.That(Told("robots.txt"), Has.One.Contains("by the pattern 'robots.txt'"));
        Assert.That(Told("named.12345678.js"), Has.One.EndsWith("immutable': StaticCollectAlreadyFingerprinted tells that its name holds a hash."));
        Assert.That(Explainer.Explain(_site.Settings with { Fingerprint = null, PathToFind = "robots.txt" }, new RecordingLog()), Has.One.Contains("StaticCollectFingerprint is off"));
    }

    [Test]
    public void What_a_publish_would_change_is_told_and_what_is_gone()
    {
        _site.Write("a.css", "1").Write("b.css", "2");
        Assert.That(Told("a.css")[^1], Is.EqualTo("  The same in every release that is known, back to the next release."));
        _site.Collect();
        Assert.That(Told("a.css")[^1], Is.EqualTo("  The same in every release that is known, back to release 1."));
        var was = _site.Name()["b.css"].Path;
        _site.Write("a.css", "3").Delete("b.css").Write("c.css", "4");
        Assert.That(Told("a.css")[^1], Does.StartWith("  Changed in the next release: it was edited."));
        Assert.That(Told("c.css")[^1], Is.EqualTo("  New in the next release."));
        Assert.That(Told("b.css"), Is.EqualTo(new[] { "'b.css' is not collected any more:", $"  Removed in the next release; in release 1 it was '{was}'." }));
    }

    [Test]
    public void What_is_wrong_in_a_file_is_told_with_its_place()
    {
        _site.Rules = _site.Rules with { MissingReference = MissingReferencePolicy.Error };
        _site.Write("a.css", "a{b:url(gone.png)}").Write("b.css", "");
        Assert.That(Told("a.css"), Has.One.StartsWith("  SC3001 in line 1, column 9: 'gone.png' in 'a.css' leads to 'gone.png', which is not collected"));
        Assert.That(Told("b.css"), Has.None.Contains("SC3001"));
    }

    [Test]
    public void Who_lost_is_told_and_what_is_no_file_of_its_own()
    {
        using var work = new Workspace();
        work.Write("app/static/a.css", "of the app").Write("static/a.css", "of the project").Write("static/staticfiles.json", "{}");
        var settings = work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = Path.Combine(work.Root, "staticfiles.json") } };
        Assert.That(Explainer.Explain(settings with { PathToFind = "a.css" }, new RecordingLog()).Skip(1).Take(2), Is.EqualTo(new[]
        {
            "  * 'static/a.css' (Own 'App'): collected, the last one scanned wins (StaticCollectConflict=LastWins).",
            "    'app/static/a.css' (App 'app')",
        }));
        Assert.That(Explainer.Explain(settings with { PathToFind = "staticfiles.json" }, new RecordingLog()), Is.EqualTo(new[]
        {
            "'staticfiles.json':",
            "  * 'static/staticfiles.json' (Own 'App'): the winner, it is the only source.",
            "  Not collected: the manifest goes there.",
        }));
    }

    [Test]
    public void A_path_that_is_not_there_gets_the_nearest_ones()
    {
        _site.Write("css/site.css", "1");
        Assert.That(Told("css/sites.css"), Is.EqualTo(new[] { "No file has the path 'css/sites.css'. Did you mean 'css/site.css'?" }));
        Assert.That(Told("*.js"), Is.EqualTo(new[] { "No file has the path '*.js'." }));
        var log = new RecordingLog();
        Assert.That(Explainer.Explain(_site.Settings with { PathToFind = "" }, log), Is.Empty);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.PathToFindMissing }));
    }

    private IReadOnlyList<string> Told(string path) => Explainer.Explain(_site.Settings with { PathToFind = path }, new RecordingLog());
}
