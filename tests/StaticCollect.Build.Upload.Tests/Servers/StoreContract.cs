using System.Diagnostics;
using System.Text;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests.Servers;

/// <summary>What every store must do, tried on a real server.</summary>
public abstract class StoreContract
{
    private static readonly ObjectHeaders Css = new("text/css; charset=utf-8", "public, max-age=31536000, immutable", "br", "inline", "en");

    /// <summary>Opens an empty bucket, from a prefix on.</summary>
    internal abstract Task<IObjectStore> OpenAsync();

    /// <summary>Opens the same bucket by another address of the server, with as many tries as the task has.</summary>
    internal abstract IObjectStore OpenThrough(IObjectStore store, Uri address, int? tries = null);

    /// <summary>Where the server is.</summary>
    internal abstract Uri Server { get; }

    /// <summary>Opens a bucket that is not there.</summary>
    internal abstract IObjectStore OpenMissing();

    /// <summary>Opens a bucket with a wrong key.</summary>
    internal abstract Task<IObjectStore> OpenRefusedAsync();

    /// <summary>Opens a store where nobody answers.</summary>
    internal abstract IObjectStore OpenUnreachable();

    [Test]
    public async Task An_object_comes_back_with_its_bytes_its_headers_and_its_hash()
    {
        using var store = await OpenAsync();
        var body = Body("a { color: red }");
        var etag = await store.PutAsync("css/größe $5 it's [1] ~;#&+%41.css", body, Css, new PutCondition.IfAbsent(), default);
        var listed = (await ListAsync(store)).Single();
        var seen = (await store.LookAsync(listed.Path, default))!;
        using var read = (await store.ReadAsync(listed.Path, default))!;
        Assert.Multiple(() =>
        {
            Assert.That(listed.Path, Is.EqualTo("css/größe $5 it's [1] ~;#&+%41.css"));
            Assert.That((listed.Length, listed.ETag, listed.Md5), Is.EqualTo((16L, etag, Convert.ToHexStringLower(body.Md5))));
            Assert.That((seen.Length, seen.ETag, seen.Md5, seen.Hash), Is.EqualTo((16L, etag, Convert.ToHexStringLower(body.Md5), body.Hash)));
            Assert.That(seen.Headers, Is.EqualTo(Css));
            Assert.That(new StreamReader(read.Bytes).ReadToEnd(), Is.EqualTo("a { color: red }"));
            Assert.That(read.ETag, Is.EqualTo(etag));
        });
    }

    [Test]
    public async Task An_empty_prefix_has_nothing_and_what_is_not_there_is_not_found()
    {
        using var store = await OpenAsync();
        Assert.That(await ListAsync(store), Is.Empty);
        Assert.That(await store.LookAsync("no.css", default), Is.Null);
        Assert.That(await store.ReadAsync("no.css", default), Is.Null);
    }

    [Test]
    public async Task Nobody_overwrites_what_they_have_not_seen()
    {
        using var store = await OpenAsync();
        var first = await PutAsync(store, "a.css", "1", new PutCondition.IfAbsent());
        var another = await Assert.ThrowsAsync<StoreException>(() => PutAsync(store, "a.css", "2", new PutCondition.IfAbsent()));
        var second = await PutAsync(store, "a.css", "3", new PutCondition.IfMatch(first));
        var late = await Assert.ThrowsAsync<StoreException>(() => PutAsync(store, "a.css", "4", new PutCondition.IfMatch(first)));
        Assert.That(new[] { another!.Problem, late!.Problem }, Is.All.EqualTo(StoreProblem.Moved));
        Assert.That((await ListAsync(store)).Single().ETag, Is.EqualTo(second));
    }

    [Test]
    public async Task Bytes_that_are_not_those_announced_are_refused()
    {
        using var store = await OpenAsync();
        var body = Body("1") with { Md5 = Body("2").Md5 };
        _ = await Assert.ThrowsAsync<StoreException>(() => store.PutAsync("a.css", body, Css, new PutCondition.IfAbsent(), default));
        Assert.That(await ListAsync(store), Is.Empty);
    }

    [Test]
    public async Task Headers_change_without_the_bytes()
    {
        using var store = await OpenAsync();
        var etag = await PutAsync(store, "a b.css", "1", new PutCondition.IfAbsent());
        var hash = Body("1").Hash;
        var changed = await store.PutHeadersAsync("a b.css", hash, new ObjectHeaders("text/plain", "no-cache"), etag, default);
        var seen = (await store.LookAsync("a b.css", default))!;
        using var read = (await store.ReadAsync("a b.css", default))!;
        Assert.Multiple(() =>
        {
            Assert.That(seen.Headers, Is.EqualTo(new ObjectHeaders("text/plain", "no-cache")));
            Assert.That((seen.ETag, seen.Hash), Is.EqualTo((changed, hash)));
            Assert.That(new StreamReader(read.Bytes).ReadToEnd(), Is.EqualTo("1"));
        });
    }

