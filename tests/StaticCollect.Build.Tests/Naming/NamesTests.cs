using System.Security.Cryptography;
using System.Text;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Names follow from bytes, and bytes from the names that they hold.</summary>
public sealed class NamesTests : IDisposable
{
    private readonly Site _site = new();

    [Test]
    public void A_fingerprint_is_the_hash_of_the_published_bytes()
    {
        _site.Write("img/logo.png", "picture").Write("css/a.css", "a{background:url(../img/logo.png)}").Write("all.css", "@import 'css/a.css';");

        var named = _site.Name();

        var logo = $"img/logo.{Hash("picture")}.png";
        var a = $"a{{background:url(../{logo})}}";
        var all = $"@import 'css/a.{Hash(a)}.css';";
        Assert.Multiple(() =>
        {
            Assert.That(named["img/logo.png"].Path, Is.EqualTo(logo));
            Assert.That(named.Text("css/a.css"), Is.EqualTo(a));
            Assert.That(named["css/a.css"].Path, Is.EqualTo($"css/a.{Hash(a)}.css"));
            Assert.That(named.Text("all.css"), Is.EqualTo(all));
            Assert.That(named["all.css"].Path, Is.EqualTo($"all.{Hash(all)}.css"));
            Assert.That(named["all.css"].References, Is.EqualTo(new[] { "css/a.css" }));
            Assert.That(named["all.css"].Content.Length, Is.EqualTo(all.Length));
            Assert.That(named["all.css"].Content.Hash.Integrity, Is.EqualTo("sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(all)))));
        });
    }

    [Test]
    public void An_empty_file_has_a_fingerprint_too() =>
        Assert.That(_site.Write("a.txt", "").Name()["a.txt"].Path, Is.EqualTo("a.e3b0c44298fc.txt"));

    [TestCase("LICENSE", "LICENSE.{0}")]
    [TestCase("a.css.map", "a.css.{0}.map")]
    [TestCase("x/.htaccess", "x/.htaccess.{0}")]
    [TestCase("a#b?c%20d.txt", "a#b?c%20d.{0}.txt", ExcludePlatform = "Win", Reason = "Windows has no such name.")]
    [TestCase("a#b;c%20d.txt", "a#b;c%20d.{0}.txt")]
    [TestCase(" lead.txt", " lead.{0}.txt")]
    [TestCase("⊗.txt", "⊗.{0}.txt")]
    public void Odd_names_keep_everything_else_of_theirs(string path, string expected) =>
        Assert.That(_site.Write(path, "x").Name()[path].Path, Is.EqualTo(expected.Replace("{0}", Hash("x"), StringComparison.Ordinal)));

    [TestCase("css/a.css", "a{b:url(../a%23b%20%25.png)}", "a#b %.png", "../a%23b%20%25.{0}.png")]
    [TestCase("a.css", @"a{b:url(\66 oo.png)}", "foo.png", @"\66 oo.{0}.png")]
    [TestCase("a.css", @"a{b:url(a\2e png)}", "a.png", @"a.{0}\2e png")]
    [TestCase("a.css", "a{b:url('my file.png?v=1.0#x.y')}", "my file.png", "'my file.{0}.png?v=1.0#x.y'")]
    [TestCase("a.css", "a{b:url(f.eot?#iefix)}", "f.eot", "(f.{0}.eot?#iefix)")]
    [TestCase("a.css", "a{b:url( \"/static/x/y.png\" )}", "x/y.png", "( \"/static/x/y.{0}.png\" )")]
    [TestCase("a.js", "import(`./b.js`)", "b.js", "import(`./b.{0}.js`)")]
    [TestCase("a.js", "import './\\u0062.js'", "b.js", "'./\\u0062.{0}.js'")]
    [TestCase("a.mjs", "new URL(\"./LICENSE\", import.meta.url)", "LICENSE", "\"./LICENSE.{0}\"")]
    public void A_reference_keeps_its_spelling(string path, string text, string target, string expected)
    {
        var named = _site.Write(path, text).Write(target, "x").Name();
        Assert.That(named.Text(path), Does.Contain(expected.Replace("{0}", Hash("x"), StringComparison.Ordinal)));
        Assert.That(named.Undone(path), Is.EqualTo(text));
    }

    [Test]
    public void Byte_order_mark_line_ends_and_broken_bytes_survive()
    {
        byte[] before = [0xEF, 0xBB, 0xBF, .. "/* "u8, 0xE9, 0xFF, .. " */\r\n\ta{b:url(x.png)}\r\n/*"u8, 0x80, .. "*/\n\r"u8];
        _site.Write("x.png", "x").Write("a.css", before);

        var after = _site.Name().Bytes("a.css");

        var at = before.AsSpan().IndexOf(".png"u8);
        Assert.That(after, Is.EqualTo((byte[])[.. before[..at], .. Encoding.ASCII.GetBytes("." + Hash("x")), .. before[at..]]));
    }

    [Test]
    public void A_change_deep_down_changes_every_name_above_it_and_no_other()
    {
        _site.Write("x.png", "1").Write("a.css", "a{b:url(x.png)}").Write("b.css", "@import 'a.css';").Write("c.css", "@import 'a.css';")
            .Write("top.css", "@import 'b.css';@import 'c.css';").Write("beside.css", "a{}").Write("y.png", "1");
        var before = _site.Name().Names();

        var after = _site.Write("x.png", "2").Name().Names();

        Assert.That(Changed(before, after), Is.EqualTo(new[] { "a.css", "b.css", "c.css", "top.css", "x.png" }));
    }

    [Test]
    public void Files_that_import_each_other_change_their_names_together()
    {
        _site.Write("a.js", "import './b.js'; import './x.js'").Write("b.js", "import './c.js'").Write("c.js", "import './a.js'").Write("x.js", "1")
            .Write("top.js", "import './b.js'").Write("other1.js", "import './other2.js'").Write("other2.js", "import './other1.js'");
        var before = _site.Name();
        Assert.Multiple(() =>
        {
            Assert.That(before.Text("a.js"), Is.EqualTo($"import './{before["b.js"].Path}'; import './{before["x.js"].Path}'"));
            Assert.That(before.Text("c.js"), Is.EqualTo($"import './{before["a.js"].Path}'"));
            Assert.That(before.Text("top.js"), Is.EqualTo($"import './{before["b.js"].Path}'"));
        });

        var ofMember = _site.Write("c.js", "import './a.js' ").Name();
        Assert.That(Changed(before.Names(), ofMember.Names()), Is.EqualTo(new[] { "a.js", "b.js", "c.js", "top.js" }));

        var ofWhatTheyNeed = _site.Write("x.js", "2").Name();
        Assert.That(Changed(ofMember.Names(), ofWhatTheyNeed.Names()), Is.EqualTo(new[] { "a.js", "b.js", "c.js", "top.js", "x.js" }));

        var ofOneThatNeedsThem = _site.Write("top.js", "import './b.js';").Name();
        Assert.That(Changed(ofWhatTheyNeed.Names(), ofOneThatNeedsThem.Names()), Is.EqualTo(new[] { "top.js" }));
    }

    [Test]
    public void A_file_that_names_itself_holds_its_own_name()
    {
        var named = _site.Write("a.js", "new Worker(new URL('./a.js', import.meta.url))").Name();
        Assert.That(named.Text("a.js"), Is.EqualTo($"new Worker(new URL('./{named["a.js"].Path}', import.meta.url))"));
        Assert.That(Changed(named.Names(), _site.Write("a.js", "new Worker(new URL('./a.js',import.meta.url))").Name().Names()), Is.EqualTo(new[] { "a.js" }));
    }

    [Test]
    public void Equal_files_of_two_cycles_do_not_share_a_fingerprint()
    {
        _site.Write("a.js", "import './b.js'").Write("b.js", "import './a.js'").Write("x/a.js", "import './b.js'").Write("x/b.js", "import './a.js'");
        var named = _site.Name();
        Assert.That(named.All.Files.Select(file => file.Fingerprint), Is.Unique);
    }

    /// <summary>In a cycle references stand as logical paths while it is hashed: text that looks like one must not count as one.</summary>
    [Test]
    public void A_text_that_looks_like_a_placeholder_is_told_from_one()
    {
        _site.Write("b.js", "import './a.js'");
        var one = _site.Write("a.js", "import './b.js';import './b.js'").Name();
        var bytes = one.Bytes("a.js");
        var other = _site.Write("a.js", "import './b.js';import './b[b.js].js'").Name();
        Assert.That(other.Bytes("a.js"), Is.Not.EqualTo(bytes));
        Assert.That(other["a.js"].Path, Is.Not.EqualTo(one["a.js"].Path));
    }

    [Test]
    public void Equal_files_get_equal_names_in_whatever_order_they_come()
    {
        _site.Write("a.js", "import './b.js'").Write("b.js", "import './a.js'; import './c.js'").Write("c.js", "c").Write("d.css", "@import 'e.css'").Write("e.css", "e");
        var files = _site.Files();
        Assert.That(_site.Name(files: [.. files.Reverse()]).Names(), Is.EqualTo(_site.Name(files: files).Names()));
    }

    [Test]
    public void A_source_map_is_a_leaf_and_a_changed_one_renames_its_script()
    {
        _site.Write("a.js", "1\n//# sourceMappingURL=a.js.map").Write("a.js.map", """{"version":3,"file":"a.js","sources":["b.js"]}""").Write("b.js", "");
        var before = _site.Name();
        Assert.Multiple(() =>
        {
            Assert.That(before["a.js.map"].IsRewritten, Is.False);
            Assert.That(before.Text("a.js"), Is.EqualTo($"1\n//# sourceMappingURL={before["a.js.map"].Path}"));
        });
        Assert.That(Changed(before.Names(), _site.Write("a.js.map", "{}").Name().Names()), Is.EqualTo(new[] { "a.js", "a.js.map" }));
    }

    [Test]
    public void An_empty_segment_stays_as_it_is_written()
    {
        var named = _site.Write("a.css", "a{b:url(img//a.png)}").Write("img/a.png", "x").Name();
        Assert.That(named.Text("a.css"), Is.EqualTo($"a{{b:url(img//{named["img/a.png"].Path["img/".Length..]})}}"));
        Assert.That(named.All.Diagnostics, Is.Empty);
    }

    [Test]
    public void A_file_that_cannot_be_read_for_references_is_published_as_it_is()
    {
        byte[] text = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a{b:url(x.png)}")];
        var named = _site.Write("a.css", text).Write("x.png", "x").Write("b.js", "import './a.js'\nb `\n").Name();
        Assert.Multiple(() =>
        {
            Assert.That(named.Bytes("a.css"), Is.EqualTo(text));
            Assert.That(named["a.css"].Fingerprint, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(text))[..12]));
            Assert.That(named.All.Diagnostics.Select(one => $"{one.Severity} {one.Code} {Path.GetFileName(one.File)}({one.Line},{one.Column})"),
                Is.EqualTo(new[] { "Warning SC3002 a.css(1,1)", "Warning SC3002 b.js(2,4)" }));
        });
    }

