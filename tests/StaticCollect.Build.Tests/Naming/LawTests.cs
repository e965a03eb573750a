using System.Text;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>
/// What holds for any files, any references between them and any history of edits: chains, diamonds, cycles, files that
/// name themselves, several cycles in one tree, in style sheets and modules full of text that is no reference.
/// </summary>
public class LawTests
{
    // Every seventh file or so is a leaf, and names are as odd as they can be.
    private static readonly string[] Paths =
    [
        "a.css", "b.js", "css/c.css", "css/deep/d.min.css", "js/e.mjs", "js/f g.js", OperatingSystem.IsWindows() ? "js/h#i;.js" : "js/h#i?.js", "img/x.png", "img/ü 100%.svgz", "js/b.js", "LICENSE", "sw.js", "img/y.svg", "site.webmanifest", "index.html",
    ];

    private static readonly Gen<Node?> Nodes =
        Gen.Frequency<Node?>(
            (1, Gen.Const(() => (Node?)null)),
            (6, Gen.Select(
                Gen.Int[0, 2],
                Gen.Select(Gen.Int[0, Paths.Length], Gen.Int[0, 7], Gen.Int[0, 7], (target, form, noise) => new Link(target, form, noise)).Array[0, 2],
                (salt, links) => (Node?)new Node(salt, links))));

    private static readonly Gen<Node?[]> Trees = Nodes.Array[Paths.Length];

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

    private static void Write(Site site, Node?[] tree)
    {
        for (var i = 0; i < tree.Length; i++)
            Write(site, i, tree[i]);
    }

    private static void Write(Site site, int path, Node? node)
    {
        if (node is null)
            site.Delete(Paths[path]);
        else
            site.Write(Paths[path], Text(Paths[path], node));
    }

    private static string Text(string path, Node node)
    {
        switch (Path.GetExtension(path))
        {
            case ".svg":
                return $"<svg><!-- {node.Salt} <image href='b.js'/> -->{string.Concat(node.Links.Select(link => $"<image href='{Url(path, link)}'/><rect style=\"fill:url({Url(path, link)})\"/>"))}</svg>";
            case ".html":
                return $"<!-- {node.Salt} -->{string.Concat(node.Links.Select(link => $"<script src=\"{Url(path, link)}\" integrity=\"sha384-{node.Salt}\"></script><a href='b.js'>"))}";
            case ".webmanifest":
                return $"{{\"id\":\"b.js {node.Salt}\",\"icons\":[{string.Join(",", node.Links.Select(link => $"{{\"src\":\"{Url(path, link).Replace("/", "\\/", StringComparison.Ordinal)}\"}}"))}]}}";
        }

        var isStyle = path.EndsWith(".css", StringComparison.Ordinal);
        var text = new StringBuilder(node.Salt == 1 ? "\uFEFF" : "").Append("/* é ").Append(node.Salt).Append(" */");
        foreach (var link in node.Links)
        {
            var url = Url(path, link);
            text.Append(isStyle ? StyleNoise(link.Noise) : ScriptNoise(link.Noise)).Append(isStyle ? InStyle(link.Form, url) : InScript(link.Form, url));
        }

        return text.Append(node.Salt == 2 ? "\r\n" : "\n").ToString();
    }

    private static string Url(string from, Link link)
    {
        // One target is never there.
        var target = link.Target == Paths.Length ? "missing/x.js" : Paths[link.Target];
        var escaped = string.Join('/', target.Split('/').Select(Uri.EscapeDataString));
        if (link.Form == 7)
            return "/static/" + escaped;
        var up = string.Concat(Enumerable.Repeat("../", from.Count(unit => unit == '/')));
        return (up.Length == 0 ? "./" : up) + escaped + (link.Form % 3 == 1 ? "?v=1.0#x/y.z" : "");
    }

    private static string InStyle(int form, string url) => form switch
    {
        0 => $"@import \"{url}\" screen;",
        1 => $"a{{b:url({url})}}",
        2 => $"a{{b:URL( '{url}' )}}",
        3 => $"@import url({url}) layer(x);",
        4 => $"a{{b:image-set(\"{url}\" 1x)}}",
        5 => $"a{{--c:url(\"{url.Replace(".", "\\2e ", StringComparison.Ordinal)}\")}}",
        6 => $"@font-face{{src:url({url}) format('x')}}",
        _ => $"a{{b:url({url})}}",
    };

    private static string InScript(int form, string url) => form switch
    {
        0 => $"import x from \"{url}\";",
        1 => $"import('{url}');",
        2 => $"export*from'{url}';",
        3 => $"new Worker(new URL(\"{url}\", import.meta.url));",
        4 => $"import(`{url}`);",
        5 => $"import '{url.Replace(".", "\\x2e", StringComparison.Ordinal)}';",
        6 => $"import.meta.resolve(\"{url}\");",
        _ => $"import '{url}';",
    };

    private static string StyleNoise(int noise) => noise switch
    {
        0 => "/* url(a.css) @import \"b.js\" */",
        1 => "a{content:\"url(a.css)\"}\r\n",
        2 => "@namespace \"a.css\";",
        3 => ".a\\'b{}",
        4 => "a{b:url(data:image/png;base64,AA==) url(#x) url(//h/a.css) url(HTTP://h/a.css)}",
        5 => "a{b:'./css[css/c.css].css'}",
        _ => "\t",
    };

    private static string ScriptNoise(int noise) => noise switch
    {
        0 => "// import './a.css'\n",
        1 => "var s = \"import './b.js'\";",
        2 => "/[/\"'`]/.test(`${'import \"./b.js\"'}`);",
        3 => "import 'react';",
        4 => "x => x / 2 / './b.js';",
        5 => "f('./b[b.js].js');",
        _ => "\r\n",
    };

    private sealed record Node(int Salt, Link[] Links)
    {
        public override string ToString() => $"{Salt}: {string.Join(", ", Links.Select(link => link.ToString()))}";
    }

    private sealed record Link(int Target, int Form, int Noise)
    {
        public override string ToString() => $"{(Target < Paths.Length ? Paths[Target] : "missing")} as {Form} after {Noise}";
    }
}
