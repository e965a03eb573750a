using System.Text;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Views;

namespace StaticCollect.Build.Tests.Views;

/// <summary>What is told of views: everything that leads nowhere, and nothing else.</summary>
public sealed class ViewCheckTests
{
    private static readonly string[] Collected = ["css/site.css", "js/site.js", "img/logo.svg", "img/my logo.svg", "img/a+b.svg", "@scope/lib.js"];

    [TestCase("~/static/css/site.css")]
    [TestCase("/static/css/site.css?v=1#a")]
    [TestCase("/static/css/site.0123456789ab.css", Description = "a published name")]
    [TestCase("/static/css/site.css.gz", Description = "an encoding")]
    [TestCase("/static//css/../css/./site.css")]
    [TestCase("/static/img/my%20logo.svg")]
    [TestCase("/static/img/my logo.svg")]
    [TestCase("/static/img/a+b.svg")]
    [TestCase("/static/@@scope/lib.js")]
    [TestCase("/static/")]
    [TestCase("/static")]
    [TestCase("/statics/gone.css")]
    [TestCase("/Static/gone.css")]
    [TestCase("/gone.css")]
    [TestCase("static/gone.css")]
    [TestCase("../static/gone.css")]
    [TestCase("//static/gone.css")]
    [TestCase("https://example.com/static/gone.css")]
    [TestCase("/static/{{ name }}.css")]
    [TestCase("/static/${name}.css")]
    [TestCase("/static/{0}.css")]
    [TestCase("/static/**/*.css")]
    [TestCase("/static/@name.css")]
    [TestCase("/static/gone@(name).css")]
    [TestCase("data:text/css,a")]
    [TestCase("")]
    public void Nothing_is_told_of(string url) => Assert.That(Told($"<link rel=stylesheet href='{url}'>"), Is.Empty);

    [TestCase("~/static/css/sitee.css", "'css/sitee.css', which is not collected. Did you mean 'css/site.css'?")]
    [TestCase("/static/css/Site.css?v=@Version", "'css/Site.css', which is not collected. It differs from 'css/site.css' in case or Unicode form only, which servers tell apart.")]
    [TestCase("/static/site.css", "'site.css', which is not collected. Did you mean 'css/site.css'?")]
    [TestCase("/static/img%2flogo.svg", null)]
    [TestCase("/static/other/thing.css", "'other/thing.css', which is not collected.")]
    public void What_leads_nowhere_is_told(string url, string? told)
    {
        var lines = Told($"<link rel=stylesheet href='{url}'>");
        Assert.That(lines, told is null ? Is.Empty : Is.EqualTo(new[] { $"1,28 Warning '{url.Split('?')[0]}' leads to {told} Where something else serves it, say so with StaticCollectIgnoreReference." }));
    }

    [Test]
    public void Names_of_assets_count_from_the_web_root() => Assert.Multiple(() =>
    {
        const string View = "@Assets[\"static/css/site.css\"] @Assets[\"static/gone.css\"] @Assets[\"./static/gone.css\"] @Assets[\"app.css\"] @Assets[\"static/img/my%20logo.svg#a\"] @Assets[\"/static/img/my logo.svg?b\"]";
        Assert.That(Told(View, path: "Home.razor"), Has.Length.EqualTo(2).And.All.Contains("'gone.css'"));
        Assert.That(Told(View, path: "Home.razor", change: settings => settings with { Url = "/shop/static/" }), Has.Length.EqualTo(2));
        Assert.That(Told("<img src='~/static/gone.svg'>", change: settings => settings with { Url = "/shop/static/", Root = "/app/deploy" }), Is.Empty);
        Assert.That(Told("<img src='~/static/gone.svg'>", change: settings => settings with { Root = "/app/deploy" }), Has.Length.EqualTo(1));
    });

    [Test]
    public void An_absolute_url_counts_as_it_is() => Assert.Multiple(() =>
    {
        const string View = "<img src='https://cdn.example.com/s/img/logo.svg?a'> <img src='https://cdn.example.com/s/gone.svg'> <img src='/s/gone.svg'> <img src='https://cdn.example.com/gone.svg'>";
        Assert.That(Told(View, change: settings => settings with { Url = "https://cdn.example.com/s/" }), Has.Length.EqualTo(1).And.One.Contains("leads to 'gone.svg'"));
        Assert.That(Told("<img src='~/static/gone.svg'>", change: settings => settings with { Url = "https://cdn.example.com/s/" }), Has.Length.EqualTo(1), "It lies in the app's web root all the same.");
    });

