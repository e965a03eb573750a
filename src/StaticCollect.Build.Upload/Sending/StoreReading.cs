using System.Collections.Concurrent;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload.Sending;

/// <summary>Reads what a store holds: its ledger, its list, and what the two leave open about objects of the release.</summary>
internal static class StoreReading
{
    /// <summary>The store as it is; <see langword="null"/> where its ledger cannot be understood.</summary>
    /// <param name="store">The store.</param>
    /// <param name="wanted">The objects of the release.</param>
    /// <param name="files">Their bytes.</param>
    /// <param name="trustsLedger">Whether an object that is as the ledger knows it is not looked at.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<StoreView?> ReadAsync(
        IObjectStore store, IReadOnlyDictionary<string, WantedObject> wanted, LocalFiles files, bool trustsLedger, CancellationToken cancellation)
    {
        var (ledger, etag) = await LedgerAsync(store, cancellation).ConfigureAwait(false);
        if (ledger is null)
            return null;
        var objects = await ListAsync(store, cancellation).ConfigureAwait(false);
        objects.Remove(Ledger.Path);
        var looked = new ConcurrentDictionary<string, StoredObject>(StringComparer.Ordinal);
        await Connections.ForEachAsync(
            objects.Values.Where(one => IsOpen(one, ledger, wanted) || (!trustsLedger && wanted.ContainsKey(one.Path))),
            async (one, token) =>
            {
                var seen = one.Headers is not null && one.Hash.IsKnown ? one : await store.LookAsync(one.Path, token).ConfigureAwait(false);
                if (seen is not null)
                    looked[one.Path] = await KnowAsync(seen, wanted.GetValueOrDefault(one.Path), files, token).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        foreach (var (path, one) in looked)
            objects[path] = one;
        return new StoreView(store.Name, ledger, etag, objects);
    }

    /// <summary>The list of a store by path, the ledger among them.</summary>
    public static async Task<Dictionary<string, StoredObject>> ListAsync(IObjectStore store, CancellationToken cancellation)
    {
        var objects = new Dictionary<string, StoredObject>(StringComparer.Ordinal);
        await foreach (var one in store.ListAsync(cancellation).ConfigureAwait(false))
            objects[one.Path] = one;
        return objects;
    }

    private static async Task<(Ledger? Ledger, string? ETag)> LedgerAsync(IObjectStore store, CancellationToken cancellation)
    {
        using var bytes = await store.ReadAsync(Ledger.Path, cancellation).ConfigureAwait(false);
        return bytes is null ? (Ledger.Empty, null) : (LedgerFile.Read(bytes.Bytes), bytes.ETag);
    }

    /// <summary>Whether the list and the ledger leave open what an object holds.</summary>
    private static bool IsOpen(StoredObject one, Ledger ledger, IReadOnlyDictionary<string, WantedObject> wanted) =>
        ledger.Entries.TryGetValue(one.Path, out var entry)
            ? entry.ETag != one.ETag && (entry.ETag is null || wanted.ContainsKey(one.Path))
            : wanted.ContainsKey(one.Path);

    /// <summary>What others have put tells no SHA-256; where its MD5 is that of our bytes, it has them.</summary>
    private static async Task<StoredObject> KnowAsync(StoredObject seen, WantedObject? wanted, LocalFiles files, CancellationToken cancellation)
    {
        if (seen.Hash.IsKnown || seen.Md5 is null || wanted is null || seen.Length != wanted.Length)
            return seen;
        try
        {
            var body = await files.OpenAsync(wanted, cancellation).ConfigureAwait(false);
            await using (body.Bytes.ConfigureAwait(false))
                return Convert.ToHexString(body.Md5).Equals(seen.Md5, StringComparison.OrdinalIgnoreCase) ? seen with { Hash = wanted.Hash } : seen;
        }
        catch (LocalFileException)
        {
            // It is told where the bytes are needed.
            return seen;
        }
    }
}
