using System.Text;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

public class CssTests
{
    [TestCase("a{b:url(c.png)}")]
    [TestCase("a{b:url('c.png')}")]
    [TestCase("a{b:url(\"c.png\")}")]
    [TestCase("a{b:URL(c.png)}")]
    [TestCase("a{b:url( c.png )}")]
    [TestCase("a{b:url(\n\t'c.png'\r\n)}")]
    [TestCase("a{b:url(\n\tc.png\r\n)}")]
    [TestCase("a{b:url(' c.png ')}")]
    [TestCase("a{b:url('c.png' crossorigin(anonymous))}")]
    [TestCase("a{b:src('c.png')}")]
    [TestCase("a{--b:url(c.png)}")]
    [TestCase("a{--b:{x:[url(c.png)]}}")]
    [TestCase("@font-face{src:local('x'),url(c.png) format('woff2') tech('y')}")]
    [TestCase("@unknown url(c.png);")]
    [TestCase("@supports (a:url(c.png)){}")]
    [TestCase("a{b:image-set('c.png' 1x)}")]
    [TestCase("a{b:-webkit-image-set('c.png' 1x, \"d\\\n\" type('e.png'))}", "c.png", "d")]
    [TestCase("a{b:image-set(url(c.png) 1x, 'd.png' 2x type('image/png'))}", "c.png", "d.png")]
    [TestCase("a{b:image-set(linear-gradient(red,'x.png') 1x, 'c.png' 2x)}")]
    [TestCase("@import 'c.png';")]
    [TestCase("@IMporT uRL(c.png) layer(x) supports(a:b) screen;")]
    [TestCase("@import/**/url('c.png');")]
    [TestCase("@import\"c.png\"")]
    [TestCase("a{b:url(c.png")]
    [TestCase("a{b:url('c.png")]
    [TestCase("a{b:url(c.png?#iefix)}", "c.png?#iefix")]
    [TestCase("a{b:url(c.svg#p/../q)}", "c.svg#p/../q")]
    [TestCase("a{b:url(/static/c.png)}", "/static/c.png")]
    [TestCase("a{b:url(my%20c.png)}", "my%20c.png")]
    [TestCase("a{filter:url(f.svg#x) blur(1px);c:url(c.png)}", "f.svg#x", "c.png")]
    [TestCase(".a\\:b\\'{c:url(c.png)}.d\\'{}")]
    [TestCase("a{b:2 url(c.png)1.url(d.png)+url(e.png)}", "c.png", "d.png", "e.png")]
    [TestCase("<!-- a{b:url(c.png)} -->url(d.png)", "c.png", "d.png")]
    [TestCase("}])url(c.png)")]
    [TestCase("a{b:'x\nurl(c.png)}")]
    [TestCase("a{b:url(a b) url(c.png)}")]
    [TestCase("a{b:url(\"c.png);d:url(e.png\")}", "c.png);d:url(e.png")]
    [TestCase("a{b:url(c.png?)}", "c.png?")]
    [TestCase("a{b:url(a'b\\)') url(c.png)}")]
    public void A_reference_is_found(string css, params string[] urls) =>
        Assert.That(Reading.Urls("a.css", css), Is.EqualTo(urls.Length == 0 ? ["c.png"] : urls));

    [TestCase("/* url(c.png) @import 'c.css'; */ a{}")]
    [TestCase("a{content:'url(c.png)'}")]
    [TestCase("a{content:\"@import url(c.png)\"}")]
    [TestCase("a{content:'\\'url(c.png)'}")]
    [TestCase("a{content:'x\\\nurl(c.png)'}")]
    [TestCase("a{b:'c.png'}")]
    [TestCase("a{b:attr('c.png')}")]
    [TestCase("a{b:-url(c.png) xurl(c.png) 2url(c.png) #url(c.png) @url(c.png)}")]
    [TestCase("a{b:1e3url(c.png) .5url(c.png) -1url(c.png)}")]
    [TestCase("a{filter:progid:DXImageTransform.Microsoft.AlphaImageLoader(src='c.png')}")]
    [TestCase("@namespace svg url(c.png); @namespace 'c.css';")]
    [TestCase("@charset 'c.png';")]
    [TestCase("@-moz-document url(c.html){}")]
    [TestCase("@importx 'c.css'; @import x 'c.css';")]
    [TestCase("a{b:url(var(--x))}")]
    [TestCase("a{b:url(c\\\nd)}")]
    [TestCase("url (c.png)")]
    public void What_only_looks_like_a_reference_is_none(string css) => Assert.That(Reading.Urls("a.css", css), Is.Empty);

    [TestCase("")]
    [TestCase("#icon")]
    [TestCase("#default#VML")]
    [TestCase("?x")]
    [TestCase("//host/c.png")]
    [TestCase("\\\\\\\\host/c.png")]
    [TestCase("http://host/c.png")]
    [TestCase("HTTP://host/c.png")]
    [TestCase("data:image/svg+xml;x,url(%23b)")]
    [TestCase("blob:c.png")]
    [TestCase("about:blank")]
    [TestCase("web+x-1.2:c.png")]
    [TestCase("d/")]
    [TestCase("d/?x#y")]
    [TestCase(".")]
    [TestCase("../..")]
    [TestCase("a/%2E%2e")]
    public void A_url_that_names_no_static_file_is_left_alone(string url)
    {
        Assert.That(Reading.Urls("a.css", $"a{{b:url('{url}')}} @import '{url}';"), Is.Empty);
        Assert.That(Reading.Urls("a.css", $"/*# sourceMappingURL={url} */"), Is.Empty);
    }

