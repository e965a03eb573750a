using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Sending;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>Uploads into a store in memory: what is sent, in which order, and what is refused.</summary>
public sealed class UploadsTests
{
    private static readonly ObjectHeaders Html = new("text/html; charset=utf-8", "no-cache");

    [Test]
    public async Task Pages_come_after_all_that_they_name_and_the_manifest_last([Values] bool listTellsAll)
    {
        using var shop = First(out var css);
        using var store = new MemoryStore { ListTellsAll = listTellsAll };
        _ = await shop.Upload(store);
        Assert.That(store.Changes, Is.EqualTo(new[]
        {
            $"put {Ledger.Path}", $"put {css}", $"put {css}.br", "put logo.svg", "put index.html", "put staticfiles.json", $"put {Ledger.Path}",
        }));
        Assert.That(store.Objects[css].Headers, Is.EqualTo(new ObjectHeaders("text/css; charset=utf-8", "public, max-age=31536000, immutable")));
        Assert.That(store.Objects[css + ".br"].Headers, Is.EqualTo(new ObjectHeaders("text/css; charset=utf-8", "public, max-age=31536000, immutable", "br")));
        Assert.That(store.Objects["index.html"].Headers, Is.EqualTo(Html));
    }

    [Test]
    public async Task An_upload_that_finds_nothing_to_do_makes_two_requests_and_says_so([Values] bool listTellsAll)
    {
        using var shop = First(out _);
        using var store = new MemoryStore { ListTellsAll = listTellsAll };
        _ = await shop.Upload(store);
        store.Requests.Clear();
        var planned = await shop.Plan(store);
        Assert.That(store.Requests, Is.EquivalentTo(new Dictionary<string, int>(StringComparer.Ordinal) { ["read"] = 1, ["list"] = 1 }));
        Assert.That(planned.Summaries.Single(), Is.EqualTo("Upload to 'memory://bucket/shop': nothing to upload: 5 objects as it should be. The plan is 'plan.json'."));
        Assert.That(File.ReadAllText(shop.PlanPath), Does.Contain("\"requests\":{\"put\":0,\"list\":1,\"get\":1,\"delete\":0}"));
    }

    [Test]
    public async Task Only_headers_are_sent_where_only_they_are_others()
    {
        using var shop = First(out var css);
        using var store = new MemoryStore();
        _ = await shop.Upload(store);
        store.Changes.Clear();
        shop.Headers.Add(new HeaderRule("Cache-Control", new Glob("a.css"), "public, max-age=60"));
        shop.Headers.Add(new HeaderRule("Content-Disposition", new Glob("logo.svg"), "attachment"));
        _ = await shop.Upload(store);
        Assert.That(store.Changes, Is.EquivalentTo(new[] { $"put {Ledger.Path}", $"headers {css}", $"headers {css}.br", "headers logo.svg", $"put {Ledger.Path}" }));
        Assert.That(store.Objects[css + ".br"].Headers, Is.EqualTo(new ObjectHeaders("text/css; charset=utf-8", "public, max-age=60", "br")));
    }

    [Test]
    public async Task An_encoding_can_take_the_place_of_its_file()
    {
        using var shop = First(out var css);
        using var store = new MemoryStore();
        shop.Encoding = ContentEncodings.Brotli;
        _ = await shop.Upload(store);
        Assert.That(store.Objects.Keys, Is.EquivalentTo(new[] { Ledger.Path, css, "logo.svg", "index.html", "staticfiles.json" }));
        Assert.That((store.Objects[css].Text, store.Objects[css].Headers.ContentEncoding), Is.EqualTo(("brotli of a", "br")));

        // The content is the same, which is all that the name promises.
        shop.Encoding = null;
        var back = await shop.Upload(store);
        Assert.That(back.Diagnostics, Is.Empty);
        Assert.That((store.Objects[css].Text, store.Objects[css].Headers.ContentEncoding), Is.EqualTo(("a { color: red }", (string?)null)));
    }