    [Test]
    public void With_the_root_as_static_url_other_hosts_are_left_alone()
    {
        using var site = new Site { Url = "/" };
        var named = site.Write("css/a.css", "a{b:url(//foobar) url(/x.png)}").Write("x.png", "x").Write("foobar", "x").Name();
        Assert.That(named.Text("css/a.css"), Is.EqualTo($"a{{b:url(//foobar) url(/{named["x.png"].Path})}}"));
    }

    [Test]
    public void What_is_no_reference_stays()
    {
        const string Text = """
            /* url(x.png) @import "x.png" */ @namespace "x.png";
            a { content: "url(x.png)"; b: url(#x) url() url(data:image/png;base64,x.png) url(HTTPS://h/x.png) url(/other/x.png) url(//h/x.png) url(img/) }
            """;
        Assert.That(_site.Write("a.css", Text).Write("x.png", "x").Write("img/x.png", "x").Name().Text("a.css"), Is.EqualTo(Text));
    }

    [Test]
    public void An_html_page_follows_names_and_bytes()
    {
        var stale = "sha384-" + new string('A', 64);
        _site.Write("a.js", "import './b.js'").Write("b.js", "b").Write("logo.png", "x")
            .Write("index.html", $"""<script type=module src="a.js" integrity="{stale}"></script><script src=b.js integrity="{stale}"></script><img srcset="logo.png 1x, /static/logo.png?x 2x">""");
        var named = _site.Name();
        var logo = named["logo.png"].Path;
        Assert.Multiple(() =>
        {
            // b.js is what its author has hashed; a.js is not any more.
            Assert.That(named.Text("index.html"), Is.EqualTo(
                $"""<script type=module src="{named["a.js"].Path}" integrity="{named["a.js"].Content.Hash.Integrity}"></script><script src={named["b.js"].Path} integrity="{stale}"></script><img srcset="{logo} 1x, /static/{logo}?x 2x">"""));
            Assert.That(named["index.html"].Path, Is.EqualTo("index.html"));
            Assert.That(named["index.html"].Content.Hash.Integrity, Is.EqualTo("sha256-" + Convert.ToBase64String(SHA256.HashData(named.Bytes("index.html")))));
        });
    }

