using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Content;

public class NativeStreamTests
{
    [Test]
    public void What_is_written_in_pieces_is_read_in_pieces() =>
        Gen.Select(Gen.Byte.Array[0, 70_000].Array[0, 6], Gen.Int[1, 50_000]).Sample((pieces, length) =>
        {
            using var stream = new NativeStream();
            foreach (var piece in pieces)
                stream.Write(piece);
            var all = pieces.SelectMany(piece => piece).ToArray();
            Assert.That(stream.Bytes.SequenceEqual(all), Is.True);

            stream.Position = 0;
            var read = new List<byte>();
            var buffer = new byte[length];
            for (int count; (count = stream.Read(buffer)) > 0;)
                read.AddRange(buffer.AsSpan(0, count));
            Assert.That(read, Is.EqualTo(all));
            Assert.That(stream.ReadByte(), Is.EqualTo(-1));
        }, iter: 30);

    [Test]
    public void Room_that_was_not_needed_is_given_back()
    {
        using var stream = new NativeStream();
        "abc"u8.CopyTo(stream.Append(1000));
        stream.SetLength(3);
        stream.WriteByte((byte)'d');
        Assert.That(stream.Bytes.SequenceEqual("abcd"u8), Is.True);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1_000_003)]
    public void A_file_is_read_whole(int length)
    {
        using var tree = new TempTree();
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(tree["a"], bytes);
        using var read = FileSystem.TryReadAll(tree["a"]);
        Assert.That(read!.Bytes.SequenceEqual(bytes), Is.True);
    }

    [Test]
    public void One_that_is_not_there_is_none()
    {
        using var tree = new TempTree();
        Assert.That(FileSystem.TryReadAll(tree["gone/a"]), Is.Null);
    }
}
