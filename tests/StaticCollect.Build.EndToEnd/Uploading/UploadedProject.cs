using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using StaticCollect.Build.Servers;

namespace StaticCollect.Build.EndToEnd.Uploading;

/// <summary>A project with the packages of both stores, and a bucket of the real server to upload to.</summary>
public static class UploadedProject
{
    /// <summary>What the references and properties are that an upload to this machine's servers needs.</summary>
    public static string Content => $"""
        <ItemGroup>
          <PackageReference Include="StaticCollect.Build.S3" Version="{PackedPackage.Version}" PrivateAssets="all" />
          <PackageReference Include="StaticCollect.Build.AzureStorage" Version="{PackedPackage.Version}" PrivateAssets="all" />
        </ItemGroup>
        <PropertyGroup>
          <StaticCollectS3Endpoint>{RadosGateway.Shared.Address}</StaticCollectS3Endpoint>
        </PropertyGroup>
        """;

    /// <summary>The environment with the credentials of both servers.</summary>
    public static Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["AWS_ACCESS_KEY_ID"] = RadosGateway.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = RadosGateway.SecretKey,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Makes a bucket that anybody may read.</summary>
    public static async Task<IAmazonS3> BucketAsync(string name)
    {
        var client = new AmazonS3Client(
            new BasicAWSCredentials(RadosGateway.AccessKey, RadosGateway.SecretKey),
            new AmazonS3Config
            {
                ServiceURL = RadosGateway.Shared.Address.AbsoluteUri,
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            });
        await client.PutBucketAsync(name);
        await client.PutBucketPolicyAsync(new PutBucketPolicyRequest
        {
            BucketName = name,
            Policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":[\"s3:GetObject\"],\"Resource\":[\"arn:aws:s3:::" + name + "/*\"]}]}",
        });
        return client;
    }
}

/// <summary>Ends the servers of this test run.</summary>
[SetUpFixture]
public sealed class EndServers
{
    [OneTimeTearDown]
    public void End()
    {
        RadosGateway.End();
        Azurite.End();
    }
}
