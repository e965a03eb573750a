using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Which file a URL means, and where the fingerprint goes in its text.</summary>
public class UrlTargetTests
{
    [TestCase("a.png", "b.css", "a.png")]
    [TestCase("a.png", "css/b.css", "css/a.png")]
    [TestCase("./a.png", "css/b.css", "css/a.png")]
    [TestCase("../a.png", "css/b.css", "a.png")]
    [TestCase("../img/./x/../a.png", "css/deep/b.css", "css/img/a.png")]
    [TestCase("img//a.png", "b.css", "img/a.png", Description = "Servers of folders find it so")]
    [TestCase("/static//img///a.png", "b.css", "img/a.png")]
    [TestCase("x//../p.png", "b.css", "x/p.png", Description = "The dots take the empty segment")]
    [TestCase("x///../../p.png", "css/b.css", "css/x/p.png")]
    [TestCase("/static//../p.png", "css/b.css", "p.png")]
    [TestCase("x/.%2e/p.png", "css/b.css", "css/p.png")]
    [TestCase("x/%2E./p.png", "css/b.css", "css/p.png")]
    [TestCase("%2e/p.png", "css/b.css", "css/p.png")]
    [TestCase("%252e%252e/p.png", "css/b.css", "css/%2e%2e/p.png", Description = "Decoded once only")]
    [TestCase("%2e%2e%2fp.png", "css/b.css", null)]
    [TestCase("../static/p.png", "b.css", "p.png", Description = "Out and in again")]
    [TestCase("/x/../static/p.png", "b.css", "p.png")]
    [TestCase("a.png?v=1", "css/b.css", "css/a.png")]
    [TestCase("a.eot?#iefix", "css/b.css", "css/a.eot")]
    [TestCase("a.svg#p/../../q", "css/b.css", "css/a.svg")]
    [TestCase("a.svg#x?y", "css/b.css", "css/a.svg")]
    [TestCase("/static/img/a.png", "css/b.css", "img/a.png")]
    [TestCase("/static/../static/a.png", "css/b.css", "a.png")]
    [TestCase("LICENSE", "css/b.css", "css/LICENSE")]
    [TestCase(".htaccess", "css/b.css", "css/.htaccess")]
    [TestCase("my%20file.png", "b.css", "my file.png")]
    [TestCase("my file.png", "b.css", "my file.png")]
    [TestCase("a%23b.png", "b.css", "a#b.png")]
    [TestCase("a%3fb.png", "b.css", "a?b.png")]
    [TestCase("100%25.png", "b.css", "100%.png")]
    [TestCase("100%.png", "b.css", "100%.png")]
    [TestCase("e%2520f.txt", "b.css", "e%20f.txt")]
    [TestCase("%C3%A9.png", "b.css", "é.png")]
    [TestCase("é.png", "b.css", "é.png")]
    [TestCase("%2e%2E/a.png", "css/b.css", "a.png")]
    [TestCase("a%2Epng", "b.css", "a.png")]
    [TestCase("img\\a.png", "css/b.css", "css/img/a.png")]
    public void A_url_means_a_file(string url, string from, string? path)
    {
        var isBelow = UrlBase.Of(from, "/static/").Resolve(url, out var target) == UrlPlace.Below;
        Assert.That(isBelow ? target : null, Is.EqualTo(path));
    }

    [TestCase("/img/a.png", "css/b.css", Description = "Outside the static URL")]
    [TestCase("/staticfiles/a.png", "css/b.css")]
    [TestCase("/static", "css/b.css")]
    [TestCase("a%2Fb.png", "css/b.css", Description = "A slash in a name, which no file has")]
    public void A_url_that_leads_elsewhere_means_none(string url, string from) =>
        Assert.That(UrlBase.Of(from, "/static/").Resolve(url, out _), Is.Not.EqualTo(UrlPlace.Below));

    [TestCase("../a.png", "b.css", "/static/")]
    [TestCase("../../a.png", "css/b.css", "/static/")]
    [TestCase("../../../../a.png", "css/b.css", "/static/")]
    [TestCase("../a.png", "b.css", "/", Description = "Browsers stop at the root of the host; below another prefix they would not")]
    [TestCase("../a.png", "b.css", "https://cdn.example.com/s/")]
    public void A_relative_url_can_lead_above_the_static_root(string url, string from, string staticUrl) =>
        Assert.That(UrlBase.Of(from, staticUrl).Resolve(url, out _), Is.EqualTo(UrlPlace.Above));