    [Test]
    public async Task A_list_of_several_answers_is_whole_and_all_of_it_can_be_deleted()
    {
        using var store = await OpenAsync();
        var paths = Enumerable.Range(0, 1005).Select(i => $"files/{i:d4}.txt").ToList();
        await Sending.Connections.ForEachAsync(paths, (path, _) => PutAsync(store, path, path, new PutCondition.IfAbsent()), default);
        Assert.That((await ListAsync(store)).Select(one => one.Path).Order(StringComparer.Ordinal), Is.EqualTo(paths));
        await Sending.Connections.ForEachAsync(paths.Append("gone.txt").Chunk(store.ObjectsPerDelete), store.DeleteAsync, default);
        Assert.That(await ListAsync(store), Is.Empty);
    }

    [Test]
    public async Task What_is_wrong_is_told_apart()
    {
        using var missing = OpenMissing();
        using var refused = await OpenRefusedAsync();
        using var unreachable = OpenUnreachable();
        Assert.That(
            new[]
            {
                await ProblemAsync(() => ListAsync(missing)), await ProblemAsync(() => missing.ReadAsync("a", default)), await ProblemAsync(() => ListAsync(refused)), await ProblemAsync(() => ListAsync(unreachable)),
            },
            Is.EqualTo(new[] { StoreProblem.NoBucket, StoreProblem.NoBucket, StoreProblem.Refused, StoreProblem.Unreachable }));
    }

    [Test]
    public async Task A_release_is_uploaded_changed_rolled_back_and_never_sent_twice()
    {
        using var store = await OpenAsync();
        using var shop = new Shop { Address = new StoreAddress("test", ["bucket"], "") };
        var first = shop.Fingerprinted("a.css", "a { color: red }");
        shop.Encoded(first, Content.ContentEncodings.Brotli, "not really brotli").Plain("index.html", $"[{first}]").Manifest($"[{first}]").Release();
        var release = File.ReadAllBytes(shop.ReleasePath);
        var uploaded = await shop.Upload(store);
        var again = await shop.Upload(store);
        shop.Headers.Add(new HeaderRule("Content-Language", new Build.Settings.Glob("*.html"), "en"));
        var withHeaders = await shop.Upload(store);

        shop.Empty();
        var second = shop.Fingerprinted("a.css", "a { color: blue }");
        shop.Plain("index.html", $"[{second}]").Manifest($"[{second}]").Release();
        var changed = await shop.Upload(store);
        var objects = await ListAsync(store);

        // The folder of the older release is at hand, as a job has it that rolls back.
        shop.Fingerprinted("a.css", "a { color: red }");
        shop.Plain("index.html", $"[{first}]").Manifest($"[{first}]");
        File.WriteAllBytes(shop.ReleasePath, release);
        var back = await shop.Upload(store);
        Assert.Multiple(() =>
        {
            Assert.That(uploaded.Summaries.Single(), Does.StartWith("4 objects put ("));
            Assert.That(again.Summaries.Single(), Does.StartWith("Nothing to upload: 4 objects as it should be in"));
            Assert.That(withHeaders.Summaries.Single(), Does.StartWith("0 objects put (0 bytes), 1 with other headers, 3 unchanged"));
            Assert.That(changed.Summaries.Single(), Does.Match("^3 objects put .*, 0 unchanged, 2 retired, 0 deleted"));
            Assert.That(objects.Select(one => one.Path), Is.EquivalentTo(new[] { Ledger.Path, first, first + ".br", second, "index.html", "staticfiles.json" }));
            Assert.That(back.Summaries.Single(), Does.Match("^2 objects put .*, 2 unchanged, 1 retired, 0 deleted"));
        });
    }

    private static async Task<StoreProblem> ProblemAsync(Func<Task> ask) => (await Assert.ThrowsAsync<StoreException>(ask))!.Problem;

    /// <summary>What a store answers to a request of a machine whose clock is wrong, in the words of the service.</summary>
    internal abstract Fate WrongClock { get; }

    private static readonly Dictionary<string, Fate> Faults = new(StringComparer.Ordinal)
    {
        ["429"] = Fate.Of("429 Too Many Requests"),
        ["500"] = Fate.Of("500 Internal Server Error"),
        ["503"] = Fate.Of("503 Slow Down"),
        ["cut"] = new Fate.Cut(),
    };

