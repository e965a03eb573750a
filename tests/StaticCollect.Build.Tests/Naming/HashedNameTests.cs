using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Which names can hold a hash of a bundler. What is in doubt holds none.</summary>
public sealed class HashedNameTests
{
    [TestCase("index-DiwrgTda.js", "DiwrgTda", Description = "Vite, letters only")]
    [TestCase("index-B7PI925R.js", "B7PI925R")]
    [TestCase("lazy-Bd_Vx3aC.js", "Bd_Vx3aC")]
    [TestCase("index-4sK_-x9a.js", "4sK_-x9a", Description = "Vite, with a hyphen")]
    [TestCase("index--cK9x_aQ.js", "-cK9x_aQ")]
    [TestCase("index-cK9x_aQ-.css", "cK9x_aQ-")]
    [TestCase("assets/4sK_-x9a.png", "4sK_-x9a")]
    [TestCase("index.BdVx3aC9qLmZ.js", "BdVx3aC9qLmZ")]
    [TestCase("main.4a1b2c3d.js", "4a1b2c3d")]
    [TestCase("main.16936863adf053466a0b.js", "16936863adf053466a0b", Description = "webpack")]
    [TestCase("js/16936863adf053466a0b.js", "16936863adf053466a0b")]
    [TestCase("main.16936863adf053466a0b.chunk.js", "16936863adf053466a0b")]
    [TestCase("main-4a1b2c3d.min.js", "4a1b2c3d")]
    [TestCase("main.4A1B2C3D.js", "4A1B2C3D")]
    [TestCase("main.k3x9zq7t.js", "k3x9zq7t", Description = "base36")]
    [TestCase("chunk-7JQ3ZK2B.js", "7JQ3ZK2B", Description = "esbuild")]
    [TestCase("chunk-KUOMKT6Q.js", "KUOMKT6Q")]
    public void A_hash(string name, string hash) => Assert.That(HashedName.HashOf(name, ["src/main.js"]), Is.EqualTo(hash));

    [TestCase("app.js")]
    [TestCase("main.bundle.js")]
    [TestCase("vendor-chunk.js")]
    [TestCase("jquery-3.7.1.min.js")]
    [TestCase("jquery-3.js")]
    [TestCase("app.production.js")]
    [TestCase("bootstrap.bundle.min.js")]
    [TestCase("main-internationalization.js")]
    [TestCase("main.AppBundle.js")]
    [TestCase("polyfills-es2015module.js", Description = "A word with a number")]
    [TestCase("main.es6Bundle.js")]
    [TestCase("index-My-Chunk.js")]
    [TestCase("vendors-node_modules_a1_b2_js.js")]
    [TestCase("chunk-ABCDEFGH.js", Description = "One case only; one in five of esbuild's")]
    [TestCase("main.WIN32API2X.js", Description = "esbuild's hashes have eight characters")]
    [TestCase("main.20240101T120000Z.js", Description = "A time")]
    [TestCase("deadbeef.js", Description = "A word")]
    [TestCase("20240101.js", Description = "A date")]
    [TestCase("main-2024-01-01.js")]
    [TestCase("main.20240101120000.js")]
    [TestCase("main.4a1b2c3.js", Description = "Too short")]
    [TestCase("main4a1b2c3d.js", Description = "Not set off")]
    [TestCase("main_4a1b2c3d.js")]
    [TestCase("main.js.12ab")]
    [TestCase("4a1b2c3d/main.js", Description = "In a folder")]
    [TestCase("")]
    public void None(string name) => Assert.That(HashedName.HashOf(name, ["src/main.js"]), Is.Null);

    [TestCase("view-MyWidget.js", "src/MyWidget.vue")]
    [TestCase("view-mywidget2a1.js", "src/MyWidget2A1.vue")]
    [TestCase("x.chunk-7JQ3ZK2B.js", "vendor/chunk-7JQ3ZK2B.js")]
    [TestCase("x.icon-4sK_-x9a.js", "icon-4sK_-x9a.js")]
    public void What_the_source_is_called_is_none(string name, string source) => Assert.That(HashedName.HashOf(name, [source]), Is.Null);

    [Test]
    public void A_hash_beside_what_looks_like_one_in_the_name_of_the_source() =>
        Assert.That(HashedName.HashOf("chunk-7JQ3ZK2B-B7PI925R.js", ["vendor/chunk-7JQ3ZK2B.js"]), Is.EqualTo("B7PI925R"));
}
