using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>References in what the SDK publishes below the web root.</summary>
public sealed class WebRootTests
{
    [Test]
    public void A_reference_leads_to_the_name_that_the_SDK_gives()
    {
        using var app = new WebApp().Add("css/site.css", "a { b: url(../img/bg.png?x#y) } c { d: url(\"/img/bg.png\") }").Add("img/bg.png", "png");

        app.Rewrite();

        Assert.That(app.Text("css/site.css"), Is.EqualTo("a { b: url(../img/bg.img00bgpng.png?x#y) } c { d: url(\"/img/bg.img00bgpng.png\") }"));
        Assert.That(app.Rewritten, Is.EqualTo(new[] { "css/site.css" }), "What names no other file stays the SDK's.");
    }

    [Test]
    public void What_is_rewritten_gets_a_new_name_of_its_new_bytes_and_so_does_what_names_it()
    {
        using var app = new WebApp()
            .Add("css/site.css", "@import 'base.css';")
            .Add("css/base.css", "a { b: url(../img/bg.png) }")
            .Add("img/bg.png", "png");

        app.Rewrite();

        var fingerprint = Sha256.Of(Encoding.UTF8.GetBytes(app.Text("css/base.css"))).Digits(12);
        Assert.Multiple(() =>
        {
            Assert.That(app.Text("css/site.css"), Is.EqualTo($"@import 'base.{fingerprint}.css';"));
            Assert.That(app.Asset("css/base.css")["Fingerprint"], Is.EqualTo(fingerprint));
            Assert.That(app.Routes("css/base.css"), Is.EquivalentTo(new[] { "css/base.css", $"css/base.{fingerprint}.css" }));
        });
    }

    [Test]
    public void The_fingerprint_goes_where_the_SDK_puts_it()
    {
        using var app = new WebApp()
            .Add("js/site.js", "import './Chart.razor.js'; import(\"./\\u0043hart.razor.js\"); import './odd%2erazor%2ejs';")
            .Add("js/Chart.razor.js", "export {}", "js/Chart#[.{fingerprint}]?.razor.js")
            .Add("js/odd.razor.js", "export {}", "js/odd#[.{fingerprint}]?.razor.js");

        app.Rewrite();

        Assert.That(app.Text("js/site.js"), Is.EqualTo("import './Chart.jsChartraz.razor.js'; import(\"./\\u0043hart.jsChartraz.razor.js\"); import './odd.jsoddrazor%2erazor%2ejs';"));
    }

    [Test]
    public void A_name_that_holds_a_fingerprint_on_the_disk_gets_the_new_one_in_its_place()
    {
        using var app = new WebApp()
            .Add("App.styles.css", "@import '_content/Rcl/Rcl.bundle0123.bundle.scp.css'; @import '_content/Rcl/plain.css';")
            .Add("_content/Rcl/Rcl.bundle.scp.css", "a { b: url(logo.svg) }", "_content/Rcl/Rcl#[.{fingerprint}]!.bundle.scp.css", fingerprint: "bundle0123")
            .Add("_content/Rcl/plain.css", "", "_content/Rcl/plain.css")
            .Add("_content/Rcl/logo.svg", "<svg/>");

        app.Rewrite();

        var fingerprint = app.Asset("_content/Rcl/Rcl.bundle.scp.css")["Fingerprint"];
        Assert.Multiple(() =>
        {
            Assert.That(fingerprint, Is.Not.EqualTo("bundle0123"));
            Assert.That(app.Text("App.styles.css"), Is.EqualTo($"@import '_content/Rcl/Rcl.{fingerprint}.bundle.scp.css'; @import '_content/Rcl/plain.css';"));
        });
    }

    [Test]
    public void A_name_with_a_fingerprint_that_is_right_already_is_left()
    {
        using var app = new WebApp()
            .Add("App.styles.css", "@import '_content/Rcl/Rcl.bundle0123.bundle.scp.css';")
            .Add("_content/Rcl/Rcl.bundle.scp.css", "a { }", "_content/Rcl/Rcl#[.{fingerprint}]!.bundle.scp.css", fingerprint: "bundle0123");

        app.Rewrite();

        Assert.That(app.Rewritten, Is.Empty);
    }

