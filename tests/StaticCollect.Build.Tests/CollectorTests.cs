using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

public class CollectorTests
{
    [TestCase(242, true, "", true)]
    [TestCase(243, true, "", false)]
    [TestCase(252, false, "br", true)]
    [TestCase(253, false, "br", false)]
    [TestCase(239, true, "gzip", true)]
    [TestCase(240, true, "gzip", false)]
    [TestCase(251, false, "", true)]
    public void A_name_that_a_fingerprint_or_an_encoding_makes_too_long_is_refused_before_anything_is_written(int length, bool fingerprint, string encoding, bool isGood)
    {
        using var work = new Workspace();
        var name = new string('n', length - 4 - 2) + "\u00e9.css";
        work.Write("static/a.css").Write($"static/{name}", new string('x', 3000));
        var settings = work.Settings with
        {
            Fingerprint = fingerprint ? new FingerprintSettings { ManifestPath = Path.Combine(work.Root, "staticfiles.json"), KeepName = [new Glob("a.css")] } : null,
            Compression = encoding.Length > 0 ? new CompressionSettings { CacheDirectory = work.Tree["cache"], Encodings = [ContentEncodings.Find(encoding)!] } : null,
        };
        if (isGood)
        {
            work.Collect(settings);
            work.Collect(settings);
            Assert.That(work.Collected.Keys, Has.Member(name));
            return;
        }

        var log = new RecordingLog();
        Assert.That(Collector.Collect(settings, log).Succeeded, Is.False);
        Assert.That(Collector.Collect(settings with { DryRun = true }, new RecordingLog()).Succeeded, Is.False);
        Assert.That(log.Codes, Is.All.EqualTo(Codes.PathTooLong).And.Not.Empty);
        Assert.That(log.Diagnostics[0].Text, Does.StartWith($"'{name}' is to be published as '"));
        Assert.That(Directory.Exists(work.Root), Is.False);
    }

    /// <summary>Of a link that leads to a folder now, and of one whose folder has become a file.</summary>
    [Test, Combinatorial]
    public void In_link_mode_a_file_that_becomes_a_folder_is_replaced_and_so_is_a_folder_that_becomes_a_file(
        [Values("Symbolic", "Hard", "None")] string link, [Values] bool fingerprint, [Values] bool isRestored, [Values] bool isKilled)
    {
        Here.Needs(Enum.Parse<LinkMode>(link));
        using var work = new Workspace();
        var settings = work.Settings with
        {
            Link = Enum.Parse<LinkMode>(link),
            Fingerprint = fingerprint ? new FingerprintSettings { ManifestPath = work.Tree["m.json"], KeepOriginals = true } : null,
        };
        work.Write("static/a.css").Write("static/lib", "a file").Write("static/d/e", "in a folder").Collect(settings);
        work.Tree.Delete("App/static/lib").Delete("App/static/d");
        work.Write("static/lib/new.js").Write("static/lib/deep/new.css").Write("static/d", "a file now");
        if (isRestored)
        {
            // What a copy of the root by rsync or a restored cache leaves: the same, at another time.
            foreach (var path in work.Tree.Files(Workspace.RootBelowTree).Where(path => new FileInfo(Path.Combine(work.Root, path)).LinkTarget is null))
                File.SetLastWriteTimeUtc(Path.Combine(work.Root, path), TempTree.Old.AddDays(1));
        }

        if (isKilled)
            LastRunFile.Write(settings.LastRunPath, work.Last.Begin([]));
        for (var run = 0; run < 2; run++)
        {
            work.Collect(settings);
            Assert.That(
                work.Tree.Files(Workspace.RootBelowTree).Where(path => !path.Split('/')[^1].Any(char.IsAsciiDigit)),
                Is.EqualTo(new[] { "a.css", "d", "lib/deep/new.css", "lib/new.js" }));
            Assert.That(work.Tree.Read($"{Workspace.RootBelowTree}/d"), Is.EqualTo("a file now"));
            Assert.That(work.Tree.Files("App/static"), Has.Count.EqualTo(4), "no source is touched");
        }
    }

