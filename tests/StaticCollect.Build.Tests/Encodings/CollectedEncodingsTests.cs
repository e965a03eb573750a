using System.IO.Compression;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;

namespace StaticCollect.Build.Tests.Encodings;

/// <summary>Encodings beside the collected files: which there are, of which bytes, and when they are made.</summary>
public sealed class CollectedEncodingsTests : IDisposable
{
    private static readonly string Long = string.Concat(Enumerable.Repeat("a { background: url(x.png) }\n", 40));

    private readonly Site _site = new();

    public CollectedEncodingsTests() => _site.Compression = new CompressionSettings
    {
        CacheDirectory = Path.Combine(_site.Folder, "cache"),
        Encodings = [ContentEncodings.Gzip, ContentEncodings.Brotli],
        Level = CompressLevel.Fastest,
    };

    public void Dispose() => _site.Dispose();

    [Test]
    public void Each_name_has_the_encodings_of_its_own_bytes()
    {
        _site.Write("a.css", Long).Write("x.png", "x").Collect();

        var tree = _site.Tree();
        var fingerprinted = tree.Keys.Single(path => path.StartsWith("a.", StringComparison.Ordinal) && path.EndsWith(".css", StringComparison.Ordinal) && path != "a.css");
        Assert.Multiple(() =>
        {
            Assert.That(tree[fingerprinted], Is.EqualTo(tree["a.css"]));
            foreach (var name in new[] { "a.css", fingerprinted })
            {
                Assert.That(Decoded(new GZipStream(Stream(tree[name + ".gz"]), CompressionMode.Decompress)), Is.EqualTo(tree[name]));
                Assert.That(Decoded(new BrotliStream(Stream(tree[name + ".br"]), CompressionMode.Decompress)), Is.EqualTo(tree[name]));
            }

            Assert.That(tree.Keys.Where(path => path.StartsWith("x.", StringComparison.Ordinal)), Has.Exactly(2).Items, "nothing is gained for a small picture");
            Assert.That(tree["staticfiles.json"], Does.Contain("\"br\":").And.Contain("\"gzip\":"));
        });
    }

    [Test]
    public void A_variant_that_no_longer_applies_is_removed()
    {
        _site.Rules = _site.Rules with { KeepReleases = 0 };
        _site.Write("a.txt", Long).Collect();
        Assert.That(_site.Tree().Keys, Has.Member("a.txt.br"));

        _site.Compression = _site.Compression! with { Encodings = [ContentEncodings.Gzip] };
        _site.Collect();
        Assert.That(_site.Tree().Keys.Where(path => path.EndsWith(".br", StringComparison.Ordinal)), Is.Empty);

        _site.Write("a.txt", "short").Collect();
        Assert.That(_site.Tree().Keys.Where(path => path.EndsWith(".gz", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void A_second_run_needs_neither_the_sources_nor_the_cache()
    {
        _site.Write("a.css", Long).Write("x.png", "x").Collect();
        var before = _site.Tree();
        Directory.Delete(_site.Compression!.CacheDirectory, recursive: true);

        _site.Collect();

        Assert.Multiple(() =>
        {
            Assert.That(_site.Tree(), Is.EqualTo(before));
            Assert.That(Directory.Exists(_site.Compression.CacheDirectory), Is.False, "nothing was compressed again");
        });
    }

    [Test]
    public void An_encoding_that_went_from_the_root_comes_back_though_the_cache_is_gone()
    {
        _site.Write("a.css", Long).Write("x.png", "x").Collect();
        var before = _site.Tree();
        Directory.Delete(_site.Compression!.CacheDirectory, recursive: true);
        File.Delete(Path.Combine(_site.Root, "a.css.br"));

        _site.Collect();

        Assert.That(_site.Tree(), Is.EqualTo(before));
    }

    [Test]
    public void A_twin_that_a_source_brings_is_taken_where_it_is_one_and_made_anew_where_not()
    {
        using var twin = new MemoryStream();
        using (var gzip = new GZipStream(twin, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Long));

        // Stored, not compressed, it saves nothing: it is of the right bytes and yet not worth having.
        _site.Write("a.txt", Long).Write("a.txt.gz", twin.ToArray()).Write("b.txt", Long + "b").Write("b.txt.br", "no Brotli at all").Collect();

        var tree = _site.Tree();
        Assert.Multiple(() =>
        {
            Assert.That(tree["a.txt.gz"], Has.Length.LessThan(twin.Length));
            Assert.That(Decoded(new BrotliStream(Stream(tree["b.txt.br"]), CompressionMode.Decompress)), Is.EqualTo(tree["b.txt"]));
            Assert.That(tree.Keys.Where(path => path.Contains(".gz.", StringComparison.Ordinal)), Is.Empty, "a twin gets no name of its own");
        });
    }

    [Test]
    public void Beside_a_file_that_is_not_compressed_a_twin_is_a_file_like_any_other()
    {
        _site.Compression = _site.Compression! with { SkipExtensions = CompressedTypes.Extensions(["txt"]) };
        using var gz = new MemoryStream();
        using (var gzip = new GZipStream(gz, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Long));
        _site.Write("a.txt", Long).Write("a.txt.gz", gz.ToArray()).Collect();

        Assert.That(_site.Tree()["a.txt.gz"], Is.EqualTo(Encoding.Latin1.GetString(gz.ToArray())));
    }

    [Test]
    public void What_servers_would_take_for_an_encoding_and_is_none_is_left_out_and_told()
    {
        _site.Compression = null;
        var told = _site.Write("a.txt", Long).Write("a.txt.gz", "last year's").Collect();

        Assert.Multiple(() =>
        {
            Assert.That(_site.Tree().Keys, Has.None.EndsWith(".gz"));
            Assert.That(told.Select(one => one.Code), Is.EqualTo(new[] { Diagnostics.Codes.StalePrecompressed }));
        });
    }

    [TestCase("A.txt.gz", "A.txt")]
    [TestCase("cafe\u0301.txt.gz", "caf\u00e9.txt")]
    public void So_is_what_some_servers_would_take_for_one(string encoded, string original)
    {
        _site.Compression = null;
        var told = _site.Write(original.ToLowerInvariant(), Long).Write(encoded, "last year's").Collect();

        Assert.Multiple(() =>
        {
            Assert.That(_site.Tree().Keys, Has.None.EndsWith(".gz"));
            Assert.That(told.Single().Text, Does.StartWith($"'static/{encoded}' is left out: servers on Windows and macOS send it in place of '{original.ToLowerInvariant()}', and it does not decode to that file"));
        });
    }

    [Test]
    public void Without_fingerprints_the_files_are_compressed_all_the_same()
    {
        using var site = new Site { Compression = _site.Compression };
        site.Write("a.css", Long);

        var result = Collector.Collect(site.Settings with { Fingerprint = null }, new Support.RecordingLog());

        Assert.Multiple(() =>
        {
            Assert.That(site.Tree().Keys, Is.EqualTo(new[] { "a.css", "a.css.br", "a.css.gz" }));
            Assert.That(result.Files.Single().Encodings.Select(encoding => encoding.Encoding!.Name), Is.EqualTo(new[] { "br", "gzip" }));
        });
    }

    private static MemoryStream Stream(string latin1) => new(Encoding.Latin1.GetBytes(latin1));

    private static string Decoded(Stream stream)
    {
        using (stream)
        {
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return Encoding.Latin1.GetString(bytes.ToArray());
        }
    }
}
