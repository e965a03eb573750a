using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Content;

/// <summary>Whoever is given bytes is given those that were announced.</summary>
internal sealed class ContentReaderTests
{
    private const int SeveralPieces = (1 << 20) + 1;

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(1 << 18)]
    [TestCase(SeveralPieces)]
    public void The_first_reading_tells_stamp_and_hash(int length)
    {
        using var tree = new TempTree();
        tree.Write("a", new string('a', length));
        var expected = (FileStamp.Of(tree["a"])!.Value, Sha256.Of(File.ReadAllBytes(tree["a"])));
        Assert.That(ContentReader.ReadFirst(tree["a"], seen: null, out var bytes), Is.EqualTo(expected));
        Assert.That(bytes.ToArray(), Is.EqualTo(File.ReadAllBytes(tree["a"])));
        Assert.That(ContentReader.ReadFirst(tree["a"], seen: null), Is.EqualTo(expected));
    }

    [Test]
    public void A_file_that_was_replaced_since_it_was_seen_is_told_as_it_is_now()
    {
        using var tree = new TempTree();
        tree.Write("a", "one");
        var seen = FileStamp.Of(tree["a"]);
        tree.Delete("a").Write("a", "two");
        File.SetLastWriteTimeUtc(tree["a"], DateTime.UtcNow.AddHours(-1));
        var (stamp, hash) = ContentReader.ReadFirst(tree["a"], seen, out _);
        Assert.That((stamp, hash), Is.EqualTo((FileStamp.Of(tree["a"]), Sha256.Of("two"u8))));
    }

    [Test]
    public void A_source_that_changes_is_told_as_changed([Values("two", "longer", "")] string text)
    {
        using var tree = new TempTree();
        tree.Write("a", text);
        var source = new FileContent(Sha256.Of("one"u8), 3, new ByteSource.Source(tree["a"], default));
        Fails(tree, "a", SourceProblem.Changed, reader => reader.Read(source));
        Fails(tree, "a", SourceProblem.Changed, reader => Written(tree, reader, source));
        Fails(tree, "a", SourceProblem.Changed, reader => reader.Read(source with { Length = SeveralPieces }));
        Fails(tree, "a", SourceProblem.Changed, reader => Written(tree, reader, source with { Length = SeveralPieces }));
        var edited = new ByteSource.Edited(tree["a"], source.Hash, [new Edit(0, 0, "x")]);
        Fails(tree, "a", SourceProblem.Changed, reader => reader.Read(new FileContent(Sha256.Of("xone"u8), 4, edited)));
    }

    [Test]
    public void A_source_that_changes_after_its_first_reading_is_told_as_changed([Values(3, 1 << 18, SeveralPieces)] int length)
    {
        using var tree = new TempTree();
        tree.Write("a", new string('a', length));
        var reader = new ContentReader();
        var hash = ContentReader.ReadFirst(tree["a"], seen: null).Hash;
        var content = new FileContent(hash, length, new ByteSource.Source(tree["a"], default));
        Assert.That(Written(tree, reader, content), Has.Length.EqualTo(length));
        tree.Write("a", new string('b', length));
        Assert.That(() => Written(tree, reader, content), Throws.InstanceOf<SourceException>().With.Property("Problem").EqualTo(SourceProblem.Changed));
    }

    [Test]
    public void What_is_written_twice_in_a_row_is_read_once()
    {
        using var tree = new TempTree();
        tree.Write("a", "one").Write("b", "two").Write("c", "");
        var a = new FileContent(Sha256.Of("one"u8), 3, new ByteSource.Source(tree["a"], default));
        var b = new FileContent(Sha256.Of("two!"u8), 4, new ByteSource.Edited(tree["b"], Sha256.Of("two"u8), [new Edit(3, 0, "!")]));
        var c = new FileContent(Sha256.Of([]), 0, new ByteSource.Source(tree["c"], default));
        var reader = new ContentReader();
        using var buffer = new CopyBuffer();
        var opened = new List<string>();
        var written = new List<string>();
        FileSystem.Before = (operation, path) =>
        {
            if (operation == FileOperation.Open)
                opened.Add(Path.GetFileName(path));
        };
        foreach (var content in new[] { a, a, b, b, c, c, a })
            written.Add(Written(tree, reader, content, buffer));
        FileSystem.Before = null;
        Assert.That(written, Is.EqualTo(new[] { "one", "one", "two!", "two!", "", "", "one" }));
        Assert.That(opened, Is.EqualTo(new[] { "a", "b", "c", "a" }));
    }

    [Test]
    public void A_source_that_went_away_is_told_as_gone()
    {
        using var tree = new TempTree();
        var source = new FileContent(Sha256.Of("one"u8), 3, new ByteSource.Source(tree["folder/a"], default));
        Fails(tree, "folder/a", SourceProblem.Gone, _ => ContentReader.ReadFirst(tree["folder/a"], seen: null, out ReadOnlySpan<byte> _));
        Fails(tree, "folder/a", SourceProblem.Gone, reader => reader.Read(source));
        Fails(tree, "folder/a", SourceProblem.Gone, reader => Written(tree, reader, source with { Length = SeveralPieces }));
    }

    [Test]
    public void A_source_that_cannot_be_opened_is_told_as_such()
    {
        // A folder can be read as a file by nobody, not even by root.
        using var tree = new TempTree();
        tree.Folder("a");
        Fails(tree, "a", SourceProblem.Unreadable, _ => ContentReader.ReadFirst(tree["a"], seen: null, out ReadOnlySpan<byte> _));
        Fails(tree, "a", SourceProblem.Unreadable, _ => ContentReader.ReadSource(tree["a"], default));
    }

    [Test]
    public void A_source_that_is_written_to_all_the_time_is_read_in_one_state_or_not_at_all()
    {
        using var tree = new TempTree();
        tree.Write("a", new string('0', 100_000));
        using var ends = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            for (var i = 0; !ends.IsCancellationRequested; i++)
                File.WriteAllText(tree["a"], new string((char)('0' + (i % 10)), 50_000 + (i % 7)));
        });
        for (var i = 0; i < 200; i++)
        {
            try
            {
                var (stamp, hash) = ContentReader.ReadFirst(tree["a"], seen: null, out var bytes);
                Assert.That(bytes.Length, Is.EqualTo(stamp.Length));
                Assert.That(Sha256.Of(bytes), Is.EqualTo(hash));
            }
            catch (SourceException e)
            {
                Assert.That(e.Problem, Is.EqualTo(SourceProblem.Changed));
            }
        }

        ends.Cancel();
        writer.Wait();
    }

    [Test]
    public void A_source_that_changes_while_it_is_hashed_is_hashed_in_one_state()
    {
        using var tree = new TempTree();
        tree.Write("a");
        using var file = new FileStream(tree["a"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(64 << 20);
        File.SetLastWriteTimeUtc(tree["a"], TempTree.Old);
        var old = Hash();

        // First what is read by then, later what is not.
        var writer = Task.Run(() =>
        {
            Thread.Sleep(10);
            RandomAccess.Write(file.SafeFileHandle, "x"u8, 0);
            RandomAccess.Write(file.SafeFileHandle, "x"u8, file.Length - 1);
        });
        var hash = ContentReader.ReadFirst(tree["a"], seen: null).Hash;
        writer.Wait();
        Assert.That(hash, Is.AnyOf(old, Hash()));

        Sha256 Hash()
        {
            using var stream = new FileStream(tree["a"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Sha256.Of(stream);
        }
    }

    [Test]
    public void Edits_are_applied_to_the_source_as_it_was_read()
    {
        using var tree = new TempTree();
        tree.Write("a", "one");
        var edited = new ByteSource.Edited(tree["a"], Sha256.Of("one"u8), [new Edit(1, 1, "N")]);
        Assert.That(new ContentReader().Read(new FileContent(Sha256.Of("oNe"u8), 3, edited)), Is.EqualTo("oNe"u8.ToArray()));
    }

    [TestCase("there")]
    [TestCase("damaged")]
    [TestCase("gone")]
    public void An_encoding_is_made_again_where_its_file_is_gone_or_damaged(string state)
    {
        using var tree = new TempTree();
        var original = new FileContent(Sha256.Of("one"u8), 3, new ByteSource.Generated("one"u8.ToArray()));
        using var made = new MemoryStream();
        ContentEncodings.Gzip.Compress("one"u8.ToArray(), CompressLevel.Smallest, made, default);
        var bytes = made.ToArray();
        if (state != "gone")
            File.WriteAllBytes(tree["a.gz"], state == "there" ? bytes : bytes[..^1]);
        var encoded = new ByteSource.Encoded(tree["a.gz"], original, ContentEncodings.Gzip, CompressLevel.Smallest);
        Assert.That(new ContentReader().Read(new FileContent(Sha256.Of(bytes), bytes.Length, encoded)), Is.EqualTo(bytes));
        Assert.That(tree.Has("a.gz"), Is.EqualTo(state != "gone"), "the cache is none of its business");
    }

    [Test]
    public void An_encoding_that_a_source_brought_and_nobody_can_make_is_told_as_changed()
    {
        using var tree = new TempTree();
        var original = new FileContent(Sha256.Of("one"u8), 3, new ByteSource.Generated("one"u8.ToArray()));
        var encoded = new ByteSource.Encoded(tree["a.gz"], original, ContentEncodings.Gzip, CompressLevel.Smallest);
        Fails(tree, "a.gz", SourceProblem.Changed, reader => reader.Read(new FileContent(Sha256.Of("other"u8), 5, encoded)));
    }

    [Test]
    public void Generated_bytes_are_given_and_what_lies_in_the_store_is_not_read_from_elsewhere()
    {
        var bytes = "one"u8.ToArray();
        Assert.That(new ContentReader().Read(new FileContent(Sha256.Of(bytes), 3, new ByteSource.Generated(bytes))), Is.EqualTo(bytes));
        Assert.That(() => new ContentReader().Read(new FileContent(Sha256.Of(bytes), 3, ByteSource.Stored.Instance)), Throws.InvalidOperationException);
    }

    private static string Written(TempTree tree, ContentReader reader, FileContent content, CopyBuffer? buffer = null)
    {
        var path = tree[Guid.NewGuid().ToString("N")];
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
            reader.Write(content, file, buffer ?? new CopyBuffer());
        return File.ReadAllText(path, Encoding.UTF8);
    }

    private static void Fails(TempTree tree, string path, SourceProblem problem, Action<ContentReader> read)
    {
        var e = Assert.Throws<SourceException>(() => read(new ContentReader()));
        Assert.That((e.Path, e.Problem), Is.EqualTo((tree[path], problem)));
    }
}
