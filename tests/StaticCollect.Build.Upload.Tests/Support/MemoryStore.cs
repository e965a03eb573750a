using System.Security.Cryptography;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Tests.Support;

/// <summary>An object as the store in memory has it.</summary>
internal sealed record MemoryObject(byte[] Bytes, ObjectHeaders Headers, Sha256 Hash, string ETag)
{
    public string Text => Encoding.UTF8.GetString(Bytes);
}

/// <summary>A store in memory, which can die at any operation, before or after it did it, and shows each to a reader.</summary>
internal sealed class MemoryStore : IObjectStore
{
    private readonly Lock _lock = new();
    private int _states;

    public string Name => "memory://bucket/shop";

    public int ObjectsPerList => 1000;

    public int ObjectsPerDelete { get; init; } = 3;

    public long LongestObject { get; init; } = long.MaxValue;

    /// <summary>Whether its list tells headers and hashes, as that of Azure does.</summary>
    public bool ListTellsAll { get; set; }

    /// <summary>How many more changes it makes before whoever asks for one is dead; none where it lives for ever.</summary>
    public int? ChangesToLive { get; set; }

    /// <summary>Whether the last change is made, and only its answer lost.</summary>
    public bool LosesAnswer { get; set; }

    /// <summary>Which conditions of puts it looks at.</summary>
    public Func<PutCondition, bool> Honours { get; set; } = _ => true;

    public Dictionary<string, MemoryObject> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>What was changed since somebody looked, in order.</summary>
    public List<string> Changes { get; } = [];

    /// <summary>How often each kind of request was made.</summary>
    public Dictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>Is called after each change, and before it with the object that is to come.</summary>
    public Action? AfterChange { get; set; }

    public Action<string, MemoryObject?>? BeforeChange { get; set; }

    public async IAsyncEnumerable<StoredObject> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        List<KeyValuePair<string, MemoryObject>> all;
        lock (_lock)
        {
            Count("list");
            all = [.. Objects];
        }

        await Task.Yield();
        foreach (var (path, one) in all)
            yield return Stored(path, one, ListTellsAll);
    }

    public Task<StoredObject?> LookAsync(string path, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Count("look");
            return Task.FromResult(Objects.TryGetValue(path, out var one) ? Stored(path, one, tellsAll: true) : null);
        }
    }

    public Task<StoredBytes?> ReadAsync(string path, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Count("read");
            return Task.FromResult(Objects.TryGetValue(path, out var one) ? new StoredBytes(new MemoryStream(one.Bytes), one.ETag) : null);
        }
    }

    public async Task<string> PutAsync(string path, ObjectBody body, ObjectHeaders headers, PutCondition condition, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        await body.Bytes.CopyToAsync(bytes, cancellation);
        Assert.That(Hex(bytes.ToArray()), Is.EqualTo(Convert.ToHexString(body.Md5)), "What arrives is what was announced.");
        return Change("put", path, () =>
        {
            var there = Objects.GetValueOrDefault(path);
            if (Honours(condition) && (condition is PutCondition.IfAbsent ? there is not null : there?.ETag != ((PutCondition.IfMatch)condition).ETag))
                throw new StoreException(StoreProblem.Moved, "412");
            return new MemoryObject(bytes.ToArray(), headers, body.Hash, ETagOf());
        });
    }

    public Task<string> PutHeadersAsync(string path, Sha256 hash, ObjectHeaders headers, string etag, CancellationToken cancellation) =>
        Task.FromResult(Change("headers", path, () => Objects[path].ETag == etag
            ? Objects[path] with { Headers = headers, Hash = hash, ETag = ETagOf() }
            : throw new StoreException(StoreProblem.Moved, "412")));

    public Task DeleteAsync(IReadOnlyList<string> paths, CancellationToken cancellation)
    {
        Assert.That(paths, Has.Count.LessThanOrEqualTo(ObjectsPerDelete));
        foreach (var path in paths)
            Change("delete", path, () => null);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    /// <summary>Puts what somebody else puts.</summary>
    public void Meddle(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Objects[path] = new MemoryObject(bytes, new ObjectHeaders("text/plain"), default, ETagOf());
    }

    private static string Hex(byte[] bytes)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(bytes);
        return Convert.ToHexString(md5.GetHashAndReset());
    }

    private static StoredObject Stored(string path, MemoryObject one, bool tellsAll) => new(path, one.Bytes.Length, one.ETag)
    {
        Md5 = Hex(one.Bytes),
        Hash = tellsAll ? one.Hash : default,
        Headers = tellsAll ? one.Headers : null,
    };

    private string ETagOf() => $"state-{++_states}";

    private void Count(string what) => Requests[what] = Requests.GetValueOrDefault(what) + 1;

    private string Change(string what, string path, Func<MemoryObject?> change)
    {
        lock (_lock)
        {
            Count(what);
            if (ChangesToLive == 0 && !LosesAnswer)
                throw new KilledException();
            if (ChangesToLive < 0)
                throw new KilledException();
            var changed = change();
            BeforeChange?.Invoke(path, changed);
            if (changed is null)
                Objects.Remove(path);
            else
                Objects[path] = changed;
            Changes.Add($"{what} {path}");
            AfterChange?.Invoke();
            if (ChangesToLive is { } left)
            {
                ChangesToLive = left - 1;
                if (left == 0)
                    throw new KilledException();
            }

            return changed?.ETag ?? "";
        }
    }
}

/// <summary>The process that uploads is no more.</summary>
internal sealed class KilledException : Exception;