    [Test]
    public async Task What_is_planned_is_done_and_nothing_else()
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        _ = await shop.Plan(store);
        Assert.That(store.Changes, Is.Empty);
        var steps = PlanFile.Read(File.ReadAllBytes(shop.PlanPath))!.Steps.Count;
        var done = await shop.Upload(store, withPlan: true);
        Assert.That(done.Diagnostics, Is.Empty);
        Assert.That(store.Changes, Has.Count.EqualTo(steps + 2));
    }

    [TestCase("release", "it is the plan of another release")]
    [TestCase("ledger", "another upload has run since")]
    [TestCase("object", "objects in the store have changed since, or settings of the upload")]
    [TestCase("header", "objects in the store have changed since, or settings of the upload")]
    public async Task A_plan_is_refused_when_something_has_moved_on(string what, string why)
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        _ = await shop.Plan(store);
        var plan = File.ReadAllBytes(shop.PlanPath);
        if (what == "release")
            shop.Plain("index.html", "another page").Release();
        else if (what == "object")
            store.Meddle("index.html", "of others");
        else if (what == "header")
            shop.Headers.Add(new HeaderRule("Content-Language", new Glob("**"), "en"));
        else
            _ = await shop.Upload(store);
        File.WriteAllBytes(shop.PlanPath, plan);
        store.Changes.Clear();
        var log = await shop.Upload(store, withPlan: true);
        Assert.That(log.Lines.Single(), Is.EqualTo($"Error SC5006: The plan 'plan.json' does not fit any more: {why}. Run PlanUploadStatic again."));
        Assert.That(store.Changes, Is.Empty);
    }

    [TestCase(null)]
    [TestCase("{}")]
    [TestCase("{\"version\":1,\"release\":null}")]
    public async Task Without_a_plan_that_can_be_read_nothing_is_uploaded(string? text)
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        if (text is not null)
            File.WriteAllText(shop.PlanPath, text);
        var log = await shop.Upload(store, withPlan: true);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.PlanOutdated }));
        Assert.That(store.Requests, Is.Empty);
    }

    [Test]
    public async Task A_dry_run_changes_nothing_and_tells_what_it_would()
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        var log = await shop.Upload(store, dryRun: true);
        Assert.That(log.Summaries.Single(), Is.EqualTo("Upload to 'memory://bucket/shop': 5 objects to put (81 bytes). Dry run: nothing was uploaded."));
        Assert.That(store.Changes, Is.Empty);
    }

    [Test]
    public async Task A_name_that_never_changes_never_gets_other_bytes([Values] bool isKnown, [Values] bool listTellsAll)
    {
        using var shop = First(out _);
        using var store = new MemoryStore { ListTellsAll = listTellsAll };
        shop.Bundled("app.3f1c2a9b.js", "1").Release();
        if (isKnown)
            _ = await shop.Upload(store);
        else
            store.Meddle("app.3f1c2a9b.js", "of others");
        store.Changes.Clear();
        shop.Bundled("app.3f1c2a9b.js", "2").Release();
        var log = await shop.Upload(store);
        Assert.That(log.Lines.Single(), Does.StartWith("Error SC5004: 'app.3f1c2a9b.js' in 'memory://bucket/shop' has other bytes than the release"));
        Assert.That(store.Changes, Is.Empty);
    }

    [Test]
    public async Task What_no_ledger_knows_is_compared_by_MD5_and_never_deleted([Values] bool listTellsAll)
    {
        using var shop = First(out _);
        using var store = new MemoryStore { ListTellsAll = listTellsAll };
        store.Meddle("logo.svg", "<svg/>");
        store.Meddle("index.html", "an older page");
        store.Meddle("of-others.txt", "");
        _ = await shop.Upload(store);
        Assert.That(store.Changes, Does.Contain("headers logo.svg").And.Contain("put index.html").And.Not.Contain("put logo.svg"));
        shop.Time.Advance(TimeSpan.FromDays(100));
        for (var i = 0; i < 5; i++)
        {
            shop.Plain("index.html", $"page {i}").Release();
            _ = await shop.Upload(store);
        }

        Assert.That(store.Objects.Keys, Does.Contain("of-others.txt"));
        Assert.That(store.Changes.Where(change => change.StartsWith("delete", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Objects_stay_for_releases_and_for_days_and_no_more_go_than_allowed()
    {
        using var shop = First(out var old);
        using var store = new MemoryStore();
        _ = await shop.Upload(store);
        Other(0);
        _ = await shop.Upload(store);
        shop.Time.Advance(TimeSpan.FromDays(30));
        Other(1);
        _ = await shop.Upload(store);
        Assert.That(store.Objects.Keys, Does.Contain(old), "Two releases and thirty days: it was in the last but two.");
        Other(2);
        shop.MaxDeletes = 1;
        var refused = await shop.Upload(store);
        Assert.That(refused.Lines.Single(), Does.StartWith("Error SC5005: The upload would delete 2 objects from 'memory://bucket/shop', and StaticCollectUploadMaxDeletes allows 1."));
        Assert.That(File.ReadAllText(shop.PlanPath), Does.Contain($"{{\"do\":\"Delete\",\"path\":\"{old}\",\"why\":\"not current since 2026-01-01, and not in the last 3 releases\""));
        shop.MaxDeletes = 2;
        _ = await shop.Upload(store);
        Assert.That(store.Objects.Keys, Does.Not.Contain(old).And.Not.Contain(old + ".br"));

        void Other(int number)
        {
            shop.Empty();
            var css = shop.Fingerprinted("a.css", $"a {{ width: {number}px }}");
            shop.Plain("logo.svg", "<svg/>").Plain("index.html", $"[{css}]").Manifest(css).Release();
        }
    }

    [Test]
    public async Task An_upload_that_was_killed_goes_on_with_what_is_missing([Values(1, 2, 3, 4, 5, 6)] int changes, [Values] bool losesAnswer)
    {
        using var shop = First(out _);
        using var store = new MemoryStore { ChangesToLive = changes, LosesAnswer = losesAnswer };
        _ = await Assert.ThrowsAsync<KilledException>(() => shop.Upload(store));
        var before = store.Changes.Count(change => !change.EndsWith(Ledger.Path, StringComparison.Ordinal));
        store.ChangesToLive = null;
        store.Changes.Clear();
        _ = await shop.Upload(store);
        Assert.That(store.Changes.Count(change => !change.EndsWith(Ledger.Path, StringComparison.Ordinal)), Is.EqualTo(5 - before));
    }

    [Test]
    public async Task Of_two_uploads_at_once_one_goes_on_and_the_other_says_so_and_no_page_lacks_a_file()
    {
        var paused = 0;
        for (var before = 2; before < 20; before++)
        {
            using var shop = First(out _);
            using var other = First(out _);
            using var store = new MemoryStore();
            _ = await shop.Upload(store);
            shop.Empty();
            var mine = shop.Fingerprinted("a.css", "a { color: blue }");
            shop.Plain("logo.svg", "<svg/>").Plain("index.html", $"[{mine}]").Plain("new.html", $"[{mine}]").Manifest(mine).Release();
            other.Empty();
            var theirs = other.Fingerprinted("a.css", "a { color: green }");
            other.Plain("logo.svg", "<svg/>").Plain("index.html", $"[{theirs}]").Plain("new.html", $"[{theirs}]").Manifest(theirs).Release();
            store.AfterChange = () =>
            {
                foreach (var page in store.Objects.Where(pair => pair.Key.EndsWith(".html", StringComparison.Ordinal)))
                    Assert.That(store.Objects.Keys, Does.Contain(page.Value.Text.Trim('[', ']')));
            };

            using var pausing = new PausingStore(store, before, () => other.Upload(store));
            var exception = await Caught(() => shop.Upload(pausing));
            if (!pausing.HasPaused)
                break;
            paused++;
            Assert.That(exception, Is.InstanceOf<AnotherUploadException>().Or.InstanceOf<StoreException>(), $"before request {before}");
            _ = await other.Upload(store);
            foreach (var (path, text) in other.Snapshot())
                Assert.That(store.Objects[path].Text, Is.EqualTo(text), $"before request {before}");
        }

        Assert.That(paused, Is.GreaterThan(8));
    }

    [Test]
    public async Task A_second_try_after_a_lost_answer_finds_what_the_first_has_put()
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        var uploaded = new StoreView(store.Name, Ledger.Empty, null, new Dictionary<string, StoredObject>(StringComparer.Ordinal));
        _ = await shop.Upload(store);

        // The plan of somebody who has seen nothing, but for the ledger, which says that another upload has run.
        var release = Releases.ReleaseJson.ReadPast(shop.ReleasePath)!;
        var wanted = WantedObjects.Of(release.Release, null, []).ToDictionary(one => one.Path, StringComparer.Ordinal);
        var (plan, _) = UploadPlanner.Plan(release.Id, wanted, uploaded, shop.Retention, shop.Time.GetUtcNow());
        var ledger = store.Objects[Ledger.Path].ETag;
        store.Changes.Clear();
        await new Uploader(store, new LocalFiles(shop.Root), new RecordingLog(), shop.Time)
            .RunAsync(plan, wanted, uploaded with { LedgerETag = ledger }, "claim", default);
        Assert.That(store.Changes, Is.EqualTo(new[] { $"put {Ledger.Path}", $"put {Ledger.Path}" }));
    }

    [Test]
    public async Task A_file_that_the_store_does_not_take_in_one_piece_is_told_of_before_anything_is_asked()
    {
        using var shop = First(out _);
        using var store = new MemoryStore { LongestObject = 19 };
        var log = await shop.Upload(store);
        Assert.That(log.Lines[0], Is.EqualTo("Error SC5019: 'index.html' has 20 bytes, and 'memory://bucket/shop' takes 19 in one piece. Make it smaller, or leave it out by StaticCollectIgnore and put it there by other means."));
        Assert.That(log.Lines[1], Does.StartWith("Error SC5019: 'staticfiles.json' has 28 bytes"));
        Assert.That(store.Requests, Is.Empty);
    }

    [TestCase(typeof(PutCondition.IfAbsent))]
    [TestCase(typeof(PutCondition.IfMatch))]
    public async Task A_store_that_does_not_look_at_a_condition_is_told_of_before_anything_is_put(Type condition)
    {
        using var shop = First(out _);
        using var store = new MemoryStore { Honours = asked => asked.GetType() != condition };
        for (var times = 0; times < 2; times++)
        {
            var exception = await Caught(() => shop.Upload(store));
            Assert.That(UploadProblems.Describe(exception!, shop.Settings(), "")!.Code, Is.EqualTo(Codes.NoConditions));
            Assert.That(store.Objects.Keys, Is.EqualTo(new[] { Ledger.Path }));
        }
    }

    [TestCase("changed", "'index.html' in the static root 'root' is not what the release says. It has other bytes than the release says.")]
    [TestCase("longer", "It has 21 bytes, and the release says 20.")]
    [TestCase("gone", "It is not there.")]
    public async Task Bytes_that_are_not_the_releases_are_not_sent(string how, string reason)
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        var page = Path.Combine(shop.Root, "index.html");
        if (how == "gone")
            File.Delete(page);
        else
            File.WriteAllText(page, new string('x', (int)new FileInfo(page).Length + (how == "longer" ? 1 : 0)));
        var exception = await Caught(() => shop.Upload(store));
        Assert.That(UploadProblems.Describe(exception!, shop.Settings(), "")!.ToString(), Does.Contain("SC5003").And.Contain(reason));
        Assert.That(store.Objects.Keys, Does.Not.Contain("index.html").And.Not.Contain("staticfiles.json"));
    }

    [Test]
    public async Task What_cannot_be_understood_ends_the_upload_before_it_begins()
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        store.Meddle(Ledger.Path, "{\"version\":2}");
        var ledger = await shop.Upload(store);
        File.WriteAllText(shop.ReleasePath, "{");
        var release = await shop.Upload(store);
        Assert.That(ledger.Codes.Concat(release.Codes), Is.EqualTo(new[] { Codes.LedgerUnreadable, Codes.NoRelease }));
        Assert.That(store.Changes, Is.Empty);
    }

    [Test]
    public async Task An_object_that_others_changed_is_put_right([Values] bool trusts)
    {
        using var shop = First(out _);
        using var store = new MemoryStore();
        _ = await shop.Upload(store);
        store.Meddle("index.html", "of others");
        store.Objects["logo.svg"] = store.Objects["logo.svg"] with { Headers = new ObjectHeaders("text/plain") };
        store.Changes.Clear();
        await new Uploads(shop.Settings() with { TrustsLedger = trusts }, store, new RecordingLog(), shop.Time).UploadAsync(default);

        // Other headers at equal ETag, as S3 has them after a copy, are seen by who looks.
        Assert.That(store.Changes.Where(change => !change.EndsWith(Ledger.Path, StringComparison.Ordinal)), Is.EqualTo(trusts ? ["put index.html"] : new[] { "headers logo.svg", "put index.html" }));
    }

    private static Shop First(out string css)
    {
        var shop = new Shop();
        css = shop.Fingerprinted("a.css", "a { color: red }");
        shop.Encoded(css, ContentEncodings.Brotli, "brotli of a").Plain("logo.svg", "<svg/>").Plain("index.html", $"[{css}]").Manifest($"manifest: {css}").Release();
        return shop;
    }

    private static async Task<Exception?> Caught(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e) when (e is not AssertionException)
        {
            return e;
        }
    }
}
