using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

/// <summary>A disk on which there is no room for two releases at a time: one that takes less than the last must still fit.</summary>
[Platform(Exclude = "Win", Reason = "The errors are those of Unix.")]
public sealed class FullDiskTests
{
    private readonly Workspace _work = new("/dev/shm");

    [TearDown]
    public void Dispose() => _work.Dispose();

    [Test]
    public void What_is_to_go_makes_room_for_what_is_to_come()
    {
        Write("big", 10);
        _work.Collect();
        Forget("big", 10).Write("small", 6);
        Assert.That(OnDiskOf(120_000, _work.Settings, out _), Is.True);
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(Enumerable.Range(0, 6).Select(i => $"small{i}.js")));
    }

    [Test]
    public void The_record_finds_room_too()
    {
        Write("big", 10);
        _work.Collect();
        Forget("big", 10).Write("small", 1);
        Assert.That(OnDiskOf(100_000, _work.Settings, out _), Is.True);
        Assert.That(_work.Collected.Keys, Is.EquivalentTo(new[] { "small0.js" }));
    }

    [Test]
    public void What_no_page_asks_for_any_more_goes_before_what_one_may()
    {
        var settings = _work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{_work.Root}/staticfiles.json", KeepReleases = 1, KeepOriginals = false } };
        foreach (var name in new[] { "one", "two", "three" })
        {
            Directory.CreateDirectory(_work.Tree["App/static"]);
            Forget("one", 5).Forget("two", 5).Write(name, 5);
            _work.Collect(settings);
        }

        // Of the second release all is kept, and goes with the next one; of the third all will be kept.
        Assert.That(Of("two"), Is.EqualTo(5));
        Forget("three", 5).Write("four", 5);
        Assert.That(OnDiskOf(130_000, settings, out _), Is.True);
        Assert.That((Of("two"), Of("three"), Of("four")), Is.EqualTo((0, 5, 5)));

        int Of(string name) => _work.Collected.Keys.Count(path => path.StartsWith(name, StringComparison.Ordinal));
    }

    [Test]
    public void A_release_for_which_there_is_no_room_leaves_the_last_one_as_it_is()
    {
        Write("old", 10);
        _work.Collect();
        var before = _work.Collected;
        Forget("old", 9).Write("new", 20);
        Assert.That(OnDiskOf(120_000, _work.Settings, out var log), Is.False);
        Assert.That(log.Diagnostics.Select(one => one.Code), Is.EqualTo(new[] { Codes.WriteFailed }));
        Assert.That(log.Diagnostics[0].Text, Does.Contain("No space left on device"));
        Assert.That(_work.Collected, Is.EquivalentTo(before));
    }

    /// <summary>Files of 10,000 bytes each.</summary>
    private FullDiskTests Write(string name, int count)
    {
        for (var i = 0; i < count; i++)
            _work.Write($"static/{name}{i}.js", (name + i).PadRight(10_000));
        return this;
    }

    private FullDiskTests Forget(string name, int count)
    {
        for (var i = 0; i < count; i++)
            File.Delete(_work.Tree[$"App/static/{name}{i}.js"]);
        return this;
    }

    /// <summary>Collects where what is published and recorded takes so many bytes together, and one file more.</summary>
    private bool OnDiskOf(long bytes, CollectSettings settings, out RecordingLog log)
    {
        var told = log = new RecordingLog();
        FileSystem.Before = (what, _) =>
        {
            if (what is FileOperation.Write && Used() >= bytes)
                throw new IOException("No space left on device", 28);
        };
        try
        {
            return Collector.Collect(settings, told).Succeeded;
        }
        finally
        {
            FileSystem.Before = null;
        }
    }

    private long Used() => new DirectoryInfo(_work.Project).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => !file.FullName.StartsWith(_work.Tree["App/static"], StringComparison.Ordinal)).Sum(file => file.Exists ? file.Length : 0);
}
