using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Tests.Support;
using StaticCollect.Build.Upload.Verifying;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>What a store or a live site may have that the release has not.</summary>
public sealed class VerifierTests
{
    private const string Css = "a { color: red }";

    [Test]
    public async Task A_store_that_holds_the_release_is_told_so_and_one_that_does_not_is_told_each_difference([Values] bool listTellsAll)
    {
        using var shop = new Shop();
        shop.Plain("a.css", Css).Plain("b.css", Css).Plain("c.css", Css).Plain("d.css", Css).Plain("e.css", Css).Release();
        using var store = new MemoryStore { ListTellsAll = listTellsAll };
        _ = await shop.Upload(store);
        var good = await VerifyAsync(shop, store);
        store.Objects.Remove("b.css");
        store.Objects["c.css"] = store.Objects["c.css"] with { Bytes = "a { color: RED }"u8.ToArray() };
        store.Objects["d.css"] = store.Objects["d.css"] with { Bytes = [] };
        store.Objects["e.css"] = store.Objects["e.css"] with { Headers = new ObjectHeaders("text/plain", "no-cache", "br") };
        var bad = await VerifyAsync(shop, store);
        Assert.That(good.Lines, Is.EqualTo(new[] { "'memory://bucket/shop' holds the release: names, lengths and headers of 5 objects, and the bytes of 5." }));
        Assert.That(bad.Lines.Select(line => line.Split(". ")[0]), Is.EqualTo(new[]
        {
            "Error SC5017: 'b.css' in 'memory://bucket/shop' is not there",
            "Error SC5017: 'c.css' in 'memory://bucket/shop' has other bytes than the release",
            "Error SC5017: 'd.css' in 'memory://bucket/shop' has 0 bytes, and not 16",
            "Error SC5017: 'e.css' in 'memory://bucket/shop' has 'br' as Content-Encoding, and not ''",
            "Error SC5017: 'e.css' in 'memory://bucket/shop' has 'text/plain' as Content-Type, and not 'text/css; charset=utf-8'",
        }));
    }

    [Test]
    public async Task Of_a_large_release_some_bytes_are_read_always_the_same_ones()
    {
        using var shop = new Shop();
        for (var i = 0; i < 30; i++)
            shop.Plain($"{i}.css", $"{i}");
        shop.Release();
        using var store = new MemoryStore();
        _ = await shop.Upload(store);
        store.Requests.Clear();
        var log = new RecordingLog();
        await new Uploads(shop.Settings() with { VerifySample = 4 }, store, log, shop.Time).VerifyAsync(default);
        Assert.That(store.Requests["read"], Is.EqualTo(4));
        Assert.That(log.Summaries.Single(), Does.EndWith("of 30 objects, and the bytes of 4."));
    }

    [Test]
    public async Task A_site_that_serves_the_release_in_each_encoding_has_no_difference() =>
        Assert.That(await AskAsync(_ => { }), Is.Empty);

    [TestCase("status", "'https://cdn/s/a%20b.css' is answered with status 404, and not 200. ")]
    [TestCase("type", "'https://cdn/s/a%20b.css' has 'text/plain' as Content-Type, and not 'text/css; charset=utf-8'. ")]
    [TestCase("cache", "'https://cdn/s/a%20b.css' has 'max-age=5' as Cache-Control, and not 'no-cache'. ")]
    [TestCase("bytes", "'https://cdn/s/a%20b.css' has other bytes than the release where a browser offers 'identity'. ")]
    [TestCase("encoding", "'https://cdn/s/a%20b.css' has '' as Content-Encoding where a browser offers 'br', and not 'br'. ")]
    [TestCase("vary", "'https://cdn/s/a%20b.css' does not say 'Vary: Accept-Encoding' where it is sent as 'br'")]
    [TestCase("missing", "is not in the release, and is answered with a success")]
    [TestCase("missing for long", "is not in the release, and the answer may be kept for long")]
    public async Task Each_way_in_which_a_site_may_differ_is_told(string what, string line)
    {
        var differences = await AskAsync(answer => Spoil(what, answer));
        Assert.That(differences, Has.Some.Contains(line));
        Assert.That(differences, Has.All.Contains(what.StartsWith("missing", StringComparison.Ordinal) ? "no-such-file" : "a%20b.css"));
    }

    private static void Spoil(string what, Answer answer)
    {
        var response = answer.Response;
        switch (what)
        {
            case "status" when !answer.IsMissing:
                response.StatusCode = HttpStatusCode.NotFound;
                break;
            case "type" when !answer.IsMissing:
                response.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
                break;
            case "cache" when !answer.IsMissing:
                response.Headers.CacheControl = CacheControlHeaderValue.Parse("max-age=5");
                break;
            case "bytes" when !answer.IsMissing && answer.Offers == "identity":
                Put(response, "a { color: RED }"u8.ToArray(), null);
                break;
            case "encoding" when !answer.IsMissing && answer.Offers == "br":
                Put(response, Encoding.UTF8.GetBytes(Css), null);
                break;
            case "vary" when !answer.IsMissing:
                response.Headers.Vary.Clear();
                break;
            case "missing" when answer.IsMissing:
                response.StatusCode = HttpStatusCode.OK;
                break;
            case "missing for long" when answer.IsMissing:
                response.Headers.CacheControl = CacheControlHeaderValue.Parse("public, max-age=31536000, immutable");
                break;
        }
    }

    private static async Task<IReadOnlyList<string>> AskAsync(Action<Answer> spoil)
    {
        using var shop = new Shop();
        shop.Plain("a b.css", Css).Encoded("a b.css", ContentEncodings.Brotli, "not looked at here").Release();
        var release = ReleaseJson.Read(shop.ReleasePath)!;
        using var client = new HttpClient(new Site(spoil));
        var asked = WantedObjects.Of(release, null, []);
        return [.. (await new SiteVerifier(client, new Uri("https://cdn/s/"), release, isInPlace: false).VerifyAsync(asked, default)).Select(one => one.Code == Codes.SiteDiffers ? one.Text : "")];
    }

    private static async Task<RecordingLog> VerifyAsync(Shop shop, IObjectStore store)
    {
        var log = new RecordingLog();
        await new Uploads(shop.Settings(), store, log, shop.Time).VerifyAsync(default);
        return log;
    }

    private static void Put(HttpResponseMessage response, byte[] bytes, string? encoding)
    {
        response.Content = new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse("text/css; charset=utf-8") } };
        if (encoding is not null)
            response.Content.Headers.ContentEncoding.Add(encoding);
    }

    private sealed record Answer(bool IsMissing, string Offers, HttpResponseMessage Response);

    /// <summary>A good site, but for what a test spoils.</summary>
    private sealed class Site(Action<Answer> spoil) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isMissing = request.RequestUri!.AbsoluteUri.Contains("no-such-file", StringComparison.Ordinal);
            var offers = request.Headers.AcceptEncoding.ToString();
            var response = new HttpResponseMessage(isMissing ? HttpStatusCode.NotFound : HttpStatusCode.OK);
            response.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
            response.Headers.Vary.Add("Accept-Encoding");
            Put(response, offers == "br" ? Brotli() : Encoding.UTF8.GetBytes(Css), offers == "br" ? "br" : null);
            spoil(new Answer(isMissing, offers, response));
            return Task.FromResult(response);
        }

        private static byte[] Brotli()
        {
            using var bytes = new MemoryStream();
            using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest))
                brotli.Write(Encoding.UTF8.GetBytes(Css));
            return bytes.ToArray();
        }
    }
}
