using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Tests.Support;

/// <summary>A store for one of two uploads: before one of its requests the other upload happens, as a whole.</summary>
/// <param name="inner">The store of both.</param>
/// <param name="before">Before which request, from 0.</param>
/// <param name="meanwhile">What happens then.</param>
internal sealed class PausingStore(MemoryStore inner, int before, Func<Task> meanwhile) : IObjectStore
{
    private int _requests;

    /// <summary>Whether it came so far.</summary>
    public bool HasPaused => _requests > before;

    public string Name => inner.Name;

    public int ObjectsPerList => inner.ObjectsPerList;

    public int ObjectsPerDelete => inner.ObjectsPerDelete;

    public long LongestObject => inner.LongestObject;

    public async IAsyncEnumerable<StoredObject> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await PauseAsync();
        await foreach (var one in inner.ListAsync(cancellation))
            yield return one;
    }

    public async Task<StoredObject?> LookAsync(string path, CancellationToken cancellation)
    {
        await PauseAsync();
        return await inner.LookAsync(path, cancellation);
    }

    public async Task<StoredBytes?> ReadAsync(string path, CancellationToken cancellation)
    {
        await PauseAsync();
        return await inner.ReadAsync(path, cancellation);
    }

    public async Task<string> PutAsync(string path, ObjectBody body, ObjectHeaders headers, PutCondition condition, CancellationToken cancellation)
    {
        await PauseAsync();
        return await inner.PutAsync(path, body, headers, condition, cancellation);
    }

    public async Task<string> PutHeadersAsync(string path, Sha256 hash, ObjectHeaders headers, string etag, CancellationToken cancellation)
    {
        await PauseAsync();
        return await inner.PutHeadersAsync(path, hash, headers, etag, cancellation);
    }

    public Task DeleteAsync(IReadOnlyList<string> paths, CancellationToken cancellation) => inner.DeleteAsync(paths, cancellation);

    public void Dispose()
    {
    }

    private Task PauseAsync() => Interlocked.Increment(ref _requests) - 1 == before ? meanwhile() : Task.CompletedTask;
}
