using System.Security.Cryptography;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Emitters;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>The manifest, as its readers see it.</summary>
public sealed class ManifestTests : IDisposable
{
    private readonly Site _site = new();

    [TestCase("staticfiles.json")]
    [TestCase("StaticFiles.json")]
    [TestCase("staticfiles.JSON.gz")]
    public void A_file_where_the_manifest_goes_is_left_out_and_told(string path)
    {
        using var site = new Site();
        var told = site.Write(path, "mine").Write("a.txt", "a").Collect();
        Assert.That(told.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { ("SC2001", StaticCollect.Build.Diagnostics.Severity.Warning) }));
        Assert.That(site.Tree()["staticfiles.json"], Does.StartWith("{\"version\""));
        Assert.That(site.Tree().Keys, Has.Count.EqualTo(3));
    }

    [Test]
    public void The_manifest_holds_exactly_what_is_specified()
    {
        _site.Write("css/site.css", "a{b:url(../img/logo.png)}").Write("img/logo.png", "x").Write("index.html", "<p>").Write("é &'.txt", "");
        _site.Collect();
        var css = _site.Name()["css/site.css"];

        string[] expected =
        [
            "{~version~:~1.1~,",
            $"~paths~:{{~css/site.css~:~css/site.{css.Fingerprint}.css~,~img/logo.png~:~img/logo.2d711642b726.png~,~index.html~:~index.html~,~é &'.txt~:~é &'.e3b0c44298fc.txt~}},",
            $"~hash~:~{HashOfPaths(_site.Name())}~,",
            "~files~:{",
            $"~css/site.css~:{{~fingerprint~:~{css.Fingerprint}~,~integrity~:~{css.Content.Hash.Integrity}~,~length~:38,~contentType~:~text/css~,~encodings~:{{}},~app~:~App~,~immutable~:true,~references~:[~img/logo.png~]}},",
            $"~img/logo.png~:{{~fingerprint~:~2d711642b726~,~integrity~:~{Integrity("x"u8)}~,~length~:1,~contentType~:~image/png~,~encodings~:{{}},~app~:~App~,~immutable~:true,~references~:[]}},",
            $"~index.html~:{{~integrity~:~{Integrity("<p>"u8)}~,~length~:3,~contentType~:~text/html~,~encodings~:{{}},~app~:~App~,~immutable~:false,~references~:[]}},",
            $"~é &'.txt~:{{~fingerprint~:~e3b0c44298fc~,~integrity~:~{Integrity(default)}~,~length~:0,~contentType~:~text/plain~,~encodings~:{{}},~app~:~App~,~immutable~:true,~references~:[]}}}}}}",
        ];
        Assert.That(File.ReadAllText(_site.Rules.ManifestPath), Is.EqualTo(string.Concat(expected).Replace('~', '"')));
    }

    [Test]
    public void Keys_are_in_ordinal_order_in_whatever_order_the_files_come()
    {
        foreach (var path in new[] { "b.txt", "B.css", "a/z.txt", "a.txt", "_.txt", "Ä.txt" })
            _site.Write(path, path);
        var files = _site.Files();
        var manifest = ManifestFile.Format(_site.Name().Release, Release.Empty);
        Assert.That(ManifestFile.Format(_site.Name(files: [.. files.Reverse()]).Release, Release.Empty), Is.EqualTo(manifest));
        using var json = JsonDocument.Parse(manifest);
        foreach (var member in new[] { "paths", "files" })
        {
            Assert.That(json.RootElement.GetProperty(member).EnumerateObject().Select(property => property.Name),
                Is.EqualTo(new[] { "B.css", "_.txt", "a.txt", "a/z.txt", "b.txt", "Ä.txt" }));
        }
    }

    [Test]
    public void Its_hash_changes_with_the_names_only()
    {
        string Hash()
        {
            using var json = JsonDocument.Parse(ManifestFile.Format(_site.Name().Release, Release.Empty));
            return json.RootElement.GetProperty("hash").GetString()!;
        }

        var first = _site.Write("a.txt", "1").Write("robots.txt", "1").Let(_ => Hash());
        Assert.Multiple(() =>
        {
            Assert.That(first, Does.Match("^[0-9a-f]{12}$"));
            Assert.That(Hash(), Is.EqualTo(first));
            Assert.That(_site.Write("robots.txt", "2").Let(_ => Hash()), Is.EqualTo(first));
            Assert.That(_site.Write("a.txt", "2").Let(_ => Hash()), Is.Not.EqualTo(first));
            Assert.That(_site.Write("a.txt", "1").Let(_ => Hash()), Is.EqualTo(first));
        });
    }

    [TestCase("")]
    [TestCase("{ \"version\": \"9\"")]
    [TestCase("not json")]
    public void A_damaged_manifest_in_the_root_is_replaced(string text)
    {
        _site.Write("a.txt", "x").Collect();
        var good = _site.Tree();
        File.WriteAllText(_site.Rules.ManifestPath, text);
        _site.Collect();
        Assert.That(_site.Tree(), Is.EqualTo(good));
    }

    [Test]
    public void The_manifest_can_lie_elsewhere_and_is_made_again_there()
    {
        var elsewhere = Path.Combine(_site.Folder, "deploy", "names.json");
        _site.Rules = _site.Rules with { ManifestPath = elsewhere };
        _site.Write("a.txt", "x").Collect();
        Assert.That(_site.Tree().Keys, Has.No.Member("staticfiles.json"));
        var good = File.ReadAllText(elsewhere);
        Assert.That(good, Does.Contain("\"a.txt\":\"a.2d711642b726.txt\""));

        File.WriteAllText(elsewhere, "damaged");
        _site.Collect();
        Assert.That(File.ReadAllText(elsewhere), Is.EqualTo(good));

        File.Delete(elsewhere);
        _site.Collect();
        Assert.That(File.ReadAllText(elsewhere), Is.EqualTo(good));
    }

    [Test]
    public void A_manifest_that_moves_leaves_none_behind()
    {
        _site.Write("a.txt", "x").Collect();
        _site.Rules = _site.Rules with { ManifestPath = Path.Combine(_site.Root, "deep", "names.json") };
        _site.Collect();
        Assert.That(_site.Tree().Keys, Is.EqualTo(new[] { "a.2d711642b726.txt", "a.txt", "deep/names.json" }));
    }

    [Test]
    public void A_bundled_file_is_immutable_without_a_fingerprint_of_ours()
    {
        _site.Rules = _site.Rules with { AlreadyFingerprinted = [new Glob("a-*.js")] };
        using var json = JsonDocument.Parse(ManifestFile.Format(_site.Write("a-12.js", "").Name().Release, Release.Empty));
        var file = json.RootElement.GetProperty("files").GetProperty("a-12.js");
        Assert.That(file.GetProperty("immutable").GetBoolean(), Is.True);
        Assert.That(file.TryGetProperty("fingerprint", out _), Is.False);
        Assert.That(json.RootElement.GetProperty("paths").GetProperty("a-12.js").GetString(), Is.EqualTo("a-12.js"));
    }

    [TestCase("a.css", "text/css")]
    [TestCase("A.CSS", "text/css")]
    [TestCase("a.js", "text/javascript")]
    [TestCase("a.mjs", "text/javascript")]
    [TestCase("a.js.map", "application/json")]
    [TestCase("site.webmanifest", "application/manifest+json")]
    [TestCase("a.svg", "image/svg+xml")]
    [TestCase("a.woff2", "font/woff2")]
    [TestCase("a.wasm", "application/wasm")]
    [TestCase("a.html", "text/html")]
    [TestCase("a.avif", "image/avif")]
    [TestCase("a.tar.gz", "application/gzip")]
    [TestCase("LICENSE", "application/octet-stream")]
    [TestCase("a.css/b", "application/octet-stream")]
    [TestCase("a.nobody-knows", "application/octet-stream")]
    public void The_content_type_goes_by_the_extension(string path, string type) =>
        Assert.That(MediaTypes.Of(path), Is.EqualTo(type));

    public void Dispose() => _site.Dispose();

    private static string HashOfPaths(Site.Naming named)
    {
        using var json = JsonDocument.Parse(ManifestFile.Format(named.Release, Release.Empty));
        return json.RootElement.GetProperty("hash").GetString()!;
    }

    private static string Integrity(ReadOnlySpan<byte> bytes) => "sha256-" + Convert.ToBase64String(SHA256.HashData(bytes));
}

/// <summary>Reads well in a chain.</summary>
internal static class LetExtensions
{
    public static TResult Let<T, TResult>(this T value, Func<T, TResult> use) => use(value);
}
