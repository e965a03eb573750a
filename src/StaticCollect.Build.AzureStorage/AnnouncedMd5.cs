using Azure.Core;
using Azure.Core.Pipeline;

namespace StaticCollect.Build.AzureStorage;

/// <summary>
/// Tells the service with each put what the bytes should be, so that it refuses others. The SDK would tell what it has read
/// just now, which a file that changes meanwhile would pass.
/// </summary>
internal sealed class AnnouncedMd5 : HttpPipelineSynchronousPolicy
{
    private const string Name = "StaticCollect.Md5";

    /// <summary>Announces the MD5 for the requests that are made until this is disposed of.</summary>
    public static IDisposable Of(byte[] md5) =>
        HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?>(StringComparer.Ordinal) { [Name] = Convert.ToBase64String(md5) });

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.TryGetProperty(Name, out var md5))
            message.Request.Headers.SetValue("Content-MD5", (string)md5!);
    }
}
