using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class RecordFileTests
{
    private static readonly Gen<FileStamp> Stamps = Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long, (length, ticks) => new FileStamp(length, ticks));

    private static readonly Gen<string> Names = Gen.OneOf(Gen.OneOf("a", "a/b.css", "é⊗", "\u0301", "x\\y", ""), Gen.String[Gen.Char.AlphaNumeric, 0, 200]);

    private static readonly Gen<RecordEntry> Entries = Gen.Select(
        Names, Gen.Enum<OutputKind>(), Names, Gen.Bool, Stamps, Stamps, Gen.Bool,
        (path, kind, source, endsInPath, sourceStamp, stamp, trusted) =>
            new RecordEntry(path, kind, endsInPath ? source + path : source, sourceStamp, stamp, trusted));

    private static readonly Gen<Comparison> Pairs = Gen.Select(
        Names, Stamps, Names, Stamps, Gen.Bool, (a, stampA, b, stampB, equal) => new Comparison(a, stampA, b, stampB, equal));

    private static readonly Gen<CollectRecord> Records = Gen.Select(
        Entries.Array[0, 8], Pairs.Array[0, 4], (entries, pairs) => new CollectRecord(entries, pairs));

    [Test]
    public void What_is_written_is_read_again()
    {
        using var tree = new TempTree();
        var number = 0;
        Records.Sample(record =>
        {
            var path = tree[$"obj/{Interlocked.Increment(ref number)}.record"];
            RecordFile.Write(path, record);
            return Same(RecordFile.Read(path), record);
        }, iter: 200);
        Assert.That(tree.Files("obj"), Has.All.EndsWith(".record"), "no temporary file is left");
    }

    [Test]
    public void Any_damaged_byte_makes_the_record_empty() => Damaged((bytes, at, value) =>
    {
        var damaged = bytes.ToArray();
        damaged[at % bytes.Length] ^= value;
        return damaged;
    });

    [Test]
    public void Any_truncation_makes_the_record_empty() => Damaged((bytes, at, _) => bytes[..(at % bytes.Length)]);

    [Test]
    public void Anything_appended_makes_the_record_empty() => Damaged((bytes, at, value) => [.. bytes, .. Enumerable.Repeat(value, 1 + (at % 20))]);

    [Test]
    public void A_record_of_another_version_is_empty()
    {
        using var tree = new TempTree();
        RecordFile.Write(tree["x.record"], new CollectRecord([new RecordEntry("a", OutputKind.Copy, "/a", default, default, IsTrusted: true)], []));
        var bytes = File.ReadAllBytes(tree["x.record"]);
        var name = "StaticCollect.Record."u8;
        var version = bytes.AsSpan().IndexOf(name) + name.Length;
        foreach (var (digit, entries) in new[] { (bytes[version], 1), ((byte)'0', 0), ((byte)'9', 0) })
        {
            bytes[version] = digit;
            BitConverter.TryWriteBytes(bytes.AsSpan(^sizeof(ulong)..), RecordStream.Checksum(bytes.AsSpan(..^sizeof(ulong))));
            File.WriteAllBytes(tree["x.record"], bytes);
            Assert.That(RecordFile.Read(tree["x.record"]).Entries, Has.Count.EqualTo(entries));
        }
    }

    [Test]
    public void A_record_that_is_not_there_is_empty()
    {
        using var tree = new TempTree();
        Assert.That(RecordFile.Read(tree["gone/x.record"]), Is.SameAs(CollectRecord.Empty));
        Assert.That(RecordFile.Read(tree.Folder("x.record")["x.record"]), Is.SameAs(CollectRecord.Empty));
    }

    [Test]
    public void A_record_that_is_there_as_it_is_is_not_written_again()
    {
        using var tree = new TempTree();
        var record = new CollectRecord([new RecordEntry("a", OutputKind.Copy, "/a", default, default, IsTrusted: true)], []);
        RecordFile.Write(tree["x.record"], record);
        File.SetLastWriteTimeUtc(tree["x.record"], TempTree.Old);
        RecordFile.Write(tree["x.record"], record);
        Assert.That(File.GetLastWriteTimeUtc(tree["x.record"]), Is.EqualTo(TempTree.Old));
        RecordFile.Write(tree["x.record"], CollectRecord.Empty);
        Assert.That(RecordFile.Read(tree["x.record"]).Entries, Is.Empty);
    }

    [Test]
    public void Each_root_has_a_record_of_its_own() =>
        Assert.That(RecordFile.PathOf("/obj", "/a/static"), Is.Not.EqualTo(RecordFile.PathOf("/obj", "/b/static")).And.StartsWith("/obj/"));

    [Test]
    public void What_a_run_begins_to_write_is_unfinished_and_the_rest_is_kept()
    {
        var a = new RecordEntry("a", OutputKind.Copy, "/a", default, default, IsTrusted: true);
        var record = new CollectRecord([a, a with { Path = "b" }], []).WithUnfinished(["b", "c"]);
        Assert.That(record.Entries.Select(entry => (entry.Path, entry.Kind, entry.IsTrusted)), Is.EqualTo(
            new[] { ("a", OutputKind.Copy, true), ("b", OutputKind.Unfinished, false), ("c", OutputKind.Unfinished, false) }));
    }

    private static void Damaged(Func<byte[], int, byte, byte[]> damage)
    {
        using var tree = new TempTree();
        var number = 0;
        Gen.Select(Records, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample((record, at, value) =>
        {
            var path = tree[$"{Interlocked.Increment(ref number)}"];
            RecordFile.Write(path, record);
            File.WriteAllBytes(path, damage(File.ReadAllBytes(path), at, value));
            return ReferenceEquals(RecordFile.Read(path), CollectRecord.Empty);
        }, iter: 500);
    }

    private static bool Same(CollectRecord a, CollectRecord b) =>
        a.Entries.SequenceEqual(b.Entries) && a.Comparisons.SequenceEqual(b.Comparisons);
}
