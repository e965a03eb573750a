using System.IO.Compression;
using System.Text;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>Faults that were seen once, each in the shortest history that shows it.</summary>
public sealed class SeenFaultTests : IDisposable
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("a { color: red }\n", 60));

    private readonly Workspace _work = new(below: "/dev/shm");

    public void Dispose() => _work.Dispose();

    [Test]
    public void A_file_that_became_too_short_to_compress_leaves_no_encoding_of_its_old_bytes()
    {
        _work.Write("static/app.js", Long);
        _work.Collect(Compressed());
        Assert.That(_work.Collected.Keys, Does.Contain("app.js.gz"));

        _work.Tree.Delete("App/obj");
        _work.Write("static/app.js", "short", TempTree.Old.AddDays(1));
        _work.Collect(Compressed());
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(new[] { "app.js" }));
    }

    [Test]
    public void A_stale_encoding_goes_whoever_wrote_it_and_whether_any_are_made()
    {
        _work.Write("static/app.js", Long);
        _work.Tree.Write($"{Workspace.RootBelowTree}/app.js.br", "of another tool").Write($"{Workspace.RootBelowTree}/other.js.br", "stays");
        _work.Collect();
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(new[] { "app.js", "other.js.br" }));
    }

    [Test]
    public void A_stale_encoding_that_a_source_brings_is_not_published([Values] bool compresses)
    {
        _work.Write("static/app.js", Long);
        WriteBytes("App/static/app.js.gz", Disk.Encode(".gz", Encoding.UTF8.GetBytes(Long + "changed")));
        _work.Collect(compresses ? Compressed() : _work.Settings);
        Oracle.SiblingsDecode(_work.Root, ["app.js"]);
        Assert.That(File.Exists($"{_work.Root}/app.js"), Is.True);
    }

    [Test]
    public void Lengths_are_those_of_the_bytes_after_a_twin_of_a_source_went_with_the_root()
    {
        // As large as may be: nothing that is made here has its length.
        var settings = Compressed() with { Endpoints = Endpoints(), Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
        settings = settings with { Compression = settings.Compression! with { MinimumSaving = 0, Level = CompressLevel.Smallest } };
        _work.Write("static/a.css", Long);
        WriteBytes("App/static/a.css.gz", Disk.Encode(".gz", Encoding.UTF8.GetBytes(Long), CompressionLevel.Fastest));
        _work.Collect(settings);

        _work.Tree.Delete("App/static/a.css.gz").Delete(Workspace.RootBelowTree);
        _work.Collect(settings);
        Oracle.RoutesAreTrue(settings.Endpoints!.ManifestPath, settings.Endpoints.WebRoot, _work.Root);
        using var manifest = JsonDocument.Parse(_work.Collected["staticfiles.json"]);
        var said = manifest.RootElement.GetProperty("files").GetProperty("a.css").GetProperty("encodings");
        foreach (var (suffix, name) in Disk.Suffixes.Where(pair => said.TryGetProperty(pair.Value, out _)))
            Assert.That(said.GetProperty(name).GetInt64(), Is.EqualTo(new FileInfo($"{_work.Root}/a.css{suffix}").Length), name);
    }

    [Test]
    public void A_twin_that_pays_where_ours_does_not_is_taken_again_after_it_went()
    {
        // Fifty random letters, again and again in a distance: the slow encoder of the source finds them, our fast one
        // does not save as much.
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 6000).Select(_ => (char)('a' + random.Next(26))));
        var bytes = Encoding.UTF8.GetBytes(text + text[..3000]);
        var (best, fast) = (Disk.Encode(".br", bytes, CompressionLevel.SmallestSize), Disk.Encode(".br", bytes, CompressionLevel.Fastest));
        var saving = 100 - (int)Math.Ceiling(best.Length * 100.0 / bytes.Length);
        Assume.That(best, Has.Length.LessThan(fast.Length));
        var settings = Compressed(ContentEncodings.Brotli);
        settings = settings with { Compression = settings.Compression! with { MinimumSaving = saving, Level = CompressLevel.Fastest } };
        WriteBytes("App/static/app.js", bytes);
        WriteBytes("App/static/app.js.br", best);
        _work.Collect(settings);
        Assert.That(File.ReadAllBytes($"{_work.Root}/app.js.br"), Is.EqualTo(best));

        _work.Tree.Delete($"{Workspace.RootBelowTree}/app.js.br");
        _work.Collect(settings);
        Assert.That(File.ReadAllBytes($"{_work.Root}/app.js.br"), Is.EqualTo(best));

        _work.Tree.Delete("App/static/app.js.br").Delete(Workspace.RootBelowTree);
        _work.Collect(settings);
        Assert.That(_work.Tree.Files(Workspace.RootBelowTree), Is.EquivalentTo(new[] { "app.js" }), "ours does not pay");
    }

    [Test]
    public void A_dry_run_counts_what_the_run_does_with_encodings_after_an_edit()
    {
        var settings = Compressed(ContentEncodings.Gzip, ContentEncodings.Brotli);
        settings = settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json", KeepReleases = 0 } };
        _work.Write("static/a.css", Long).Write("static/b.css", Long + "b");
        _work.Collect(settings);
        _work.Write("static/a.css", Long + "edited", TempTree.Old.AddDays(1));

        var (dryLog, realLog) = (new RecordingLog(), new RecordingLog());
        var before = Disk.Snapshot(_work.Tree.Path);
        var dry = _work.Collect(settings with { DryRun = true }, dryLog);
        Assert.That(Disk.Differences(before, Disk.Snapshot(_work.Tree.Path)), Is.Empty);
        var real = _work.Collect(settings, realLog);
        Assert.That(dry.Removed, Is.EqualTo(real.Removed));
        Assert.That(
            dryLog.Summaries.Single().Replace("would be ", "", StringComparison.Ordinal),
            Does.StartWith(realLog.Summaries.Single().Split(" to '")[0]));
        Assert.That(
            dryLog.Details.Where(line => line.Contains("Would", StringComparison.Ordinal)).Select(line => line.Split('\'')[^2]),
            Is.EqualTo(realLog.Details.Where(line => line.Contains("Copied", StringComparison.Ordinal) || line.Contains("Removed", StringComparison.Ordinal)).Select(line => line.Split('\'')[^2])));
    }

    [Test]
    public void Listing_tells_of_the_files_that_are_collected_and_of_no_twins()
    {
        var settings = Everything();
        _work.Collect(settings);
        Assert.That(
            Inspector.List(settings, new RecordingLog()).Select(line => line.Split(" <- ")[0].Trim()),
            Is.EqualTo(new[] { "1 static file would be collected to 'bin/publish/wwwroot/static/'.", "a.css" }));
    }

    [TestCase("a.css.gz")]
    [TestCase("staticfiles.json")]
    public void Finding_announces_no_fingerprinted_name_for_what_gets_none(string path)
    {
        var settings = Everything();
        _work.Collect(settings);
        var answer = Inspector.Find(settings with { PathToFind = path }, new RecordingLog());
        foreach (var line in answer.Where(line => line.Contains("Published as '", StringComparison.Ordinal)))
            Assert.That(File.Exists($"{_work.Root}/{line.Split('\'')[1]}"), Is.True, line);
        Assert.That(answer, Is.Not.Empty.And.None.Contains(": collected, it is the only source"));
    }

    [Test]
    [NotUnderWine("it has no times of birth")]
    public void A_source_of_equal_length_and_time_that_is_another_file_is_seen([Values] bool fingerprints, [Values] bool encodings)
    {
        var settings = encodings ? Compressed() : _work.Settings;
        if (fingerprints)
            settings = settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
        Directory.CreateDirectory(_work.Tree["App/static"]);
        var source = _work.Tree["App/static/a.css"];
        var birth = Inodes.Put(source, Encoding.UTF8.GetBytes(Long), TempTree.Old);
        _work.Collect(settings);
        var before = _work.Collected.Keys.ToList();

        var changed = Long[..^3] + "ed}";
        Assume.That(Inodes.Put(source, Encoding.UTF8.GetBytes(changed), TempTree.Old, notOf: birth), Is.Not.EqualTo(birth));
        _work.Collect(settings);
        Assert.That(_work.Collected["a.css"], Is.EqualTo(changed));
        Oracle.SiblingsDecode(_work.Root, ["a.css"]);
        if (fingerprints)
            Assert.That(_work.Collected.Keys.Except(before, StringComparer.Ordinal), Is.Not.Empty, "other bytes, another name");
    }

    [Test]
    [NotUnderWine("it has no times of birth")]
    public void A_file_in_the_root_that_was_replaced_at_equal_length_and_time_is_written_again([Values] bool fingerprints)
    {
        var settings = fingerprints ? _work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } } : _work.Settings;
        _work.Write("static/a.css", Long);
        _work.Collect(settings);
        foreach (var path in _work.Collected.Keys.Where(path => path.StartsWith("a.", StringComparison.Ordinal)).ToList())
            Inodes.Put($"{_work.Root}/{path}", Encoding.UTF8.GetBytes(Long[..^3] + "ed}"), File.GetLastWriteTimeUtc($"{_work.Root}/{path}"));
        _work.Collect(settings);
        Assert.That(_work.Collected.Where(file => file.Key.StartsWith("a.", StringComparison.Ordinal)).Select(file => file.Value == Long), Is.All.True);
    }

    [Test]
    public void What_somebody_else_published_in_place_of_ours_is_not_removed_as_ours()
    {
        _work.Write("static/a.css", "ours").Write("static/b.css");
        _work.Collect();
        _work.Tree.Delete("App/static/a.css").Delete($"{Workspace.RootBelowTree}/a.css").Write($"{Workspace.RootBelowTree}/a.css", "of the SDK's publish", TempTree.Old.AddDays(1));
        _work.Collect();
        Assert.That(_work.Collected.GetValueOrDefault("a.css"), Is.EqualTo("of the SDK's publish"));
    }

    [TestCase("d/p.png", "d/p.png")]
    [TestCase("d/.hidden")]
    [NotUnderWine("it makes no symbolic links")]
    public void A_link_of_ours_to_what_is_a_folder_now_goes(string source, params string[] collected)
    {
        var settings = _work.Settings with { Link = LinkMode.Symbolic };
        _work.Write("static/d", "a file");
        _work.Collect(settings);
        _work.Tree.Delete("App/static/d");
        _work.Write($"static/{source}", "a file below");
        _work.Collect(settings);
        Assert.That(_work.Collected.Keys, Is.EqualTo(collected));
        Assert.That(new FileInfo($"{_work.Root}/d").LinkTarget, Is.Null);
    }

    [TestCase("Symbolic")]
    [TestCase("Hard")]
    public void A_file_that_a_bundler_named_is_no_link_and_is_kept_without_its_source(string link)
    {
        Here.Needs(Enum.Parse<LinkMode>(link));
        var settings = _work.Settings with
        {
            Link = Enum.Parse<LinkMode>(link),
            Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json", KeepReleases = 2, AlreadyFingerprinted = [new Glob("app-*.js")] },
        };
        _work.Write("static/app-B2x9Qk1Z.js", "1").Write("static/a.css", "a{}");
        _work.Collect(settings);
        File.WriteAllText(_work.Tree["App/static/app-B2x9Qk1Z.js"], "2");
        _work.Tree.Delete("App/static/app-B2x9Qk1Z.js");
        _work.Collect(settings);
        Assert.That(_work.Collected.GetValueOrDefault("app-B2x9Qk1Z.js"), Is.EqualTo("1"));
    }

    [TestCase("")]
    [TestCase("b5")]
    public void What_is_kept_does_not_stand_where_a_folder_becomes_a_file(string other)
    {
        var settings = _work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json", KeepReleases = 2 } };
        _work.Write("static/d/p.png", "1").Write("static/a.css", "a{}");
        _work.Collect(settings);
        _work.Tree.Delete("App/static/d");
        _work.Write("static/d", "a file").Write("static/a.css", $"a{{}}{other}");
        _work.Collect(settings);
        Assert.That(_work.Collected.Keys.Where(path => path.StartsWith('d')), Has.Some.EqualTo("d").And.None.StartsWith("d/"));
    }

    [TestCase("d/p.png", "d")]
    [TestCase("d", "d/p.png")]
    public void What_somebody_else_put_in_place_of_ours_stands_in_the_way_and_nothing_is_written(string old, string wanted)
    {
        _work.Write($"static/{old}", "ours").Write("static/a.css");
        _work.Collect();
        Inodes.Put($"{_work.Root}/{old}", "of others"u8.ToArray(), TempTree.Old.AddDays(1));
        _work.Tree.Delete("App/static/d");
        _work.Write($"static/{wanted}", "new").Write("static/b.css");
        var before = Disk.Snapshot(_work.Root);
        Assert.That(_work.CollectAndFail().Code, Is.EqualTo(Codes.RootBlocked));
        Assert.That(Disk.Differences(before, Disk.Snapshot(_work.Root)), Is.Empty);
    }

    [Test]
    public void What_is_written_has_the_time_of_writing([Values] bool fingerprints)
    {
        var settings = Compressed();
        if (fingerprints)
            settings = settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
        _work.Write("static/a.css", Long, TempTree.Old).Write("static/p.png", "p", TempTree.Old);
        var before = DateTime.UtcNow.AddSeconds(-1);
        _work.Collect(settings);
        foreach (var path in _work.Collected.Keys)
            Assert.That(File.GetLastWriteTimeUtc($"{_work.Root}/{path}"), Is.GreaterThan(before), path);
    }

    [Test]
    public void A_kept_file_that_was_tampered_with_is_not_kept()
    {
        var settings = _work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
        _work.Write("static/p.png", "old");
        _work.Collect(settings);
        var old = _work.Collected.Keys.Single(path => Oracle.Split(path) is not null);
        _work.Write("static/p.png", "new", TempTree.Old.AddDays(1));
        _work.Collect(settings);
        Assert.That(_work.Collected[old], Is.EqualTo("old"));

        _work.Tree.Write($"{Workspace.RootBelowTree}/{old}", "tampered", DateTime.UtcNow);
        _work.Collect(settings);
        Assert.That(_work.Collected.GetValueOrDefault(old, "old"), Is.EqualTo("old"));
    }

    [Test]
    public void A_rename_of_case_leaves_one_route_for_both_names()
    {
        var settings = _work.Settings with { Endpoints = Endpoints(), Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
        _work.Write("static/p.png", "the same");
        _work.Collect(settings);
        _work.Tree.Delete("App/static/p.png");
        _work.Write("static/P.png", "the same");
        _work.Collect(settings);

        // Pages of the release before ask for the old name. On Windows that is the same file.
        Assert.That(_work.Collected.Keys.Count(path => Oracle.Split(path) is not null), Is.EqualTo(OperatingSystem.IsWindows() ? 1 : 2));
        Assert.That(ReleaseOnDisk.Read(settings).Files.Select(file => file.Path), Is.EquivalentTo(_work.Collected.Keys));
        Oracle.RoutesAreTrue(settings.Endpoints!.ManifestPath, settings.Endpoints.WebRoot, _work.Root);
    }

    /// <summary>A style sheet, a good twin of it, and a file where the manifest goes, with all that matters to them on.</summary>
    private CollectSettings Everything()
    {
        _work.Write("static/a.css", Long).Write("static/staticfiles.json", "{}");
        WriteBytes("App/static/a.css.gz", Disk.Encode(".gz", Encoding.UTF8.GetBytes(Long)));
        return Compressed() with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json" } };
    }

    private CollectSettings Compressed(params IContentEncoding[] encodings) => _work.Settings with
    {
        Compression = new CompressionSettings
        {
            CacheDirectory = _work.Tree["App/obj/staticcollect/cache"],
            Encodings = encodings.Length > 0 ? encodings : [ContentEncodings.Gzip],
            Level = CompressLevel.Fastest,
        },
    };

    private EndpointsSettings Endpoints()
    {
        _work.Tree.Write("App/bin/publish/App.staticwebassets.endpoints.json", """{"Version":1,"ManifestType":"Publish","Endpoints":[]}""");
        return new(_work.Tree["App/bin/publish/App.staticwebassets.endpoints.json"], _work.Tree["App/bin/publish/wwwroot"], default);
    }

    private void WriteBytes(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_work.Tree[path])!);
        File.WriteAllBytes(_work.Tree[path], bytes);
        File.SetLastWriteTimeUtc(_work.Tree[path], TempTree.Old);
    }
}
