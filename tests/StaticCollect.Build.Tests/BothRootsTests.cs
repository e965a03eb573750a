using System.Text.RegularExpressions;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>References that lead from the web root to what is collected, and back.</summary>
public sealed partial class BothRootsTests
{
    [Test]
    public void The_web_root_names_what_is_collected_by_its_fingerprint()
    {
        using var app = new WebApp { Fingerprint = true }
            .Add("index.html", "<link rel=stylesheet href=\"static/site.css\"><img src='/static/logo.png?v=1'>", "index.html")
            .Add("css/app.css", "@import '../static/site.css';")
            .AddStatic("site.css", "a { }")
            .AddStatic("logo.png", "png");

        app.PublishAndCollect();

        var (site, logo) = (Hashed(app, "static/site.css"), Hashed(app, "static/logo.png"));
        Assert.Multiple(() =>
        {
            Assert.That(app.PublishedText("index.html"), Is.EqualTo($"<link rel=stylesheet href=\"{site}\"><img src='/{logo}?v=1'>"));
            Assert.That(app.PublishedText("css/app.css"), Is.EqualTo($"@import '../{site}';"));
            Assert.That(app.Log.Codes, Is.Empty);
        });
    }

    [Test]
    public void What_is_collected_names_the_web_root_by_its_fingerprints_wherever_the_SDK_puts_them()
    {
        using var app = new WebApp { Fingerprint = true }
            .Add("img/bg.png", "png")
            .Add("js/chart.js", "import './shared.js';")
            .Add("js/shared.js", "export {}")
            .Add("Pages/Chart.razor.js", "export {}", "Pages/Chart#[.{fingerprint}]?.razor.js")
            .AddStatic("css/site.css", "a { b: url(../../img/bg.png) }")
            .AddStatic("site.js", "import '../js/chart.js'; import '/Pages/Chart.razor.js';");

        app.PublishAndCollect();

        Assert.Multiple(() =>
        {
            Assert.That(app.PublishedText(Hashed(app, "static/css/site.css")), Is.EqualTo($"a {{ b: url(../../{Hashed(app, "img/bg.png")}) }}"));
            Assert.That(app.PublishedText("static/site.js"), Is.EqualTo($"import '../{Hashed(app, "js/chart.js")}'; import '/Pages/Chart.PagesChart.razor.js';"));
            Assert.That(app.Log.Codes, Is.Empty);
        });
    }

    [Test]
    public void A_chain_through_both_is_followed_to_its_end()
    {
        using var app = new WebApp { Fingerprint = true }
            .Add("index.html", "<link rel=stylesheet href=/static/site.css>", "index.html")
            .Add("css/theme.css", "a { b: url(../static/logo.png) }")
            .AddStatic("site.css", "@import '../css/theme.css';")
            .AddStatic("logo.png", "png");

        app.PublishAndCollect();

        Assert.Multiple(() =>
        {
            Assert.That(app.PublishedText("index.html"), Is.EqualTo($"<link rel=stylesheet href=/{Hashed(app, "static/site.css")}>"));
            Assert.That(app.PublishedText("static/site.css"), Is.EqualTo($"@import '../{Hashed(app, "css/theme.css")}';"));
            Assert.That(app.PublishedText("css/theme.css"), Is.EqualTo($"a {{ b: url(../{Hashed(app, "static/logo.png")}) }}"));
        });
    }

    [Test]
    public void In_a_circle_through_both_the_web_root_goes_by_plain_names()
    {
        using var app = new WebApp { Fingerprint = true }
            .Add("a.js", "import './static/b.js'; import './c.js';")
            .Add("c.js", "export {}")
            .AddStatic("b.js", "import '../a.js';");

        app.PublishAndCollect();

        Assert.Multiple(() =>
        {
            Assert.That(app.PublishedText("a.js"), Is.EqualTo($"import './static/b.js'; import './{Hashed(app, "c.js")}';"));
            Assert.That(app.PublishedText("static/b.js"), Is.EqualTo($"import '../{Hashed(app, "a.js")}';"));
        });
    }

