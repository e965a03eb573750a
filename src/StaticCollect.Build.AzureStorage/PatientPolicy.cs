using Azure.Core;
using Azure.Core.Pipeline;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.AzureStorage;

/// <summary>Lets a request take longer that sends many bytes.</summary>
internal sealed class PatientPolicy : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Content is { } content && content.TryComputeLength(out var length))
            message.NetworkTimeout = Patience.For(length);
    }
}
