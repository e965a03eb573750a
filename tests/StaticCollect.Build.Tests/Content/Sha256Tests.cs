using CsCheck;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Tests.Content;

public class Sha256Tests
{
    // Of the FIPS 180 examples: "abc".
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Test]
    public void It_is_shown_as_others_show_it()
    {
        var hash = Sha256.Of("abc"u8);
        Assert.That(hash.Hex, Is.EqualTo(Abc));
        Assert.That($"{hash}", Is.EqualTo(Abc));
        Assert.That(hash.Digits(12), Is.EqualTo(Abc[..12]));
        Assert.That(hash.Base64, Is.EqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
        Assert.That(hash.Integrity, Is.EqualTo("sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
    }

    [Test]
    public void Bytes_and_a_stream_of_them_have_one_hash()
    {
        using var stream = new MemoryStream("abc"u8.ToArray());
        Assert.That(Sha256.Of(stream), Is.EqualTo(Sha256.Of("abc"u8)));
    }

    [Test]
    public void What_is_written_is_read_again() => Gen.Byte.Array[0, 50].Sample(bytes =>
    {
        var hash = Sha256.Of(bytes);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        hash.Write(writer);
        writer.Flush();
        Assert.That(stream.Length, Is.EqualTo(Sha256.Length));
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        Assert.That(Sha256.Read(reader), Is.EqualTo(hash));
        Assert.That(Sha256.Parse(hash.Hex), Is.EqualTo(hash));
        Assert.That(Sha256.Parse(hash.Hex).GetHashCode(), Is.EqualTo(hash.GetHashCode()));
    });

    [Test]
    public void A_record_that_breaks_off_is_noticed()
    {
        using var reader = new BinaryReader(new MemoryStream(new byte[Sha256.Length - 1]));
        Assert.That(() => Sha256.Read(reader), Throws.InstanceOf<EndOfStreamException>());
    }

    [Test]
    public void The_default_is_not_known_and_shown_as_nothing()
    {
        Assert.That(default(Sha256).IsKnown, Is.False);
        Assert.That($"{default(Sha256)}", Is.Empty);
        Assert.That(Sha256.Of([]).IsKnown, Is.True);
    }

    [Test]
    public void Any_bit_makes_another_one() => Gen.Int[0, (Sha256.Length * 8) - 1].Sample(bit =>
    {
        var bytes = Convert.FromHexString(Abc);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        var other = Sha256.Parse(Convert.ToHexString(bytes));
        Assert.That(other, Is.Not.EqualTo(Sha256.Of("abc"u8)));
        Assert.That(other != Sha256.Of("abc"u8), Is.True);
    });

    [Test]
    public void Texts_are_told_apart_by_their_lengths() => Gen.Select(Gen.String.Array[1, 4], Gen.String.Array[1, 4]).Sample((a, b) =>
        Sha256.OfTexts(a) == Sha256.OfTexts(b) == a.SequenceEqual(b, StringComparer.Ordinal));

    [Test]
    public void Texts_whose_letters_follow_each_other_alike_are_others() =>
        Assert.That(Sha256.OfTexts("ab", "c"), Is.Not.EqualTo(Sha256.OfTexts("a", "bc")).And.Not.EqualTo(Sha256.OfTexts("abc")));

    [TestCase("")]
    [TestCase("ba7816")]
    [TestCase(Abc + "00")]
    [TestCase("../../../../../../../../../../../../../../../../../../../../etc/")]
    public void What_is_none_is_refused(string hex) => Assert.That(() => Sha256.Parse(hex), Throws.InstanceOf<FormatException>());
}
