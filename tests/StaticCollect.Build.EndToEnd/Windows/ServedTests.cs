using System.Net;
using System.Security.Cryptography;
using StaticCollect.Build.EndToEnd.Releases;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>On Windows: an ASP.NET Core app with everything switched on, published, served by Kestrel, and run in development.</summary>
public sealed class ServedTests
{
    [Test]
    public void A_published_app_is_what_the_release_says_and_is_served_so_and_in_development_from_its_sources()
    {
        using var project = Everything.WindowsWeb();
        project.Publish();
        project.Write("static/css/base.css", Everything.Long("p { margin: 2px }"));
        project.CollectNow();
        var release = ReleaseOnDisk.Of(project);
        var published = Path.Combine(project.Folder, "bin/Release/net10.0/publish");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(release.Files.Select(file => file.Path)));
            Assert.That(
                release.Files.Select(file => file.Role).Distinct(StringComparer.Ordinal),
                Is.EquivalentTo(new[] { "Plain", "Fingerprinted", "Encoding", "Kept", "Generated" }));
            foreach (var file in release.Files)
            {
                var bytes = File.ReadAllBytes(Path.Combine(project.Root, file.Path));
                Assert.That((Hash(bytes), bytes.LongLength), Is.EqualTo((file.Sha256, file.Length)), file.Path);
            }

            PublishedRoute.CheckTrue(published);
            var server = File.ReadAllText(Directory.GetFiles(Path.Combine(published), "*.nginx.server.conf", SearchOption.AllDirectories).Single());
            Assert.That(server, Does.Contain($"\"{project.PathOf(project.Root).Replace('\\', '/')}/\""));
        });

        using (var app = AppServer.Start(published, "App.dll", forWindows: true))
        {
            Assert.Multiple(() =>
            {
                foreach (var file in release.Addressed.Where(file => file.Role != "Generated"))
                {
                    var encodings = release.EncodingsOf(file);
                    foreach (var accepted in new[] { "identity", "gzip", "br" })
                    {
                        var (status, body, response) = app.Get(release.UrlOf(file), ("Accept-Encoding", accepted));
                        var sent = encodings.GetValueOrDefault(accepted) ?? file;
                        var what = $"{file.Path} {accepted}";
                        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), what);
                        Assert.That(response.Content.Headers.ContentEncoding.SingleOrDefault(), Is.EqualTo(sent.Encoding), what);
                        Assert.That(Hash(body), Is.EqualTo(sent.Sha256), what);
                        Assert.That(
                            response.Headers.CacheControl?.ToString(),
                            file.Cache == "Immutable" ? Does.Contain("immutable") : Is.EqualTo("no-cache"), what);
                    }
                }
            });
        }

        using var development = AppServer.RunOnWindows(project.Folder);
        project.Write("catalog/static/catalog/catalog.css", "edited while it runs");
        Assert.Multiple(() =>
        {
            Assert.That(development.Text("/static/css/site.css"), Does.StartWith("@import \"base.css\";"));
            Assert.That(development.Text("/static/catalog/catalog.css"), Is.EqualTo("edited while it runs"));
        });
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
