using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Settings;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

public sealed class CompressorTests : IDisposable
{
    private readonly CompressionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Each_encoding_restores_the_file()
    {
        var bytes = Text(50_000);
        var result = _folder.Run(Job("css/site.css", bytes)).Single();

        Assert.That(result.Select(file => file.Encoding.Name), Is.EqualTo(new[] { "gzip", "br" }));
        foreach (var file in result)
        {
            var encoded = File.ReadAllBytes(file.Path);
            Assert.That(encoded, Has.Length.EqualTo(file.Length));
            Assert.That(Decode(file.Encoding, encoded), Is.EqualTo(bytes));
        }
    }

    [Test]
    public void A_file_on_disk_is_read_when_needed()
    {
        var bytes = Text(1000);
        var source = _folder.Write("site.css", bytes);
        var job = CompressionJob.OfFile("site.css", source, Sha256(bytes), bytes.Length);
        var first = Describe(_folder.Run(job));
        File.Delete(source);

        Assert.That(Describe(_folder.Run(job)), Is.EqualTo(first));
    }

    [Test]
    public void A_file_that_changed_stops_the_run_and_leaves_no_entry([Values] bool sameLength)
    {
        var bytes = Text(1000);
        var source = _folder.Write("site.css", Text(sameLength ? 1000 : 999, seed: 1));
        var job = CompressionJob.OfFile("site.css", source, Sha256(bytes), bytes.Length);

        var exception = Assert.Throws<FileChangedException>(() => _folder.Run(job));
        Assert.That(exception.Path, Is.EqualTo(source));
        Assert.That(exception.Message, Does.Contain("changed while it was being collected"));
        Assert.That(_folder.CacheFiles(), Is.Empty);
    }

    [TestCase("a.css", 255, 0)]
    [TestCase("a.css", 256, 2)]
    [TestCase("a.png", 5000, 0)]
    [TestCase("a.PNG", 5000, 0)]
    [TestCase("a.woff2", 5000, 0)]
    [TestCase("a.js.br", 5000, 0)]
    [TestCase("png", 5000, 2)]
    [TestCase("a.png/b", 5000, 2)]
    [TestCase("a.ts", 5000, 2)]
    [TestCase("a.wasm", 5000, 2)]
    [TestCase("a.svg", 5000, 2)]
    public void Short_files_and_compressed_types_are_left(string path, int length, int encodings) =>
        Assert.That(_folder.Run(Job(path, Text(length))).Single(), Has.Count.EqualTo(encodings));

    [Test]
    public void Extensions_to_skip_are_taken_as_users_write_them()
    {
        var settings = _folder.Settings with { SkipExtensions = CompressedTypes.Extensions([" .Map", "txt", ""]) };
        var results = Run(settings, Now, Job("a.map", Text(900)), Job("a.TXT", Text(900)), Job("a.png", Text(900)));
        Assert.That(results.Select(result => result.Count), Is.EqualTo(new[] { 0, 0, 2 }));
    }

    [Test]
    public void An_encoding_that_saves_too_little_is_not_kept_until_less_is_asked_for()
    {
        // 4 % of text in noise: worth less than the default of 5 %, but something.
        var job = Job("a.bin", [.. Noise(9600), .. new byte[400]]);
        var least = _folder.Settings with { MinimumSaving = 1 };

        Assert.That(_folder.Run(job).Single(), Is.Empty);
        Assert.That(_folder.CacheFiles("*.br"), Is.Empty, "what does not pay takes no room");
        Assert.That(Run(least, Now, job).Single(), Has.Count.EqualTo(2));
        Assert.That(_folder.Run(job).Single(), Is.Empty, "the entries made since do not change the decision");
    }

    [Test]
    public void What_does_not_get_smaller_is_never_kept() =>
        Assert.That(Run(_folder.Settings with { MinimumSaving = 0 }, Now, Job("a.bin", Noise(5000))).Single(), Is.Empty);

    [Test]
    public void What_does_not_pay_is_remembered()
    {
        var bytes = Noise(5000);
        var source = _folder.Write("a.bin", bytes);
        var job = CompressionJob.OfFile("a.bin", source, Sha256(bytes), bytes.Length);
        _folder.Run(job);
        File.Delete(source);

        Assert.That(_folder.Run(job).Single(), Is.Empty);
    }

