using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Sending;

namespace StaticCollect.Build.Upload.Verifying;

/// <summary>Asks a live site as browsers do, with and without each encoding, and compares what comes with the release.</summary>
/// <param name="client">Asks, follows nothing and decodes nothing.</param>
/// <param name="site">Where the static root is served; ends in <c>/</c>.</param>
/// <param name="release">The release.</param>
/// <param name="isInPlace">Whether an encoding lies in the place of each file that has it.</param>
internal sealed class SiteVerifier(HttpClient client, Uri site, Release release, bool isInPlace)
{
    // No release has it, and it looks like what a page of an older one names.
    private const string Missing = "staticcollect-no-such-file.0123456789ab.js";

    private const string Place = "Upload again, or let StaticCollectVerifyUrl and the prefix name one place.";
    private const string Cdn = "Empty the cache of what serves it, and let that hand on what the store says.";

    /// <summary>Every difference, in ordinal order of path.</summary>
    /// <param name="asked">The objects that are asked for; encodings beside a file are asked for by its name.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<IReadOnlyList<Diagnostic>> VerifyAsync(IEnumerable<WantedObject> asked, CancellationToken cancellation)
    {
        var differences = new ConcurrentBag<(string Path, string Text)>();
        await Connections.ForEachAsync(
            asked.SelectMany(Requests),
            async (request, token) =>
            {
                await foreach (var text in DifferencesAsync(request, token).ConfigureAwait(false))
                    differences.Add((request.Wanted.Path, text));
            },
            cancellation).ConfigureAwait(false);
        if (await MissingAsync(cancellation).ConfigureAwait(false) is { } missing)
            differences.Add((Missing, missing));
        return [.. differences.OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Text, StringComparer.Ordinal).Select(one => Diagnostic.Error(Codes.SiteDiffers, one.Text))];
    }

    private Uri UrlOf(string path) => new(site, string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));

    /// <summary>What browsers, old and new, ask for a file.</summary>
    private IEnumerable<Request> Requests(WantedObject wanted)
    {
        var file = release[wanted.Path]!;
        if (file.Encoding is not null)
            return [];

        // In place there is one form for all, and who cannot decode it is lost: so much was chosen.
        if (isInPlace && wanted.Headers.ContentEncoding is { } inPlace)
            return [new Request(wanted, file, inPlace, inPlace)];
        return
        [
            new Request(wanted, file, "identity", null),
            .. release.EncodingsOf(file).Select(encoding => new Request(wanted, file, encoding.Encoding!.Name, encoding.Encoding!.Name)),
        ];
    }

    private async IAsyncEnumerable<string> DifferencesAsync(Request request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var url = UrlOf(request.Wanted.Path);
        var (answer, reason) = await AskAsync(url, request.Offers, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            yield return $"'{url.AbsoluteUri}' cannot be asked for. {reason} {Place}";
            yield break;
        }

        using (answer)
        {
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                yield return $"'{url.AbsoluteUri}' is answered with status {(int)answer.StatusCode}, and not 200. {Place}";
                yield break;
            }

            var encoding = answer.Content.Headers.ContentEncoding.Count == 0 ? null : string.Join(", ", answer.Content.Headers.ContentEncoding);
            if (encoding != request.Encoding)
                yield return $"'{url.AbsoluteUri}' has '{encoding}' as Content-Encoding where a browser offers '{request.Offers}', and not '{request.Encoding}'. Let what serves it choose among the encodings that lie beside the file.";
            else if (encoding is not null && !isInPlace && !answer.Headers.Vary.Contains("Accept-Encoding", StringComparer.OrdinalIgnoreCase))
                yield return $"'{url.AbsoluteUri}' does not say 'Vary: Accept-Encoding' where it is sent as '{encoding}': caches may give it to browsers that cannot decode it. Add the header where it is served.";
            var type = answer.Content.Headers.TryGetValues("Content-Type", out var types) ? string.Join(", ", types) : null;
            if (!IsSameType(type, request.Wanted.Headers.ContentType))
                yield return $"'{url.AbsoluteUri}' has '{type}' as Content-Type, and not '{request.Wanted.Headers.ContentType}'. {Cdn}";
            var cache = answer.Headers.TryGetValues("Cache-Control", out var policies) ? string.Join(", ", policies) : null;
            if (!IsSameList(cache, request.Wanted.Headers.CacheControl))
                yield return $"'{url.AbsoluteUri}' has '{cache}' as Cache-Control, and not '{request.Wanted.Headers.CacheControl}'. {Cdn}";
            if (await HashAsync(answer, encoding, cancellation).ConfigureAwait(false) != request.File.Content.Hash)
                yield return $"'{url.AbsoluteUri}' has other bytes than the release where a browser offers '{request.Offers}'. {Cdn}";
        }
    }

    /// <summary>A name that is not there must be told so, and not for ever: it may come.</summary>
    private async Task<string?> MissingAsync(CancellationToken cancellation)
    {
        var url = UrlOf(Missing);
        var (answer, _) = await AskAsync(url, "identity", cancellation).ConfigureAwait(false);
        using (answer)
        {
            return answer switch
            {
                null => null,
                { IsSuccessStatusCode: true } => $"'{url.AbsoluteUri}' is not in the release, and is answered with a success: browsers take what comes for a script or a style sheet. Let what serves it answer 404 to a name that is not there.",
                { Headers.CacheControl.MaxAge: { TotalDays: > 1 } } => $"'{url.AbsoluteUri}' is not in the release, and the answer may be kept for long: a file of that name would not be seen when it comes. Let what serves it send its cache headers with files only.",
                _ => null,
            };
        }
    }

    private async Task<(HttpResponseMessage? Answer, string Reason)> AskAsync(Uri url, string offers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(offers));
        try
        {
            return (await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false), "");
        }
        catch (HttpRequestException e)
        {
            return (null, Diagnostic.Reason(e));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "There is no answer.");
        }
    }

    private static async Task<Sha256> HashAsync(HttpResponseMessage answer, string? encoding, CancellationToken cancellation)
    {
        try
        {
            var bytes = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            Stream decoded = encoding switch
            {
                "br" => new BrotliStream(bytes, CompressionMode.Decompress),
                "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
                _ => bytes,
            };
            await using (decoded.ConfigureAwait(false))
                return await HashedStream.OfAsync(decoded, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException or HttpRequestException)
        {
            return default;
        }
    }

    private static bool IsSameType(string? found, string? expected) =>
        string.Equals(found?.Replace(" ", "", StringComparison.Ordinal), expected?.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    private static bool IsSameList(string? found, string? expected) => Parts(found).SetEquals(Parts(expected));

    private static HashSet<string> Parts(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private sealed record Request(WantedObject Wanted, ReleaseFile File, string Offers, string? Encoding);
}