    [TestCase("/", "a.css", "/", "a.css")]
    [TestCase("/", "static/a.css", "/static/", "a.css")]
    [TestCase("/", "a.css", "/static/", null)]
    [TestCase("/static/", "css/a.css", "/static/", "css/a.css")]
    [TestCase("/static/css/x.html", "a.css", "/static/", "css/a.css")]
    [TestCase("x/", "a.css", "/static/", "page/x/a.css")]
    [TestCase("x", "a.css", "/static/", "page/a.css")]
    [TestCase("..", "a.css", "/static/", "a.css")]
    [TestCase("../", "a.css", "/static/", "a.css")]
    [TestCase("../..", "static/a.css", "/static/", "a.css")]
    [TestCase("../../app/", "../static/a.css", "/static/", "a.css")]
    [TestCase("", "a.css", "/static/", "page/a.css")]
    [TestCase(".", "a.css", "/static/", "page/a.css")]
    [TestCase("?x/y/", "a.css", "/static/", "page/a.css")]
    [TestCase("\\static\\", "a.css", "/static/", "a.css")]
    [TestCase("data:x", "a.css", "/static/", "page/a.css", Description = "Not taken as a base by browsers")]
    [TestCase("JavaScript:x", "a.css", "/static/", "page/a.css")]
    [TestCase("/app/", "/static/a.css", "/static/", "a.css", Description = "What starts at the root stays")]
    [TestCase("https://host/static/", "a.css", "/static/", null)]
    [TestCase("https://host/", "/static/a.css", "/static/", null, Description = "Of the other host")]
    [TestCase("//host/static/", "a.css", "/static/", null)]
    [TestCase("file:///static/", "a.css", "/static/", null)]
    [TestCase("https://CDN.example.com/s/css/", "a.css", "https://cdn.example.com/s/", "css/a.css")]
    [TestCase("//cdn.example.com", "s/a.css", "https://cdn.example.com/s/", "a.css")]
    [TestCase("https://host/s/", "a.css", "https://cdn.example.com/s/", null)]
    public void A_base_element_moves_what_urls_count_from(string href, string url, string staticUrl, string? path)
    {
        var target = "";
        var place = UrlBase.Of("page/b.html", staticUrl).Moved(href)?.Resolve(url, out target) ?? UrlPlace.Elsewhere;
        Assert.That((place, place == UrlPlace.Below ? target : null), Is.EqualTo((path is null ? UrlPlace.Elsewhere : UrlPlace.Below, path)));
    }

    [TestCase("/", "/css/a.css", "css/a.css")]
    [TestCase("/", "/a.css", "a.css")]
    [TestCase("/s/t/", "/s/t/a.css", "a.css")]
    [TestCase("/my%20files/", "/my%20files/a.css", "a.css")]
    [TestCase("https://cdn.example.com/s/", "/s/a.css", "a.css", Description = "That is what a browser makes of it")]
    [TestCase("//cdn.example.com/s/", "/s/a.css", "a.css")]
    [TestCase("https://cdn.example.com/", "/a.css", "a.css")]
    public void A_root_relative_url_counts_from_the_static_url(string staticUrl, string url, string path)
    {
        Assert.That(UrlBase.Of("css/b.css", staticUrl).Resolve(url, out var target), Is.EqualTo(UrlPlace.Below));
        Assert.That(target, Is.EqualTo(path));
    }

    [TestCase("https://cdn.example.com/s/", "/t/a.css")]
    [TestCase("https://cdn.example.com/s/", "/static/a.css")]
    public void A_root_relative_url_outside_an_absolute_static_url_means_none(string staticUrl, string url) =>
        Assert.That(UrlBase.Of("css/b.css", staticUrl).Resolve(url, out _), Is.EqualTo(UrlPlace.Elsewhere));

    [TestCase("a.css", "a.F.css")]
    [TestCase("a.min.css", "a.min.F.css")]
    [TestCase("a.css.map", "a.css.F.map")]
    [TestCase("LICENSE", "LICENSE.F")]
    [TestCase(".htaccess", ".htaccess.F")]
    [TestCase("no.ext.", "no.ext.F.")]
    [TestCase("v1.2/LICENSE", "v1.2/LICENSE.F")]
    [TestCase("v1.2/.htaccess", "v1.2/.htaccess.F")]
    [TestCase("v1.2/a.png", "v1.2/a.F.png")]
    [TestCase("../a.png", "../a.F.png")]
    [TestCase("../LICENSE", "../LICENSE.F")]
    public void The_fingerprint_stands_before_the_extension_of_a_path_and_of_a_url(string path, string expected) =>
        Assert.Multiple(() =>
        {
            Assert.That(UrlTarget.Insert(path, "F"), Is.EqualTo(expected));
            Assert.That(path.Insert(UrlTarget.InsertionPoint(path), ".F"), Is.EqualTo(expected));
        });

    [TestCase("a.eot?#iefix", "a.F.eot?#iefix")]
    [TestCase("a.svg#b.c/d.e", "a.F.svg#b.c/d.e")]
    [TestCase("a?v=1.2", "a.F?v=1.2")]
    [TestCase("v1.2/a#b.c", "v1.2/a.F#b.c")]
    [TestCase("a%2Epng", "a.F%2Epng")]
    [TestCase("a%2epng", "a.F%2epng")]
    [TestCase("%2Ehtaccess", "%2Ehtaccess.F")]
    [TestCase("a%23b.png", "a%23b.F.png")]
    [TestCase("100%.png", "100%.F.png")]
    [TestCase("a%2", "a%2.F")]
    [TestCase("img.d\\LICENSE", "img.d\\LICENSE.F")]
    public void The_rest_of_a_url_stays_as_it_is(string url, string expected) =>
        Assert.That(url.Insert(UrlTarget.InsertionPoint(url), ".F"), Is.EqualTo(expected));
}
