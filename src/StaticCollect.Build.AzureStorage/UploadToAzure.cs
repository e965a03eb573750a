using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Upload;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Tasks;

namespace StaticCollect.Build.AzureStorage;

/// <summary>Plans, carries out and verifies uploads to Azure Blob Storage: the task of the targets <c>PlanUploadStatic</c>, <c>UploadStatic</c> and <c>VerifyStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class UploadToAzure : UploadTask
{
    private const int Retries = 5;

    private protected override StoreKind Kind => StoreKind.Azure;

    private protected override string Credentials =>
        "Set AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN in the environment, or run where the Azure SDK finds an identity.";

    private protected override IObjectStore? Open(StoreAddress address, PropertyReader properties, RawItem raw)
    {
        var version = Version(properties, raw);
        if (Endpoint(address, properties, raw) is not { } endpoint || version is null)
            return null;
        return new AzureStore(Service(address, endpoint, Options(version.Value), Secret).GetBlobContainerClient(address.Parts[1]), address);
    }

    /// <summary>How the SDK is told to speak.</summary>
    internal static BlobClientOptions Options(BlobClientOptions.ServiceVersion version)
    {
        var options = new BlobClientOptions(version) { Retry = { MaxRetries = Retries, Mode = RetryMode.Exponential } };
        options.AddPolicy(new AnnouncedMd5(), HttpPipelinePosition.PerCall);
        options.AddPolicy(new PatientPolicy(), HttpPipelinePosition.PerCall);
        return options;
    }

    /// <summary>The newest version of the protocol that the SDK speaks.</summary>
    internal static BlobClientOptions.ServiceVersion Newest => Enum.GetValues<BlobClientOptions.ServiceVersion>().Max();

    /// <summary>The account, by the first secret that the environment has, or else by an identity that the SDK finds.</summary>
    /// <param name="address">The account.</param>
    /// <param name="endpoint">Where it is.</param>
    /// <param name="options">How it is spoken to.</param>
    /// <param name="secret">Gives a secret by its name.</param>
    /// <exception cref="StoreException">There is no secret where one is needed, or it is not of the form that it should have; it is not shown.</exception>
    internal static BlobServiceClient Service(StoreAddress address, Uri endpoint, BlobClientOptions options, Func<string, string?> secret)
    {
        try
        {
            if (secret("AZURE_STORAGE_CONNECTION_STRING") is { } connection)
            {
                var service = new BlobServiceClient(connection, options);
                return service.AccountName == address.Parts[0]
                    ? service
                    : throw new StoreException(StoreProblem.Refused, $"AZURE_STORAGE_CONNECTION_STRING is of the account '{service.AccountName}'.");
            }

            if (secret("AZURE_STORAGE_KEY") is { } key)
                return new BlobServiceClient(endpoint, new StorageSharedKeyCredential(address.Parts[0], key), options);
            if (secret("AZURE_STORAGE_SAS_TOKEN") is { } token)
                return new BlobServiceClient(endpoint, new AzureSasCredential(token), options);

            // The SDK shows what proves an identity to nobody who could be overheard.
            return endpoint.Scheme == Uri.UriSchemeHttps
                ? new BlobServiceClient(endpoint, new DefaultAzureCredential(), options)
                : throw new StoreException(StoreProblem.NoCredentials, "");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new StoreException(StoreProblem.Refused, "What the environment has as connection string, key or token is not of the form of one.");
        }
    }

    // Read here and nowhere else: what a property held would stand in every binary log.
#pragma warning disable RS0030
    private static string? Secret(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
#pragma warning restore RS0030

    private static Uri? Endpoint(StoreAddress address, PropertyReader properties, RawItem raw)
    {
        if (raw["StaticCollectAzureEndpoint"] is not { } text)
            return new Uri($"https://{address.Parts[0]}.blob.core.windows.net");
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0)
            return url;
        properties.NotAllowed("StaticCollectAzureEndpoint", text, "the address of the account's blobs without a token, such as https://account.blob.core.windows.net");
        return null;
    }

    private static BlobClientOptions.ServiceVersion? Version(PropertyReader properties, RawItem raw)
    {
        if (raw["StaticCollectAzureApiVersion"] is not { } text)
            return Newest;
        if (Enum.TryParse<BlobClientOptions.ServiceVersion>("V" + text.Replace('-', '_'), ignoreCase: true, out var version) && Enum.IsDefined(version))
            return version;
        properties.NotAllowed("StaticCollectAzureApiVersion", text, "a version that the SDK speaks, such as 2025-11-05");
        return null;
    }
}