    [TestCase("/*# sourceMappingURL=a.css.map */")]
    [TestCase("/*@ sourceMappingURL=a.css.map*/")]
    [TestCase("/*#\tsourceMappingURL=a.css.map\t*/\r\n")]
    [TestCase("a{} /*# sourceMappingURL=a.css.map */ b{}")]
    [TestCase("/*# sourceMappingURL=b.css.map */ a{} /*# sourceMappingURL=a.css.map */")]
    public void The_last_comment_names_the_source_map(string css)
    {
        Assert.That(Reading.Urls("a.css", css), Is.EqualTo(["a.css.map"]));
        Assert.That(Reading.Language("a.css").Find(Encoding.UTF8.GetBytes(css))[0].Kind, Is.EqualTo(ReferenceKind.SourceMap));
    }

    [TestCase("/*# sourcemappingurl=a.css.map */")]
    [TestCase("/* # sourceMappingURL=a.css.map */")]
    [TestCase("/*# sourceMappingURL=a.css.map b */")]
    [TestCase("/*# sourceMappingURL='a.css.map' */")]
    [TestCase("/*# sourceMappingURL=data:application/json,x */")]
    [TestCase("/*# sourceMappingURL=a.css.map */ /*# sourceMappingURL=data:x */")]
    [TestCase("a{content:'/*# sourceMappingURL=a.css.map */'}")]
    public void Other_comments_name_no_source_map(string css) => Assert.That(Reading.Urls("a.css", css), Is.Empty);

    [Test]
    public void References_come_in_the_order_of_the_file_with_their_kinds()
    {
        const string Css = "@import 'a.css';@import url(\"b.css\");/*# sourceMappingURL=m.map */a{b:url(c.png)}";
        var found = Reading.Language("a.css").Find(Encoding.UTF8.GetBytes(Css));
        Assert.That(
            found.Select(reference => $"{reference.Kind} {Css.Substring(reference.Start, reference.Length)}"),
            Is.EqualTo(["CssImport a.css", "CssImport b.css", "SourceMap m.map", "CssUrl c.png"]));
    }

    [TestCase("url(\\66oo.png)", "foo.png", "url(\\66oo.h1.png)")]
    [TestCase("url('\\66 oo.png')", "foo.png", "url('\\66 oo.h1.png')")]
    [TestCase("url(\\000066\r\noo.png)", "foo.png", "url(\\000066\r\noo.h1.png)")]
    [TestCase("url(foo\\2e png)", "foo.png", "url(foo.h1\\2e png)")]
    [TestCase("url(fo\\6f)", "foo", "url(fo\\6f.h1)")]
    [TestCase("url(fo\\6f )", "foo", "url(fo\\6f .h1)")]
    [TestCase("url(foo\\ bar\\(1\\).png)", "foo bar(1).png", "url(foo\\ bar\\(1\\).h1.png)")]
    [TestCase("url('foo\\\n.png')", "foo.png", "url('foo\\\n.h1.png')")]
    [TestCase("url('foo\\\r\n.png')", "foo.png", "url('foo\\\r\n.h1.png')")]
    [TestCase("url('f\\\"oo.png')", "f\"oo.png", "url('f\\\"oo.h1.png')")]
    [TestCase("url(\\1F600.png)", "\U0001F600.png", "url(\\1F600.h1.png)")]
    [TestCase("url(été\U0001F600.png)", "été\U0001F600.png", "url(été\U0001F600.h1.png)")]
    [TestCase("url(\\é.png)", "é.png", "url(\\é.h1.png)")]
    [TestCase("\\75rl(foo.png)", "foo.png", "\\75rl(foo.h1.png)")]
    [TestCase("u\\r\\6C('foo.png')", "foo.png", "u\\r\\6C('foo.h1.png')")]
    [TestCase("@\\69mport 'foo.png'", "foo.png", "@\\69mport 'foo.h1.png'")]
    [TestCase("url(a.b/foo?x=.y)", "a.b/foo?x=.y", "url(a.b/foo.h1?x=.y)")]
    public void Escapes_are_undone_and_the_fingerprint_lands_in_the_name(string css, string url, string rewritten)
    {
        Assert.That(Reading.Urls("a.css", css), Is.EqualTo([url]));
        Assert.That(Reading.Rewritten("a.css", css), Is.EqualTo(rewritten));
    }

    [Test]
    public void A_byte_order_mark_does_not_matter_and_bytes_that_are_no_utf8_in_urls_only()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. "/* "u8, 0xE9, .. "*/ a{content:'"u8, 0xFF, .. "';b:url(c.png);d:url(\""u8, 0xE9, .. ".png\")}"u8];
        Assert.That(Reading.Urls("a.css", file), Is.EqualTo(["c.png", "\uFFFD.png"]));
    }

    [TestCase(0xFF, 0xFE)]
    [TestCase(0xFE, 0xFF)]
    public void A_utf16_file_is_unparsable(int first, int second)
    {
        var error = Assert.Throws<UnparsableException>(() => Reading.Urls("a.css", [(byte)first, (byte)second, 0, 0]));
        Assert.That(error.Message, Does.Contain("UTF-16"));
    }

    [Test]
    public void A_style_sheet_in_upper_case_is_one() => Assert.That(Reading.Urls("css/A.CSS", "a{b:url(c.png)}"), Is.EqualTo(["c.png"]));
}