    [TestCase("~/static/gone.*")]
    [TestCase("~/static/gone.svg")]
    [TestCase("/static/**", "/static/gone.svg")]
    [TestCase("gone.svg")]
    public void What_is_known_to_lead_nowhere_is_not_told(string pattern, string url = "~/static/gone.svg") => Assert.That(
        Told($"<img src='{url}'><img src='~/static/lost.svg'>", ignored: new IgnoredReference(new Glob("Views/**"), new Glob(pattern))),
        Has.Length.EqualTo(1).And.One.Contains("lost"));

    [Test]
    public void At_the_root_of_the_site_only_what_looks_like_one_of_its_files_is_told()
    {
        using var tree = new TempTree();
        tree.Write("wwwroot/css/site.css").Write("wwwroot/app.js").Write("wwwroot/docs/a.html");
        const string View = """
            <link rel=stylesheet href='~/css/site.css'><script src='/app.js'></script><img src='~/img/logo.svg'>
            <link rel=stylesheet href='~/css/sitee.css'>
            <script src='/js/gone.js'></script>
            <script src='/App.js'></script>
            <script src='/css/routes'></script>
            <iframe src='/docs/report.pdf'></iframe>
            <script src='/_framework/blazor.web.js'></script>
            <img src='/css/picture.png'>
            <link rel=stylesheet href='~/Shop.styles.css'><script src='~/of-another-folder.js'></script>
            """;

        string[] InPlace(string url, bool isInPlace) => Told(View, change: settings => settings with
        {
            Url = url,
            PublishFolder = tree.Path,
            Root = tree["wwwroot"] + (url == "/" ? "" : "/static"),
            WebRoot = isInPlace ? new WebRootSettings(WebRootMode.InPlace, "", new FingerprintSettings { ManifestPath = "" }) : null,
        }, more: url == "/" ? tree.Files("wwwroot").ToArray() : []);
        Assert.Multiple(() =>
        {
            Assert.That(InPlace("/static/", isInPlace: true).Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "2,28", "4,14" }));
            Assert.That(InPlace("/static/", isInPlace: false), Is.Empty);
            Assert.That(InPlace("/", isInPlace: false).Select(line => line.Split(' ')[0]), Is.EqualTo(new[] { "2,28", "3,14", "4,14" }), "The collection has a folder js.");
            tree.Delete("wwwroot");
            Assert.That(InPlace("/", isInPlace: true), Is.Empty, "What is not published yet is not known.");
        });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need a right there that not everybody has.")]
    public void What_lies_behind_a_link_in_the_published_web_root_is_there()
    {
        using var tree = new TempTree();
        tree.Write("elsewhere/a.css").Write("wwwroot/css/site.css").Link("wwwroot/css/loop", "..").Link("wwwroot/css/linked", "../../elsewhere").Link("wwwroot/css/one.css", "../../elsewhere/a.css");
        const string View = "<link rel=stylesheet href='~/css/linked/a.css'><link rel=stylesheet href='~/css/one.css'><link rel=stylesheet href='~/css/linked/b.css'>";
        Assert.That(
            Told(View, change: settings => settings with { PublishFolder = tree.Path, Root = tree["wwwroot/static"], WebRoot = new WebRootSettings(WebRootMode.InPlace, "", new FingerprintSettings { ManifestPath = "" }) }),
            Has.Length.EqualTo(1).And.One.Contains("'css/linked/b.css'"));
    }

    private static string[] Told(string view, string path = "Home.cshtml", Func<CollectSettings, CollectSettings>? change = null, IgnoredReference? ignored = null, params string[] more)
    {
        var project = FullOf("/app");
        var settings = new CollectSettings
        {
            ProjectFolder = project,
            ProjectName = "App",
            Root = FullOf("/app/publish/wwwroot/static"),
            Url = "/static/",
            RecordFolder = FullOf("/app/obj"),
            PublishFolder = FullOf("/app/publish"),
        };
        settings = change?.Invoke(settings) ?? settings;
        path = Path.Combine(project, "Views", path);
        var read = new View(path, default, IsTrusted: true, ViewReader.ReferencesOf(path, Encoding.UTF8.GetBytes(view)));
        return
        [
            .. new ViewCheck(settings, new ViewSettings(MissingReferencePolicy.Warn, [path], ignored is null ? [] : [ignored]), Collected, [.. more, "css/site.0123456789ab.css", "css/site.css.gz"])
                .Describe([read])
                .Select(one => $"{one.Line},{one.Column} {one.Severity} {one.Text}"),
        ];
    }

    private static string FullOf(string path) => OperatingSystem.IsWindows() ? "C:" + path.Replace('/', '\\') : path;
}
