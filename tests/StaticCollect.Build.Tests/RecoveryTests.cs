using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>A build server that checks out anew and keeps the static root: what lies below <c>obj</c> is gone.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly Workspace _other = new();

    public void Dispose()
    {
        _work.Dispose();
        _other.Dispose();
    }

    [Test]
    public void With_a_manifest_in_the_root_nothing_is_forgotten([Values] bool encodes, [Values] bool keepsOriginals)
    {
        Both(work => work.Write("static/a.css", "a { background: url(p.png) }".PadRight(900)).Write("static/p.png", "old").Write("static/gone.js", "gone".PadRight(900)).Write("static/c/d.txt"));
        Both(work => work.Collect(Settings(work)));
        _work.Tree.Delete("App/obj");
        Both(work =>
        {
            work.Tree.Delete("App/static/gone.js").Delete("App/static/c");
            work.Write("static/p.png", "new", TempTree.Old.AddDays(1));
        });

        var dry = new RecordingLog { WantsDetails = false };
        _work.Collect(Settings(_work) with { DryRun = true }, dry);
        var log = new RecordingLog { WantsDetails = false };
        _work.Collect(Settings(_work), log);
        _other.Collect(Settings(_other));
        Assert.That(_work.Collected, Is.EqualTo(_other.Collected), "the same as where obj was kept");
        Assert.That(_work.Collected.Keys.Count(path => path.StartsWith("gone.", StringComparison.Ordinal)), Is.EqualTo(encodes ? 3 : 1), "pages of the release before ask for it");
        Assert.That(Numbers(log), Is.EqualTo(Numbers(dry)));
        Assert.That(log.Diagnostics, Is.Empty);

        // The release that was recovered counts as long as any other.
        Both(work => work.Write("static/p.png", "newer", TempTree.Old.AddDays(2)).Collect(Settings(work)));
        Assert.That(_work.Collected, Is.EqualTo(_other.Collected));
        Assert.That(_work.Collected.Keys.Where(path => path.StartsWith("gone.", StringComparison.Ordinal)), Is.Empty);

        CollectSettings Settings(Workspace work) => work.Settings with
        {
            Fingerprint = new FingerprintSettings { ManifestPath = $"{work.Root}/staticfiles.json", KeepReleases = 1, KeepOriginals = keepsOriginals },
            Compression = encodes ? new CompressionSettings { CacheDirectory = work.Tree["App/obj/staticcollect/cache"], Encodings = [ContentEncodings.Gzip, ContentEncodings.Brotli], Level = CompressLevel.Fastest } : null,
        };

        static string Numbers(RecordingLog log) => string.Join(' ', string.Join(' ', log.Summaries).Split(' ').Where(word => word.All(char.IsDigit)));
    }

    [Test]
    public void What_cannot_be_known_stays_and_is_told_once()
    {
        var settings = Fingerprinted(_work);
        foreach (var (text, day) in new[] { ("one", 1), ("two", 2) })
            _work.Write("static/p.png", text, TempTree.Old.AddDays(day)).Collect(settings);
        var oldest = _work.Collected.Single(file => file.Value == "one").Key;
        _work.Tree.Delete("App/obj");
        _work.Write("static/p.png", "three", TempTree.Old.AddDays(3));

        var log = new RecordingLog { WantsDetails = false };
        _work.Collect(settings, log);
        Assert.That(log.Summaries[0], Is.EqualTo(
            $"'{oldest}' in the static root 'bin/publish/wwwroot/static' is of earlier collections or of somebody else: what is below 'obj/staticcollect/' tells, and that is gone. Nothing takes it away; delete what nobody needs, or publish once with StaticCollectClear=true."));
        Assert.That(_work.Collected.Values, Is.SupersetOf(new[] { "one", "two", "three" }));

        log = new RecordingLog { WantsDetails = false };
        _work.Collect(settings, log);
        Assert.That(log.Summaries, Has.None.Contains("earlier collections"));
    }

    [Test]
    public void Without_a_manifest_nothing_is_known_and_that_is_told()
    {
        _work.Write("static/a.css").Write("static/b.css").Write("static/c.css").Collect();
        _work.Tree.Delete("App/obj").Delete("App/static/a.css").Delete("App/static/b.css");
        var log = new RecordingLog { WantsDetails = false };
        _work.Collect(log: log);
        Assert.That(log.Summaries, Has.One.StartsWith("'a.css' and 1 more in the static root 'bin/publish/wwwroot/static' are of earlier collections or of somebody else"));
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(new[] { "a.css", "b.css", "c.css" }));
    }

    [Test]
    public void A_first_run_into_a_folder_that_holds_something_tells_nothing()
    {
        _work.Write("static/a.css").Tree.Write($"{Workspace.RootBelowTree}/mine.txt");
        var log = new RecordingLog { WantsDetails = false };
        _work.Collect(log: log);
        Assert.That(log.Summaries, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_lost_record_is_made_up_for_by_the_release_on_disk()
    {
        _work.Write("static/a.css").Write("static/gone.css").Collect();
        _work.Tree.Delete("App/static/gone.css");
        File.Delete(_work.Settings.LastRunPath);
        _work.Collect();
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(new[] { "a.css" }));
    }

    [Test]
    [NotUnderWine("an edited hard link is not seen there")]
    public void What_may_be_a_hard_link_to_its_source_is_written_again()
    {
        _work.Write("static/a.css", "one").Collect(_work.Settings with { Link = LinkMode.Hard });
        File.Delete(_work.Settings.LastRunPath);
        _work.Collect();
        File.WriteAllText(_work.Tree["App/static/a.css"], "two");
        Assert.That(_work.Collected["a.css"], Is.EqualTo("one"), "it is a copy now");
    }

    [Test]
    public void Cleaning_knows_it_too()
    {
        _work.Write("static/a.css").Collect(Fingerprinted(_work));
        _work.Tree.Delete("App/obj").Write($"{Workspace.RootBelowTree}/mine.txt");
        Cleaner.Clean(Fingerprinted(_work), new RecordingLog());
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(new[] { "mine.txt" }));
    }

    [Test]
    public void What_is_not_what_the_manifest_says_is_left()
    {
        _work.Write("static/a.css").Write("static/gone.css").Collect(Fingerprinted(_work));
        _work.Tree.Delete("App/obj").Delete("App/static/gone.css").Write($"{Workspace.RootBelowTree}/gone.css", "mine now");
        var log = new RecordingLog();
        _work.Collect(Fingerprinted(_work), log);
        Assert.That(_work.Collected["gone.css"], Is.EqualTo("mine now"));
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.NotAsLeft }));
    }

    [TestCase("""{"version":"1.1","paths":{"mine.txt":"mine.txt"},"hash":""}""")]
    [TestCase("""{"version":"1.1","paths":{"mine.txt":"mine.txt"},"files":{"mine.txt":{"integrity":"sha384-x","length":1,"app":"","immutable":false}}}""")]
    [TestCase("""{"paths":{"../../App.csproj":"../../App.csproj"},"files":{"../../App.csproj":{"integrity":"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=","length":0,"app":"","immutable":false}}}""")]
    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("""{"paths":{"a":null},"files":{}}""")]
    public void A_manifest_of_somebody_else_tells_nothing(string manifest)
    {
        _work.Write("static/a.css").Tree.Write($"{Workspace.RootBelowTree}/staticfiles.json", manifest).Write($"{Workspace.RootBelowTree}/mine.txt", "");
        _work.Collect(Fingerprinted(_work));
        Assert.That(_work.Collected.Keys, Does.Contain("mine.txt"));
        Assert.That(_work.Tree.Has("App/App.csproj"), Is.True);
    }

    private static CollectSettings Fingerprinted(Workspace work) =>
        work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{work.Root}/staticfiles.json", KeepReleases = 1 } };

    private void Both(Action<Workspace> happening)
    {
        happening(_work);
        happening(_other);
    }
}
