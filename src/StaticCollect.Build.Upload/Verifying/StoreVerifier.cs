using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Sending;

namespace StaticCollect.Build.Upload.Verifying;

/// <summary>Compares a store with a release: every name and length, every header, and the bytes of some or all.</summary>
/// <param name="store">The store.</param>
internal sealed class StoreVerifier(IObjectStore store)
{
    private const string LookAtAll = "Upload again with StaticCollectUploadTrustLedger=false: what others have changed is put right by it.";

    /// <summary>Every difference, in ordinal order of path.</summary>
    /// <param name="wanted">The objects of the release.</param>
    /// <param name="read">Those of which the bytes are read.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<Diagnostic>> VerifyAsync(IReadOnlyCollection<WantedObject> wanted, IReadOnlyCollection<WantedObject> read, CancellationToken cancellation)
    {
        var listed = await StoreReading.ListAsync(store, cancellation).ConfigureAwait(false);
        var reads = read.ToHashSet();
        var differences = new ConcurrentBag<(string Path, Diagnostic Line)>();
        await Connections.ForEachAsync(
            wanted,
            async (one, token) =>
            {
                await foreach (var difference in DifferencesAsync(one, listed.GetValueOrDefault(one.Path), reads.Contains(one), token).ConfigureAwait(false))
                    differences.Add((one.Path, Diagnostic.Error(Codes.StoreDiffers, difference)));
            },
            cancellation).ConfigureAwait(false);
        return [.. differences.OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Line.Text, StringComparer.Ordinal).Select(one => one.Line)];
    }

    private async IAsyncEnumerable<string> DifferencesAsync(
        WantedObject wanted, StoredObject? listed, bool readsBytes, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var stored = listed?.Headers is null && listed is not null ? await store.LookAsync(wanted.Path, cancellation).ConfigureAwait(false) : listed;
        if (stored is null)
        {
            yield return $"'{wanted.Path}' in '{store.Name}' is not there. Upload again.";
            yield break;
        }

        foreach (var (name, expected, found) in Headers(wanted.Headers, stored.Headers!))
        {
            if (expected != found)
                yield return $"'{wanted.Path}' in '{store.Name}' has '{found}' as {name}, and not '{expected}'. {LookAtAll}";
        }

        if (stored.Length != wanted.Length)
            yield return $"'{wanted.Path}' in '{store.Name}' has {stored.Length} bytes, and not {wanted.Length}. {LookAtAll}";
        else if (readsBytes && await HashAsync(wanted.Path, cancellation).ConfigureAwait(false) != wanted.Hash)
            yield return $"'{wanted.Path}' in '{store.Name}' has other bytes than the release. {LookAtAll}";
    }

    private static IEnumerable<(string Name, string? Expected, string? Found)> Headers(ObjectHeaders expected, ObjectHeaders found) =>
    [
        ("Content-Type", expected.ContentType, found.ContentType),
        ("Content-Encoding", expected.ContentEncoding, found.ContentEncoding),
        ("Cache-Control", expected.CacheControl, found.CacheControl),
        ("Content-Disposition", expected.ContentDisposition, found.ContentDisposition),
        ("Content-Language", expected.ContentLanguage, found.ContentLanguage),
    ];

    private async Task<Sha256> HashAsync(string path, CancellationToken cancellation)
    {
        using var bytes = await store.ReadAsync(path, cancellation).ConfigureAwait(false);
        return bytes is null ? default : await HashedStream.OfAsync(bytes.Bytes, cancellation).ConfigureAwait(false);
    }
}
