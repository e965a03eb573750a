using System.Globalization;
using System.Net;
using Amazon.Runtime;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.S3;

/// <summary>
/// What the SDK does not do by itself: it waits longer for an answer to many bytes, and comes again when the server said, which
/// the SDK knows by a header of Amazon's only.
/// </summary>
/// <param name="inner">Sends.</param>
/// <param name="patience">How long an answer may take, by the number of bytes that are sent.</param>
internal sealed class PoliteHandler(HttpMessageHandler inner, Func<long, TimeSpan> patience) : DelegatingHandler(inner)
{
    private const string RetryAfter = "x-amz-retry-after";

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var time = patience(request.Content?.Headers.ContentLength ?? 0);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(time);
        try
        {
            var answer = await base.SendAsync(request, ending.Token).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter?.Delta is { } delay)
                answer.Headers.TryAddWithoutValidation(RetryAfter, delay.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"No answer within {time.TotalSeconds:0} s."), e);
        }
    }
}

/// <summary>Gives the SDK a client of HTTP with a <see cref="PoliteHandler"/>.</summary>
internal sealed class PoliteClients : HttpClientFactory
{
    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new PoliteHandler(new SocketsHttpHandler { AllowAutoRedirect = false }, Patience.For)) { Timeout = Timeout.InfiniteTimeSpan };
}