    [Test]
    public void A_reference_to_what_is_in_neither_is_told()
    {
        using var app = new WebApp { Fingerprint = true }.Add("css/app.css", "@import '../static/sight.css';").AddStatic("site.css", "a { b: url(../img/none.png) }");

        app.PublishAndCollect();

        Assert.That(app.Log.Codes, Is.EqualTo(new[] { Codes.MissingReference, Codes.MissingReference }));
    }

    [Test]
    public void Integrity_follows_what_is_rewritten_in_the_other()
    {
        using var app = new WebApp { Fingerprint = true }
            .Add("index.html", "<link rel=stylesheet integrity=\"sha256-old\" href=\"static/site.css\">", "index.html")
            .Add("theme.css", "a { b: url(bg.png) }")
            .Add("bg.png", "png")
            .AddStatic("site.css", "a { b: url(logo.png) }")
            .AddStatic("logo.png", "png")
            .AddStatic("page.html", "<link rel=stylesheet integrity=\"sha256-old\" href=\"../theme.css\"><script src=a.js integrity=\"sha256-own\"></script>")
            .AddStatic("a.js", "1");

        app.PublishAndCollect();

        Assert.Multiple(() =>
        {
            Assert.That(app.PublishedText("index.html"), Does.Contain($"\"{Integrity(app, "static/site.css")}\""));
            Assert.That(app.PublishedText("static/page.html"), Does.Contain($"\"{Integrity(app, "theme.css")}\"").And.Contain("\"sha256-own\""));
        });
    }

    [Test]
    public void What_the_web_root_names_must_be_what_is_collected()
    {
        using var app = new WebApp { Fingerprint = true }.Add("css/app.css", "@import '../static/site.css';").AddStatic("site.css", "a { }");
        app.Rewrite();
        app.Publish();
        app.AddStatic("site.css", "b { }");

        Assert.That(app.Collect().Succeeded, Is.False);
        Assert.That(app.Log.Codes, Is.EqualTo(new[] { Codes.SourceChanged }));
        Assert.That(app.Log.Lines, Has.Some.Contains("The web root refers to '/static/site."));
    }

    [Test]
    public void What_it_named_before_is_kept_for_it_where_it_is_collected_by_hand()
    {
        using var app = new WebApp { Fingerprint = true }.Add("css/app.css", "@import '../static/site.css';").AddStatic("site.css", "a { }");
        app.PublishAndCollect();
        var before = Hashed(app, "static/site.css");
        app.AddStatic("site.css", "b { }");

        Assert.That(app.Collect().Succeeded, Is.True);
        Assert.That(app.PublishedFiles(), Does.Contain(before));
    }

    [Test]
    public void An_edit_in_one_renames_what_reaches_it_in_the_other()
    {
        using var app = new WebApp { Fingerprint = true }.Add("theme.css", "a { }").AddStatic("site.css", "@import '../theme.css';").AddStatic("page.html", "<link rel=stylesheet href=site.css>");
        app.PublishAndCollect();
        var (theme, site) = (Hashed(app, "theme.css"), Hashed(app, "static/site.css"));
        app.Edit("theme.css", "b { }");

        app.PublishAndCollect();

        Assert.That((Hashed(app, "theme.css"), Hashed(app, "static/site.css")), Is.Not.EqualTo((theme, site)));
        Assert.That(app.PublishedText("static/site.css"), Is.EqualTo($"@import '../{Hashed(app, "theme.css")}';"));
    }

    [Test]
    public void A_second_publish_says_and_does_the_same()
    {
        using var app = new WebApp { Fingerprint = true }.Add("theme.css", "@import 'static/a.css';").AddStatic("site.css", "@import '../theme.css';").AddStatic("a.css", "a { }");
        app.PublishAndCollect();
        var before = app.PublishedFiles().Select(path => (path, app.PublishedText(path))).ToList();

        app.PublishAndCollect();

        Assert.That(app.PublishedFiles().Select(path => (path, app.PublishedText(path))), Is.EqualTo(before));
    }

