using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class LastRunFileTests
{
    private static readonly Gen<Sha256> Hashes = Gen.OneOf(Gen.Const(default(Sha256)), Gen.Byte.Array[0, 4].Select(bytes => Sha256.Of(bytes)));

    private static readonly Gen<FileStamp> Stamps = Gen.Select(
        Gen.Long[0, long.MaxValue], Gen.Long, Gen.Long, (length, ticks, birth) => new FileStamp(length, ticks, birth));

    private static readonly Gen<string> Names = Gen.OneOf(Gen.OneOf("a", "a/b.css", "é⊗", "\u0301", "x\\y", ""), Gen.String[Gen.Char.AlphaNumeric, 0, 200]);

    private static readonly Gen<Origin> Origins = Gen.Select(
        Gen.Bool, Gen.Enum<FinderKind>(), Names, Names, (isKnown, finder, app, source) => new Origin(isKnown ? finder : null, app, source));

    private static readonly Gen<MissingReference> Missing = Gen.Select(
        Names, Names, Gen.Int[0, 9999], Gen.Int[0, 9999], (url, path, line, column) => new MissingReference(url, path, line, column));

    private static readonly Gen<ReleaseFile> Files = Gen.Select(
        Gen.Select(Names, Names, Gen.Enum<Role>(), Hashes, Gen.Long[0, long.MaxValue], Gen.Enum<CachePolicy>(), Origins),
        Gen.Select(Gen.OneOf(ContentEncodings.All.Select(encoding => (IContentEncoding?)encoding).Append(null).ToArray()), Gen.OneOf<string?>("0123456789ab", null), Names.Array[0, 3], Missing.Array[0, 2], Gen.Bool),
        (one, more) => new ReleaseFile(one.Item1, one.Item2, one.Item3, new FileContent(one.Item4, one.Item5, ByteSource.Stored.Instance), one.Item6, one.Item7)
        {
            Encoding = more.Item1,
            Fingerprint = more.Item2,
            References = more.Item3,
            Missing = more.Item4,
            HasWindowsLineEnds = more.Item5,
        });

    private static readonly Gen<Diagnostic> Diagnostics = Gen.Select(
        Names, Gen.Enum<Severity>(), Names, Gen.OneOf<string?>("/a.css", null), Gen.Int[0, 9999], Gen.OneOf<LostReference?>(new LostReference("a", "1", "b", "c"), null),
        (code, severity, text, file, line, lost) => new Diagnostic(code, severity, text, file, line, line + 1) { Lost = lost });

    private static readonly Gen<RootEntry> Entries = Gen.Select(
        Names, Gen.Enum<EntryKind>(), Hashes, Stamps, Names, (path, kind, hash, stamp, target) => new RootEntry(path, kind, hash, stamp, target));

    private static readonly Gen<CheckedSibling> Siblings = Gen.Select(
        Names, Stamps, Hashes, (path, stamp, original) => new CheckedSibling(path, stamp, original));

    private static readonly Gen<Comparison> Pairs = Gen.Select(
        Names, Stamps, Names, Stamps, Gen.Bool, (a, stampA, b, stampB, equal) => new Comparison(a, stampA, b, stampB, equal));

    private static readonly Gen<LastRun> Runs = Gen.Select(
        Hashes,
        Files.Array[0, 6],
        Diagnostics.Array[0, 3],
        Entries.Array[0, 8],
        Siblings.Array[0, 3],
        Pairs.Array[0, 4],
        Gen.Select(Names, Stamps, (path, stamp) => new EmittedFile(path, stamp)).Array[0, 3],
        (inputs, files, diagnostics, entries, siblings, pairs, emitted) => new LastRun
        {
            Inputs = inputs,
            Release = new Release(files),
            Diagnostics = diagnostics,
            Entries = entries,
            Siblings = siblings,
            Comparisons = pairs,
            Emitted = emitted,
        });

    [Test]
    public void What_is_written_is_read_again()
    {
        using var tree = new TempTree();
        var number = 0;
        Runs.Sample(run =>
        {
            var path = tree[$"obj/{Interlocked.Increment(ref number)}.last"];
            LastRunFile.Write(path, run);
            return Same(LastRunFile.Read(path), run);
        }, iter: 200);
        Assert.That(tree.Files("obj"), Has.All.EndsWith(".last"), "no temporary file is left");
    }

    [Test]
    public void Any_damaged_byte_makes_it_empty() => Damaged((bytes, at, value) =>
    {
        var damaged = bytes.ToArray();
        damaged[at % bytes.Length] ^= value;
        return damaged;
    });

    [Test]
    public void Any_truncation_makes_it_empty() => Damaged((bytes, at, _) => bytes[..(at % bytes.Length)]);

    [Test]
    public void Anything_appended_makes_it_empty() => Damaged((bytes, at, value) => [.. bytes, .. Enumerable.Repeat(value, 1 + (at % 20))]);

    [Test]
    public void A_file_of_another_version_is_empty()
    {
        using var tree = new TempTree();
        LastRunFile.Write(tree["x.last"], new LastRun { Entries = [Entry("a")] });
        var bytes = File.ReadAllBytes(tree["x.last"]);
        var name = "StaticCollect.LastRun."u8;
        var version = bytes.AsSpan().IndexOf(name) + name.Length;
        foreach (var (digit, entries) in new[] { (bytes[version], 1), ((byte)'0', 0), ((byte)'9', 0) })
        {
            bytes[version] = digit;
            BitConverter.TryWriteBytes(bytes.AsSpan(^sizeof(ulong)..), RecordStream.Checksum(bytes.AsSpan(..^sizeof(ulong))));
            File.WriteAllBytes(tree["x.last"], bytes);
            Assert.That(LastRunFile.Read(tree["x.last"]).Entries, Has.Count.EqualTo(entries));
        }
    }

    [Test]
    public void A_file_that_is_not_there_is_empty()
    {
        using var tree = new TempTree();
        Assert.That(LastRunFile.Read(tree["gone/x.last"]), Is.SameAs(LastRun.None));
    }

    [Test]
    public void One_that_cannot_be_read_is_not_taken_for_none()
    {
        using var tree = new TempTree();
        Assert.That(() => LastRunFile.Read(tree.Folder("x.last")["x.last"]), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public void A_file_that_is_there_as_it_is_is_not_written_again()
    {
        using var tree = new TempTree();
        var run = new LastRun { Entries = [Entry("a")] };
        LastRunFile.Write(tree["x.last"], run);
        File.SetLastWriteTimeUtc(tree["x.last"], TempTree.Old);
        LastRunFile.Write(tree["x.last"], run);
        Assert.That(File.GetLastWriteTimeUtc(tree["x.last"]), Is.EqualTo(TempTree.Old));
        LastRunFile.Write(tree["x.last"], LastRun.None);
        Assert.That(LastRunFile.Read(tree["x.last"]).Entries, Is.Empty);
    }

    [Test]
    public void Each_root_has_a_folder_of_its_own()
    {
        using var work = new Workspace();
        var settings = work.Settings with { RecordFolder = Here.Full("/obj"), Root = Here.Full("/a/static") };
        Assert.That(settings.LastRunPath, Does.StartWith(Here.Full("/obj/static-")));
        Assert.That((settings with { Root = Here.Full("/b/static") }).LastRunPath, Is.Not.EqualTo(settings.LastRunPath).And.StartsWith(Here.Full("/obj/static-")));
    }

    [Test]
    public void What_a_run_begins_to_write_is_unfinished_and_the_rest_is_kept()
    {
        var run = new LastRun { Inputs = Sha256.Of("x"u8), Entries = [Entry("a"), Entry("b")], Emitted = [new EmittedFile("/release.json", default)] }.Begin([Begun("b"), Begun("c")]);
        Assert.That(
            run.Entries.Select(entry => $"{entry.Path} {entry.Kind} {entry.Hash.IsKnown}"),
            Is.EqualTo(new[] { "a Copy True", "b Copy True", "b Unfinished True", "c Unfinished True" }), "it has the old bytes or the new ones");
        Assert.That(run.Inputs.IsKnown, Is.False, "a run that was killed has to be looked after");
        Assert.That(run.Emitted, Is.Empty);
    }

    private static ReleaseFile Begun(string path) =>
        new(path, path, Role.Plain, new FileContent(Sha256.Of("new"u8), 3, ByteSource.Stored.Instance), CachePolicy.Revalidate, new Origin(FinderKind.Own, "App", ""));

    private static RootEntry Entry(string path) => new(path, EntryKind.Copy, Sha256.Of("a"u8), default, "");

    private static void Damaged(Func<byte[], int, byte, byte[]> damage)
    {
        using var tree = new TempTree();
        var number = 0;
        Gen.Select(Runs, Gen.Int[0, int.MaxValue], Gen.Byte[1, 255]).Sample((run, at, value) =>
        {
            var path = tree[$"{Interlocked.Increment(ref number)}"];
            LastRunFile.Write(path, run);
            File.WriteAllBytes(path, damage(File.ReadAllBytes(path), at, value));
            return ReferenceEquals(LastRunFile.Read(path), LastRun.None);
        }, iter: 500);
    }

    private static bool Same(LastRun a, LastRun b) =>
        a.Inputs == b.Inputs
        && a.Release.Files.Count == b.Release.Files.Count
        && a.Release.Files.Zip(b.Release.Files).All(pair =>
            pair.First with { References = [], Missing = [] } == pair.Second with { References = [], Missing = [] }
            && pair.First.References.SequenceEqual(pair.Second.References, StringComparer.Ordinal)
            && pair.First.Missing.SequenceEqual(pair.Second.Missing))
        && a.Diagnostics.SequenceEqual(b.Diagnostics)
        && a.Entries.SequenceEqual(b.Entries)
        && a.Siblings.SequenceEqual(b.Siblings)
        && a.Comparisons.SequenceEqual(b.Comparisons)
        && a.Emitted.SequenceEqual(b.Emitted);
}