    [Test]
    public void Files_that_name_each_other_are_named_together()
    {
        using var app = new WebApp().Add("a.js", "import './b.js';").Add("b.js", "import './a.js';");

        app.Rewrite();

        Assert.Multiple(() =>
        {
            Assert.That(app.Text("a.js"), Is.EqualTo($"import './b.{app.Asset("b.js")["Fingerprint"]}.js';"));
            Assert.That(app.Text("b.js"), Is.EqualTo($"import './a.{app.Asset("a.js")["Fingerprint"]}.js';"));
            Assert.That(app.Asset("a.js")["Fingerprint"], Is.Not.EqualTo(app.Asset("b.js")["Fingerprint"]));
        });
    }

    [Test]
    public void What_others_go_by_is_left_alone()
    {
        using var app = new WebApp()
            .Add("_framework/dotnet.js", "import './x.js';")
            .Add("_framework/x.js", "")
            .Add("service-worker.js", "import './img/a.js';")
            .Add("worker.js", "import './img/a.js';", trait: "BlazorServiceWorker")
            .Add("Rcl.lib.module.js", "import './img/a.js';")
            .Add("img/a.js", "export {}");

        app.Rewrite();

        Assert.That(app.Rewritten, Is.Empty);
    }

    [Test]
    public void What_an_initializer_imports_is_imported_by_one_name_by_all()
    {
        using var app = new WebApp()
            .Add("Rcl.lib.module.js", "import './shared.js';")
            .Add("site.js", "import './shared.js'; import './other.js';")
            .Add("shared.js", "import './other.js';")
            .Add("other.js", "export {}");

        app.Rewrite();

        Assert.Multiple(() =>
        {
            Assert.That(app.Text("site.js"), Is.EqualTo("import './shared.js'; import './other.otherjs.js';"));
            Assert.That(app.Text("shared.js"), Is.EqualTo("import './other.otherjs.js';"));
        });
    }

    [Test]
    public void Pages_and_kept_names_keep_theirs_and_are_rewritten_all_the_same()
    {
        using var app = new WebApp { KeepName = "js/*.js" }
            .Add("index.html", "<base href='/'><script type=importmap></script><script type=module src='js/site.js'></script><link rel=stylesheet href='css/a.css'>")
            .Add("js/site.js", "import '../m.js';")
            .Add("m.js", "export {}")
            .Add("css/a.css", "");

        app.Rewrite();

        Assert.Multiple(() =>
        {
            Assert.That(app.Text("index.html"), Does.Contain("src='js/site.js'").And.Contain("href='css/a.cssacss.css'"));
            Assert.That(app.Text("js/site.js"), Is.EqualTo("import '../m.mjs.js';"));
            Assert.That(app.Log.Codes, Is.Empty);
        });
    }

    [Test]
    public void A_route_changes_in_what_follows_from_the_bytes_and_in_nothing_else()
    {
        using var app = new WebApp().Add("css/site.css", "a { b: url(bg.png) }").Add("css/bg.png", "png");

        app.Rewrite();

        var bytes = Encoding.UTF8.GetBytes(app.Text("css/site.css"));
        var route = app.Endpoints.Single(endpoint => endpoint.Include.StartsWith("css/site.", StringComparison.Ordinal) && endpoint.Include != "css/site.css");
        var headers = WebApp.Values(route["ResponseHeaders"]!);
        var properties = WebApp.Values(route["EndpointProperties"]!);
        Assert.Multiple(() =>
        {
            Assert.That(route["AssetFile"], Is.EqualTo(app.Asset("css/site.css").Include));
            Assert.That(headers["Cache-Control"], Is.EqualTo("max-age=31536000, immutable"));
            Assert.That(headers["Content-Length"], Is.EqualTo($"{bytes.Length}"));
            Assert.That(headers["ETag"], Is.EqualTo($"\"{Sha256.Of(bytes).Base64}\""));
            Assert.That(properties["integrity"], Is.EqualTo(Sha256.Of(bytes).Integrity));
            Assert.That(properties["fingerprint"], Is.EqualTo(app.Asset("css/site.css")["Fingerprint"]));
            Assert.That(properties["label"], Is.EqualTo("css/site.css"));
        });
    }

