using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>Much at once, and much of it.</summary>
public sealed class StressTests
{
    [Test]
    public void Eight_at_once_on_one_root_and_one_cache_leave_what_one_leaves()
    {
        using var work = Everywhere();
        using var alone = Everywhere();
        alone.Collect(Everything(alone));

        // A slow disk, on which none is done before the others have begun.
        var results = new ConcurrentBag<CollectResult>();
        AllAtOnce(_ => results.Add(Slowly(() => Collector.Collect(Everything(work), new RecordingLog()))));
        Assert.That(results.Select(result => result.Succeeded), Is.All.True);
        Assert.That(work.Collected, Is.EqualTo(alone.Collected));
        Assert.That(results.Count(result => result.Files.Any(file => file.Status != FileStatus.Unchanged)), Is.EqualTo(1), "those that waited found it done");
        Assert.That(work.Tree.Files("App/obj").Where(path => path.EndsWith("tmp", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Eight_projects_share_one_cache()
    {
        using var cache = new TempTree();
        using var alone = Everywhere();
        alone.Collect(Everything(alone));
        var collected = new ConcurrentBag<IReadOnlyDictionary<string, string>>();
        AllAtOnce(_ =>
        {
            using var work = Everywhere();
            var settings = Everything(work);
            Slowly(() => work.Collect(settings with { Compression = settings.Compression! with { CacheDirectory = cache["shared"] } }));
            collected.Add(work.Collected);
        });
        Assert.That(collected, Has.Count.EqualTo(8).And.All.EqualTo(alone.Collected));
        Assert.That(cache.Files("shared").Where(path => path.EndsWith("tmp", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void A_folder_of_100_000_files_is_collected()
    {
        using var work = new Workspace(OperatingSystem.IsLinux() ? "/dev/shm" : null);
        work.Write("static/00000.txt");
        for (var i = 1; i < (NotUnderWineAttribute.IsWine ? 1_000 : 100_000); i++)
            File.WriteAllText(work.Tree[$"App/static/{i:00000}.txt"], "x");
        var settings = Everything(work);
        var files = work.Collect(settings).Files;
        Assert.That(files, Has.Count.EqualTo(NotUnderWineAttribute.IsWine ? 1_000 : 100_000));
        Assert.That(Directory.EnumerateFiles(work.Root).Count(), Is.EqualTo(2 * files.Count + 1), "each under its two names, and the manifest");
        Assert.That(work.Collect(settings).Files.Select(file => file.Status), Is.All.EqualTo(FileStatus.Unchanged));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Paths end at 260 or 32,767 characters there.")]
    public void A_thousand_levels_of_folders_are_collected_and_cleaned()
    {
        using var work = new Workspace();
        var deep = string.Concat(Enumerable.Repeat("d/", 1_000));
        work.Write($"static/{deep}a.css", "a { background: url(../p.png) }").Write($"static/{deep[2..]}p.png").Write("static/a.js", $"import './{deep}b.js'").Write($"static/{deep}b.js");
        var settings = Everything(work);
        work.Collect(settings);
        Assert.That(work.Collected[$"{deep}a.css"], Does.Match(@"url\(\.\./p\.[0-9a-f]{12}\.png\)"));
        Assert.That(work.Collected["a.js"], Does.Match(@"/d/b\.[0-9a-f]{12}\.js'"));
        Cleaner.Clean(settings, new RecordingLog());
        Assert.That(Directory.Exists(work.Root), Is.False);
    }

    private static Workspace Everywhere()
    {
        var work = new Workspace();
        for (var i = 0; i < 20; i++)
            work.Write($"static/{i}.css", $"a {{ background: url(p{i}.png) }} {new string('x', 900 + i)}").Write($"static/p{i}.png", $"{i}");
        return work;
    }

    private static CollectSettings Everything(Workspace work) => work.Settings with
    {
        Fingerprint = new FingerprintSettings { ManifestPath = $"{work.Root}/staticfiles.json" },
        Compression = new CompressionSettings { CacheDirectory = work.Tree["App/obj/staticcollect/cache"], Encodings = [ContentEncodings.Gzip, ContentEncodings.Brotli], Level = CompressLevel.Fastest },
    };

    /// <summary>Threads of their own, since a pool would let some wait until others are done.</summary>
    private static void AllAtOnce(Action<int> work)
    {
        var faults = new ConcurrentQueue<Exception>();
        using var start = new Barrier(8);
        var threads = Enumerable.Range(0, 8).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                work(i);
            }
            catch (Exception e)
            {
                faults.Enqueue(e);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(faults, Is.Empty);
    }

    private static T Slowly<T>(Func<T> work)
    {
        FileSystem.Before = (what, _) => Thread.Sleep(what is FileOperation.Move or FileOperation.Make ? 1 : 0);
        try
        {
            return work();
        }
        finally
        {
            FileSystem.Before = null;
        }
    }
}
