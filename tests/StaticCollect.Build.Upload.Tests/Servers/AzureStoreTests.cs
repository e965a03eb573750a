using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using StaticCollect.Build.AzureStorage;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Servers;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests.Servers;

/// <summary>Azure Blob Storage, as Azurite has it.</summary>
public sealed class AzureStoreTests : StoreContract
{
    internal override async Task<IObjectStore> OpenAsync()
    {
        var address = Address($"shop-{Guid.NewGuid():N}"[..20]);
        await Service(Azurite.Key).GetBlobContainerClient(address.Parts[1]).CreateAsync();
        return Store(address, Azurite.Key);
    }

    internal override Uri Server => Azurite.Shared.Address;

    internal override IObjectStore OpenThrough(IObjectStore store, Uri address, int? tries = null)
    {
        var options = UploadToAzure.Options(UploadToAzure.Newest);
        if (tries is { } all)
            options.Retry.MaxRetries = all - 1;
        return Open(AddressOf(store), address, options, ("AZURE_STORAGE_KEY", Azurite.Key));
    }

    internal override IObjectStore OpenMissing() => Store(Address("no-such-container"), Azurite.Key);

    internal override Task<IObjectStore> OpenRefusedAsync() => Task.FromResult<IObjectStore>(Store(Address("some-container"), Convert.ToBase64String("wrong"u8)));

    internal override IObjectStore OpenUnreachable() =>
        Store(Address("some-container"), Azurite.Key, new Uri($"http://127.0.0.1:{LocalServer.FreePort()}/{Azurite.Account}"));

    // What the service says, by its documentation.
    internal override Fate WrongClock => Fate.Of(
        "403 Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
        """
        <?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.
        RequestId:096c6d73-f01e-0054-6816-e8eaed000000
        Time:2026-01-01T15:00:00.0000000Z</Message><AuthenticationErrorDetail>Request date header too old: 'Thu, 01 Jan 2026 13:00:00 GMT'</AuthenticationErrorDetail></Error>
        """,
        "Content-Type: application/xml",
        "x-ms-error-code: AuthenticationFailed");

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_token_with_the_rights_that_the_docs_name_is_enough(bool isOfAccount)
    {
        using var store = await OpenAsync();
        using var byToken = WithToken(store, "racwdl", isOfAccount);
        using var shop = new Shop { Address = new StoreAddress("test", ["bucket"], ""), Retention = new Retention(0, TimeSpan.Zero) };
        shop.Plain("a.css", "a { color: red }").Plain("index.html", "[a.css]").Release();
        var uploaded = await shop.Upload(byToken);
        shop.Headers.Add(new HeaderRule("Content-Language", new Build.Settings.Glob("*.html"), "en"));
        var withHeaders = await shop.Upload(byToken);
        shop.Empty().Plain("index.html", "[]").Release();
        var retired = await shop.Upload(byToken);
        shop.Plain("b.css", "b").Release();
        _ = await shop.Upload(byToken);
        var deleted = await shop.Upload(byToken);
        Assert.Multiple(() =>
        {
            Assert.That(uploaded.Summaries.Single(), Does.StartWith("2 objects put ("));
            Assert.That(withHeaders.Summaries.Single(), Does.StartWith("0 objects put (0 bytes), 1 with other headers, 1 unchanged"));
            Assert.That(retired.Summaries.Single(), Does.Contain("1 retired"));
            Assert.That(deleted.Summaries.Single(), Does.Contain("1 deleted").Or.StartWith("Nothing to upload: 2 objects"));
        });
        Assert.That((await Sending.StoreReading.ListAsync(store, default)).Keys, Is.EquivalentTo(new[] { Ledger.Path, "b.css", "index.html" }));
    }