    [Test]
    public void What_was_compressed_of_the_old_bytes_goes_with_its_routes()
    {
        using var app = new WebApp()
            .Add("css/site.css", "a { b: url(bg.png) }").AddCompressed("css/site.css")
            .Add("css/plain.css", "a { }").AddCompressed("css/plain.css")
            .Add("css/bg.png", "png");

        app.Rewrite();

        Assert.That(app.Assets.Where(asset => asset["AssetRole"] == "Alternative").Select(asset => Path.GetFileName(asset["RelatedAsset"]!)), Is.EqualTo(new[] { "plain.css" }));
        Assert.That(app.Endpoints.Where(endpoint => endpoint["AssetFile"]!.EndsWith(".gz", StringComparison.Ordinal)).Select(endpoint => endpoint.Include), Is.EqualTo(new[] { "css/plain.css" }));
    }

    [TestCase("css/site.css", "a { b: url(none.png) }", 1)]
    [TestCase("css/site.css", "a { b: url(/api/picture.png) }", 0, Description = "Routes of the app answer at the root.")]
    [TestCase("css/site.css", "a { b: url(../static/logo.png) }", 0, Description = "What is collected comes later.")]
    [TestCase("index.html", "<script src=\"_framework/blazor.web.js\"></script><link rel=stylesheet href=\"css/app#[.{fingerprint}].css\">", 0)]
    public void A_reference_that_leads_nowhere_is_told(string path, string text, int warnings)
    {
        using var app = new WebApp().Add(path, text);

        app.Rewrite();

        Assert.That(app.Log.Codes.Count(), Is.EqualTo(warnings), () => string.Join('\n', app.Log.Lines));
    }

    [Test]
    public void The_mistakes_of_packages_are_not_the_users()
    {
        using var app = new WebApp().Add("_content/Lib/a.css", "a { b: url(none.png) }", sourceType: "Package");

        app.Rewrite();

        Assert.That(app.Log.Codes, Is.Empty);
    }

    [Test]
    public void The_files_of_a_package_without_fingerprints_get_them()
    {
        using var app = new WebApp()
            .Add("App.styles.css", "@import '_content/Lib/lib.css';")
            .Add("_content/Lib/lib.css", "a { b: url(lib.woff2) }", "_content/Lib/lib.css", sourceType: "Package")
            .Add("_content/Lib/lib.woff2", "font", "_content/Lib/lib.woff2", fingerprint: "font012345", sourceType: "Package")
            .Add("_content/Lib/Lib.lib.module.js", "", "_content/Lib/Lib.lib.module.js", sourceType: "Package")
            .Add("_content/Lib/index.html", "", "_content/Lib/index.html", sourceType: "Package");

        app.Rewrite();

        var fingerprint = app.Asset("_content/Lib/lib.css")["Fingerprint"];
        var route = app.Endpoints.Single(endpoint => endpoint.Include == "_content/Lib/lib.font012345.woff2");
        Assert.Multiple(() =>
        {
            Assert.That(app.Text("_content/Lib/lib.css"), Is.EqualTo("a { b: url(lib.font012345.woff2) }"));
            Assert.That(app.Text("App.styles.css"), Is.EqualTo($"@import '_content/Lib/lib.{fingerprint}.css';"));
            Assert.That(app.Asset("_content/Lib/lib.woff2")["RelativePath"], Is.EqualTo("_content/Lib/lib#[.{fingerprint}]?.woff2"));
            Assert.That(app.Routes("_content/Lib/lib.woff2"), Is.EquivalentTo(new[] { "_content/Lib/lib.woff2", "_content/Lib/lib.font012345.woff2" }));
            Assert.That(app.Routes("_content/Lib/lib.css"), Is.EquivalentTo(new[] { "_content/Lib/lib.css", $"_content/Lib/lib.{fingerprint}.css" }));
            Assert.That(app.Routes("_content/Lib/Lib.lib.module.js").Concat(app.Routes("_content/Lib/index.html")), Is.EqualTo(new[] { "_content/Lib/Lib.lib.module.js", "_content/Lib/index.html" }));
            Assert.That(WebApp.Values(route["ResponseHeaders"]!)["Cache-Control"], Is.EqualTo("max-age=31536000, immutable"));
            Assert.That(WebApp.Values(route["EndpointProperties"]!)["label"], Is.EqualTo("_content/Lib/lib.woff2"));
        });
    }

