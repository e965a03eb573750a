using System.Text;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

public class ManifestTests
{
    [TestCase("a.webmanifest")]
    [TestCase("x/manifest.json")]
    [TestCase("x/Manifest.JSON")]
    public void Icons_screenshots_and_the_icons_of_shortcuts_are_references(string name)
    {
        const string Manifest = """
            { "name": "c.png", "start_url": "./index.html", "src": "x.png",
              "icons": [ { "src": "a.png", "sizes": "1x1" }, { "src": "https://host/x.png" }, { "src": ["x.png"] }, { "x": { "src": "x.png" } }, "x.png" ],
              "screenshots": [ { "src": "/b.png" } ],
              "shortcuts": [ { "name": "x", "url": "/x.html", "src": "x.png", "icons": [ { "src": "../c.png" } ] } ],
              "other": [ { "src": "x.png" } ], "icon": { "src": "x.png" } }
            """;
        Assert.That(Reading.Urls(name, Manifest), Is.EqualTo(["a.png", "/b.png", "../c.png"]));
        Assert.That(Reading.Language(name).Find(Encoding.UTF8.GetBytes(Manifest))[0].Kind, Is.EqualTo(ReferenceKind.ManifestImage));
    }

    [TestCase("{\"screenshots\":[{\"src\":\"a.png\"}]}", ExpectedResult = 0)]
    [TestCase("{\"icons\":{\"16\":\"a.png\"},\"screenshots\":[{\"src\":\"a.png\"}]}", ExpectedResult = 0)]
    [TestCase("{\"x\":{\"icons\":[{\"src\":\"a.png\"}]}}", ExpectedResult = 0)]
    [TestCase("no json at all", ExpectedResult = 0)]
    [TestCase("{\"icons\":[{\"src\":\"a.png\"}]}", ExpectedResult = 1)]
    public int A_manifest_json_counts_if_it_has_icons_at_its_top(string text) => Reading.Urls("manifest.json", text).Length;

    [Test]
    public void A_webmanifest_counts_without_icons() =>
        Assert.That(Reading.Urls("a.webmanifest", "{\"screenshots\":[{\"src\":\"a.png\"}]}"), Is.EqualTo(["a.png"]));

    [TestCase("img\\/c.png", "img/c.png", "img\\/c.h1.png")]
    [TestCase("c\\u002epng", "c.png", "c.h1\\u002epng")]
    [TestCase("\\uD83D\\uDE00.png", "\U0001F600.png", "\\uD83D\\uDE00.h1.png")]
    [TestCase("é.png", "é.png", "é.h1.png")]
    public void Escapes_are_undone_and_the_fingerprint_lands_in_the_name(string text, string url, string rewritten)
    {
        var (before, after) = ("\uFEFF{\"ic\\u006fns\":[{\"src\":\"", "\"}]}");
        Assert.That(Reading.Urls("a.webmanifest", before + text + after), Is.EqualTo([url]));
        Assert.That(Reading.Rewritten("a.webmanifest", before + text + after), Is.EqualTo(before + rewritten + after));
    }

    [TestCase("{\"icons\":[{\"src\":\"a.png\"}]")]
    [TestCase("{\"icons\": x}")]
    [TestCase("")]
    public void A_manifest_that_is_no_json_is_unparsable(string text) =>
        Assert.That(() => Reading.Urls("a.webmanifest", text), Throws.TypeOf<UnparsableException>());

    [TestCase("a.json")]
    [TestCase("a.css.map")]
    [TestCase("a.ts")]
    [TestCase("manifest")]
    [TestCase("my-manifest.json")]
    [TestCase("css")]
    public void Other_files_have_no_language(string name) => Assert.That(ReferenceLanguages.Of(name), Is.Null);
}
