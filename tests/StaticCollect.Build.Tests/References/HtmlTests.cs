using System.Text;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

public class HtmlTests
{
    [TestCase("<link rel=stylesheet href=c.css>", "c.css")]
    [TestCase("<link rel='alternate icon' href=c.ico><link rel='alternate shortcut-icon' href=d.ico>", "c.ico", "d.ico")]
    [TestCase("<script>import('./c.js'); import './d.js'</script><script type=text/javascript>import('./e.js')</script>", "./c.js", "./d.js", "./e.js")]
    [TestCase("<LINK REL='alternate stylesheet' HREF = 'c.css' />", "c.css")]
    [TestCase("<link rel=icon href=c.ico><link rel=manifest href=c.webmanifest><link rel=preload href=c.woff2>", "c.ico", "c.webmanifest", "c.woff2")]
    [TestCase("<link rel=preload as=image imagesrcset='a.png 1x, b.png 2x' href=c.png>", "a.png", "b.png", "c.png")]
    [TestCase("<script src=\"c.js\"></script>", "c.js")]
    [TestCase("<img src=a.png srcset=' b.png, c.png 2x ,d.png 100w'>", "a.png", "b.png", "c.png", "d.png")]
    [TestCase("<img srcset='a,b.png 1x, c.png (1,2) 2x,, d.png,'>", "a,b.png", "c.png", "d.png")]
    [TestCase("<picture><source srcset='data:image/png;base64,x 1x, a.png 2x' src=b.png></picture>", "a.png", "b.png")]
    [TestCase("<video src=a.mp4 poster=b.png><track src=c.vtt></video><audio src=d.mp3>", "a.mp4", "b.png", "c.vtt", "d.mp3")]
    [TestCase("<iframe src=a.html></iframe><embed src=b.svg><object data=c.svg></object><input type=IMAGE src=d.png>", "a.html", "b.svg", "c.svg", "d.png")]
    [TestCase("<svg><image href=a.png /><use xlink:href='b.svg#x'/><feImage href=c.png /><g fill='url(d.svg#y)'/></svg>", "a.png", "b.svg#x", "c.png", "d.svg#y")]
    [TestCase("<style>@import 'a.css';b{c:url(d.png)}</style>", "a.css", "d.png")]
    [TestCase("<p style=\"background:url(&quot;a.png&quot;)\">", "a.png")]
    [TestCase("<script type=module>import './a.js'; import('./b.js')</script>", "./a.js", "./b.js")]
    [TestCase("<title><img src=a.png></title><textarea><img src=b.png></textarea x><img src=c.png>", "c.png")]
    [TestCase("<!--> <img src=a.png> <!-- --!> <img src=b.png> <!-- > <img src=x.png> --><img src=c.png>", "a.png", "b.png", "c.png")]
    [TestCase("<!DOCTYPE html><?x <img src=a.png>><img src=b.png></p x='>'><img src=c.png>< img src=d.png>", "b.png", "c.png")]
    [TestCase("<script><!-- <script> </script> <img src=a.png> --></script><img src=b.png>", "b.png")]
    [TestCase("<script>'<!--'</script><img src=b.png>", "b.png")]
    [TestCase("<img/src=a.png/><img =x src=b.png><img alt='>' src=c.png>", "a.png/", "b.png", "c.png")]
    [TestCase("<img src=a.png src=b.png>", "a.png")]
    [TestCase("<noscript><img src=a.png></noscript><template><img src=b.png></template>", "a.png", "b.png")]
    [TestCase("<base href=''><base href='/x/'><img src=a.png>", "a.png")]
    public void A_reference_is_found(string html, params string[] urls) =>
        Assert.That(Reading.Urls("a.html", html), Is.EqualTo(urls.Where(url => !url.EndsWith('/'))));

    [TestCase("<a href=c.html><area href=c.html><form action=c.html>")]
    [TestCase("<link rel=canonical href=c.html><link rel='alternate' href=c.xml><link rel=dns-prefetch href=c><link rel=preconnect href=c>")]
    [TestCase("<input src=c.png><img data-src=c.png><img alt=src>")]
    [TestCase("<script type=text/template>import('./c.js')<img src=c.png></script>")]
    [TestCase("<script type=module src='#'>import './c.js'</script>")]
    [TestCase("<!-- <img src=c.png> -->")]
    [TestCase("<img src='https://host/c.png'><img src='//host/c.png'><img src=''><img src>")]
    [TestCase("<img src=c.png")]
    [TestCase("<plaintext><img src=c.png>")]
    [TestCase("<img src='c&notaname;")]
    public void What_only_looks_like_a_reference_is_none(string html) => Assert.That(Reading.Urls("a.html", html), Is.Empty);

    [TestCase("<base target=x><base href=' /x&#47;\n'><base href=/y/>", "/x/", 27)]
    [TestCase("<BASE HREF=../é/>", "../é/", 11)]
    [TestCase("<base href=''>", "", 12)]
    [TestCase("<base target=x><a href=/x/>", null, 0)]
    [TestCase("<!-- <base href=/x/> -->", null, 0)]
    public void The_first_base_with_a_url_is_told(string html, string? href, int at)
    {
        var found = Reading.Language("a.html").Find(Encoding.UTF8.GetBytes(html + "<img src=/b.png>"));
        Assert.That(found.Base, Is.EqualTo(href is null ? null : new PageBase(href, at)));
        Assert.That(found, Has.Count.EqualTo(1));
    }

