using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>What release.json says of a file is what lies on the disk, and what servers send.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ServedReleaseTests
{
    private TestProject? _project;
    private ReleaseOnDisk? _release;

    private TestProject Project => _project!;

    private ReleaseOnDisk Release => _release!;

    /// <summary>Publishes, and collects once more after an edit, so that files of an earlier release are kept.</summary>
    [OneTimeSetUp]
    public void Publish()
    {
        _project = Everything.Web();
        _project.Publish("--no-restore");
        _project.Write("static/css/base.css", Everything.Long("p { margin: 2px }"));
        File.Delete(Path.Combine(_project.Folder, "static/gone.js"));
        _project.CollectNow();
        _release = ReleaseOnDisk.Of(_project);
    }

    [OneTimeTearDown]
    public void Delete() => _project?.Dispose();

    [Test]
    public void The_static_root_holds_what_the_release_says() => Assert.Multiple(() =>
    {
        Assert.That(Release.Version, Is.EqualTo(1));
        Assert.That(Release.Url.Trim('/'), Is.EqualTo("static"));
        Assert.That(Release.Files.Select(file => file.Path), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(Project.Tree(), Is.EqualTo(Release.Files.Select(file => file.Path)));
        Assert.That(
            Release.Files.Select(file => file.Role).Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(new[] { "Plain", "Fingerprinted", "Encoding", "Kept", "Generated" }));
        foreach (var file in Release.Files)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Project.Root, file.Path));
            var hash = Hash(bytes);
            Assert.That((hash, bytes.LongLength), Is.EqualTo((file.Sha256.ToLowerInvariant(), file.Length)), file.Path);
            if (file.Role == "Fingerprinted")
                Assert.That(file.Path, Does.Contain($".{hash[..12]}."));
        }

        foreach (var file in Release.Addressed)
        {
            var bytes = File.ReadAllBytes(Path.Combine(Project.Root, file.Path));
            foreach (var (name, encoding) in Release.EncodingsOf(file))
                Assert.That(Encodings.Decode(File.ReadAllBytes(Path.Combine(Project.Root, encoding.Path)), name), Is.EqualTo(bytes), encoding.Path);
        }
    });

    [Test]
    public void Kestrel_serves_what_the_release_says()
    {
        var published = Path.Combine(Project.Folder, "bin/Release/net10.0/publish");
        using var app = WebServer.Kestrel(published, "App.dll");

        Assert.Multiple(() =>
        {
            PublishedRoute.CheckTrue(published);

            // The manifest is for tools, and an app has no route to it; other servers take the whole static root.
            Check(app, file => file.Role != "Generated");
        });
    }

    [Test]
    public void Nginx_serves_what_the_release_says()
    {
        using var server = WebServer.Nginx(Project.Root);
        Assert.Multiple(() => Check(server, _ => true));
    }

    private void Check(WebServer server, Func<ReleasedFile, bool> isServed)
    {
        foreach (var file in Release.Addressed)
        {
            var encodings = Release.EncodingsOf(file);
            foreach (var accepted in new[] { "identity", "gzip", "br" })
            {
                using var response = server.Get(Release.UrlOf(file), accepted);
                var what = $"{file.Path} ({file.Role}) {accepted}";
                Assert.That(response.StatusCode, Is.EqualTo(isServed(file) ? HttpStatusCode.OK : HttpStatusCode.NotFound), what);
                if (!isServed(file))
                    continue;
                var encoding = response.Content.Headers.ContentEncoding.SingleOrDefault();
                var best = encodings.GetValueOrDefault(accepted)?.Encoding;
                Assert.That(encoding, Is.EqualTo(best), what);
                var sent = encoding is null ? file : encodings[encoding];
                var body = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
                Assert.That((Hash(body), body.LongLength), Is.EqualTo((sent.Sha256.ToLowerInvariant(), sent.Length)), what);
                Assert.That(Hash(Encodings.Decode(body, response)), Is.EqualTo(file.Sha256.ToLowerInvariant()), what);
                Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo(MediaTypeHeaderValue.Parse(file.MediaType).MediaType), what);
                CheckCache(file, response.Headers.CacheControl?.ToString() ?? "", what);
            }
        }
    }

    private static void CheckCache(ReleasedFile file, string header, string what)
    {
        Assert.That(file.Cache, Is.AnyOf("Immutable", "Revalidate"), what);
        Assert.That(header, file.Cache == "Immutable" ? Does.Contain("immutable").And.Contain("max-age=31536000") : Is.EqualTo("no-cache"), what);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