    [Test]
    public void Equal_contents_share_one_result_but_not_with_a_skipped_type()
    {
        var bytes = Text(3000);
        var results = _folder.Run(Job("a.css", bytes), Job("a.0123.css", bytes), Job("a.png", bytes));

        Assert.That(results[1], Is.EqualTo(results[0]));
        Assert.That(results[2], Is.Empty);
        Assert.That(_folder.CacheFiles("*.br"), Has.Length.EqualTo(1));
    }

    [Test]
    public void Neither_threads_nor_order_change_the_result() =>
        Gen.Select(Gen.Int[0, 4000].Array[0, 12], Gen.Int[1, 8], Gen.Int).Sample(
            (lengths, degree, seed) =>
            {
                using var one = new CompressionFolder();
                using var other = new CompressionFolder();
                var jobs = lengths.Select((length, i) => Job($"{i}.css", Text(length, i % 3))).ToArray();
                var order = Enumerable.Range(0, jobs.Length).ToArray();
                new Random(seed).Shuffle(order);

                var expected = Describe(Run(one.Settings with { Degree = 1 }, Now, jobs));
                var actual = Describe(Run(other.Settings with { Degree = degree }, Now, [.. order.Select(i => jobs[i])]));

                Assert.That(actual, Is.EqualTo(order.Select(i => expected[i])));
            },
            iter: 20);

    [Test]
    public void A_good_twin_is_taken_and_a_bad_one_replaced()
    {
        var bytes = Text(3000);
        var good = _folder.Write("a.css.gz", Encode(ContentEncodings.Gzip, bytes, CompressLevel.Smallest));
        var bad = _folder.Write("a.css.br", Encode(ContentEncodings.Brotli, Text(3000, seed: 1), CompressLevel.Smallest));
        var job = WithTwins(bytes, new(ContentEncodings.Gzip, good), new(ContentEncodings.Brotli, bad));

        var result = _folder.Run(job).Single();

        Assert.That(result[0].Path, Is.EqualTo(good));
        Assert.That(result[1].Path, Does.StartWith(_folder.Cache));
        Assert.That(Decode(result[1].Encoding, File.ReadAllBytes(result[1].Path)), Is.EqualTo(bytes));
    }

    [Test]
    public void A_twin_that_saves_nothing_is_not_taken()
    {
        var bytes = Noise(3000);
        var twin = _folder.Write("a.bin.gz", Encode(ContentEncodings.Gzip, bytes, CompressLevel.Smallest));
        Assert.That(_folder.Run(WithTwins(bytes, new Twin(ContentEncodings.Gzip, twin))).Single(), Is.Empty);
    }

    [Test]
    public void A_cancelled_run_stops_and_leaves_nothing_half_done()
    {
        using var cancellation = new CancellationTokenSource();
        var jobs = Enumerable.Range(0, 20).Select(i => Job($"{i}.js", Text(500_000, i))).ToArray();
        var settings = _folder.Settings with { Level = CompressLevel.Smallest };
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(300));

        Assert.That(
            () => Compressor.Compress(jobs, settings, Now, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_folder.CacheFiles("*.tmp"), Is.Empty);
    }

    [Test]
    public void The_largest_file_is_begun_first()
    {
        var begun = new List<int>();
        var settings = _folder.Settings with { Degree = 1, Encodings = [new Recording(begun)] };
        Run(settings, Now, Job("b.css", Text(1000)), Job("a.css", Text(3000)), Job("c.css", Text(2000)));
        Assert.That(begun, Is.EqualTo(new[] { 3000, 2000, 1000 }));
    }

    [TestCase("")]
    [TestCase("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    [TestCase("../../../../../../../../../../../../../../../../../../../../etc/")]
    public void A_hash_that_is_none_is_refused(string sha256) =>
        Assert.That(() => CompressionJob.OfBytes("a.css", [], sha256), Throws.ArgumentException);

    private static CompressionJob WithTwins(byte[] bytes, params Twin[] twins) =>
        Job("a.css", bytes) with { Twins = twins };

    private sealed class Recording(List<int> begun) : IContentEncoding
    {
        public string Name => "recording";

        public string Suffix => ".rec";

        public string Parameters(CompressLevel level, long length) => "";

        public void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken)
        {
            lock (begun) begun.Add(file.Length);
            output.WriteByte(1);
        }

        public IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed) => throw new NotSupportedException();
    }
}