    [TestCase("<link rel=stylesheet href=a.css integrity='sha256-x'>", "sha256-x")]
    [TestCase("<script integrity=sha256-x src=a.js>", "sha256-x")]
    [TestCase("<script type=importmap>{\"integrity\":{\"./a.js\" : \"sha256-x\"}}</script>", "sha256-x")]
    [TestCase("<script src=a.js integrity=''>", null)]
    [TestCase("<script src=a.js>", null)]
    public void The_integrity_of_a_reference_is_known(string html, string? integrity)
    {
        var range = Reading.Language("a.html").Find(Encoding.UTF8.GetBytes(html)).Single().Integrity;
        Assert.That(range is { } known ? html.Substring(known.Start, known.Length) : null, Is.EqualTo(integrity));
    }

    [TestCase("<script src=a.js href=b.js xlink:href=c.js integrity=x>", "a.js")]
    [TestCase("<script xlink:href=c.js href=b.js integrity=x>", "b.js")]
    [TestCase("<video src=a.mp4 poster=b.png integrity=x>", null)]
    public void An_integrity_is_that_of_the_file_that_is_loaded(string html, string? url) =>
        Assert.That(Reading.Language("a.html").Find(Encoding.UTF8.GetBytes(html)).SingleOrDefault(reference => reference.Integrity is not null)?.Url, Is.EqualTo(url));

    [Test]
    public void An_import_map_names_modules_in_values_and_in_keys_that_are_urls()
    {
        const string Html = """
            <script type="importmap">
            {
              "imports": { "a": "./a.js", "./b.js": "/c.js", "d/": "./d/", "e": "bare", "f": null, "g": { "x": "./x.js" } },
              "scopes": { "/s.js": { "h": "./h\u002ejs", "../i.js": "./j.js" } },
              "integrity": { "./a.js": "sha384-a", "bare": "sha384-b", "./k.js": "sha384-k" },
              "other": { "x": "./x.js" }
            }
            </script>
            """;
        var found = Reading.Language("a.html").Find(Encoding.UTF8.GetBytes(Html));
        Assert.That(
            found.Select(reference => reference.Url),
            Is.EqualTo(["./a.js", "./b.js", "/c.js", "/s.js", "./h.js", "../i.js", "./j.js", "./a.js", "./k.js"]));
        Assert.That(
            found.Where(reference => reference.Integrity is not null).Select(reference => $"{reference.Url} {Html.Substring(reference.Integrity!.Value.Start, reference.Integrity.Value.Length)}"),
            Is.EqualTo(["./a.js sha384-a", "./k.js sha384-k"]));
    }

    [TestCase("<img src='c&#46;png'>", "c.png", "<img src='c.h1&#46;png'>")]
    [TestCase("<img src='c&#x2e;png'>", "c.png", "<img src='c.h1&#x2e;png'>")]
    [TestCase("<img src='c&period;png'>", "c.png", "<img src='c.h1&period;png'>")]
    [TestCase("<img src='a&sol;c.png'>", "a/c.png", "<img src='a&sol;c.h1.png'>")]
    [TestCase("<img src='c.png?a=1&amp;b=2&copy=3&amp'>", "c.png?a=1&b=2&copy=3&", "<img src='c.h1.png?a=1&amp;b=2&copy=3&amp'>")]
    [TestCase("<img src='&eacute;.png'>", "é.png", "<img src='&eacute;.h1.png'>")]
    [TestCase("<img src='&eacute.png'>", "é.png", "<img src='&eacute.h1.png'>")]
    [TestCase("<img src='&eacutex.png'>", "&eacutex.png", "<img src='&eacutex.h1.png'>")]
    [TestCase("<img src='&unknown;.png'>", "&unknown;.png", "<img src='&unknown;.h1.png'>")]
    [TestCase("<img src='c\n.png'>", "c.png", "<img src='c\n.h1.png'>")]
    [TestCase("<img srcset='&#99;.png 1x'>", "c.png", "<img srcset='&#99;.h1.png 1x'>")]
    [TestCase("<script type=module>import './\\x63.js'</script>", "./c.js", "<script type=module>import './\\x63.h1.js'</script>")]
    public void Character_references_are_undone_and_the_fingerprint_lands_in_the_name(string html, string url, string rewritten)
    {
        Assert.That(Reading.Urls("a.html", html), Is.EqualTo([url]));
        Assert.That(Reading.Rewritten("a.html", html), Is.EqualTo(rewritten));
    }

    [TestCase("<script type=module>import './a.js'; 'x</script>", 38)]
    [TestCase("<script type=importmap>{x}</script>", 24)]
    public void A_broken_inline_script_is_unparsable_and_says_where(string html, int offset)
    {
        var error = Assert.Throws<UnparsableException>(() => Reading.Urls("a.html", html));
        Assert.That(error.Offset, Is.InRange(offset - 6, offset + 6));
    }

    [Test]
    public void Bytes_that_are_no_utf8_matter_in_urls_only()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. "<p title='"u8, 0xE9, .. "'><img src='"u8, 0xE9, .. ".png'><img src=c.png>"u8];
        Assert.That(Reading.Urls("a.HTM", file), Is.EqualTo(["\uFFFD.png", "c.png"]));
    }

    [TestCase("data:,")]
    [TestCase("//host/")]
    [TestCase("mailto:")]
    public void Bytes_that_are_no_utf8_name_no_file_in_other_urls(string start)
    {
        byte[] file = [.. "<img src='"u8, .. Encoding.ASCII.GetBytes(start), 0xE9, .. ".png'>"u8];
        Assert.That(Reading.Urls("a.html", file), Is.Empty);
    }

    [Test]
    public void A_utf16_file_is_unparsable() =>
        Assert.That(() => Reading.Urls("a.html", Encoding.Unicode.GetPreamble()), Throws.TypeOf<UnparsableException>());
}
