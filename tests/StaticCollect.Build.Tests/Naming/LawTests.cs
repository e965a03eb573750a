using System.Text;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.References;
using static StaticCollect.Build.Tests.Naming.RandomTree;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>
/// What holds for any files, any references between them and any history of edits: chains, diamonds, cycles, files that
/// name themselves, several cycles in one tree, in style sheets and modules full of text that is no reference.
/// </summary>
public class LawTests
{
    private static readonly Gen<(Node?[] Tree, (int Path, Node? Node)[] Edits)> Histories =
        Gen.Select(Trees, Gen.Select(Gen.Int[0, Paths.Length - 1], Nodes).Array[1, 6]);

    [Test]
    public void Two_byte_strings_never_share_a_fingerprinted_name_in_any_history() =>
        Histories.Sample(
            history =>
            {
                using var site = new Site();
                var seen = new Dictionary<string, string>(StringComparer.Ordinal);
                Play(site, history, () =>
                {
                    var named = site.Name();
                    foreach (var file in named.All.Files.Where(file => file.IsImmutable))
                    {
                        var bytes = Encoding.Latin1.GetString(named.Bytes(file.File.LogicalPath));
                        if (!seen.TryAdd(file.Path, bytes))
                            Assert.That(bytes, Is.EqualTo(seen[file.Path]), file.Path);
                        Assert.That(file.Content.Hash, Is.EqualTo(Sha256.Of(Encoding.Latin1.GetBytes(bytes))));
                        Assert.That(file.Content.Length, Is.EqualTo(bytes.Length));
                    }
                });
            },
            iter: Laws.CollectionLaws.Times(300));

    [Test]
    public void After_any_history_an_incremental_run_gives_what_a_fresh_one_gives() =>
        Histories.Sample(
            history =>
            {
                using var site = new Site();
                var last = LastNaming.Empty;
                Play(site, history, () =>
                {
                    var fresh = site.Name();
                    var incremental = site.Name(last);
                    Assert.That(Shown(incremental), Is.EqualTo(Shown(fresh)));
                    last = incremental.All.Learnt;
                });
            },
            iter: Laws.CollectionLaws.Times(300));

    [Test]
    public void After_any_history_the_static_root_holds_what_a_fresh_one_would() =>
        Histories.Sample(
            history =>
            {
                using var site = new Site();
                site.Rules = site.Rules with { KeepReleases = 0 };
                Play(site, history, () => site.Collect());
                using var fresh = new Site();
                fresh.Rules = fresh.Rules with { KeepReleases = 0 };
                foreach (var file in site.Files())
                    fresh.Write(file.LogicalPath, File.ReadAllBytes(file.SourcePath));
                fresh.Collect();
                Assert.That(site.Tree(), Is.EqualTo(fresh.Tree()));
            },
            iter: Laws.CollectionLaws.Times(60));

    [Test]
    public void Equal_input_gives_equal_names_in_whatever_order_the_files_come() =>
        Gen.Select(Trees, Gen.Int[0, 1_000_000]).Sample(
            (tree, seed) =>
            {
                using var site = new Site();
                Write(site, tree);
                var files = site.Files().ToArray();
                var expected = site.Name(files: files);
                new Random(seed).Shuffle(files);
                var shuffled = site.Name(files: files);
                Assert.That(shuffled.Names(), Is.EquivalentTo(expected.Names()));
                foreach (var file in files)
                    Assert.That(shuffled.Bytes(file.LogicalPath), Is.EqualTo(expected.Bytes(file.LogicalPath)));
            },
            iter: Laws.CollectionLaws.Times(300));

