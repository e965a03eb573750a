using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>What one run leaves for the next.</summary>
public sealed class LastNamingFileTests : IDisposable
{
    private static readonly Gen<Sha256> Hash = Gen.Byte.Array[0, 8].Select(bytes => Sha256.Of(bytes));

    private static readonly Gen<FileStamp> Stamp = Gen.Select(
        Gen.Long[0, long.MaxValue], Gen.Long, Gen.Long, (length, ticks, birth) => new FileStamp(length, ticks, birth));

    private static readonly Gen<ReferenceSite> ReferenceSite =
        Gen.Select(Gen.Enum<ReferenceKind>(), Gen.String, Gen.Int[0, int.MaxValue], Gen.Int[1, 9_000_000], Gen.Int[1, 9_000_000], Gen.Int[-1, int.MaxValue], Gen.Int[0, 99])
            .Select(site => new ReferenceSite(site.Item1, site.Item2, site.Item3, site.Item4, site.Item5, site.Item6, site.Item7));

    private static readonly Gen<ParseProblem?> Problem =
        Gen.Select(Gen.Bool, Gen.String, Gen.Int[1, 99], (isNone, text, line) => isNone ? null : new ParseProblem(text, line, line));

    private static readonly Gen<NamedEntry> Entry =
        Gen.Select(Gen.String, Stamp, Gen.Bool, Hash, ReferenceSite.Array[0, 5], Problem, Gen.Select(Hash, Hash, Hash, Gen.Long[0, long.MaxValue], Gen.Bool))
            .Select(one => new NamedEntry(
                new FileAnalysis(one.Item1, one.Item2, one.Item3, one.Item4, one.Item5, one.Item6) { Base = one.Item3 ? new PageBase(one.Item1, one.Item5.Length) : null },
                new FinalFile(one.Item7.Item1, one.Item7.Item2.Digits(12), one.Item7.Item3, one.Item7.Item4, one.Item7.Item5)));

    private static readonly Gen<LastNaming> Records =
        Gen.Select(
            Gen.Select(Gen.String, Entry).Array[0, 5],
            Gen.Select(Gen.String, Stamp, Gen.String.Array[0, 4]).Array[0, 3],
            (entries, bundlers) => new LastNaming(
                HasReferences: entries.Length % 2 == 0,
                entries.DistinctBy(entry => entry.Item1, StringComparer.Ordinal).ToDictionary(entry => entry.Item1, entry => entry.Item2, StringComparer.Ordinal),
                [.. bundlers.Select(bundler => new BundlerManifest(bundler.Item1, bundler.Item2, bundler.Item3))]));

    private readonly string _folder = Directory.CreateTempSubdirectory("staticcollect-").FullName;

    [Test]
    public void Any_record_comes_back_as_it_was() =>
        Records.Sample(
            record =>
            {
                var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                LastNamingFile.Write(path, record);
                Assert.That(Shown(LastNamingFile.Read(path)), Is.EqualTo(Shown(record)));
            },
            iter: 300);

    [Test]
    public void A_record_of_which_one_bit_is_wrong_or_the_end_is_missing_counts_for_nothing() =>
        Gen.Select(Records.Where(record => record.Files.Count > 0), Gen.Int[0, int.MaxValue], Gen.Bool).Sample(
            (record, place, isCut) =>
            {
                var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
                LastNamingFile.Write(path, record);
                var bytes = File.ReadAllBytes(path);
                if (isCut)
                    bytes = bytes[..(place % bytes.Length)];
                else
                    bytes[place / 8 % bytes.Length] ^= (byte)(1 << (place % 8));
                File.WriteAllBytes(path, bytes);
                Assert.That(LastNamingFile.Read(path).Files, Is.Empty);
            },
            iter: 300);

    [Test]
    public void A_damaged_record_makes_the_next_run_do_everything_and_nothing_else_happens()
    {
        using var work = new Workspace();
        work.Write("static/a.css", "a{b:url(x.png)}").Write("static/x.png");
        var settings = work.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = $"{work.Root}/staticfiles.json" } };
        work.Collect(settings);
        var good = work.Collected;
        foreach (var path in new[] { settings.LastNamingPath, settings.LastRunPath })
            File.WriteAllText(path, "damaged");
        work.Collect(settings);
        Assert.That(work.Collected, Is.EqualTo(good));
        Assert.That(LastNamingFile.Read(settings.LastNamingPath).Files, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_record_that_is_not_there_is_empty() =>
        Assert.That(LastNamingFile.Read(Path.Combine(_folder, "none")).Files, Is.Empty);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Shown(LastNaming record) => string.Join('\n',
    [
        $"{record.HasReferences}",
        .. record.Files.Select(file => $"{file.Key} {file.Value.Analysis with { Sites = [], Computed = [] }} [{string.Join(' ', file.Value.Analysis.Computed)}] [{string.Join(' ', file.Value.Analysis.Sites)}] {file.Value.Final}"),
        .. record.Bundlers.Select(bundler => $"{bundler.Path} {bundler.Stamp} [{string.Join('|', bundler.Outputs)}]"),
    ]);
}
