using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Files that have their plain name only, and those that have it no more.</summary>
internal sealed class KeptNamesTests : IDisposable
{
    private readonly Site _site = new();

    [TestCase("index.html")]
    [TestCase("docs/page.htm")]
    [TestCase("robots.txt")]
    [TestCase("favicon.ico")]
    [TestCase(".well-known/security.txt")]
    [TestCase(".well-known/a/b.json")]
    [TestCase("sw.js")]
    [TestCase("service-worker.js")]
    public void What_is_asked_for_by_name_keeps_it(string path)
    {
        var file = _site.Write(path, "x").Name()[path];
        Assert.Multiple(() =>
        {
            Assert.That(file.Path, Is.EqualTo(path));
            Assert.That(file.FingerprintedPath, Is.Null);
            Assert.That(file.Fingerprint, Is.Null);
            Assert.That(file.IsImmutable, Is.False);
            Assert.That(file.Content.Hash.Integrity, Does.StartWith("sha256-"));
        });
    }

    [TestCase("x/.well-known/a.txt")]
    [TestCase("my-sw.js")]
    [TestCase("html")]
    public void What_only_looks_alike_does_not(string path) =>
        Assert.That(_site.Write(path, "x").Name()[path].IsImmutable, Is.True);

    [Test]
    public void Items_name_more_of_them()
    {
        _site.Rules = _site.Rules with { KeepName = [new Glob("*.txt"), new Glob("lib/**")] };
        _site.Write("a.txt", "x").Write("b/c.txt", "x").Write("lib/d/e.js", "x").Write("a.css", "x").Write("index.html", "x");
        Assert.That(_site.Name().All.Files.Where(file => file.FingerprintedPath is null).Select(file => file.Path),
            Is.EqualTo(new[] { "a.txt", "b/c.txt", "index.html", "lib/d/e.js" }));
    }

    [Test]
    public void A_file_that_keeps_its_name_is_rewritten_and_renames_nothing()
    {
        _site.Write("sw.js", "import './a.js'").Write("a.js", "import './sw.js'");
        var named = _site.Name();
        Assert.That(named.Text("sw.js"), Is.EqualTo($"import './{named["a.js"].Path}'"));
        Assert.That(named["a.js"].IsRewritten, Is.False);
        Assert.That(_site.Write("sw.js", "import  './a.js'").Name()["a.js"].Path, Is.EqualTo(named["a.js"].Path));
    }

    [Test]
    public void Each_file_has_one_content_under_all_its_names()
    {
        _site.Write("a.css", "a{b:url(x.png)}").Write("x.png", "x").Write("sw.js", "import './c.js'").Write("c.js", "c").Collect();
        var tree = _site.Tree();
        Assert.That(tree["a.css"], Does.Match(@"^a\{b:url\(x\.[0-9a-f]{12}\.png\)\}$").And.EqualTo(tree[_site.Name()["a.css"].Path]));
        Assert.That(tree["sw.js"], Does.Match(@"^import './c\.[0-9a-f]{12}\.js'$"));
    }

    [Test]
    public void Without_originals_only_the_only_name_of_each_file_is_published()
    {
        _site.Rules = _site.Rules with { KeepOriginals = false };
        _site.Write("a.css", "a{b:url(x.png)}").Write("x.png", "x").Write("robots.txt", "x").Write("assets/b-12.js", "x");
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("assets/*")] };
        _site.Collect();
        var named = _site.Name();
        Assert.That(_site.Tree().Keys, Is.EqualTo(new[] { named["a.css"].Path, "assets/b-12.js", "robots.txt", "staticfiles.json", named["x.png"].Path }));
    }

    [Test]
    public void A_file_that_is_said_to_have_a_fingerprint_keeps_its_name_and_is_immutable()
    {
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("assets/*-????.*")] };
        _site.Write("assets/a-1234.js", "import './b-1234.js'").Write("assets/b-1234.js", "").Write("assets/c.js", "").Write("a.1234abcd.js", "");
        var named = _site.Name();
        Assert.Multiple(() =>
        {
            Assert.That(named["assets/a-1234.js"].Path, Is.EqualTo("assets/a-1234.js"));
            Assert.That(named["assets/a-1234.js"].IsImmutable, Is.True);
            Assert.That(named["assets/a-1234.js"].Fingerprint, Is.Null);
            Assert.That(named["assets/c.js"].Fingerprint, Is.Not.Null);
            Assert.That(named["a.1234abcd.js"].Fingerprint, Is.Not.Null, "The look of a name proves nothing.");
        });
    }

    [Test]
    public void A_file_whose_bytes_would_change_gets_a_fingerprint_of_ours_all_the_same_and_so_does_what_names_it()
    {
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("*-1234.js")] };
        _site.Write("a-1234.js", "import './b-1234.js'").Write("b-1234.js", "import './c.js'").Write("c.js", "").Write("d-1234.js", "import './sw.js'").Write("sw.js", "");
        var named = _site.Name();
        Assert.Multiple(() =>
        {
            Assert.That(named["b-1234.js"].Path, Does.Match(@"^b-1234\.[0-9a-f]{12}\.js$"));
            Assert.That(named["a-1234.js"].Path, Does.Match(@"^a-1234\.[0-9a-f]{12}\.js$"));
            Assert.That(named["d-1234.js"].Path, Is.EqualTo("d-1234.js"), "sw.js keeps its name too.");
        });
    }

    [Test]
    public void To_keep_a_name_weighs_more_than_to_have_a_fingerprint_already()
    {
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("**")] };
        Assert.That(_site.Write("index.html", "x").Name()["index.html"].IsImmutable, Is.False);
    }

    [Test]
    public void A_long_chain_of_bundled_files_is_decided_quickly()
    {
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("b*.js")] };
        const int Many = 3_000;
        for (var i = 0; i < Many; i++)
            _site.Write($"b{i:D4}.js", i + 1 < Many ? $"import './b{i + 1:D4}.js'" : "import './c.js'");
        var named = _site.Write("c.js", "").Name();
        Assert.That(named.All.Files.Count(file => file.Fingerprint is not null), Is.EqualTo(Many + 1));
    }

    [Test]
    public void A_source_that_has_the_name_a_fingerprint_would_give_but_other_bytes_is_an_error()
    {
        var taken = _site.Write("a.txt", "x").Name()["a.txt"].Path;
        _site.Write(taken, "y");
        Assert.That(_site.CollectAndFail().Single().Text, Does.Contain(taken).And.Contain("'a.txt'"));
    }

    [Test]
    public void A_source_that_has_the_name_a_fingerprint_would_give_and_its_bytes_does_no_harm()
    {
        var taken = _site.Write("a.txt", "x").Name()["a.txt"].Path;
        _site.Write(taken, "x").Collect();
        Assert.That(_site.Tree()[taken], Is.EqualTo("x"));
    }

    [TestCase(LinkMode.Symbolic)]
    [TestCase(LinkMode.Hard)]
    public void A_fingerprinted_file_does_not_change_with_its_source_where_plain_names_are_links(LinkMode link)
    {
        Here.Needs(link);
        using var site = new Site { Link = link };
        site.Write("a.txt", "x").Collect();
        var fingerprinted = site.Name()["a.txt"].Path;
        site.Write("a.txt", "y").Collect();
        Assert.That(site.Tree()[fingerprinted], Is.EqualTo("x"));
    }

    public void Dispose() => _site.Dispose();
}
