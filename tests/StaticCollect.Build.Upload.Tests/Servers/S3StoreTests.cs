using Amazon.Runtime;
using Amazon.S3;
using StaticCollect.Build.S3;
using StaticCollect.Build.Servers;
using StaticCollect.Build.Upload.Objects;

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

    internal override IObjectStore OpenThrough(IObjectStore store, Uri address) => new S3Store(
        new AmazonS3Client(new BasicAWSCredentials(RadosGateway.AccessKey, RadosGateway.SecretKey), UploadToS3.Config(address.AbsoluteUri, region: null, isPathStyle: true)),
        StoreAddress.Parse(store.Name, "s3", 1)! with { Prefix = "some where/" });

    internal override IObjectStore OpenMissing() =>
        new S3Store(Client(RadosGateway.Shared.Address, RadosGateway.SecretKey), new StoreAddress("s3", ["no-such-bucket"], ""));

    internal override Task<IObjectStore> OpenRefusedAsync() =>
        Task.FromResult<IObjectStore>(new S3Store(Client(RadosGateway.Shared.Address, "wrong"), new StoreAddress("s3", ["some-bucket"], "")));

    internal override IObjectStore OpenUnreachable() =>
        new S3Store(Client(new Uri($"http://127.0.0.1:{LocalServer.FreePort()}"), RadosGateway.SecretKey), new StoreAddress("s3", ["some-bucket"], ""));

    private static AmazonS3Client Client(Uri address, string secret)
    {
        // What the task sets, and fewer tries.
        var config = UploadToS3.Config(address.AbsoluteUri, region: null, isPathStyle: true);
        config.MaxErrorRetry = 1;
        return new AmazonS3Client(new BasicAWSCredentials(RadosGateway.AccessKey, secret), config);
    }
}
