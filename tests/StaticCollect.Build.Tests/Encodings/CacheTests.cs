using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

internal sealed class CacheTests : IDisposable
{
    private static readonly byte[] Bytes = Text(3000);
    private static readonly CompressionJob File1 = Job(Bytes);
    private static readonly string File1Hash = File1.Content.Hash.Hex;

    private readonly CompressionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void A_second_run_writes_nothing()
    {
        var first = _folder.Run(File1).Single();
        var before = Snapshot();

        Assert.That(_folder.Run(File1).Single(), Is.EqualTo(first));
        Assert.That(Snapshot(), Is.EqualTo(before));
    }

    [Test]
    public void Another_level_is_another_entry()
    {
        _folder.Run(File1);
        Run(_folder.Settings with { Level = CompressLevel.Balanced }, Now, File1);
        Assert.That(_folder.CacheFiles("*.br"), Has.Length.EqualTo(2));
    }

    [Test]
    public void Gzip_that_names_the_system_which_made_it_is_not_taken_from_an_older_cache()
    {
        var expected = Describe(_folder.Run(File1));
        var old = Encode(ContentEncodings.Gzip, Bytes, CompressLevel.Fastest);
        old[9] = 3;
        new CompressionCache(_folder.Cache, Now).Store(
            $"{File1Hash}.q6-net{Environment.Version.Major}.{Environment.Version.Minor}.gz", old, keepBytes: true);

        Assert.That(Describe(_folder.Run(File1)), Is.EqualTo(expected));
    }