    // On all connections at once, which is more than the SDK of S3 puts up with by itself.
    [TestCase("429")]
    [TestCase("500")]
    [TestCase("503")]
    [TestCase("cut")]
    public async Task What_fails_twice_with_every_object_is_tried_again(string fault)
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => IsPut(request) && request.Try <= 2 ? Faults[fault] : new Fate.Passed());
        using var shop = Many();
        await UploadTwiceAsync(shop, store, proxy);
        Assert.That(proxy.Requests.Where(IsPut).GroupBy(request => request.Line, StringComparer.Ordinal).Select(tries => tries.Count()), Has.Exactly(32).EqualTo(3).And.Exactly(32).Items);
    }

    [Test]
    public async Task An_answer_that_is_lost_costs_one_more_look()
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => IsPut(request) && request.Try == 1 ? new Fate.Lost() : new Fate.Passed());
        using var shop = Many();
        await UploadTwiceAsync(shop, store, proxy);
        Assert.That(proxy.Requests.Count(IsPut), Is.EqualTo(64));
        Assert.That(proxy.Requests.Count(request => request.Line.StartsWith("HEAD ", StringComparison.Ordinal) && request.Line.Contains(".css", StringComparison.Ordinal)), Is.EqualTo(32));
    }

    [Test]
    public async Task A_server_that_says_when_to_come_again_is_left_alone_until_then()
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => IsPut(request) && request.Try == 1 ? Fate.Of("503 Service Unavailable", "", "Retry-After: 3") : new Fate.Passed());
        using var through = OpenThrough(store, proxy.Address);
        await PutAsync(through, "a.css", "1", new PutCondition.IfAbsent());
        var tries = proxy.Requests.Where(IsPut).Select(request => request.At).ToList();
        Assert.That(tries, Has.Count.EqualTo(2));

        // By themselves the SDKs come after a second at the latest.
        Assert.That(Stopwatch.GetElapsedTime(tries[0], tries[1]), Is.GreaterThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task A_server_that_never_does_it_is_told_of_in_one_line()
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => Fate.Of("503 Service Unavailable", "", "Retry-After: 0"));
        using var through = OpenThrough(store, proxy.Address, tries: 2);
        var line = await LineAsync(() => ListAsync(through));
        Assert.That(line, Does.StartWith($"error {Codes.StoreFailed}: 'test://bucket' does not do what it is asked. It answers 503 "));
        Assert.That(proxy.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_clock_that_is_wrong_is_told_of_in_one_line()
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => WrongClock);
        using var through = OpenThrough(store, proxy.Address);
        Assert.That(await LineAsync(() => ListAsync(through)), Is.EqualTo($"error {Codes.WrongClock}: 'test://bucket' refuses requests from this machine, since its clock is wrong. Set the clock."));
    }

    private static bool IsPut(Request request) => request.Line.StartsWith("PUT ", StringComparison.Ordinal) && request.Line.Contains(".css", StringComparison.Ordinal);

    private static Shop Many()
    {
        var shop = new Shop { Address = new StoreAddress("test", ["bucket"], "") };
        for (var i = 0; i < 32; i++)
            shop.Plain($"{i}.css", $"a {{ width: {i}px }}");
        return shop.Release();
    }

    /// <summary>Uploads by the proxy, and straight to the store, which has it all then.</summary>
    private async Task UploadTwiceAsync(Shop shop, IObjectStore store, Proxy proxy)
    {
        using var through = OpenThrough(store, proxy.Address);
        var uploaded = await shop.Upload(through);
        var again = await shop.Upload(store);
        Assert.That(uploaded.Summaries[^1], Does.StartWith("32 objects put ("));
        Assert.That(again.Summaries[^1], Does.StartWith("Nothing to upload: 32 objects"));
    }

    /// <summary>What a user is told where a store does not do what it is asked.</summary>
    internal static async Task<string> LineAsync(Func<Task> ask)
    {
        using var shop = new Shop { Address = new StoreAddress("test", ["bucket"], "") };
        var told = UploadProblems.Describe((await Assert.ThrowsAsync<StoreException>(ask))!, shop.Settings(), "(credentials)")!;
        Assert.That(told.Text, Does.Not.Contain('\n'));
        return $"error {told.Code}: {told.Text}";
    }

    private static ObjectBody Body(string text) => ObjectBody.Of(Encoding.UTF8.GetBytes(text));

    private static Task<string> PutAsync(IObjectStore store, string path, string text, PutCondition condition) =>
        store.PutAsync(path, Body(text), Css, condition, default);

    private static async Task<List<StoredObject>> ListAsync(IObjectStore store) => [.. (await Sending.StoreReading.ListAsync(store, default)).Values];
}