    [Test]
    public void The_integrity_of_a_file_that_keeps_its_name_follows_its_bytes()
    {
        _site.Write("sw.js", "import './a.js'").Write("a.js", "1").Write("index.html", "<script src=sw.js integrity=sha256-x></script>");
        var before = _site.Name();
        Assert.That(before.Text("index.html"), Is.EqualTo($"<script src=sw.js integrity={before["sw.js"].Content.Hash.Integrity}></script>"));
        var after = _site.Write("a.js", "2").Name(before.All.Learnt);
        Assert.That(after.Text("index.html"), Is.EqualTo($"<script src=sw.js integrity={after["sw.js"].Content.Hash.Integrity}></script>"));
        Assert.That(after["sw.js"].Content.Hash.Integrity, Is.Not.EqualTo(before["sw.js"].Content.Hash.Integrity));
    }

    [Test]
    public void Svg_and_web_app_manifests_follow_names_and_get_their_own()
    {
        _site.Write("icons.svg", "<svg><image href='x.png'/><use href='#a'/></svg>").Write("x.png", "x")
            .Write("site.webmanifest", """{"start_url":"x.png","icons":[{"src":"x.png"}]}""").Write("a.css", "a{b:url(icons.svg#a)}");
        var named = _site.Name();
        Assert.Multiple(() =>
        {
            Assert.That(named.Text("icons.svg"), Is.EqualTo($"<svg><image href='{named["x.png"].Path}'/><use href='#a'/></svg>"));
            Assert.That(named.Text("site.webmanifest"), Is.EqualTo($$"""{"start_url":"x.png","icons":[{"src":"{{named["x.png"].Path}}"}]}"""));
            Assert.That(named.Text("a.css"), Is.EqualTo($"a{{b:url({named["icons.svg"].Path}#a)}}"));
            Assert.That(named["site.webmanifest"].Path, Does.Match(@"^site\.[0-9a-f]{12}\.webmanifest$"));
        });
    }

    public void Dispose() => _site.Dispose();

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static IEnumerable<string> Changed(Dictionary<string, string> before, Dictionary<string, string> after) =>
        after.Where(file => before[file.Key] != file.Value).Select(file => file.Key).Order(StringComparer.Ordinal);
}
