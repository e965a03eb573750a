using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.AzureStorage;

/// <summary>A container of Azure Blob Storage. Its list tells headers and hashes, so that no object is looked at by itself.</summary>
/// <param name="container">The SDK's client.</param>
/// <param name="address">Account, container and prefix.</param>
internal sealed class AzureStore(BlobContainerClient container, StoreAddress address) : IObjectStore
{
    private const string HashName = "sha256";

    /// <inheritdoc/>
    public string Name => address.ToString();

    /// <inheritdoc/>
    public int ObjectsPerList => 5000;

    /// <inheritdoc/>
    public int ObjectsPerDelete => 1;

    /// <inheritdoc/>
    public long LongestObject => (5000L << 20) - 1;

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata, Prefix = address.Prefix }, cancellation).AsPages(pageSizeHint: ObjectsPerList).GetAsyncEnumerator(cancellation);
        await using (pages.ConfigureAwait(false))
        {
            while (await AskAsync(async () => await pages.MoveNextAsync().ConfigureAwait(false)).ConfigureAwait(false))
            {
                foreach (var blob in pages.Current.Values)
                {
                    var found = blob.Properties;
                    yield return new StoredObject(blob.Name[address.Prefix.Length..], found.ContentLength ?? 0, Text(found.ETag))
                    {
                        Md5 = Hex(found.ContentHash),
                        Hash = HashOf(blob.Metadata),
                        Headers = new ObjectHeaders(Text(found.ContentType), Text(found.CacheControl), Text(found.ContentEncoding), Text(found.ContentDisposition), Text(found.ContentLanguage)),
                    };
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<StoredObject?> LookAsync(string path, CancellationToken cancellation)
    {
        var found = await FindAsync(async () => (await Blob(path).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value).ConfigureAwait(false);
        return found is null ? null : new StoredObject(path, found.ContentLength, Text(found.ETag))
        {
            Md5 = Hex(found.ContentHash),
            Hash = HashOf(found.Metadata),
            Headers = new ObjectHeaders(Text(found.ContentType), Text(found.CacheControl), Text(found.ContentEncoding), Text(found.ContentDisposition), Text(found.ContentLanguage)),
        };
    }

    /// <inheritdoc/>
    public async Task<StoredBytes?> ReadAsync(string path, CancellationToken cancellation)
    {
        var found = await FindAsync(async () => (await Blob(path).DownloadStreamingAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value).ConfigureAwait(false);
        return found is null ? null : new StoredBytes(found.Content, Text(found.Details.ETag));
    }

    /// <inheritdoc/>
    public async Task<string> PutAsync(string path, ObjectBody body, ObjectHeaders headers, PutCondition condition, CancellationToken cancellation)
    {
        // In one piece: whole or not at all, and the store compares the MD5 with what has arrived. What is as long as the size
        // that is given here would go in two.
        var options = new BlobUploadOptions
        {
            HttpHeaders = Headers(headers, body.Md5),
            Metadata = Metadata(body.Hash),
            Conditions = condition is PutCondition.IfMatch match ? new BlobRequestConditions { IfMatch = new ETag(match.ETag) } : new BlobRequestConditions { IfNoneMatch = ETag.All },
            TransferOptions = new StorageTransferOptions { InitialTransferSize = body.Bytes.Length + 1, MaximumConcurrency = 1 },
        };
        using var announced = AnnouncedMd5.Of(body.Md5);
        return Text((await AskAsync(() => Blob(path).UploadAsync(body.Bytes, options, cancellation)).ConfigureAwait(false)).Value.ETag);
    }

    /// <inheritdoc/>
    public async Task<string> PutHeadersAsync(string path, Sha256 hash, ObjectHeaders headers, string etag, CancellationToken cancellation)
    {
        // The service keeps no MD5 where it is not told again.
        var seen = await LookAsync(path, cancellation).ConfigureAwait(false);
        var md5 = seen?.Md5 is { } hex ? Convert.FromHexString(hex) : null;
        var changed = await AskAsync(() => Blob(path).SetHttpHeadersAsync(Headers(headers, md5), new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellation)).ConfigureAwait(false);
        if (seen?.Hash == hash)
            return Text(changed.Value.ETag);
        return Text((await AskAsync(() => Blob(path).SetMetadataAsync(Metadata(hash), new BlobRequestConditions { IfMatch = changed.Value.ETag }, cancellation)).ConfigureAwait(false)).Value.ETag);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        foreach (var path in paths)
            await AskAsync(() => Blob(path).DeleteIfExistsAsync(cancellationToken: cancellation)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The SDK's client holds nothing.
    }

    private static BlobHttpHeaders Headers(ObjectHeaders headers, byte[]? md5) => new()
    {
        ContentType = headers.ContentType,
        CacheControl = headers.CacheControl,
        ContentEncoding = headers.ContentEncoding,
        ContentDisposition = headers.ContentDisposition,
        ContentLanguage = headers.ContentLanguage,
        ContentHash = md5,
    };

    private static Dictionary<string, string> Metadata(Sha256 hash) => new(StringComparer.Ordinal) { [HashName] = hash.Hex };

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    // A list tells it without quotes, all else with.
    private static string Text(ETag? etag) => etag?.ToString().Trim('"') ?? "";

    private static string? Hex(byte[]? md5) => md5 is { Length: > 0 } ? Convert.ToHexString(md5).ToLowerInvariant() : null;

    private static Sha256 HashOf(IDictionary<string, string>? metadata)
    {
        try
        {
            return metadata is not null && metadata.TryGetValue(HashName, out var hex) ? Sha256.Parse(hex) : default;
        }
        catch (FormatException)
        {
            return default;
        }
    }

    private static async Task<T?> FindAsync<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await AskAsync(ask).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Problem == StoreProblem.Other && e.InnerException is RequestFailedException { Status: 404 })
        {
            return null;
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception e) when (Describe(e) is { } problem)
        {
            throw new StoreException(problem.Problem, problem.Reason, e);
        }
    }

    // What the SDK says of itself may hold addresses with tokens in them: only codes of the service are handed on.
    private static (StoreProblem Problem, string Reason)? Describe(Exception exception) => exception switch
    {
        RequestFailedException { Status: > 0 } e => (ProblemOf(e), string.Create(CultureInfo.InvariantCulture, $"It answers {e.Status} {e.ErrorCode}.")),
        AggregateException { InnerExceptions: [var first, ..] } => Describe(first),
        RequestFailedException e => (StoreProblem.Unreachable, Network(e)),
        HttpRequestException or IOException or TimeoutException => (StoreProblem.Unreachable, exception.Message),
        CredentialUnavailableException => (StoreProblem.NoCredentials, ""),
        AuthenticationFailedException => (StoreProblem.Refused, "Signing in has failed."),
        _ => null,
    };

    private static string Network(Exception exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException or IOException or TimeoutException)
                return inner.Message;
        }

        return "No answer.";
    }

    private static StoreProblem ProblemOf(RequestFailedException e) => (e.ErrorCode, e.Status) switch
    {
        ("ContainerNotFound", _) => StoreProblem.NoBucket,
        ("BlobAlreadyExists" or "ConditionNotMet", _) or (_, 412) => StoreProblem.Moved,
        ("AuthenticationFailed", _) when e.Message.Contains("Request date header too old", StringComparison.Ordinal) => StoreProblem.WrongClock,
        (_, 401 or 403) => StoreProblem.Refused,
        _ => StoreProblem.Other,
    };

    private BlockBlobClient Blob(string path) => container.GetBlockBlobClient(address.Prefix + path);
}
