using System.IO.Compression;
using StaticCollect.Build.Content;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

public sealed class TwinsTests
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
    public void The_file_itself_under_the_name_of_a_twin_is_not([ValueSource(nameof(Encodings))] IContentEncoding encoding) =>
        Assert.That(IsGood(encoding, Bytes), Is.False);

    [Test]
    public void A_missing_or_empty_twin_is_not([ValueSource(nameof(Encodings))] IContentEncoding encoding)
    {
        Assert.That(IsGood(encoding, []), Is.False);
        Assert.That(Twins.DecompressesTo(encoding, "/no/such/file", Sha256(Bytes), Bytes.Length), Is.False);
    }

    [Test]
    public void A_bomb_is_given_up_after_the_bytes_that_were_promised([ValueSource(nameof(Encodings))] IContentEncoding encoding)
    {
        using var folder = new CompressionFolder();
        var counting = new Counting(encoding);
        var twin = folder.Write("bomb", Bomb(encoding));

        Assert.That(Twins.DecompressesTo(counting, twin, Sha256(Bytes), Bytes.Length), Is.False);
        Assert.That(counting.Decoded, Is.LessThanOrEqualTo(Bytes.Length + (1 << 16)));
    }

    private static bool IsGood(IContentEncoding encoding, byte[] twin)
    {
        using var folder = new CompressionFolder();
        return Twins.DecompressesTo(encoding, folder.Write("twin", twin), Sha256(Bytes), Bytes.Length);
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
