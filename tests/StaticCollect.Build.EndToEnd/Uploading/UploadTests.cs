using System.IO.Compression;
using System.Text;
using Azure.Storage.Sas;
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
    public void What_a_job_without_credentials_has_published_another_uploads_to_Azure_and_no_log_has_a_secret()
    {
        PackedPackage.WithStores();
        using var project = Project();
        using (var publishing = Project())
        {
            publishing.Publish("-p:StaticCollectFingerprint=true");
            HandOver(publishing, project, "bin/Release/net10.0/publish");
            HandOver(publishing, project, "obj/staticcollect");
        }

        project.Succeed("restore");
        var to = $"azure://{Azurite.Account}/uploaded/static";
        var endpoint = $"-p:StaticCollectAzureEndpoint={Azurite.Shared.Address}";
        var nobody = Run(project, "UploadStatic", [], to, endpoint);
        var missing = Run(project, "UploadStatic", With("AZURE_STORAGE_CONNECTION_STRING", Azurite.Shared.ConnectionString), to);
        var container = Azurite.Shared.CreateContainer("uploaded");
        var token = container.GenerateSasUri(BlobContainerSasPermissions.All, DateTimeOffset.UtcNow.AddHours(1)).Query;
        var uploaded = Run(project, "UploadStatic", With("AZURE_STORAGE_SAS_TOKEN", token), to, endpoint, "-bl:upload.binlog", $"-p:SomeControl={Control}");
        var again = Run(project, "UploadStatic", With("AZURE_STORAGE_KEY", Azurite.Key), to, endpoint, "-bl:again.binlog");
        var verified = Run(project, "VerifyStatic", With("AZURE_STORAGE_CONNECTION_STRING", Azurite.Shared.ConnectionString), to);
        var refused = Run(project, "UploadStatic", With("AZURE_STORAGE_KEY", "d3Jvbmc="), to, endpoint);
        var log = BinaryLog(Path.Combine(project.Folder, "upload.binlog")) + BinaryLog(Path.Combine(project.Folder, "again.binlog"));
        var signature = token[(token.IndexOf("sig=", StringComparison.Ordinal) + 4)..].Split('&')[0];
        Assert.Multiple(() =>
        {
            Assert.That(nobody.Output, Does.Contain($"error SC5009: There are no credentials for '{to}'."));
            Assert.That(missing.Output, Does.Contain($"error SC5011: '{to}' is not there."));
            Assert.That(uploaded.Output, Does.Contain("4 objects put ("));
            Assert.That(again.Output, Does.Contain("Nothing to upload: 4 objects as it should be"));
            Assert.That(verified.Output, Does.Contain("holds the release: names, lengths and headers of 4 objects, and the bytes of 4."));
            Assert.That(refused.Output, Does.Contain("error SC5010: ").And.Not.Contain("d3Jvbmc="));
            Assert.That(log, Does.Contain(Control), "What is searched would be found.");
            Assert.That(log + uploaded.Output, Does.Not.Contain(Azurite.Key).And.Not.Contain("AccountKey").And.Not.Contain(signature).And.Not.Contain(Uri.UnescapeDataString(signature)));
        });
    }

    private static Dictionary<string, string> With(string name, string value) => new(StringComparer.Ordinal) { [name] = value };

    /// <summary>Copies a folder to the same place in another checkout.</summary>
    private static void HandOver(TestProject from, TestProject to, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from.Folder, folder), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to.Folder, Path.GetRelativePath(from.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
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