    [Test]
    public void Whatever_happens_to_the_cache_the_bytes_are_right()
    {
        var expected = Describe(_folder.Run(File1));
        var noise = Job(Noise(3000));
        _folder.Run(noise);
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 4], Gen.Int).Sample(
            (file, damage, seed) =>
            {
                var files = _folder.CacheFiles();
                Damage(files[file % files.Length], damage, new Random(seed));
                Assert.That(Describe(_folder.Run(File1)), Is.EqualTo(expected));
                Assert.That(_folder.Run(noise).Single(), Is.Empty);
            },
            iter: 300,
            threads: 1);
    }

    [Test]
    public void A_damaged_entry_is_made_again([Values(0, 1, 2, 3)] int damage, [Values("*.br", "*.note")] string pattern)
    {
        var before = Describe(_folder.Run(File1));
        var contents = Contents();
        foreach (var path in _folder.CacheFiles(pattern)) Damage(path, damage, new Random(1));

        Assert.That(Describe(_folder.Run(File1)), Is.EqualTo(before));
        Assert.That(Contents(), Is.EqualTo(contents));
    }

    [Test]
    public void An_entry_under_the_name_of_another_is_noticed()
    {
        var other = Job(Text(3000, seed: 1));
        var otherHash = other.Content.Hash.Hex;
        var expected = Describe(_folder.Run(File1, other));
        foreach (var path in _folder.CacheFiles(File1Hash + "*"))
        {
            var target = path.Replace(File1Hash, otherHash, StringComparison.Ordinal)
                .Replace($"{Path.DirectorySeparatorChar}{File1Hash[..2]}{Path.DirectorySeparatorChar}",
                    $"{Path.DirectorySeparatorChar}{otherHash[..2]}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
            File.Copy(path, target, overwrite: true);
        }

        Assert.That(Describe(_folder.Run(File1, other)), Is.EqualTo(expected));
    }

    /// <summary>Whoever can write to a shared cache can make an entry in which all sums are right.</summary>
    [TestCase("gzip")]
    [TestCase("br")]
    public void A_forged_entry_is_made_again_and_not_published(string name)
    {
        var settings = _folder.Settings with { Encodings = [ContentEncodings.Find(name)!] };
        var expected = Describe(Run(settings, Now, File1));
        var encoding = settings.Encodings[0];
        var entry = CompressionCache.Name(File1.Content.Hash, File1.Content.Length, encoding, settings.Level);
        byte[][] forged =
        [
            Encode(encoding, Text(3000, seed: 7), settings.Level),
            Encode(encoding, Bytes[..^1], settings.Level),
            [.. Encode(encoding, Bytes, settings.Level), 0],
            Noise(100),
            [],
        ];
        foreach (var bytes in forged)
        {
            new CompressionCache(_folder.Cache, Now).Store(entry, bytes, keepBytes: true);
            Assert.That(Describe(Run(settings, Now, File1)), Is.EqualTo(expected));
        }
    }

    [Test]
    public void A_forged_entry_is_not_published_by_a_collection()
    {
        using var work = new Support.Workspace();
        var settings = work.Settings with { Compression = _folder.Settings };
        work.Write("static/a.css", System.Text.Encoding.ASCII.GetString(Bytes));
        foreach (var encoding in ContentEncodings.All)
            new CompressionCache(_folder.Cache, DateTime.UtcNow).Store(CompressionCache.Name(File1.Content.Hash, File1.Content.Length, encoding, _folder.Settings.Level), Encode(encoding, Text(3000, seed: 7), CompressLevel.Fastest), keepBytes: true);
        work.Collect(settings);
        Laws.Oracle.SiblingsDecode(work.Root, ["a.css"]);
        Assert.That(work.Collected.Keys, Is.EquivalentTo(new[] { "a.css", "a.css.br", "a.css.gz" }));
    }

    [Test]
    public void Many_runs_at_once_agree()
    {
        var jobs = Enumerable.Range(0, 20).Select(i => Job(Text(2000, i))).ToArray();
        var results = new string[8][];
        Parallel.For(0, results.Length, i => results[i] = Describe(_folder.Run(jobs)));

        Assert.That(results, Has.All.EqualTo(results[0]));
        Assert.That(_folder.CacheFiles("*.tmp"), Is.Empty);
        Assert.That(_folder.CacheFiles("*.br"), Has.Length.EqualTo(jobs.Length));
    }

    [Test]
    public void A_use_is_noted_once_a_day()
    {
        _folder.Run(File1);
        Run(_folder.Settings, Now.AddHours(23), File1);
        Assert.That(EntryTimes(), Has.All.EqualTo(Now));
        Run(_folder.Settings, Now.AddHours(25), File1);
        Assert.That(EntryTimes(), Has.All.EqualTo(Now.AddHours(25)));
    }

    [Test]
    public void Unused_entries_go_after_their_days_and_used_ones_stay()
    {
        var unused = Job(Text(3000, seed: 1));
        _folder.Run(File1, unused);
        for (var day = 2; day <= 30; day += 2) Run(_folder.Settings, Now.AddDays(day), File1);
        Assert.That(_folder.CacheFiles(unused.Content.Hash.Hex + "*"), Has.Length.EqualTo(4), "30 days are not over");

        Run(_folder.Settings, Now.AddDays(32), File1);
        Assert.That(_folder.CacheFiles(unused.Content.Hash.Hex + "*"), Is.Empty);
        Assert.That(_folder.CacheFiles(File1Hash + "*"), Has.Length.EqualTo(4));
    }

    [Test]
    public void An_entry_may_have_been_used_a_day_later_than_it_says()
    {
        _folder.Run(File1);
        Assert.That(Trim(30, Now.AddDays(30.9)), Is.Zero);
        Assert.That(Trim(30, Now.AddDays(32)), Is.EqualTo(4));
    }

    [Test]
    public void Trimming_happens_once_a_day()
    {
        _folder.Run(File1);
        Assert.That(Trim(0, Now.AddHours(23)), Is.Zero);
        Age(TimeSpan.FromDays(50));
        Assert.That(Trim(0, Now.AddHours(23)), Is.Zero, "it is not yet a day since the last time");
        Assert.That(Trim(0, Now.AddHours(25)), Is.EqualTo(4));
    }

    [Test]
    public void No_number_of_days_removes_what_this_run_uses([Values(0, 1, int.MaxValue)] int days) =>
        Assert.That(
            Run(_folder.Settings with { CacheDays = days }, Now, File1).Single().Select(file => File.Exists(PathOf(file))),
            Has.All.True);

    [Test]
    public void What_a_killed_process_left_goes_too()
    {
        _folder.Run(File1);
        var left = _folder.CacheFiles("*.br").Single() + ".0123.tmp";
        File.WriteAllBytes(left, Bytes);
        File.SetLastWriteTimeUtc(left, Now.AddDays(-40));
        Trim(30, Now.AddDays(2));
        Assert.That(File.Exists(left), Is.False);
    }

    [Test]
    public void Files_of_others_stay()
    {
        _folder.Run(File1);
        string[] foreign = ["notes.txt", "ab/notes.txt", $"{new string('a', 64)}.br", $"cd/{new string('a', 64)}.br", $"ab/de/{new string('a', 64)}.br"];
        foreach (var path in foreign.Select(path => Path.Combine(_folder.Cache, path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "mine");
            File.SetLastWriteTimeUtc(path, Now.AddDays(-400));
        }

        Trim(30, Now.AddDays(2));
        Assert.That(foreign.Select(path => File.Exists(Path.Combine(_folder.Cache, path))), Has.All.True);
    }

    [Test]
    public void Trimming_a_cache_that_is_not_there_does_nothing() => Assert.That(Trim(0, Now), Is.Zero);

    [Test]
    public void Trimming_and_using_at_once_never_fails()
    {
        var jobs = Enumerable.Range(0, 10).Select(i => Job(Text(1000, i))).ToArray();
        Parallel.For(0, 90, i =>
        {
            if (i % 3 == 0)
            {
                _folder.Run(jobs);
                return;
            }

            foreach (var path in _folder.CacheFiles("*.br*").Where(path => !path.EndsWith(".tmp", StringComparison.Ordinal))
                .Concat(_folder.CacheFiles("last-trimmed")))
            {
                try
                {
                    File.SetLastWriteTimeUtc(path, Now.AddDays(-50));
                }
                catch (FileNotFoundException)
                {
                    // Another trim was faster.
                }
            }

            Trim(30, Now);
        });
        Assert.That(Describe(_folder.Run(jobs)), Has.None.Empty);
    }

    [Test]
    public void A_cache_that_cannot_be_written_to_costs_work_and_nothing_else()
    {
        var settings = _folder.Settings with { CacheDirectory = _folder.Write("file", []) };
        var reader = new ContentReader();
        var compressor = new Compressor(settings, reader, Now);
        var made = compressor.Compress([File1], default).Single();
        var kept = Run(_folder.Settings, Now, File1).Single();
        Assert.That(made.Select(one => reader.Read(one.Content)), Is.EqualTo(kept.Select(one => reader.Read(one.Content))));
        Assert.That(made, Is.Not.Empty);
        Assert.That(compressor.Unkept?.Message, Does.Contain(settings.CacheDirectory));
    }

    private static void Damage(string path, int damage, Random random)
    {
        var bytes = File.ReadAllBytes(path);
        if (damage == 0) File.Delete(path);
        else if (damage == 1) File.WriteAllBytes(path, []);
        else if (damage == 2) File.WriteAllBytes(path, bytes[..random.Next(bytes.Length)]);
        else if (damage == 3 && bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
        }
        else File.WriteAllBytes(path, [.. bytes, 0]);
    }

    private int Trim(int days, DateTime utcNow) =>
        CacheTrimming.Trim(_folder.Cache, days, utcNow, CancellationToken.None);

    private void Age(TimeSpan age)
    {
        foreach (var path in _folder.CacheFiles($"{File1Hash}*")) File.SetLastWriteTimeUtc(path, Now - age);
    }

    private IEnumerable<DateTime> EntryTimes() =>
        _folder.CacheFiles($"{File1Hash}*").Select(File.GetLastWriteTimeUtc);

    private string[] Snapshot() =>
        [.. _folder.CacheFiles().Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}").Order(StringComparer.Ordinal)];

    private string[] Contents() =>
        [.. _folder.CacheFiles().Order(StringComparer.Ordinal).Select(path => $"{path} {Sha256.Of(File.ReadAllBytes(path))}")];
}
