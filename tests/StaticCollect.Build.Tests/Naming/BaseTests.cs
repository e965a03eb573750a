using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Pages whose <c>base</c> element moves what their URLs count from.</summary>
public sealed class BaseTests : IDisposable
{
    private const string Page = """
        <link rel=stylesheet href=app.css><style>a{b:url(img/a.png)}</style>
        <script type=importmap>{"imports":{"a":"./a.js"},"integrity":{"./a.js":"sha256-x"}}</script>
        <script type=module>import './a.js'; import('./b.js')</script>
        """;

    private Site _site = new();

    [Test]
    public void A_page_at_the_root_of_the_host_is_rewritten() => Rewrites("/", "index.html", "/", "");

    [Test]
    public void A_page_below_the_root_counts_from_its_base() => Rewrites("/", "deep/page.html", "/", "");

    [Test]
    public void What_leads_below_the_static_url_from_a_base_outside_is_a_reference() => Rewrites("/static/", "deep/page.html", "/", "static/");

    [Test]
    public void A_base_at_the_static_url_does_what_it_says() => Rewrites("/static/", "deep/page.html", "/static/", "");

    [Test]
    public void What_leads_elsewhere_from_a_base_is_left_and_nothing_is_told()
    {
        var named = Site("/static/").Write("page.html", $"<base href=/app/>{Page}").Name();
        Assert.That(named.Text("page.html"), Does.EndWith(Page));
        Assert.That(named.All.Diagnostics, Is.Empty);
    }

    [Test]
    public void Of_a_page_of_another_host_nothing_is_rewritten()
    {
        var named = Site("/static/").Write("page.html", "<base href=https://host/static/><img src=img/a.png><img src=/static/img/a.png>").Name();
        Assert.That(named["page.html"].References, Is.Empty);
        Assert.That(named.All.Diagnostics, Is.Empty);
    }

    [Test]
    public void What_comes_before_the_base_counts_from_the_page()
    {
        var named = Site("/static/").Write("deep/img/a.png", "deep").Write("deep/page.html", "<img src=img/a.png><base href=/static/><img src=img/a.png>").Name();
        Assert.That(
            named.Text("deep/page.html"),
            Is.EqualTo($"<img src={named["deep/img/a.png"].Path["deep/".Length..]}><base href=/static/><img src={named["img/a.png"].Path}>"));
    }

    [Test]
    public void What_a_page_misses_below_its_base_is_told()
    {
        var named = Site("/").Write("deep/page.html", "<base href=/><img src=img/b.png>").Name();
        Assert.That(named.All.Diagnostics.Single().Text, Does.StartWith("'img/b.png' in 'deep/page.html' leads to 'img/b.png', which is not collected"));
    }

    [Test]
    public void The_next_run_knows_the_base_without_reading_the_page()
    {
        var site = Site("/static/").Write("deep/page.html", "<base href=/static/><img src=img/a.png>");
        site.Collect();
        var record = LastNamingFile.Read(site.Settings.LastNamingPath);
        Assert.That(site.Poison("deep/page.html").Name(record)["deep/page.html"].References, Is.EqualTo(new[] { "img/a.png" }));
    }

    public void Dispose() => _site.Dispose();

    private Site Site(string url)
    {
        _site.Dispose();
        _site = new Site { Url = url };
        return _site.Write("app.css", "").Write("a.js", "1").Write("b.js", "2").Write("img/a.png", "a");
    }

    private void Rewrites(string url, string path, string href, string prefix)
    {
        var page = $"<base href=\"{href}\">{Page.Replace("./", $"./{prefix}", StringComparison.Ordinal).Replace("app.css", $"{prefix}app.css", StringComparison.Ordinal).Replace("img/", $"{prefix}img/", StringComparison.Ordinal)}";
        var named = Site(url).Write(path, page).Name();
        Assert.Multiple(() =>
        {
            Assert.That(named.All.Diagnostics, Is.Empty);
            Assert.That(named[path].References, Is.EqualTo(new[] { "a.js", "app.css", "b.js", "img/a.png" }));
            Assert.That(named.Undone(path), Is.EqualTo(page));
            foreach (var name in new[] { "a.js", "app.css", "b.js", "img/a.png" })
                Assert.That(named.Text(path), Does.Contain(prefix + named[name].Path).And.Not.Contain(prefix + name));
        });
    }
}
