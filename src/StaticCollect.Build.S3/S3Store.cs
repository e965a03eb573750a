using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.S3;

/// <summary>
/// A bucket of S3, or of what speaks its protocol. Each object is put in one piece, so that its ETag is the MD5 of its bytes
/// wherever the store does not encrypt with keys of its own, and a put is all or nothing.
/// </summary>
/// <param name="client">The SDK's client, which is disposed of.</param>
/// <param name="address">Bucket and prefix.</param>
internal sealed class S3Store(IAmazonS3 client, StoreAddress address) : IObjectStore
{
    private const string HashName = "sha256";
    private readonly string _bucket = address.Parts[0];

    /// <inheritdoc/>
    public string Name => address.ToString();

    /// <inheritdoc/>
    public int ObjectsPerList => 1000;

    /// <inheritdoc/>
    public int ObjectsPerDelete => 1000;

    /// <inheritdoc/>
    public long LongestObject => 5L << 30;

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = address.Prefix };
        while (true)
        {
            var page = await AskAsync(() => client.ListObjectsV2Async(request, cancellation)).ConfigureAwait(false);

            // The SDK gives no list where there is nothing.
            foreach (var one in page.S3Objects ?? [])
                yield return new StoredObject(one.Key[address.Prefix.Length..], one.Size ?? 0, one.ETag.Trim('"')) { Md5 = Md5Of(one.ETag) };
            if (page.IsTruncated != true)
                yield break;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    /// <inheritdoc/>
    public async Task<StoredObject?> LookAsync(string path, CancellationToken cancellation)
    {
        var found = await FindAsync(() => client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = _bucket, Key = Key(path) }, cancellation)).ConfigureAwait(false);
        return found is null ? null : new StoredObject(path, found.ContentLength, found.ETag.Trim('"'))
        {
            Md5 = Md5Of(found.ETag),
            Hash = HashOf(found.Metadata),
            Headers = new ObjectHeaders(
                Text(found.Headers.ContentType), Text(found.Headers.CacheControl), Text(found.Headers.ContentEncoding), Text(found.Headers.ContentDisposition), Text(found.ContentLanguage)),
        };
    }

    /// <inheritdoc/>
    public async Task<StoredBytes?> ReadAsync(string path, CancellationToken cancellation)
    {
        var found = await FindAsync(() => client.GetObjectAsync(new GetObjectRequest { BucketName = _bucket, Key = Key(path) }, cancellation)).ConfigureAwait(false);
        return found is null ? null : new StoredBytes(found.ResponseStream, found.ETag.Trim('"'));
    }

    /// <inheritdoc/>
    public async Task<string> PutAsync(string path, ObjectBody body, ObjectHeaders headers, PutCondition condition, CancellationToken cancellation)
    {
        var request = new PutObjectRequest
        {
            BucketName = _bucket,
            Key = Key(path),
            InputStream = body.Bytes,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            MD5Digest = Convert.ToBase64String(body.Md5),

            // Older stores do not know pieces with checksums of their own, and some of them keep those as bytes of the object.
            UseChunkEncoding = false,
            IfNoneMatch = condition is PutCondition.IfAbsent ? "*" : null,

            // Without quotes: S3 takes both, Ceph only this.
            IfMatch = (condition as PutCondition.IfMatch)?.ETag,
        };
        request.Metadata[HashName] = body.Hash.Hex;
        Set(request.Headers, headers);
        var answer = await AskAsync(() => client.PutObjectAsync(request, cancellation)).ConfigureAwait(false);
        return answer.ETag.Trim('"');
    }

    /// <inheritdoc/>
    public async Task<string> PutHeadersAsync(string path, Sha256 hash, ObjectHeaders headers, string etag, CancellationToken cancellation)
    {
        // A copy onto itself: S3 knows no other way.
        var request = new CopyObjectRequest
        {
            SourceBucket = _bucket,
            SourceKey = Key(path),
            DestinationBucket = _bucket,
            DestinationKey = Key(path),
            ETagToMatch = $"\"{etag}\"",
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = headers.ContentType,
        };
        request.Metadata[HashName] = hash.Hex;
        Set(request.Headers, headers);
        var answer = await AskAsync(() => client.CopyObjectAsync(request, cancellation)).ConfigureAwait(false);
        return answer.ETag.Trim('"');
    }

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyList<string> paths, CancellationToken cancellation) => AskAsync(() => client.DeleteObjectsAsync(
        new DeleteObjectsRequest { BucketName = _bucket, Objects = [.. paths.Select(path => new KeyVersion { Key = Key(path) })], Quiet = true }, cancellation));

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static void Set(HeadersCollection to, ObjectHeaders headers)
    {
        foreach (var (name, value) in headers.All)
            to[name] = value;
    }

    private static string? Text(string? value) => string.IsNullOrEmpty(value) ? null : value;

    // An ETag with a hyphen is that of an object in several pieces, and no MD5.
    private static string? Md5Of(string etag) => etag.Trim('"') is { Length: 32 } md5 ? md5 : null;

    private static Sha256 HashOf(MetadataCollection metadata)
    {
        try
        {
            return metadata[HashName] is { } hex ? Sha256.Parse(hex) : default;
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
        catch (StoreException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
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

    private static (StoreProblem Problem, string Reason)? Describe(Exception exception) => exception switch
    {
        OperationCanceledException { InnerException: not TimeoutException } => null,
        AmazonS3Exception e => (ProblemOf(e), Answer(e)),
        AmazonServiceException e when e.InnerException is null && e.StatusCode != 0 => (StoreProblem.Other, Answer(e)),
        _ when Inner(exception) is { } network => (StoreProblem.Unreachable, network.Message),
        AmazonClientException e when IsAboutCredentials(e) => (StoreProblem.NoCredentials, ""),
        AmazonServiceException or AmazonClientException => (StoreProblem.Other, exception.Message),
        _ => null,
    };

    private static string Answer(AmazonServiceException e) => string.Create(CultureInfo.InvariantCulture, $"It answers {(int)e.StatusCode} {e.ErrorCode}.");

    /// <summary>What went wrong on the way, where that is what happened.</summary>
    private static Exception? Inner(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is HttpRequestException or IOException or TimeoutException)
                return exception;
        }

        return null;
    }

    private static bool IsAboutCredentials(AmazonClientException e) =>
        e.Message.Contains("credentials", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("IMDS", StringComparison.Ordinal);

    private static StoreProblem ProblemOf(AmazonS3Exception e) => e.ErrorCode switch
    {
        "PreconditionFailed" or "ConditionalRequestConflict" => StoreProblem.Moved,
        "NoSuchBucket" => StoreProblem.NoBucket,
        "RequestTimeTooSkewed" => StoreProblem.WrongClock,
        "NotImplemented" => StoreProblem.NoConditions,
        _ => e.StatusCode switch
        {
            HttpStatusCode.PreconditionFailed => StoreProblem.Moved,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => StoreProblem.Refused,
            HttpStatusCode.NotImplemented => StoreProblem.NoConditions,
            _ => StoreProblem.Other,
        },
    };

    private string Key(string path) => address.Prefix + path;
}
