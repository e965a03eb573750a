using StaticCollect.Build.Content;

namespace StaticCollect.Build.Upload.Objects;

/// <summary>
/// A bucket or container, from a prefix on. It lists, reads, puts and deletes objects, tries again what is worth it, and
/// knows nothing of releases. What it cannot do is a <see cref="StoreException"/>.
/// </summary>
internal interface IObjectStore : IDisposable
{
    /// <summary>How the user calls it, such as <c>s3://bucket/prefix</c>.</summary>
    string Name { get; }

    /// <summary>How many objects it tells of in one answer.</summary>
    int ObjectsPerList { get; }

    /// <summary>How many objects it deletes at one request.</summary>
    int ObjectsPerDelete { get; }

    /// <summary>How many bytes it takes in one piece.</summary>
    long LongestObject { get; }

    /// <summary>Every object from the prefix on, in any order.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(CancellationToken cancellation);

    /// <summary>One object with all that is known of it, or <see langword="null"/> where there is none.</summary>
    Task<StoredObject?> LookAsync(string path, CancellationToken cancellation);

    /// <summary>The bytes of an object, or <see langword="null"/> where there is none; the caller disposes of them.</summary>
    Task<StoredBytes?> ReadAsync(string path, CancellationToken cancellation);

    /// <summary>Puts an object, whole or not at all; gives its new ETag.</summary>
    Task<string> PutAsync(string path, ObjectBody body, ObjectHeaders headers, PutCondition condition, CancellationToken cancellation);

    /// <summary>Gives an object other headers, and leaves its bytes as they are; gives its new ETag.</summary>
    Task<string> PutHeadersAsync(string path, Sha256 hash, ObjectHeaders headers, string etag, CancellationToken cancellation);

    /// <summary>Deletes objects, at most <see cref="ObjectsPerDelete"/>; those that are gone already count as deleted.</summary>
    Task DeleteAsync(IReadOnlyList<string> paths, CancellationToken cancellation);
}
