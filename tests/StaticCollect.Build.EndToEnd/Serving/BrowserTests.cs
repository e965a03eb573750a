using System.Text.RegularExpressions;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>The Shop of the samples with everything on, and a static site, as a browser gets them.</summary>
public sealed partial class BrowserTests
{
    private const string ForEver = "immutable";

    [Test]
    public void The_shop_works_from_Kestrel()
    {
        using var app = WebServer.Kestrel(PublishedShop.First.Folder, "Shop.dll");
        Visit(app);
    }

    [Test]
    public void The_shop_works_from_nginx()
    {
        using var app = WebServer.Kestrel(PublishedShop.First.Folder, "Shop.dll");
        using var server = WebServer.Nginx(Path.Combine(PublishedShop.First.Folder, "wwwroot/static"), app.Address);
        Visit(server);
    }

    [Test]
    public void The_shop_works_from_Caddy()
    {
        using var app = WebServer.Kestrel(PublishedShop.First.Folder, "Shop.dll");
        using var server = WebServer.Caddy(Path.Combine(PublishedShop.First.Folder, "wwwroot/static"), app.Address);
        Visit(server);
    }

    [TestCase("fonts/", "gave 404", "Font")]
    [TestCase("js/basket.", "gave 404", "module script did not run")]
    [TestCase("css/layout.", "gave 404", "console says")]
    public void A_page_that_lacks_a_file_is_noticed(string lacking, params string[] complaints)
    {
        var copy = Path.Combine(PackedPackage.WorkFolder, $"broken-{Guid.NewGuid():N}"[..15]);
        Copy(PublishedShop.First.Folder, copy);
        foreach (var file in Directory.GetFiles(Path.Combine(copy, "wwwroot/static"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(Path.Combine(copy, "wwwroot/static"), file).StartsWith(lacking, StringComparison.Ordinal)))
        {
            File.Delete(file);
        }

        using var app = WebServer.Kestrel(copy, "Shop.dll");
        using var broken = WebServer.Caddy(Path.Combine(copy, "wwwroot/static"), app.Address);
        using var browser = new Browser();
        var visit = browser.Open(broken.Address, withFonts: true);
        browser.KeepScreenshot("broken-" + lacking.TrimEnd('/', '.').Replace('/', '-'));
        Assert.That(visit.Problems, Is.Not.Empty);
        Assert.That(complaints.Where(complaint => !visit.Problems.Any(problem => problem.Contains(complaint, StringComparison.Ordinal))), Is.Empty, string.Join('\n', visit.Problems));
    }

    [TestCase("nginx")]
    [TestCase("caddy")]
    [TestCase("apache")]
    [TestCase("kestrel")]
    public void A_static_site_works_from(string name)
    {
        using var project = name == "kestrel" ? ServedProject.PublishSite() : ServedProject.CollectSite();
        var root = Path.GetDirectoryName(project.Root)!;
        using var server = name switch
        {
            "nginx" => WebServer.Nginx(root),
            "caddy" => WebServer.Caddy(root),
            "apache" => WebServer.Apache(root),
            _ => WebServer.Kestrel(Path.GetDirectoryName(root)!, "App.dll"),
        };
        using var browser = new Browser();
        var first = browser.Open(server.Address, withFonts: false);
        browser.KeepScreenshot($"site-{name}");
        var second = browser.Open(server.Address, withFonts: false);
        Assert.Multiple(() =>
        {
            Assert.That(first.Problems, Is.Empty);
            Assert.That(first.Answers.Where(answer => answer["cache-control"].Contains(ForEver, StringComparison.Ordinal)).Select(answer => Plain(answer.Path)), Is.EquivalentTo(new[] { "/css/site.css", "/js/app.js", "/js/part.js" }));
            Assert.That(second.Problems, Is.Empty);
            Assert.That(second.Answers.Where(answer => !answer.IsFromCache).Select(answer => answer.Path), Is.EqualTo(new[] { "/" }));
        });
    }

    /// <summary>Every page of the shop twice, with all that was promised.</summary>
    private static void Visit(WebServer server)
    {
        using var browser = new Browser();
        Assert.Multiple(() =>
        {
            foreach (var page in new[] { "/", "/checkout" })
            {
                var url = new Uri(server.Address, page);
                var first = browser.Open(url, withFonts: true);
                browser.KeepScreenshot(Regex.Replace(TestContext.CurrentContext.Test.Name + page, "[^A-Za-z0-9_]", "-", RegexOptions.None, TimeSpan.FromSeconds(1)));
                var collected = first.Answers.Where(answer => answer.Path.StartsWith("/static/", StringComparison.Ordinal)).ToList();
                Assert.That(first.Problems, Is.Empty, page);
                Assert.That(collected, Has.Count.GreaterThan(5), page);
                foreach (var answer in collected)
                {
                    var file = Path.Combine(PublishedShop.First.Folder, "wwwroot", Uri.UnescapeDataString(answer.Path[1..]));
                    Assert.That(answer["cache-control"].Contains(ForEver, StringComparison.Ordinal), Is.EqualTo(Fingerprint().IsMatch(answer.Path)), answer.Path);
                    Assert.That(answer["content-encoding"], Is.EqualTo(File.Exists(file + ".br") ? "br" : ""), answer.Path);
                }

                var second = browser.Open(url, withFonts: true);
                var kept = second.Answers.Where(answer => answer["cache-control"].Contains(ForEver, StringComparison.Ordinal)).ToList();
                Assert.That(second.Problems, Is.Empty, page);
                Assert.That(kept, Has.Count.GreaterThan(5), $"{page}\n{string.Join('\n', second.Answers)}");
                Assert.That(kept.Where(answer => !answer.IsFromCache).Select(answer => answer.Path), Is.Empty, page);
            }
        });
    }

    private static void Copy(string folder, string to)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // The configuration names the folder that it was written for.
        foreach (var config in Directory.GetFiles(to, "static.*"))
            File.WriteAllText(config, File.ReadAllText(config).Replace(folder, to, StringComparison.Ordinal));
    }

    private static string Plain(string path) => Fingerprint().Replace(path, ".");

    [GeneratedRegex(@"\.[0-9a-f]{12}\.", RegexOptions.None, 1000)]
    private static partial Regex Fingerprint();
}
