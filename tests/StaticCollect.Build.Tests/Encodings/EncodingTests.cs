using System.Globalization;
using System.IO.Compression;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using static StaticCollect.Build.Tests.Encodings.CompressionFolder;

namespace StaticCollect.Build.Tests.Encodings;

[TestFixtureSource(nameof(Encodings))]
internal sealed class EncodingTests(string name)
{
    private static readonly Gen<byte[]> Files = Gen.OneOf(
        Gen.Byte.Array[1, 3000],
        Gen.Select(Gen.Int[1, 300_000], Gen.Int, (length, seed) => Text(length, seed)),
        Gen.Select(Gen.Int[1, 300_000], Gen.Int, (length, seed) => Noise(length, seed)));

    private static readonly Gen<CompressLevel> Levels = Gen.Enum<CompressLevel>();

    private readonly IContentEncoding _encoding = ContentEncodings.Find(name)!;

    private static IEnumerable<string> Encodings => ContentEncodings.All.Select(encoding => encoding.Name);

    [Test]
    public void Any_bytes_come_back() =>
        Gen.Select(Files, Levels).Sample(
            (bytes, level) => Decode(_encoding, Encode(_encoding, bytes, level)).AsSpan().SequenceEqual(bytes), iter: 30);

    [Test]
    public void The_same_bytes_give_the_same_encoding() =>
        Gen.Select(Files, Levels).Sample(
            (bytes, level) =>
                Encode(_encoding, bytes, level).AsSpan().SequenceEqual(Encode(_encoding, bytes, level)), iter: 20);

    [Test]
    public void A_file_that_breaks_off_anywhere_is_refused() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 999]).Sample((length, part) =>
        {
            var encoded = Encode(_encoding, Text(length), CompressLevel.Fastest);
            Assert.That(
                () => Decode(_encoding, encoded[..(part * encoded.Length / 1000)]),
                Throws.InstanceOf<InvalidDataException>());
        });

    [Test]
    public void Bytes_behind_the_end_are_refused() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Byte.Array[1, 100]).Sample((length, more) =>
        {
            var encoded = Encode(_encoding, Text(length), CompressLevel.Fastest);
            Assert.That(() => Decode(_encoding, [.. encoded, .. more]), Throws.InstanceOf<InvalidDataException>());
        });

    [Test]
    public void Random_bytes_are_never_a_crash() =>
        Gen.Byte.Array[0, 500].Sample(bytes =>
        {
            try
            {
                Decode(_encoding, bytes);
            }
            catch (InvalidDataException)
            {
                // The only way to refuse a file.
            }
        });

    [Test]
    public void Parameters_are_fit_for_a_file_name() =>
        Gen.Select(Levels, Gen.Long[0, CompressionSettings.MaximumLength]).Sample(
            (level, length) => _encoding.Parameters(level, length).All(char.IsAsciiLetterOrDigit));

    [Test]
    public void A_cancelled_token_stops_it()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(
            () => _encoding.Compress(Text(1000), CompressLevel.Fastest, Stream.Null, cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }
}

internal sealed class EncodingChoiceTests
{
    [TestCase("gzip", ".gz")]
    [TestCase("GZIP", ".gz")]
    [TestCase("br", ".br")]
    public void An_encoding_is_found_by_its_name(string name, string suffix) =>
        Assert.That(ContentEncodings.Find(name)?.Suffix, Is.EqualTo(suffix));

    [Test]
    public void There_is_no_encoding_of_another_name() => Assert.That(ContentEncodings.Find("zip"), Is.Null);

    [TestCase(0, 10)]
    [TestCase(1008, 10)]
    [TestCase(1009, 11)]
    [TestCase(65_520, 16)]
    [TestCase(65_521, 17)]
    [TestCase(4_194_288, 22)]
    [TestCase(500_000_000, 22)]
    public void The_balanced_window_is_the_smallest_that_holds_the_file(long length, int window) =>
        Assert.That(ContentEncodings.Brotli.Parameters(CompressLevel.Balanced, length), Is.EqualTo($"q9w{window}"));

    [TestCase(CompressLevel.Balanced, 9, 1_048_576)]
    [TestCase(CompressLevel.Balanced, 9, 1_500_000)]
    [TestCase(CompressLevel.Fastest, 5, 1_500_000)]
    [TestCase(CompressLevel.Smallest, 11, 393_216)]
    [TestCase(CompressLevel.Smallest, 11, 1_000_000)]
    public void Looking_at_the_token_in_between_does_not_change_the_bytes(CompressLevel level, int quality, int length)
    {
        var bytes = Text(length);
        var whole = new byte[length];
        var window = int.Parse(
            ContentEncodings.Brotli.Parameters(level, length).Split('w')[1], CultureInfo.InvariantCulture);
        Assert.That(BrotliEncoder.TryCompress(bytes, whole, out var written, quality, window), Is.True);

        Assert.That(Encode(ContentEncodings.Brotli, bytes, level), Is.EqualTo(whole[..written]));
    }

    [Test]
    public void Gzip_names_neither_time_nor_file_nor_system([Values] CompressLevel level)
    {
        var header = Encode(ContentEncodings.Gzip, Text(1000), level)[..10];
        Assert.Multiple(() =>
        {
            Assert.That(header[..8], Is.EqualTo(new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0 }));
            Assert.That(header[9], Is.EqualTo(255), "The standard's word for a system that is not known.");
        });
    }

    [Test]
    public void Smallest_is_never_larger_than_the_levels_below() =>
        Assert.That(
            Enum.GetValues<CompressLevel>()
                .Select(level => Encode(ContentEncodings.Brotli, Text(100_000), level).Length),
            Is.Ordered);
}
