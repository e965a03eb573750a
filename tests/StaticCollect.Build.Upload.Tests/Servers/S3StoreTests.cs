using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.S3;
using StaticCollect.Build.Servers;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests.Servers;

/// <summary>S3, as Ceph's gateway speaks it.</summary>
public sealed class S3StoreTests : StoreContract
{
    internal override async Task<IObjectStore> OpenAsync()
    {
        var bucket = $"shop-{Guid.NewGuid():N}"[..20];
        var client = Client(RadosGateway.Shared.Address, RadosGateway.SecretKey);
        await client.PutBucketAsync(bucket);
        return new S3Store(client, new StoreAddress("s3", [bucket], "some where/"));
    }

    internal override Uri Server => RadosGateway.Shared.Address;

    internal override IObjectStore OpenThrough(IObjectStore store, Uri address, int? tries = null)
    {
        var config = UploadToS3.Config(address.AbsoluteUri, region: null, isPathStyle: true);
        if (tries is { } all)
            config.MaxErrorRetry = all - 1;
        return new S3Store(new AmazonS3Client(new BasicAWSCredentials(RadosGateway.AccessKey, RadosGateway.SecretKey), config), AddressOf(store));
    }

    internal override IObjectStore OpenMissing() =>
        new S3Store(Client(RadosGateway.Shared.Address, RadosGateway.SecretKey), new StoreAddress("s3", ["no-such-bucket"], ""));

    internal override Task<IObjectStore> OpenRefusedAsync() =>
        Task.FromResult<IObjectStore>(new S3Store(Client(RadosGateway.Shared.Address, "wrong"), new StoreAddress("s3", ["some-bucket"], "")));

    internal override IObjectStore OpenUnreachable() =>
        new S3Store(Client(new Uri($"http://127.0.0.1:{LocalServer.FreePort()}"), RadosGateway.SecretKey), new StoreAddress("s3", ["some-bucket"], ""));

    internal override Fate WrongClock => Skewed(TimeSpan.FromHours(2));

    [Test]
    public async Task The_SDK_goes_by_the_clock_of_the_store()
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => request.Try == 1 ? Skewed(TimeSpan.FromMinutes(10)) : new Fate.Passed());
        using var through = OpenThrough(store, proxy.Address);
        await foreach (var _ in through.ListAsync(default))
            Assert.Fail("Nothing is there.");
        Assert.That(proxy.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_the_real_server_says_of_a_wrong_clock_is_told_of()
    {
        using var store = await OpenAsync();
        var wrong = DateTimeOffset.UtcNow.AddHours(2).ToString("R", CultureInfo.InvariantCulture);
        using var proxy = new Proxy(Server, request => request.Try == 1
            ? Skewed(TimeSpan.FromHours(2))
            : new Fate.Passed(head => string.Join("\r\n", head.Split("\r\n").Select(line => line.StartsWith("Date:", StringComparison.OrdinalIgnoreCase) ? $"Date: {wrong}" : line))));
        using var through = OpenThrough(store, proxy.Address, tries: 3);
        Assert.That(await LineAsync(() => through.LookAsync("a.css", default)), Does.StartWith($"error {Codes.CredentialsRefused}: "), "A HEAD has no body to say why.");
        Assert.That(await LineAsync(() => through.ReadAsync("a.css", default)), Does.StartWith($"error {Codes.WrongClock}: "));
    }

    [Test]
    public async Task A_store_that_does_not_look_at_conditions_is_told_of_before_anything_is_put()
    {
        using var store = await OpenAsync();
        using var client = new AmazonS3Client(new BasicAWSCredentials(RadosGateway.AccessKey, RadosGateway.SecretKey), UploadToS3.Config(Server.AbsoluteUri, region: null, isPathStyle: true));
        client.BeforeRequestEvent += (_, request) =>
        {
            // As if the server did not know them: what is signed does not have them.
            var headers = ((WebServiceRequestEventArgs)request).Headers;
            headers.Remove("If-None-Match");
            headers.Remove("If-Match");
        };
        using var blind = new S3Store(client, AddressOf(store));
        using var shop = new Shop { Address = new StoreAddress("test", ["bucket"], "") };
        shop.Plain("a.css", "a { }").Release();
        Assert.That(await LineAsync(() => shop.Upload(blind)), Does.StartWith($"error {Codes.NoConditions}: "));
        Assert.That(await LineAsync(() => shop.Upload(blind)), Does.StartWith($"error {Codes.NoConditions}: "), "and told again");
        await foreach (var one in store.ListAsync(default))
            Assert.That(one.Path, Is.EqualTo(Ledger.Path));
    }

    [Test]
    public async Task A_store_that_says_that_it_knows_no_conditions_is_told_of()
    {
        using var store = await OpenAsync();
        using var proxy = new Proxy(Server, request => Fate.Of(
            "501 Not Implemented", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message><Header>If-None-Match</Header></Error>", "Content-Type: application/xml"));
        using var through = OpenThrough(store, proxy.Address);
        Assert.That(
            await LineAsync(() => through.PutAsync("a.css", ObjectBody.Of([1]), new ObjectHeaders(), new PutCondition.IfAbsent(), default)),
            Is.EqualTo($"error {Codes.NoConditions}: 'test://bucket' cannot put an object on the condition that nobody else has, without which two uploads at once would mix. Use a store that can."));
    }

    [Test]
    public async Task An_answer_that_does_not_come_is_waited_for_longer_where_more_is_sent()
    {
        var waited = new List<long>();
        using var handler = new PoliteHandler(new SilentHandler(), bytes =>
        {
            waited.Add(bytes);
            return TimeSpan.FromMilliseconds(1);
        });
        using var client = new HttpClient(handler);
        using var content = new ByteArrayContent(new byte[7]);
        var late = await Assert.ThrowsAsync<TimeoutException>(() => client.PutAsync(new Uri("http://127.0.0.1/"), content));
        Assert.That(late!.Message, Does.StartWith("No answer within "));
        Assert.That(waited, Is.EqualTo(new[] { 7 }));
        Assert.That(Patience.For(5L << 30), Is.GreaterThan(TimeSpan.FromDays(1)));
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage();
        }
    }

    /// <summary>What S3 says, by its documentation.</summary>
    private static Fate Skewed(TimeSpan by)
    {
        var now = DateTimeOffset.UtcNow;
        return Fate.Of(
            "403 Forbidden",
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>{now:yyyyMMdd'T'HHmmss'Z'}</RequestTime><ServerTime>{now + by:yyyy-MM-dd'T'HH:mm:ss'Z'}</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>",
            "Content-Type: application/xml",
            $"Date: {(now + by).ToString("R", CultureInfo.InvariantCulture)}");
    }

    private static StoreAddress AddressOf(IObjectStore store) => StoreAddress.Parse(store.Name, "s3", 1)! with { Prefix = "some where/" };

    private static AmazonS3Client Client(Uri address, string secret)
    {
        // What the task sets, and fewer tries.
        var config = UploadToS3.Config(address.AbsoluteUri, region: null, isPathStyle: true);
        config.MaxErrorRetry = 1;
        return new AmazonS3Client(new BasicAWSCredentials(RadosGateway.AccessKey, secret), config);
    }
}
