using System.IO.Compression;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Sources;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

internal sealed class PrecompressedTests
{
    private static readonly byte[] Bytes = Text(5000);

    private static IEnumerable<IContentEncoding> Encodings => ContentEncodings.All;

    [Test]
    public void An_encoding_of_exactly_the_file_is_good([ValueSource(nameof(Encodings))] IContentEncoding encoding) =>
        Assert.That(IsGood(encoding, Encode(encoding, Bytes, CompressLevel.Fastest)), Is.True);

    [Test]
    public void An_encoding_of_an_older_version_is_not([ValueSource(nameof(Encodings))] IContentEncoding encoding) =>
        Assert.That(IsGood(encoding, Encode(encoding, Text(5000, seed: 1), CompressLevel.Fastest)), Is.False);

    [Test]
    public void One_byte_more_or_less_is_not([ValueSource(nameof(Encodings))] IContentEncoding encoding, [Values(4999, 5001)] int length) =>
        Assert.That(IsGood(encoding, Encode(encoding, Text(length), CompressLevel.Fastest)), Is.False);

    [Test]
    public void The_file_itself_under_the_name_of_an_encoding_is_not([ValueSource(nameof(Encodings))] IContentEncoding encoding) =>
        Assert.That(IsGood(encoding, Bytes), Is.False);

    [Test]
    public void A_missing_or_empty_file_is_not([ValueSource(nameof(Encodings))] IContentEncoding encoding)
    {
        Assert.That(IsGood(encoding, []), Is.False);
        Assert.That(Precompressed.DecodesTo(encoding, "/no/such/file", Sha256.Of(Bytes), Bytes.Length), Is.False);
    }

    [Test]
    public void A_bomb_is_given_up_after_the_bytes_that_were_promised([ValueSource(nameof(Encodings))] IContentEncoding encoding)
    {
        using var folder = new CompressionFolder();
        var counting = new Counting(encoding);
        var path = folder.Write("bomb", Bomb(encoding));

        Assert.That(Precompressed.DecodesTo(counting, path, Sha256.Of(Bytes), Bytes.Length), Is.False);
        Assert.That(counting.Decoded, Is.LessThanOrEqualTo(Bytes.Length + (1 << 16)));
    }

    [TestCase("site.css.br", "site.css", true)]
    [TestCase("site.css.BR", "site.css", true)]
    [TestCase("site.css.gz", "site.css", false, Description = "gzip is not asked for")]
    [TestCase("site.css.br", "other.css", false)]
    [TestCase("site.css.br", "SITE.css", true, Description = "one file on Windows and macOS")]
    [TestCase("cafe\u0301.css.br", "caf\u00e9.css", true)]
    [TestCase("photo.png.br", "photo.png", false, Description = "images are not compressed")]
    public void What_lies_beside_a_file_that_is_compressed_is_taken_out(string path, string original, bool isTaken)
    {
        StaticFile[] files = [File(original), File(path)];
        using var folder = new CompressionFolder();
        var (left, precompressed) = Precompressed.TakeOut(files, folder.Settings with { Encodings = [ContentEncodings.Brotli] });
        Assert.That(left, Is.EqualTo(isTaken ? [files[0]] : files));
        Assert.That(precompressed[original].Select(brought => brought.File), Is.EqualTo(isTaken ? new[] { files[1] } : []));
    }

    [Test]
    public void Nothing_is_taken_out_where_nothing_is_compressed()
    {
        StaticFile[] files = [File("a.css"), File("a.css.br")];
        var (left, precompressed) = Precompressed.TakeOut(files, settings: null);
        Assert.That(left, Is.EqualTo(files));
        Assert.That(precompressed, Is.Empty);
    }

    private static StaticFile File(string path) => new(path, $"/{path}", new FileStamp(5000, 0), "app", FinderKind.Own);

    private static bool IsGood(IContentEncoding encoding, byte[] encoded)
    {
        using var folder = new CompressionFolder();
        return Precompressed.DecodesTo(encoding, folder.Write("encoded", encoded), Sha256.Of(Bytes), Bytes.Length);
    }

    private static byte[] Bomb(IContentEncoding encoding)
    {
        using var bytes = new MemoryStream();
        using (Stream stream = encoding == ContentEncodings.Gzip
            ? new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true)
            : new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 64; i++) stream.Write(zeros);
        }

        return bytes.ToArray();
    }

    private sealed class Counting(IContentEncoding encoding) : IContentEncoding
    {
        public long Decoded { get; private set; }

        public string Name => encoding.Name;

        public string Suffix => encoding.Suffix;

        public string Parameters(CompressLevel level, long length) => encoding.Parameters(level, length);

        public void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken) =>
            encoding.Compress(file, level, output, cancellationToken);

        public IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed)
        {
            foreach (var piece in encoding.Decompress(compressed))
            {
                Decoded += piece.Length;
                yield return piece;
            }
        }
    }
}
