using Azure.Storage.Blobs;
using StaticCollect.Build.AzureStorage;
using StaticCollect.Build.Servers;
using StaticCollect.Build.Upload.Objects;

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

    internal override IObjectStore OpenThrough(IObjectStore store, Uri address)
    {
        var to = StoreAddress.Parse(store.Name, "azure", 2)!;
        var service = UploadToAzure.Service(to, address, UploadToAzure.Options(UploadToAzure.Newest), name => name == "AZURE_STORAGE_KEY" ? Azurite.Key : null);
        return new AzureStore(service.GetBlobContainerClient(to.Parts[1]), to);
    }

    internal override IObjectStore OpenMissing() => Store(Address("no-such-container"), Azurite.Key);

    internal override Task<IObjectStore> OpenRefusedAsync() => Task.FromResult<IObjectStore>(Store(Address("some-container"), Convert.ToBase64String("wrong"u8)));

    internal override IObjectStore OpenUnreachable() =>
        Store(Address("some-container"), Azurite.Key, new Uri($"http://127.0.0.1:{LocalServer.FreePort()}/{Azurite.Account}"));

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