    [Test]
    public void A_dry_run_tells_what_the_last_publish_would_do_again()
    {
        using var app = new WebApp { Fingerprint = true }.Add("theme.css", "a { }").AddStatic("site.css", "@import '../theme.css';");
        app.PublishAndCollect();
        app.DryRun = true;

        Assert.That(app.Collect().Files.Select(file => file.Status), Has.All.EqualTo(FileStatus.Unchanged));
    }

    /// <summary>Any graph over both roots: no name promises other bytes, and what leads to no circle through both names by fingerprints.</summary>
    [TestCase("/static/")]
    [TestCase("/")]
    public void Every_reference_leads_to_a_file_and_every_fingerprint_is_of_its_bytes(string url) => Gen.Select(
            Gen.Int[2, 7], Gen.Int[0, 6].Select(Gen.Int[0, 6]).Array[0, 10], Gen.Int[0, 3].Array[7])
        .Sample(
            (count, edges, texts) =>
            {
                using var app = new WebApp { Fingerprint = true, Url = url };
                var below = url.TrimStart('/');
                for (var i = 0; i < count; i++)
                {
                    var text = $"/* {texts[i]} */ " + string.Join(' ', edges.Where(edge => edge.Item1 == i && edge.Item2 < count).Select(edge => $"@import '/{PathOf(edge.Item2)}';"));
                    if (i % 2 == 0)
                        app.Add(PathOf(i), text);
                    else
                        app.AddStatic(PathOf(i)[below.Length..], text);
                }

                app.PublishAndCollect();

                Assert.That(app.Log.Codes, Is.Empty);
                for (var i = 0; i < count; i++)
                {
                    var hashed = Hashed(app, PathOf(i));
                    var published = app.PublishedText(hashed);
                    Assert.That(published, Is.EqualTo(app.PublishedText(PathOf(i))));
                    foreach (var (name, target) in Import().Matches(published).Select(match => match.Groups["path"].Value).Zip(edges.Where(edge => edge.Item1 == i && edge.Item2 < count).Select(edge => edge.Item2)))
                    {
                        Assert.That(app.PublishedFiles(), Does.Contain(name));
                        var mayBePlain = i % 2 == 0 && target % 2 == 1 && EndsInCircle(target);
                        Assert.That(name, Is.EqualTo(Hashed(app, PathOf(target))).Or.EqualTo(mayBePlain ? PathOf(target) : ""), $"{PathOf(i)} -> {PathOf(target)}");
                    }

                    if (i % 2 == 1 && !Reaches(i, i))
                        Assert.That(hashed, Does.Contain(Sha256.Of(System.Text.Encoding.UTF8.GetBytes(published)).Digits(12)));
                }

                // What refers to a circle through both roots has no name yet when the web root is named, either.
                bool EndsInCircle(int from) => Enumerable.Range(0, count).Any(inner =>
                    (inner == from || Reaches(from, inner)) && Enumerable.Range(0, count).Any(other => other % 2 != inner % 2 && Reaches(inner, other) && Reaches(other, inner)));

                string PathOf(int i) => i % 2 == 0 ? $"w{i}.css" : $"{below}s{i}.css";

                bool Reaches(int from, int to)
                {
                    var seen = new HashSet<int>();
                    var next = new Stack<int>([from]);
                    while (next.TryPop(out var at))
                    {
                        foreach (var (_, target) in edges.Where(edge => edge.Item1 == at && edge.Item2 < count))
                        {
                            if (target == to)
                                return true;
                            if (seen.Add(target))
                                next.Push(target);
                        }
                    }

                    return false;
                }
            },
            iter: 60,
            threads: 1);

    private static string Hashed(WebApp app, string path)
    {
        var dot = path.LastIndexOf('.');
        return app.PublishedFiles().Single(file => Regex.IsMatch(file, $@"^{Regex.Escape(path[..dot])}\.\w+{Regex.Escape(path[dot..])}$") && app.PublishedText(file) == app.PublishedText(path));
    }

    private static string Integrity(WebApp app, string path) => Sha256.Of(System.Text.Encoding.UTF8.GetBytes(app.PublishedText(path))).Integrity;

    [GeneratedRegex("@import '/(?<path>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Import();
}
