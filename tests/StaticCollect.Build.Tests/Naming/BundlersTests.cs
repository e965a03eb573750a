using System.Text.Json;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>What comes out of bundlers: it has fingerprints already, and a manifest tells.</summary>
public sealed class BundlersTests : IDisposable
{
    private static readonly NodeTool Bundlers = new("bundlers");

    private readonly Site _site = new();

    [TestCase("vite")]
    [TestCase("esbuild")]
    public void The_output_of_a_real_bundler_is_published_under_the_names_that_it_has(string bundler)
    {
        Build(bundler, "hashed");

        _site.Collect();

        var tree = _site.Tree();
        var named = _site.Name();
        var assets = named.All.Files.Where(file => file.File.LogicalPath.StartsWith("assets/", StringComparison.Ordinal)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(assets.Select(file => Path.GetExtension(file.Path)).Distinct(StringComparer.Ordinal), Is.EquivalentTo(new[] { ".js", ".css", ".png", ".map" }));
            foreach (var file in assets)
            {
                Assert.That(file.Path, Is.EqualTo(file.File.LogicalPath));
                Assert.That(file.IsRewritten, Is.False, file.Path);
                Assert.That(file.IsImmutable, Is.EqualTo(!file.Path.EndsWith(".map", StringComparison.Ordinal)), file.Path);
                Assert.That(tree.Keys, Has.Member(file.Path));
            }
        });
    }

    [TestCase("vite")]
    [TestCase("esbuild")]
    public void What_a_real_bundler_gives_no_fingerprint_gets_one_of_ours(string bundler)
    {
        Build(bundler, "plain");
        var named = _site.Name();
        foreach (var path in new[] { "assets/main.js", "assets/main.css", "assets/logo.png" })
            Assert.That(named[path].Fingerprint, Is.Not.Null, path);
        Assert.That(named.Text("assets/main.css"), Does.Contain(named["assets/logo.png"].Path["assets/".Length..]));
    }

    [Test]
    public void A_bundle_that_names_a_file_without_fingerprint_is_renamed_as_a_whole()
    {
        _site.Write("dist/.vite/manifest.json", """{"a.js":{"file":"assets/a-1.js","name":"a"},"b.js":{"file":"assets/b-1.js","name":"b"},"c.js":{"file":"assets/c-1.js","name":"c"}}""")
            .Write("dist/assets/a-1.js", "import './b-1.js'").Write("dist/assets/b-1.js", "new URL('/static/logo.png', import.meta.url)").Write("dist/assets/c-1.js", "").Write("logo.png", "x");
        var named = _site.Name(files: [.. _site.Files().Where(file => !file.LogicalPath.Contains("/.", StringComparison.Ordinal))]);
        Assert.That(named.All.Files.Select(file => file.Fingerprint is null), Is.EqualTo(new[] { false, false, true, false }));
    }

    [TestCase("manifest.json", """{"main.js":"main.4a1b.js"}""")]
    [TestCase("asset-manifest.json", """{"files":{"main.js":"/static/js/main.4a1b.js"},"entrypoints":["main.4a1b.js"]}""")]
    [TestCase("webpack-manifest.json", """{"main.js":"https://cdn.example.com/main.4a1b.js"}""")]
    [TestCase("webpack-assets.json", """{"main":{"js":"/js/main.4a1b.js"}}""")]
    [TestCase("manifest.json", """{"src/main.ts":{"file":"main.4a1b.js","src":"src/main.ts","isEntry":true}}""")]
    [TestCase("meta.json", """{"inputs":{},"outputs":{"out/js/main.4a1b.js":{"entryPoint":"src/main.ts","inputs":{}}}}""")]
    public void A_manifest_tells_of_fingerprints(string name, string manifest)
    {
        var named = _site.Write("js/" + name, manifest).Write("js/main.4a1b.js", "").Write("js/main.js", "").Name();
        Assert.That(named["js/main.4a1b.js"].IsImmutable && named["js/main.4a1b.js"].Fingerprint is null, Is.True);
        Assert.That(named["js/main.js"].Fingerprint, Is.Not.Null);
    }

    [TestCase("""{"main.js":"main.js"}""", Description = "No other name")]
    [TestCase("""{"main":"main.js"}""", Description = "Some other JSON")]
    [TestCase("""{"start_url":"./main.js"}""")]
    [TestCase("""{"main":{"js":"main.js","other":"app.js"}}""")]
    [TestCase("""{"src/main.ts":{"file":"main.js","src":"src/main.ts"}}""")]
    [TestCase("""{"inputs":{},"outputs":{"main.js":{"entryPoint":"src/main.ts"}}}""")]
    [TestCase("""["main.js"]""")]
    [TestCase("""{"a.js":{"file":1,"css":"main.js"},"b.js":null,"c.js":["main.js"]}""")]
    [TestCase("""{"inputs":1,"outputs":[]}""")]
    [TestCase("{")]
    [TestCase("")]
    public void What_is_no_manifest_of_a_bundler_tells_nothing(string manifest) =>
        Assert.That(_site.Write("manifest.json", manifest).Write("main.js", "").Name()["main.js"].Fingerprint, Is.Not.Null);

    [Test]
    public void A_manifest_that_changes_is_read_again_and_one_that_does_not_is_not()
    {
        _site.Write("manifest.json", """{"a.js":"a-1.js"}""").Write("a-1.js", "").Write("b-1.js", "").Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "a-1.js" }));
        _site.Poison("manifest.json").Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "a-1.js" }));
        _site.Write("manifest.json", """{"b.js":"b-1.js"}""").Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "b-1.js" }));
    }

    [Test]
    public void A_manifest_too_young_to_be_trusted_is_read_again()
    {
        _site.Write("manifest.json", """{"a.js":"a-1.js"}""").Write("a-1.js", "").Write("b-1.js", "");
        File.SetLastWriteTimeUtc(_site.PathOf("manifest.json"), DateTime.UtcNow);
        _site.Collect();
        var time = File.GetLastWriteTimeUtc(_site.PathOf("manifest.json"));
        _site.Write("manifest.json", """{"b.js":"b-1.js"}""");
        File.SetLastWriteTimeUtc(_site.PathOf("manifest.json"), time);
        Thread.Sleep(2_100);
        _site.Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "b-1.js" }));
    }

    public void Dispose() => _site.Dispose();

    private void Build(string bundler, string names)
    {
        Bundlers.Package(bundler);
        Bundlers.Run("build.mjs", bundler, _site.Sources, names);
    }

    private IEnumerable<string> Immutable()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(_site.Rules.ManifestPath));
        return [.. json.RootElement.GetProperty("files").EnumerateObject()
            .Where(file => file.Value.GetProperty("immutable").GetBoolean() && !file.Value.TryGetProperty("fingerprint", out _)).Select(file => file.Name)];
    }
}