    [Test]
    public void A_static_root_of_the_longest_name_has_records_and_a_manifest_of_the_longest_name_is_written()
    {
        using var work = new Workspace();
        var root = work.Tree[new string('r', 255)];
        var settings = work.Settings with { Root = root, Fingerprint = new FingerprintSettings { ManifestPath = work.Tree[new string('m', 255)] } };
        work.Write("static/a.css").Collect(settings);
        Assert.That(work.Collect(settings).Files.Select(file => file.Status), Is.All.EqualTo(FileStatus.Unchanged));
        Assert.That(File.Exists(settings.Fingerprint.ManifestPath), Is.True);
    }

    [Test, CancelAfter(60_000)]
    [Platform(Exclude = "Win", Reason = "Windows has none in folders.")]
    public void A_pipe_in_the_static_root_is_never_opened()
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("static/b.css").Collect();
        work.Tree.Delete($"{Workspace.RootBelowTree}/b.css").Pipe($"{Workspace.RootBelowTree}/b.css").Pipe($"{Workspace.RootBelowTree}/a.css.gz").Delete("App/static/b.css");
        work.Collect();
        Assert.That(File.Exists(work.Tree[$"{Workspace.RootBelowTree}/a.css.gz"]), Is.False, "servers would send it in place of the file");
        Assert.That(File.Exists(work.Tree[$"{Workspace.RootBelowTree}/b.css"]), Is.True, "it is nobody's of ours");
    }

    [Test]
    public void Every_source_is_scanned_before_anything_is_copied()
    {
        using var work = new Workspace();
        work.Write("app1/static/style.css").Write("app1/static/logo.png").Write("app2/static/script.js").Write("static/main.css");
        var log = new RecordingLog();
        work.Collect(log: log);
        Assert.That(log.Lines, Is.EqualTo(new[]
        {
            "Scanned App 'app1' in 'app1/static': 2 static files found.",
            "  Found 'logo.png'.",
            "  Found 'style.css'.",
            "Scanned App 'app2' in 'app2/static': 1 static file found.",
            "  Found 'script.js'.",
            "Scanned Own 'App' in 'static': 1 static file found.",
            "  Found 'main.css'.",
            "  Copied 'app1/static/logo.png' to 'bin/publish/wwwroot/static/logo.png'.",
            "  Copied 'static/main.css' to 'bin/publish/wwwroot/static/main.css'.",
            "  Copied 'app2/static/script.js' to 'bin/publish/wwwroot/static/script.js'.",
            "  Copied 'app1/static/style.css' to 'bin/publish/wwwroot/static/style.css'.",
            "4 static files copied to 'bin/publish/wwwroot/static/'. 4 files, 77 bytes.",
        }));
        Assert.That(work.Collected.Keys, Is.EqualTo(new[] { "logo.png", "main.css", "script.js", "style.css" }));
    }

    [Test]
    [NotUnderWine("it makes no symbolic links")]
    public void The_summary_counts_what_was_done()
    {
        using var work = new Workspace();
        work.Write("static/a").Write("static/b").Write("static/c");
        work.Collect();
        work.Write("static/a", "new", TempTree.Old.AddDays(1)).Tree.Delete("App/static/c");
        Assert.That(Summary(work, work.Settings with { DryRun = true }), Is.EqualTo(
            "1 static file would be copied to 'bin/publish/wwwroot/static/', 1 unchanged, 1 would be removed. 2 files, 11 bytes. Dry run: nothing was written."));
        Assert.That(Summary(work, work.Settings), Is.EqualTo("1 static file copied to 'bin/publish/wwwroot/static/', 1 unchanged, 1 removed. 2 files, 11 bytes."));
        Assert.That(Summary(work, work.Settings), Is.EqualTo("0 static files copied to 'bin/publish/wwwroot/static/', 2 unchanged. 2 files, 11 bytes."));
        Assert.That(Summary(work, work.Settings with { Link = LinkMode.Symbolic }), Is.EqualTo("2 static files linked to 'bin/publish/wwwroot/static/'. 2 files, 11 bytes."));
    }

    [Test]
    public void The_summary_tells_what_all_files_weigh_who_was_overridden_and_what_leads_nowhere()
    {
        using var work = new Workspace();
        work.Write("app/static/a.css", "of the app").Write("static/a.css", $"a{{b:url(gone.png)}}{new string(' ', 2000)}").Write("static/b.png", new string('b', 500));
        var settings = work.Settings with
        {
            Fingerprint = new FingerprintSettings { ManifestPath = Path.Combine(work.Root, "staticfiles.json") },
            Compression = new CompressionSettings { CacheDirectory = work.Tree["cache"], Encodings = [ContentEncodings.Gzip], Level = CompressLevel.Fastest },
        };
        var summary = Summary(work, settings);
        var gzip = new FileInfo(Path.Combine(work.Root, "a.css.gz")).Length + 500;
        Assert.That(summary, Is.EqualTo($"2 static files copied to 'bin/publish/wwwroot/static/', 2 fingerprinted. 2 files, 2.5 kB, gzip {gzip} bytes, 1 override, 1 missing reference."));
        Assert.That(Summary(work, settings), Does.EndWith(summary.Split(". ")[1]), "A run that does not look again knows it.");
    }

    [Test]
    public void An_app_with_nothing_but_its_web_root_is_told_where_to_read_on()
    {
        using var work = new Workspace();
        work.Write("bin/publish/wwwroot/css/site.css");
        Assert.That(Summaries(work, work.Settings), Is.EqualTo(new[]
        {
            "0 static files copied to 'bin/publish/wwwroot/static/'.",
            "Nothing to collect was found, and the app's own files in 'bin/publish/wwwroot/' are published as they are. What can be done for them is on the page 'An app with wwwroot' (docs/ways/wwwroot.md).",
        }));

        var inPlace = new WebRootSettings(WebRootMode.InPlace, work.Tree["App/obj/webroot"], new FingerprintSettings { ManifestPath = "" });
        Assert.That(Summaries(work, work.Settings with { WebRoot = inPlace }), Has.Count.EqualTo(1), "Its references are rewritten.");
        Assert.That(Summaries(work, work.Settings with { WebRoot = inPlace with { Mode = WebRootMode.None } }), Has.Count.EqualTo(2));

        work.Write("static/a.css");
        Assert.That(Summaries(work, work.Settings), Has.Count.EqualTo(1), "There is something to collect.");
        Assert.That(Summaries(work, work.Settings), Has.Count.EqualTo(1), "There still is.");
    }

    [TestCase("bin/publish/wwwroot/_framework/blazor.web.js")]
    [TestCase("bin/publish/wwwroot/static/stranger.css")]
    [TestCase("bin/publish/App.dll")]
    [TestCase("wwwroot/site.css")]
    public void Nobody_is_told_of_a_web_root_without_files_of_the_app(string path)
    {
        using var work = new Workspace();
        work.Write(path);
        Assert.That(Summaries(work, work.Settings), Is.EqualTo(new[] { "0 static files copied to 'bin/publish/wwwroot/static/'." }));
    }

    [Test]
    public void A_log_that_wants_no_details_gets_none()
    {
        using var work = new Workspace();
        work.Write("static/a");
        var log = new RecordingLog { WantsDetails = false };
        work.Collect(log: log);
        Assert.That(log.Lines, Is.EqualTo(log.Summaries));
    }

    [Test]
    public void A_dry_run_writes_nothing_at_all()
    {
        using var work = new Workspace();
        work.Write("static/a");
        var before = TempTree.Snapshot(work.Tree.Path);
        var result = work.Collect(work.Settings with { DryRun = true });
        Assert.That(result.Files.Single().Status, Is.EqualTo(FileStatus.Copied));
        Assert.That(TempTree.Snapshot(work.Tree.Path), Is.EqualTo(before));
    }

    [Test]
    public void Clearing_empties_the_root_first_with_links_and_folders()
    {
        using var work = new Workspace();
        work.Write("static/a").Tree.Write("outside/kept")
            .Write($"{Workspace.RootBelowTree}/deep/er/stray.txt").Link($"{Workspace.RootBelowTree}/out", work.Tree["outside"]).Link($"{Workspace.RootBelowTree}/broken", "/nowhere");
        work.Collect();
        Assert.That(work.Tree.Has($"{Workspace.RootBelowTree}/deep/er/stray.txt"), Is.True);
        var result = work.Collect(work.Settings with { Clear = true });
        Assert.That(result.Removed, Is.EqualTo(4));
        Assert.That(TempTree.Snapshot(work.Root).Keys, Is.EqualTo(new[] { "a" }));
        Assert.That(work.Tree.Has("outside/kept"), Is.True);
    }

    [Test]
    public void Clearing_a_root_that_is_not_there_is_no_error()
    {
        using var work = new Workspace();
        work.Write("static/a");
        Assert.That(work.Collect(work.Settings with { Clear = true }).Removed, Is.Zero);
    }

    [Test]
    [NotUnderWine("it makes no symbolic links")]
    public void Every_link_mode_repairs_what_every_other_left()
    {
        var modes = Enum.GetValues<LinkMode>();
        foreach (var (first, then) in modes.SelectMany(first => modes.Select(then => (first, then))))
        {
            using var work = new Workspace();
            work.Write("static/a", "one");
            work.Collect(work.Settings with { Link = first });
            var result = work.Collect(work.Settings with { Link = then });
            Assert.That(result.Files.Single().Status, Is.EqualTo(first == then ? FileStatus.Unchanged : then == LinkMode.None ? FileStatus.Copied : FileStatus.Linked));
            Assert.That(new FileInfo($"{work.Root}/a").LinkTarget is not null, Is.EqualTo(then == LinkMode.Symbolic));
            work.Tree.Delete($"{Workspace.RootBelowTree}/a").Link($"{Workspace.RootBelowTree}/a", "/nowhere");
            work.Collect(work.Settings with { Link = then });
            Assert.That(work.Collected["a"], Is.EqualTo("one"), "a broken link is repaired");
        }
    }

    [Test]
    public void A_file_may_become_a_folder_and_a_folder_a_file()
    {
        using var work = new Workspace();
        work.Write("static/conf").Write("static/dir/x/y");
        work.Collect();
        work.Tree.Delete("App/static");
        work.Write("static/conf/in.txt").Write("static/dir");
        work.Collect();
        Assert.That(work.Collected.Keys, Is.EqualTo(new[] { "conf/in.txt", "dir" }));
    }

    [Test]
    public void A_link_to_a_folder_in_the_root_is_refused_and_nothing_is_written_through_it()
    {
        using var work = new Workspace();
        work.Write("static/css/a").Tree.Folder("outside").Link($"{Workspace.RootBelowTree}/css", work.Tree["outside"]);
        Assert.That(work.CollectAndFail().Code, Is.EqualTo(Codes.RootBlocked));
        Assert.That(work.Tree.Files("outside"), Is.Empty);
    }

    [Test]
    public void What_was_collected_below_a_folder_that_became_a_link_is_not_removed_through_it()
    {
        using var work = new Workspace();
        work.Write("static/css/a");
        work.Collect();
        work.Tree.Delete("App/static/css").Delete($"{Workspace.RootBelowTree}/css")
            .Write("outside/a").Link($"{Workspace.RootBelowTree}/css", work.Tree["outside"]);
        work.Collect();
        Cleaner.Clean(work.Settings, new RecordingLog());
        Assert.That(work.Tree.Has("outside/a"), Is.True);
    }

    [Test]
    public void After_a_run_that_failed_the_next_one_finishes()
    {
        using var work = new Workspace();
        work.Write("static/a").Write("static/b", "12");
        work.Tree.Write($"{Workspace.RootBelowTree}/b/foreign");
        Assert.That(work.CollectAndFail().Code, Is.EqualTo(Codes.RootBlocked));
        work.Tree.Delete($"{Workspace.RootBelowTree}/b");
        work.Collect();
        Assert.That(work.Collected.Keys, Is.EqualTo(new[] { "a", "b" }));
    }

    [Test]
    public void Before_the_first_write_the_record_names_every_file_that_may_be_written()
    {
        using var work = new Workspace();
        var settings = work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = work.Tree["App/names.json"] } };
        work.Write("static/a.css", "a{b:url(gone.png)}").Write("static/keep").Collect(settings);

        // Too large to be held, it changes between its reading and its writing, when the missing file is told.
        work.Write("static/b.bin", new string('b', 2 << 20));
        var log = new Meddling(() => work.Write("static/b.bin", new string('c', 2 << 20)));
        Assert.That(Collector.Collect(settings, log).Succeeded, Is.False);

        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.MissingReference, Codes.SourceChanged }));
        Assert.That(work.Last.Entries.Where(entry => entry.Kind == EntryKind.Unfinished).Select(entry => entry.Path), Has.Member("b.bin"));
        Assert.That(work.Last.Entries.Where(entry => entry.Kind == EntryKind.Copy).Select(entry => entry.Path), Has.Member("keep"));
        Cleaner.Clean(settings, new RecordingLog());
        Assert.That(work.Collected, Is.Empty);
    }

    [Test]
    public void A_killed_run_is_known_by_its_record_although_its_half_file_has_the_right_length()
    {
        using var work = new Workspace();
        work.Write("static/a", "good");
        work.Collect();
        LastRunFile.Write(work.Settings.LastRunPath, work.Last.Begin(work.Last.Release.Files));
        work.Tree.Write($"{Workspace.RootBelowTree}/a", "goXX").Write($"{Workspace.RootBelowTree}/{RootView.TemporaryName()}", "half");
        work.Collect();
        Assert.That(work.Collected, Is.EquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "good" }));
    }

    [Test]
    public void The_URL_of_a_file_has_each_name_encoded() =>
        Assert.That(CollectReport.Url("https://cdn.example.com/s/", "a b/100%/é?#&;.css"), Is.EqualTo("https://cdn.example.com/s/a%20b/100%25/%C3%A9%3F%23%26%3B.css"));

    [Test]
    public void An_error_among_the_sources_ends_the_way_before_anything_is_written()
    {
        using var work = new Workspace();
        work.Write("static/a");
        var settings = work.Settings with { Finders = [new OwnFinder(), new DirectoryFinder([new NamedDirectory(work.Tree["gone"], "", null)])] };
        Assert.That(work.CollectAndFail(settings).Code, Is.EqualTo(Codes.SourceFolderMissing));
        Assert.That(work.Tree.Has("App/bin"), Is.False);
    }

    private static string Summary(Workspace work, CollectSettings settings) => Summaries(work, settings).Single();

    private static List<string> Summaries(Workspace work, CollectSettings settings)
    {
        var log = new RecordingLog();
        work.Collect(settings, log);
        return log.Summaries;
    }

    /// <summary>Does something once, when the first diagnostic is told.</summary>
    private sealed class Meddling(Action meddle) : ICollectLog
    {
        public bool WantsDetails => false;

        public List<string> Codes { get; } = [];

        public void Detail(string text)
        {
            // Nobody wants details.
        }

        public void Summary(string text)
        {
            // Nor a summary.
        }

        public void Report(Diagnostic diagnostic)
        {
            Codes.Add(diagnostic.Code);
            if (Codes.Count == 1)
                meddle();
        }
    }

    [Test]
    [NotUnderWine("it takes a minute to write two gigabytes")]
    public void A_file_of_more_than_2_GB_is_published_as_it_is()
    {
        using var work = new Workspace();
        work.Write("static/small.js", "import './large.js'").Write("static/large.js");
        using (var file = File.OpenHandle(work.Tree["App/static/large.js"], FileMode.Open, FileAccess.Write))
            RandomAccess.Write(file, "end"u8, (1L << 31) + 5);
        var settings = work.Settings with
        {
            Fingerprint = new FingerprintSettings { ManifestPath = $"{work.Root}/staticfiles.json" },
            Compression = new CompressionSettings { CacheDirectory = work.Tree["cache"] },
            Link = LinkMode.Hard,
        };
        var log = new RecordingLog();
        work.Collect(settings with { Fingerprint = settings.Fingerprint with { KeepOriginals = false } }, log);
        Assert.That(log.Diagnostics.Select(one => (one.Code, one.Text)), Is.EqualTo(new[]
        {
            (Codes.Unparsable, "'large.js' of Own 'App' cannot be read for references and is published as it is: it is larger than 2 GB."),
            (Codes.LargeFile, "'large.js' is larger than 10 MB (the largest has 2.1 GB): browsers wait for it, and some CDNs refuse it. Split it, or serve it from elsewhere."),
        }));
        Assert.That(new DirectoryInfo(work.Root).EnumerateFiles("large.*.js").Single().Length, Is.EqualTo((1L << 31) + 8));
    }
}