    [Test]
    public void A_package_may_bring_a_route_with_a_fingerprint_without_saying_so()
    {
        using var app = new WebApp()
            .Add("site.css", "@import '_content/Lib/lib.css';")
            .Add("_content/Lib/lib.css", "a { b: url(lib.woff2) }", sourceType: "Package")
            .Add("_content/Lib/lib.woff2", "font", sourceType: "Package")
            .SayPlainly("_content/Lib/lib.css")
            .SayPlainly("_content/Lib/lib.woff2");
        var routes = app.Endpoints.Count;

        app.Rewrite();

        var fingerprint = app.Asset("_content/Lib/lib.css")["Fingerprint"];
        Assert.Multiple(() =>
        {
            Assert.That(app.Text("_content/Lib/lib.css"), Does.Match(@"url\(lib\.\w+\.woff2\)"));
            Assert.That(app.Endpoints, Has.Count.EqualTo(routes), "No route stands twice.");
            Assert.That(app.Routes("_content/Lib/lib.css"), Is.EquivalentTo(new[] { "_content/Lib/lib.css", $"_content/Lib/lib.{fingerprint}.css" }));
            Assert.That(app.Text("site.css"), Is.EqualTo($"@import '_content/Lib/lib.{fingerprint}.css';"));
        });
    }

    [Test]
    public void What_a_service_worker_hands_out_by_plain_names_is_left_alone()
    {
        using var app = new WebApp()
            .Add("css/site.css", "a { b: url(bg.png) }")
            .Add("css/bg.png", "png")
            .Add("service-worker-assets.js", "", trait: "BlazorServiceWorker", traitValue: "ServiceWorkerManifest");

        app.Rewrite();

        Assert.That(app.Rewritten, Is.Empty);
        Assert.That(app.Log.Lines, Has.Some.Contains("its service worker hands the files out"));
    }

    [Test]
    public void What_is_rewritten_no_more_leaves_no_file_behind()
    {
        using var app = new WebApp().Add("css/site.css", "a { b: url(bg.png) }").Add("css/bg.png", "png");
        app.Rewrite();
        var before = app.Made();
        app.Write("css/site.css", "a { }");

        app.Rewrite();

        Assert.That((before, app.Made()), Is.EqualTo((1, 0)));
    }

    [TestCase("css/site.css", "a { }", Description = "The source says something else now.")]
    [TestCase("css/bg.png", null, Description = "What it names is not there any more.")]
    public void A_file_that_is_rewritten_no_more_is_copied_again_although_what_lies_there_is_newer(string path, string? text)
    {
        using var app = new WebApp().Add("css/site.css", "a { b: url(bg.png) }").Add("css/bg.png", "png").Add("css/other.css", "a { }");
        app.Rewrite();
        app.Publish("css/site.css", DateTime.UtcNow);
        app.Publish("css/site.css.br", DateTime.UtcNow);
        app.Publish("css/other.css", app.SourceTime("css/other.css"));
        if (text is null)
            app.Remove(path);
        else
            app.Write(path, text);

        app.Rewrite();

        Assert.Multiple(() =>
        {
            Assert.That(app.PublishedTime("css/site.css"), Is.LessThan(app.SourceTime("css/site.css")));
            Assert.That(app.PublishedTime("css/site.css.br"), Is.LessThan(app.SourceTime("css/site.css")));
            Assert.That(app.PublishedTime("css/other.css"), Is.EqualTo(app.SourceTime("css/other.css")), "It is a copy.");
        });
    }

    [Test]
    public void Where_the_web_root_is_left_alone_again_nothing_is_left_of_it()
    {
        using var app = new WebApp().Add("css/site.css", "a { b: url(bg.png) }").Add("css/bg.png", "png");
        app.Rewrite();
        app.Publish("css/site.css", DateTime.UtcNow);

        app.Rewrite("None");

        Assert.Multiple(() =>
        {
            Assert.That(app.Rewritten, Is.Empty);
            Assert.That(app.Made(), Is.Zero);
            Assert.That(app.PublishedTime("css/site.css"), Is.LessThan(app.SourceTime("css/site.css")));
        });
    }

    [Test]
    public void A_dry_run_writes_nothing_and_changes_nothing()
    {
        using var app = new WebApp { DryRun = true }.Add("css/site.css", "a { b: url(bg.png) }").Add("css/bg.png", "png");

        app.Rewrite();

        Assert.That((app.Rewritten.Length, app.Made()), Is.EqualTo((0, 0)));
    }
}