    [Test]
    public void Every_reference_to_a_collected_file_leads_to_its_published_name_and_undoing_the_names_gives_the_source() =>
        Trees.Sample(
            tree =>
            {
                using var site = new Site();
                Write(site, tree);
                var named = site.Name();
                var sources = named.Names().ToDictionary(name => name.Value, name => name.Key, StringComparer.Ordinal);
                foreach (var file in named.All.Files.Where(file => ReferenceLanguages.Of(file.File.LogicalPath) is not null))
                {
                    var before = File.ReadAllBytes(file.File.SourcePath);
                    var after = named.Bytes(file.File.LogicalPath);
                    var language = ReferenceLanguages.Of(file.File.LogicalPath)!;
                    var (was, now) = (language.Find(before), language.Find(after));
                    Assert.That(now, Has.Count.EqualTo(was.Count));
                    var undo = new List<Edit>();
                    for (var i = 0; i < was.Count; i++)
                    {
                        Assert.That(UrlBase.Of(file.File.LogicalPath, "/static/").Resolve(was[i].Url, out var target), Is.EqualTo(UrlPlace.Below));
                        Assert.That(UrlBase.Of(file.Path, "/static/").Resolve(now[i].Url, out var renamed), Is.EqualTo(UrlPlace.Below));
                        Assert.That(renamed, Is.EqualTo(named.Names().GetValueOrDefault(target, target)));
                        if (renamed != target)
                            undo.Add(new Edit(now[i].ByteOf(UrlTarget.InsertionPoint(was[i].Url)), 13, ""));
                        if (was[i].Integrity is { } old && now[i].Integrity is { } integrity)
                        {
                            // No page can hold its own hash.
                            var isRewritten = target != file.File.LogicalPath && sources.ContainsValue(target) && named[target].IsRewritten;
                            var (oldText, text) = (Text(before, old), Text(after, integrity));
                            Assert.That(text, Is.EqualTo(isRewritten ? named[target].Content.Hash.Integrity : oldText));
                            undo.Add(new Edit(integrity.Start, integrity.Length, oldText));
                        }
                    }

                    Assert.That(Edit.Apply(after, undo), Is.EqualTo(before));
                    Assert.That(file.References, Is.EqualTo(was
                        .Select(reference => Target(reference.Url, file.File.LogicalPath)).Where(sources.ContainsValue).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
                }
            },
            iter: Laws.CollectionLaws.Times(300));

    [Test]
    public void A_change_in_one_file_renames_exactly_the_files_that_reach_it() =>
        Gen.Select(Trees, Gen.Int[0, Paths.Length - 1], Nodes.Where(node => node is not null)).Sample(
            (tree, path, node) =>
            {
                if (tree[path] is null)
                    return;
                using var site = new Site();
                Write(site, tree);
                var bytes = File.ReadAllBytes(site.PathOf(Paths[path]));
                var before = site.Name();
                Write(site, path, node);
                if (bytes.AsSpan().SequenceEqual(File.ReadAllBytes(site.PathOf(Paths[path]))))
                    return;
                var after = site.Name().Names();

                var renamed = before.All.Files.Where(file => file.FingerprintedPath is not null && after[file.File.LogicalPath] != file.Path).Select(file => file.File.LogicalPath);
                Assert.That(renamed, Is.EquivalentTo(Reaching(before, Paths[path])));
            },
            iter: Laws.CollectionLaws.Times(300));

    private static string Text(byte[] file, (int Start, int Length) range) => Encoding.ASCII.GetString(file, range.Start, range.Length);

    private static string Target(string url, string from) => UrlBase.Of(from, "/static/").Resolve(url, out var path) == UrlPlace.Below ? path : "";

    /// <summary>The files with fingerprints from which a chain of such files leads to a file, that file included.</summary>
    private static HashSet<string> Reaching(Site.Naming named, string path)
    {
        var reaching = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([path]);
        while (open.TryPop(out var next))
        {
            // Who names a file that keeps its name is not changed by it.
            if (named[next].FingerprintedPath is null || !reaching.Add(next))
                continue;
            foreach (var file in named.All.Files.Where(file => file.References.Contains(next, StringComparer.Ordinal)))
                open.Push(file.File.LogicalPath);
        }

        return reaching;
    }

    private static List<string> Shown(Site.Naming named) =>
    [
        .. named.All.Files.Select(file => $"{file.Path} {file.Fingerprint} {file.Content.Hash} {file.Content.Length} {file.IsImmutable} [{string.Join(' ', file.References)}] {Encoding.Latin1.GetString(named.Bytes(file.File.LogicalPath))}"),
        .. named.All.Diagnostics.Select(one => one.ToString()),
    ];

    private static void Play(Site site, (Node?[] Tree, (int Path, Node? Node)[] Edits) history, Action afterEach)
    {
        Write(site, history.Tree);
        afterEach();
        foreach (var (path, node) in history.Edits)
        {
            Write(site, path, node);
            afterEach();
        }
    }
}