    [TestCase("racwd", TestName = "A token without the right to list is refused")]
    [TestCase("rl", TestName = "A token without the right to write is refused")]
    [TestCase("acwdl", TestName = "A token without the right to read is refused")]
    public async Task A_token_that_lacks_a_right_is_refused(string rights)
    {
        using var store = await OpenAsync();
        using var byToken = WithToken(store, rights);
        using var shop = new Shop { Address = new StoreAddress("test", ["bucket"], "") };
        shop.Plain("a.css", "a { color: red }").Release();
        Assert.That(await LineAsync(() => shop.Upload(byToken)), Does.StartWith($"error {Codes.CredentialsRefused}: ").And.Not.Contain("sig="));
    }

    [Test]
    public async Task A_token_that_has_expired_is_refused()
    {
        using var store = await OpenAsync();
        using var byToken = WithToken(store, "racwdl", until: DateTimeOffset.UtcNow.AddHours(-1));
        Assert.That(await LineAsync(() => byToken.ReadAsync("a.css", default)), Does.StartWith($"error {Codes.CredentialsRefused}: ").And.Not.Contain("sig="));
    }

    [Test]
    public async Task Without_any_credentials_one_line_says_so()
    {
        // To this address no identity is ever sent; what finds none on the machine is nobody's to make for a test.
        var line = await LineAsync(async () =>
        {
            using var nobody = Open(Address("some-container"), Azurite.Shared.Address, UploadToAzure.Options(UploadToAzure.Newest));
            _ = await nobody.ReadAsync("a.css", default);
        });
        Assert.That(line, Is.EqualTo($"error {Codes.NoCredentials}: There are no credentials for 'test://bucket'. (credentials)"));
    }

    private static AzureStore WithToken(IObjectStore store, string rights, bool isOfAccount = false, DateTimeOffset? until = null)
    {
        var address = AddressOf(store);
        var service = Service(Azurite.Key);
        var end = until ?? DateTimeOffset.UtcNow.AddHours(1);
        var uri = isOfAccount
            ? service.GenerateAccountSasUri(new AccountSasBuilder(default, end, AccountSasServices.Blobs, AccountSasResourceTypes.Container | AccountSasResourceTypes.Object) { StartsOn = end.AddDays(-1) }.With(rights))
            : service.GetBlobContainerClient(address.Parts[1]).GenerateSasUri(new BlobSasBuilder(BlobContainerSasPermissions.Read, end) { BlobContainerName = address.Parts[1], Resource = "c", StartsOn = end.AddDays(-1) }.With(rights));
        return Open(address, Azurite.Shared.Address, UploadToAzure.Options(UploadToAzure.Newest), ("AZURE_STORAGE_SAS_TOKEN", uri.Query));
    }

    private static AzureStore Open(StoreAddress address, Uri endpoint, BlobClientOptions options, params (string Name, string Value)[] secrets) =>
        new(UploadToAzure.Service(address, endpoint, options, name => secrets.FirstOrDefault(secret => secret.Name == name).Value).GetBlobContainerClient(address.Parts[1]), address);

    private static StoreAddress AddressOf(IObjectStore store) => StoreAddress.Parse(store.Name, "azure", 2)!;

    private static StoreAddress Address(string container) => new("azure", [Azurite.Account, container], "some where/");

    private static AzureStore Store(StoreAddress address, string key, Uri? endpoint = null) => new(Service(key, endpoint).GetBlobContainerClient(address.Parts[1]), address);

    private static BlobServiceClient Service(string key, Uri? endpoint = null)
    {
        // What the task sets, and fewer tries.
        var options = UploadToAzure.Options(UploadToAzure.Newest);
        options.Retry.MaxRetries = 1;
        return UploadToAzure.Service(Address("some-container"), endpoint ?? Azurite.Shared.Address, options, name => name == "AZURE_STORAGE_KEY" ? key : null);
    }
}

/// <summary>Rights of a token by their letters.</summary>
internal static class TokenRights
{
    public static AccountSasBuilder With(this AccountSasBuilder token, string rights)
    {
        token.SetPermissions(rights);
        return token;
    }

    public static BlobSasBuilder With(this BlobSasBuilder token, string rights)
    {
        token.SetPermissions(rights, normalize: true);
        return token;
    }
}
