using CsCheck;
using Microsoft.Extensions.Time.Testing;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Tests.Support;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

internal sealed class CompressorTests : IDisposable
{
    private readonly CompressionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Each_encoding_restores_the_file()
    {
        var bytes = Text(50_000);
        var result = _folder.Run(Job(bytes)).Single();

        Assert.That(result.Select(file => file.Encoding.Name), Is.EqualTo(new[] { "gzip", "br" }));
        foreach (var file in result)
        {
            var encoded = File.ReadAllBytes(PathOf(file));
            Assert.That(encoded, Has.Length.EqualTo(file.Content.Length));
            Assert.That(Sha256.Of(encoded), Is.EqualTo(file.Content.Hash));
            Assert.That(Decode(file.Encoding, encoded), Is.EqualTo(bytes));
        }
    }

    [Test]
    public void A_file_on_disk_is_read_when_needed()
    {
        var bytes = Text(1000);
        var source = _folder.Write("site.css", bytes);
        var job = Job(source, bytes);
        var first = Describe(_folder.Run(job));
        File.Delete(source);

        Assert.That(Describe(_folder.Run(job)), Is.EqualTo(first));
    }

    [Test]
    public void A_file_that_changed_stops_the_run_and_leaves_no_entry([Values] bool sameLength)
    {
        var bytes = Text(1000);
        var source = _folder.Write("site.css", Text(sameLength ? 1000 : 999, seed: 1));
        var job = Job(source, bytes);

        var exception = Assert.Throws<SourceException>(() => _folder.Run(job));
        Assert.That((exception.Path, exception.Problem), Is.EqualTo((source, SourceProblem.Changed)));
        Assert.That(_folder.CacheFiles(), Is.Empty);
    }

    [Test]
    public void An_encoding_that_saves_too_little_is_not_kept_until_less_is_asked_for()
    {
        // 4 % of text in noise: worth less than the default of 5 %, but something.
        var job = Job([.. Noise(9600), .. new byte[400]]);
        var least = _folder.Settings with { MinimumSaving = 1 };

        Assert.That(_folder.Run(job).Single(), Is.Empty);
        Assert.That(_folder.CacheFiles("*.br"), Is.Empty, "what does not pay takes no room");
        Assert.That(Run(least, Now, job).Single(), Has.Count.EqualTo(2));
        Assert.That(_folder.Run(job).Single(), Is.Empty, "the entries made since do not change the decision");
    }

    [Test]
    public void What_does_not_get_smaller_is_never_kept() =>
        Assert.That(Run(_folder.Settings with { MinimumSaving = 0 }, Now, Job(Noise(5000))).Single(), Is.Empty);

    [Test]
    public void What_does_not_pay_is_remembered()
    {
        var bytes = Noise(5000);
        var source = _folder.Write("a.bin", bytes);
        var job = Job(source, bytes);
        _folder.Run(job);
        File.Delete(source);

        Assert.That(_folder.Run(job).Single(), Is.Empty);
    }

    [Test]
    public void A_good_precompressed_file_is_taken_and_a_bad_one_replaced()
    {
        var bytes = Text(3000);
        var good = _folder.Brought("a.css.gz", ContentEncodings.Gzip, Encode(ContentEncodings.Gzip, bytes, CompressLevel.Smallest));
        var bad = _folder.Brought("a.css.br", ContentEncodings.Brotli, Encode(ContentEncodings.Brotli, Text(3000, seed: 1), CompressLevel.Smallest));

        var result = _folder.Run(Job(bytes, good, bad)).Single();

        Assert.That(PathOf(result[0]), Is.EqualTo(good.File.SourcePath));
        Assert.That(PathOf(result[1]), Does.StartWith(_folder.Cache));
        Assert.That(Decode(result[1].Encoding, File.ReadAllBytes(PathOf(result[1]))), Is.EqualTo(bytes));
        Assert.That(_folder.CacheFiles("*.gz"), Is.Empty, "what is brought is not made");
    }

    [Test]
    public void A_precompressed_file_that_saves_nothing_is_not_taken()
    {
        var bytes = Noise(3000);
        var brought = _folder.Brought("a.bin.gz", ContentEncodings.Gzip, Encode(ContentEncodings.Gzip, bytes, CompressLevel.Smallest));
        Assert.That(_folder.Run(Job(bytes, brought)).Single(), Is.Empty);
    }

    [Test]
    public void A_precompressed_file_that_went_away_stops_the_run()
    {
        var bytes = Text(3000);
        var brought = _folder.Brought("a.css.gz", ContentEncodings.Gzip, Encode(ContentEncodings.Gzip, bytes, CompressLevel.Smallest));
        File.Delete(brought.File.SourcePath);
        var exception = Assert.Throws<SourceException>(() => _folder.Run(Job(bytes, brought)));
        Assert.That((exception.Path, exception.Problem), Is.EqualTo((brought.File.SourcePath, SourceProblem.Gone)));
    }

    [Test]
    public void A_dry_run_writes_no_entry_and_tells_the_same()
    {
        var job = Job(Text(3000));
        var reader = new ContentReader();
        var dry = new Compressor(_folder.Settings, reader, Now, writes: false).Compress([job], CancellationToken.None).Single();
        Assert.That(_folder.CacheFiles(), Is.Empty);
        Assert.That(dry.Select(file => Decode(file.Encoding, reader.Read(file.Content))), Has.All.EqualTo(reader.Read(job.Content)), "the bytes can be had all the same");
        Assert.That(_folder.Run(job).Single(), Is.EqualTo(dry));
    }

    [Test]
    public void A_cancelled_run_stops_and_leaves_nothing_half_done()
    {
        using var cancellation = new CancellationTokenSource();
        var jobs = Enumerable.Range(0, 20).Select(i => Job(Text(500_000, i))).ToArray();
        var settings = _folder.Settings with { Level = CompressLevel.Smallest };
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));

        Assert.That(
            () => new Compressor(settings, new ContentReader(), Now).Compress(jobs, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_folder.CacheFiles("*.tmp"), Is.Empty);
    }

    [Test]
    public void The_largest_file_is_begun_first()
    {
        var begun = new List<int>();
        var settings = _folder.Settings with { Degree = 1, Encodings = [new Recording(begun)] };
        Run(settings, Now, Job(Text(1000)), Job(Text(3000)), Job(Text(2000)));
        Assert.That(begun, Is.EqualTo(new[] { 3000, 2000, 1000 }));
    }

    [Test]
    public void Long_work_tells_how_far_it_is()
    {
        var time = new FakeTimeProvider();
        var log = new RecordingLog();
        var settings = _folder.Settings with { Degree = 1, Encodings = [new Recording([], () => time.Advance(TimeSpan.FromSeconds(5)))] };
        new Compressor(settings, new ContentReader(), Now, log: log, time: time).Compress([Job(Text(3000)), Job(Text(1000)), Job(Text(1000, 1))], CancellationToken.None);
        Assert.That(log.Lines, Is.EqualTo(new[] { "Compressing: 1 of 3 encodings, 3 kB of 5 kB, 300 bytes/s, about 20 s left." }));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(log.Lines, Has.Count.EqualTo(1));
    }

    private sealed class Recording(List<int> begun, Action? work = null) : IContentEncoding
    {
        public string Name => "recording";

        public string Suffix => ".rec";

        public string Parameters(CompressLevel level, long length) => "";

        public void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken)
        {
            lock (begun) begun.Add(file.Length);
            work?.Invoke();
            output.WriteByte(1);
        }

        public IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed) => throw new NotSupportedException();
    }
}
