using System.IO.Compression;
using System.Text;
using StaticCollect.Build.EndToEnd.Support;
using StaticCollect.Build.Servers;

namespace StaticCollect.Build.EndToEnd.Uploading;

/// <summary>Uploads through the packed packages and the real <c>dotnet</c>, to real servers.</summary>
public sealed class UploadTests
{
    // What no log may ever hold, and what every log of this run does.
    private const string Control = "a-value-that-every-log-has";

    [Test]
    public async Task A_project_is_planned_uploaded_by_its_plan_and_verified_and_no_log_has_a_secret()
    {
        PackedPackage.WithStores();
        using var bucket = await UploadedProject.BucketAsync("planned");
        using var project = Project();
        project.Publish("-p:StaticCollectFingerprint=true");
        var nobody = Run(project, "PlanUploadStatic", new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_EC2_METADATA_DISABLED"] = "true", ["AWS_SHARED_CREDENTIALS_FILE"] = "none" }, "s3://planned/static");
        var planned = Run(project, "PlanUploadStatic", UploadedProject.Environment(), "s3://planned/static", "-p:StaticCollectUploadPlan=plan.json");
        var uploaded = Run(project, "UploadStatic", UploadedProject.Environment(), "s3://planned/static", "-p:StaticCollectUploadPlan=plan.json", "-bl:upload.binlog", $"-p:SomeControl={Control}");
        var late = Run(project, "UploadStatic", UploadedProject.Environment(), "s3://planned/static", "-p:StaticCollectUploadPlan=plan.json");
        var again = Run(project, "UploadStatic", UploadedProject.Environment(), "s3://planned/static");
        var verified = Run(project, "VerifyStatic", UploadedProject.Environment(), "s3://planned/static", $"-p:StaticCollectVerifyUrl={RadosGateway.Shared.Address}planned/static/");
        var objects = (await bucket.ListObjectsV2Async(new Amazon.S3.Model.ListObjectsV2Request { BucketName = "planned" })).S3Objects.Select(one => one.Key);
        var log = BinaryLog(Path.Combine(project.Folder, "upload.binlog"));
        Assert.Multiple(() =>
        {
            Assert.That(planned.Output, Does.Contain("Upload to 's3://planned/static': 4 objects to put ("));
            Assert.That(File.ReadAllText(Path.Combine(project.Folder, "plan.json")), Does.Contain("{\"do\":\"Put\",\"path\":\"index.html\",\"why\":\"new\""));
            Assert.That(uploaded.Output, Does.Contain("4 objects put ("));
            Assert.That(nobody.Output, Does.Contain("error SC5009: There are no credentials for 's3://planned/static'."));
            Assert.That(late.Output, Does.Contain("error SC5006: The plan 'plan.json' does not fit any more: another upload has run since."));
            Assert.That(again.Output, Does.Contain("Nothing to upload: 4 objects as it should be in 's3://planned/static'."));
            Assert.That(verified.Output, Does.Contain("holds the release: names, lengths and headers of 4 objects, and the bytes of 4.").And.Contain("serves the release"));
            Assert.That(objects, Has.Member("static/index.html").And.Member("static/staticfiles.json").And.Member("static/.staticcollect/ledger.json").And.Exactly(5).Items);
            Assert.That(log, Does.Contain(Control), "What is searched would be found.");
            Assert.That(log + uploaded.Output + File.ReadAllText(Path.Combine(project.Folder, "plan.json")), Does.Not.Contain(RadosGateway.SecretKey));
        });
    }

    [Test]
    public void The_same_project_goes_to_Azure_and_no_log_has_a_key()
    {
        PackedPackage.WithStores();
        using var project = Project();
        project.Publish("-p:StaticCollectFingerprint=true");
        var container = new Dictionary<string, string>(StringComparer.Ordinal) { ["AZURE_STORAGE_CONNECTION_STRING"] = Azurite.Shared.ConnectionString };
        var missing = Run(project, "UploadStatic", container, $"azure://{Azurite.Account}/uploaded/static");
        Azurite.Shared.CreateContainer("uploaded");
        var uploaded = Run(project, "UploadStatic", container, $"azure://{Azurite.Account}/uploaded/static", "-bl:upload.binlog", $"-p:SomeControl={Control}");
        var again = Run(project, "UploadStatic", container, $"azure://{Azurite.Account}/uploaded/static");
        var verified = Run(project, "VerifyStatic", container, $"azure://{Azurite.Account}/uploaded/static");
        var refused = Run(project, "UploadStatic", new Dictionary<string, string>(StringComparer.Ordinal) { ["AZURE_STORAGE_KEY"] = "d3Jvbmc=" }, $"azure://{Azurite.Account}/uploaded/static", $"-p:StaticCollectAzureEndpoint={Azurite.Shared.Address}");
        var log = BinaryLog(Path.Combine(project.Folder, "upload.binlog"));
        Assert.Multiple(() =>
        {
            Assert.That(missing.Output, Does.Contain($"error SC5011: 'azure://{Azurite.Account}/uploaded/static' is not there."));
            Assert.That(uploaded.Output, Does.Contain("4 objects put ("));
            Assert.That(again.Output, Does.Contain("Nothing to upload: 4 objects as it should be"));
            Assert.That(verified.Output, Does.Contain("holds the release: names, lengths and headers of 4 objects, and the bytes of 4."));
            Assert.That(refused.Output, Does.Contain("error SC5010: ").And.Not.Contain("d3Jvbmc="));
            Assert.That(log, Does.Contain(Control), "What is searched would be found.");
            Assert.That(log + uploaded.Output, Does.Not.Contain(Azurite.Key).And.Not.Contain("AccountKey"));
        });
    }

    private static TestProject Project() => TestProject.Console(UploadedProject.Content)
        .Write("static/css/site.css", "a { color: red }")
        .Write("static/index.html", "<link rel=\"stylesheet\" href=\"css/site.css\">");

    private static CommandResult Run(TestProject project, string target, Dictionary<string, string> environment, string to, params string[] more) =>
        project.Run("dotnet", [.. Restored.Build(target), $"-p:StaticCollectUploadTo={to}", .. more], environment);

    /// <summary>All texts of a binary log, which is compressed.</summary>
    private static string BinaryLog(string path)
    {
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
