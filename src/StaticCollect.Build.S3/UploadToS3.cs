using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Build.Framework;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Upload;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Tasks;

namespace StaticCollect.Build.S3;

/// <summary>Plans, carries out and verifies uploads to S3: the task of the targets <c>PlanUploadStatic</c>, <c>UploadStatic</c> and <c>VerifyStatic</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class UploadToS3 : UploadTask
{
    // The SDK begins with a twentieth of a second, and doubles that: this makes six seconds, and with a store that asks for rest a minute.
    private const int Retries = 8;

    private protected override StoreKind Kind => StoreKind.S3;

    private protected override string Credentials =>
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, name a profile by AWS_PROFILE, or run where the AWS SDK finds a role.";

    private protected override IObjectStore? Open(StoreAddress address, PropertyReader properties, RawItem raw)
    {
        var endpoint = raw["StaticCollectS3Endpoint"];
        if (endpoint is not null && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0))
        {
            properties.NotAllowed("StaticCollectS3Endpoint", endpoint, "the address of a server, such as https://s3.example.com");
            return null;
        }

        var isPathStyle = properties.Switch("StaticCollectS3PathStyle", endpoint is not null);
        return new S3Store(new AmazonS3Client(Config(endpoint, raw["StaticCollectS3Region"], isPathStyle)), address);
    }

    /// <summary>How the SDK is told to speak.</summary>
    /// <param name="endpoint">Where, if not at Amazon's.</param>
    /// <param name="region">The region; where it is not given, the SDK looks for it.</param>
    /// <param name="isPathStyle">Whether the bucket stands in the path, and not in the name of the host.</param>
    internal static AmazonS3Config Config(string? endpoint, string? region, bool isPathStyle)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = isPathStyle,
            MaxErrorRetry = Retries,
            RetryMode = RequestRetryMode.Standard,

            // It would give up once some requests were tried again; with many under way they are so all at once.
            ThrottleRetries = false,
            HttpClientFactory = new PoliteClients(),

            // What stores that speak the protocol understand, too. Content-MD5 and the signature guard the bytes.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (endpoint is not null)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = region ?? "us-east-1";
        }
        else if (region is not null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        return config;
    }
}
