using CsCheck;
using StaticCollect.Build.Naming;
using StaticCollect.Build.References;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>What one run leaves for the next.</summary>
public sealed class FingerprintRecordFileTests : IDisposable
{
    private static readonly Gen<string> Hash = Gen.Byte.Array[32].Select(Convert.ToHexStringLower);

    private static readonly Gen<FileStamp> Stamp = Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long, (length, ticks) => new FileStamp(length, ticks));

    private static readonly Gen<ReferenceSite> ReferenceSite =
        Gen.Select(Gen.Enum<ReferenceKind>(), Gen.String, Gen.Int[0, int.MaxValue], Gen.Int[1, 9_000_000], Gen.Int[1, 9_000_000], Gen.Int[-1, int.MaxValue], Gen.Int[0, 99])
            .Select(site => new ReferenceSite(site.Item1, site.Item2, site.Item3, site.Item4, site.Item5, site.Item6, site.Item7));

    private static readonly Gen<ParseProblem?> Problem =
        Gen.Select(Gen.Bool, Gen.String, Gen.Int[1, 99], (isNone, text, line) => isNone ? null : new ParseProblem(text, line, line));

    private static readonly Gen<FingerprintEntry> Entry =
        Gen.Select(Gen.String, Stamp, Gen.Bool, Hash, ReferenceSite.Array[0, 5], Problem, Gen.Select(Hash, Hash, Hash, Gen.Long[0, long.MaxValue], Gen.Bool))
            .Select(one => new FingerprintEntry(
                new FileAnalysis(one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, one.Item6) { Base = one.Item3 ? new PageBase(one.Item1, one.Item5.Length) : null },
                new FinalFile(one.Item7.Item1, one.Item7.Item2[..12], one.Item7.Item3, one.Item7.Item4, one.Item7.Item5)));

    private static readonly Gen<FingerprintRecord> Records =
        Gen.Select(
            Gen.Select(Gen.String, Entry).Array[0, 5],
            Gen.Select(Gen.String, Stamp, Gen.String.Array[0, 4]).Array[0, 3],
            (entries, bundlers) => new FingerprintRecord(
                HasReferences: true,
                entries.DistinctBy(entry => entry.Item1, StringComparer.Ordinal).ToDictionary(entry => entry.Item1, entry => entry.Item2, StringComparer.Ordinal),
                [.. bundlers.Select(bundler => new BundlerManifest(bundler.Item1, bundler.Item2, bundler.Item3))]));

    private readonly string _folder = Directory.CreateTempSubdirectory("staticcollect-").FullName;

    [Test]
    public void Any_record_comes_back_as_it_was() =>
        Records.Sample(
            record =>
            {
                var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                FingerprintRecordFile.Write(path, record);
                Assert.That(Shown(FingerprintRecordFile.Read(path)), Is.EqualTo(Shown(record)));
            },
            iter: 300);

    [Test]
    public void A_record_of_which_one_bit_is_wrong_or_the_end_is_missing_counts_for_nothing() =>
        Gen.Select(Records.Where(record => record.Files.Count > 0), Gen.Int[0, int.MaxValue], Gen.Bool).Sample(
            (record, place, isCut) =>
            {
                var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                FingerprintRecordFile.Write(path, record);
                var bytes = File.ReadAllBytes(path);
                if (isCut)
                    bytes = bytes[..(place % bytes.Length)];
                else
                    bytes[place / 8 % bytes.Length] ^= (byte)(1 << (place % 8));
                File.WriteAllBytes(path, bytes);
                Assert.That(FingerprintRecordFile.Read(path).Files, Is.Empty);
            },
            iter: 300);

    [Test]
    public void A_damaged_record_makes_the_next_run_do_everything_and_nothing_else_happens()
    {
        using var site = new Site();
        site.Write("a.css", "a{b:url(x.png)}").Write("x.png", "x").Collect();
        var good = site.Tree();
        var record = site.Settings.FingerprintRecordPath;
        File.WriteAllText(record, "damaged");
        Assert.That(site.Collect(), Is.Empty);
        Assert.That(site.Tree(), Is.EqualTo(good));
        Assert.That(FingerprintRecordFile.Read(record).Files, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_record_that_is_not_there_is_empty() =>
        Assert.That(FingerprintRecordFile.Read(Path.Combine(_folder, "none")).Files, Is.Empty);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Shown(FingerprintRecord record) => string.Join('\n',
    [
        .. record.Files.Select(file => $"{file.Key} {file.Value.Analysis with { Sites = [] }} [{string.Join(' ', file.Value.Analysis.Sites)}] {file.Value.Final}".Replace("Sites = StaticCollect", "", StringComparison.Ordinal)),
        .. record.Bundlers.Select(bundler => $"{bundler.Path} {bundler.Stamp} [{string.Join('|', bundler.Outputs)}]"),
    ]);
}
