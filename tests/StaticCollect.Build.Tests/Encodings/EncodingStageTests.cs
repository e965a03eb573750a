using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

internal sealed class EncodingStageTests : IDisposable
{
    private readonly CompressionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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
        Assert.That(RunStage(_folder.Settings, Published(path, Text(length))).Single(), Has.Count.EqualTo(encodings));

    [Test]
    public void Extensions_to_skip_are_taken_as_users_write_them()
    {
        var settings = _folder.Settings with { SkipExtensions = CompressedTypes.Extensions([" .Map", "txt", ""]) };
        var results = RunStage(settings, Published("a.map", Text(900)), Published("a.TXT", Text(900)), Published("a.png", Text(900)));
        Assert.That(results.Select(result => result.Count), Is.EqualTo(new[] { 0, 0, 2 }));
    }

    [Test]
    public void Equal_contents_share_one_result_but_not_with_a_skipped_type()
    {
        var bytes = Text(3000);
        var results = RunStage(_folder.Settings, Published("a.css", bytes), Published("b.css", bytes), Published("a.png", bytes));

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
                var jobs = lengths.Select((length, i) => Published($"{i}.css", Text(length, i % 3))).ToArray();
                var order = Enumerable.Range(0, jobs.Length).ToArray();
                new Random(seed).Shuffle(order);

                var expected = Describe(RunStage(one.Settings with { Degree = 1 }, jobs));
                var actual = Describe(RunStage(other.Settings with { Degree = degree }, [.. order.Select(i => jobs[i])]));

                Assert.That(actual, Is.EqualTo(order.Select(i => expected[i])));
            },
            iter: 20);

    [Test]
    public void What_the_last_run_found_out_is_not_looked_into_again()
    {
        var source = _folder.Write("a.css", Text(3000));
        var file = Published("a.css", Text(3000));
        file = file with { Content = file.Content with { From = new ByteSource.Source(source, default) } };
        var noise = Published("a.bin", Noise(3000));
        var first = new EncodingStage(_folder.Settings, LastEncodings.Empty);
        var expected = RunStage(first, _folder.Settings, file, noise);
        File.Delete(source);
        Directory.Delete(_folder.Cache, recursive: true);

        var second = new EncodingStage(_folder.Settings, first.Learnt);
        Assert.That(RunStage(second, _folder.Settings, file, noise), Is.EqualTo(expected));
        Assert.That(_folder.CacheFiles("*.br"), Is.Empty, "nothing was made");
        Assert.That(second.Learnt.Results, Is.EqualTo(first.Learnt.Results));
    }

    [Test]
    public void Settings_that_decide_the_bytes_make_it_look_again()
    {
        var file = Published("a.css", Text(3000));
        var first = new EncodingStage(_folder.Settings, LastEncodings.Empty);
        RunStage(first, _folder.Settings, file);
        Check(_folder.Settings with { Level = CompressLevel.Balanced }, 2);
        Check(_folder.Settings with { MinimumSaving = 99 }, 0);
        Check(_folder.Settings with { Encodings = [ContentEncodings.Brotli] }, 1);

        void Check(CompressionSettings settings, int encodings)
        {
            var expected = RunStage(settings, file);
            Assert.That(RunStage(new EncodingStage(settings, first.Learnt), settings, file), Is.EqualTo(expected));
            Assert.That(expected.Single(), Has.Count.EqualTo(encodings));
        }
    }

    [Test]
    public void A_precompressed_file_that_is_another_is_looked_into()
    {
        var bytes = Text(3000);
        var file = Published("a.css", bytes);
        var good = Encode(ContentEncodings.Gzip, bytes, CompressLevel.Smallest);
        var stage = new EncodingStage(_folder.Settings, LastEncodings.Empty);
        Assert.That(PathOf(Run(stage, good)[0]), Is.EqualTo(Path.Combine(_folder.Root, "a.css.gz")));
        Assert.That(PathOf(Run(new EncodingStage(_folder.Settings, stage.Learnt), [.. good, 0])[0]), Does.StartWith(_folder.Cache));

        IReadOnlyList<Encoded> Run(EncodingStage stage, byte[] brought) => stage.Run(
            [file],
            new[] { _folder.Brought("a.css.gz", ContentEncodings.Gzip, brought) }.ToLookup(_ => "a.css", StringComparer.Ordinal),
            new Compressor(_folder.Settings, new ContentReader(), Now),
            CancellationToken.None).Single();
    }

    [Test]
    public void What_was_found_out_is_read_again_and_nothing_where_it_is_damaged()
    {
        using var tree = new TempTree();
        var path = tree["encodings.last"];
        var known = new Dictionary<string, LastEncoding?>(StringComparer.Ordinal)
        {
            ["pays"] = new LastEncoding(Sha256.Of("x"u8), 5, "/cache/x.br"),
            ["does not"] = null,
        };
        new LastEncodings(known).Write(path);
        Assert.That(LastEncodings.Read(path).Results, Is.EqualTo(known));
        var bytes = File.ReadAllBytes(path);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            File.WriteAllBytes(path, bytes);
            Assert.That(LastEncodings.Read(path), Is.SameAs(LastEncodings.Empty));
            bytes[i] ^= 1;
        }

        Assert.That(LastEncodings.Read(tree["none"]), Is.SameAs(LastEncodings.Empty));
    }
}
