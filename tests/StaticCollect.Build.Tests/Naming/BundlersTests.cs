using System.Text.Json;
using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>What comes out of bundlers: it has fingerprints already, and a manifest tells.</summary>
public sealed class BundlersTests : IDisposable
{
    private static readonly NodeTool Bundlers = new("bundlers");

    private readonly Site _site = new();

    // Beside the output: hashes of source maps hold the way from the one to the other.
    private string BundledSite => Path.Combine(_site.Folder, "site");

    [TestCase("vite")]
    [TestCase("webpack")]
    [TestCase("esbuild")]
    public void The_output_of_a_real_bundler_is_published_under_the_names_that_it_has(string bundler)
    {
        Build(bundler, "hashed");

        _site.Collect();

        var tree = _site.Tree();
        var named = _site.Name();
        var assets = named.All.Files.Where(IsAsset).ToList();
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
    [TestCase("webpack")]
    [TestCase("esbuild")]
    public void What_a_real_bundler_gives_no_fingerprint_gets_one_of_ours(string bundler)
    {
        Build(bundler, "plain");
        var named = _site.Name();
        foreach (var path in new[] { "assets/main.js", "assets/main.css", "assets/logo.png" })
            Assert.That(named[path].Fingerprint, Is.Not.Null, path);
        Assert.That(named.Text("assets/main.css"), Does.Contain(named["assets/logo.png"].Path["assets/".Length..]));
    }

    [TestCase("vite", "hashed")]
    [TestCase("webpack", "hashed")]
    [TestCase("esbuild", "hashed")]
    [TestCase("vite", "bundle")]
    [TestCase("webpack", "bundle")]
    [TestCase("esbuild", "bundle")]
    public void No_immutable_name_has_two_contents_when_a_real_bundler_builds_twice(string bundler, string names)
    {
        var before = Published();
        File.WriteAllText(Path.Combine(BundledSite, "greet.js"), "export const greet = (name) => `Bye, ${name}!`;");
        File.WriteAllText(Path.Combine(BundledSite, "style.css"), "body { color: red; background: url(./logo.png) }");
        File.AppendAllText(Path.Combine(BundledSite, "logo.png"), "!");
        var after = Published();

        Assert.Multiple(() =>
        {
            foreach (var (path, bytes) in before.Where(file => after.ContainsKey(file.Key)))
                Assert.That(after[path] == bytes, Is.True, path);
            Assert.That(after.Keys.Except(before.Keys, StringComparer.Ordinal).Select(Path.GetExtension), Is.SupersetOf(new[] { ".js", ".css", ".png" }));
        });

        // The bytes of each immutable name that is current after a build.
        Dictionary<string, string> Published()
        {
            Directory.Delete(_site.Sources, recursive: true);
            Build(bundler, names);
            _site.Collect();
            var tree = _site.Tree();
            var all = _site.Name().All.Files;
            Assert.That(all.Where(IsAsset).Where(file => !file.Path.EndsWith(".map", StringComparison.Ordinal)).Select(file => file.Path == file.File.LogicalPath), Has.All.EqualTo(names == "hashed"));
            return all.Where(file => file.IsImmutable).ToDictionary(file => file.Path, file => tree[file.Path], StringComparer.Ordinal);
        }
    }

    [Test]
    public void A_bundle_that_names_a_file_without_fingerprint_is_renamed_as_a_whole()
    {
        _site.Write("dist/.vite/manifest.json", """{"a.js":{"file":"assets/a-4a1b2c3d.js","name":"a"},"b.js":{"file":"assets/b-5a1b2c3d.js","name":"b"},"c.js":{"file":"assets/c-6a1b2c3d.js","name":"c"}}""")
            .Write("dist/assets/a-4a1b2c3d.js", "import './b-5a1b2c3d.js'").Write("dist/assets/b-5a1b2c3d.js", "new URL('/static/logo.png', import.meta.url)").Write("dist/assets/c-6a1b2c3d.js", "").Write("logo.png", "x");
        var named = _site.Name(files: [.. _site.Files().Where(file => !file.LogicalPath.Contains("/.", StringComparison.Ordinal))]);
        Assert.That(named.All.Files.Select(file => file.Fingerprint is null), Is.EqualTo(new[] { false, false, true, false }));
    }

    [TestCase("manifest.json", """{"main.js":"main.4a1b2c3d.js"}""")]
    [TestCase("asset-manifest.json", """{"files":{"main.js":"/static/js/main.4a1b2c3d.js"},"entrypoints":["main.4a1b2c3d.js"]}""")]
    [TestCase("webpack-manifest.json", """{"main.js":"https://cdn.example.com/main.4a1b2c3d.js"}""")]
    [TestCase("webpack-assets.json", """{"main":{"js":"/js/main.4a1b2c3d.js"}}""")]
    [TestCase("manifest.json", """{"src/main.ts":{"file":"main.4a1b2c3d.js","src":"src/main.ts","isEntry":true}}""")]
    [TestCase("meta.json", """{"inputs":{},"outputs":{"out/js/main.4a1b2c3d.js":{"entryPoint":"src/main.ts","inputs":{}}}}""")]
    public void A_manifest_tells_of_fingerprints(string name, string manifest)
    {
        var named = _site.Write("js/" + name, manifest).Write("js/main.4a1b2c3d.js", "").Write("js/main.js", "").Name();
        Assert.That(named["js/main.4a1b2c3d.js"].IsImmutable && named["js/main.4a1b2c3d.js"].Fingerprint is null, Is.True);
        Assert.That(named["js/main.js"].Fingerprint, Is.Not.Null);
    }

    [TestCase("""{"main.js":"main.bundle.js"}""", "main.bundle.js")]
    [TestCase("""{"main":{"js":"main.bundle.js"}}""", "main.bundle.js")]
    [TestCase("""{"src/main.ts":{"file":"main.bundle.js","name":"main"}}""", "main.bundle.js")]
    [TestCase("""{"src/main.ts":{"file":"main.js","name":"main","css":["theme-4a1b2c3d.css"]},"theme-4a1b2c3d.css":{"file":"theme-4a1b2c3d.css"}}""", "theme-4a1b2c3d.css")]
    [TestCase("""{"inputs":{},"outputs":{"app.js":{"entryPoint":"src/main.ts"}}}""", "app.js")]
    [TestCase("""{"file-4a1b2c3d.js":"main.file-4a1b2c3d.js"}""", "main.file-4a1b2c3d.js", Description = "Of the source")]
    [TestCase("""{"src/MyWidget.vue":{"file":"view-MyWidget.js","name":"view"}}""", "view-MyWidget.js", Description = "Of the source")]
    [TestCase("""{"a.js":"a.4a1b2c3d.js","b.js":"b.4a1b2c3d.js"}""", "a.4a1b2c3d.js", Description = "A commit, for all")]
    public void A_name_that_carries_no_hash_of_its_own_gets_a_fingerprint_whatever_the_manifest_says(string manifest, string path) =>
        Assert.That(_site.Write("manifest.json", manifest).Write(path, "").Name()[path].Fingerprint, Is.Not.Null);

    [TestCase("""{"_shared-DiwrgTda.js":{"file":"shared-DiwrgTda.js","name":"shared"}}""", "shared-DiwrgTda.js")]
    [TestCase("""{"_shared-DiwrgTda.css":{"file":"shared-DiwrgTda.css","src":"_shared-DiwrgTda.css"}}""", "shared-DiwrgTda.css")]
    [TestCase("""{"a.js":"a.4a1b2c3d.js","a.css":"a.4a1b2c3d.css"}""", "a.4a1b2c3d.js", Description = "Of a chunk, in both")]
    [TestCase("""{"a.js":{"file":"a.5a1b2c3d.js","css":["c.4a1b2c3d.css"]},"b.js":{"file":"b.6a1b2c3d.js","css":["c.4a1b2c3d.css"]}}""", "c.4a1b2c3d.css")]
    public void A_name_that_carries_a_hash_of_its_own_stays(string manifest, string path) =>
        Assert.That(_site.Write("manifest.json", manifest).Write(path, "").Name()[path].Fingerprint, Is.Null);

    [Test]
    public void It_is_known_which_manifest_names_a_file()
    {
        var files = _site.Write("a/manifest.json", """{"main.js":"main.4a1b2c3d.js"}""").Write("a/main.4a1b2c3d.js", "").Write("a/main.4a1b2c3d.js.map", "")
            .Write("b/meta.json", """{"inputs":{},"outputs":{"main-7JQ3ZK2B.js":{"entryPoint":"main.ts"}}}""").Write("b/main-7JQ3ZK2B.js", "").Files();
        var (named, maps) = BundlerManifests.Fingerprinted(BundlerManifests.Read(files, [], 0), files);
        Assert.Multiple(() =>
        {
            Assert.That(named, Is.EquivalentTo(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["a/main.4a1b2c3d.js"] = _site.PathOf("a/manifest.json"),
                ["b/main-7JQ3ZK2B.js"] = _site.PathOf("b/meta.json"),
            }));
            Assert.That(maps, Is.EqualTo(new[] { "a/main.4a1b2c3d.js.map" }));
        });
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
        _site.Write("manifest.json", """{"a.js":"a-4a1b2c3d.js"}""").Write("a-4a1b2c3d.js", "").Write("b-5a1b2c3d.js", "").Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "a-4a1b2c3d.js" }));
        _site.Poison("manifest.json").Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "a-4a1b2c3d.js" }));
        _site.Write("manifest.json", """{"b.js":"b-5a1b2c3d.js"}""").Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "b-5a1b2c3d.js" }));
    }

    [Test]
    public void A_manifest_too_young_to_be_trusted_is_read_again()
    {
        _site.Write("manifest.json", """{"a.js":"a-4a1b2c3d.js"}""").Write("a-4a1b2c3d.js", "").Write("b-5a1b2c3d.js", "");
        File.SetLastWriteTimeUtc(_site.PathOf("manifest.json"), DateTime.UtcNow);
        _site.Collect();
        var time = File.GetLastWriteTimeUtc(_site.PathOf("manifest.json"));
        _site.Write("manifest.json", """{"b.js":"b-5a1b2c3d.js"}""");
        File.SetLastWriteTimeUtc(_site.PathOf("manifest.json"), time);
        Thread.Sleep(2_100);
        _site.Collect();
        Assert.That(Immutable(), Is.EqualTo(new[] { "b-5a1b2c3d.js" }));
    }

    public void Dispose() => _site.Dispose();

    private static bool IsAsset(PublishedFile file) =>
        file.File.LogicalPath.StartsWith("assets/", StringComparison.Ordinal) && !file.File.LogicalPath.EndsWith(".json", StringComparison.Ordinal);

    private void Build(string bundler, string names)
    {
        Bundlers.Package(bundler);
        if (!Directory.Exists(BundledSite))
        {
            Directory.CreateDirectory(BundledSite);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Bundlers.Folder, "site")))
                File.Copy(file, Path.Combine(BundledSite, Path.GetFileName(file)));
        }

        Bundlers.Run("build.mjs", bundler, _site.Sources, names, BundledSite);
    }

    private IEnumerable<string> Immutable()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(_site.Rules.ManifestPath));
        return [.. json.RootElement.GetProperty("files").EnumerateObject()
            .Where(file => file.Value.GetProperty("immutable").GetBoolean() && !file.Value.TryGetProperty("fingerprint", out _)).Select(file => file.Name)];
    }
}
