using Azure.Storage.Blobs;
using StaticCollect.Build.AzureStorage;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Tests.Support;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>From the texts of a project file to the settings of an upload.</summary>
public sealed class UploadSettingsTests
{
    [TestCase("s3://shop", "s3://shop", "")]
    [TestCase("s3://shop/", "s3://shop", "")]
    [TestCase("S3://shop/static/v1/", "s3://shop/static/v1", "static/v1/")]
    public void An_address_has_a_bucket_and_perhaps_a_prefix(string text, string shown, string prefix)
    {
        var settings = Read(out var problems, ("StaticCollectUploadTo", text))!;
        Assert.That(problems, Is.Empty);
        Assert.That((settings.Address.ToString(), settings.Address.Prefix), Is.EqualTo((shown, prefix)));
    }

    [TestCase("s3://")]
    [TestCase("s3://shop//static")]
    [TestCase("s3://shop/../static")]
    [TestCase("s3://key:secret@shop/static")]
    [TestCase("s3://shop/static?sig=secret")]
    [TestCase("https://shop.s3.amazonaws.com")]
    [TestCase("shop/secret")]
    public void What_is_no_address_is_refused_and_not_repeated(string text)
    {
        Assert.That(Read(out var problems, ("StaticCollectUploadTo", text)), Is.Null);
        Assert.That(problems.Single().ToString(), Does.Contain(Codes.ValueNotAllowed).And.Contain("s3://bucket/prefix").And.Not.Contain("secret"));
    }

    [TestCase(null, "Set StaticCollectUploadTo to s3://bucket/prefix.")]
    [TestCase("azure://account/container", "Add a reference to StaticCollect.Build.AzureStorage.")]
    public void Without_an_address_or_its_package_one_line_says_what_to_do(string? text, string cure)
    {
        Assert.That(Read(out var problems, ("StaticCollectUploadTo", text)), Is.Null);
        Assert.That(problems.Single().Code, Is.EqualTo(Codes.NowhereToUpload));
        Assert.That(problems.Single().Text, Does.EndWith(cure));
    }

    [TestCase("StaticCollectUploadEncoding", "zstd")]
    [TestCase("StaticCollectUploadEncoding", "br;gzip")]
    [TestCase("StaticCollectUploadKeepDays", "-1")]
    [TestCase("StaticCollectUploadMaxDeletes", "many")]
    [TestCase("StaticCollectKeepReleases", "1001")]
    [TestCase("StaticCollectUploadTrustLedger", "perhaps")]
    [TestCase("StaticCollectUpload", "yes")]
    [TestCase("StaticCollectVerifyUrl", "cdn.example.com")]
    [TestCase("StaticCollectVerifyUrl", "https://me:word@cdn.example.com")]
    [TestCase("StaticCollectVerifySample", "few")]
    public void A_value_that_is_not_allowed_is_told(string property, string value)
    {
        _ = Read(out var problems, ("StaticCollectUploadTo", "s3://shop"), (property, value));
        Assert.That(problems.Select(problem => problem.Code), Is.EqualTo(new[] { Codes.ValueNotAllowed }));
    }

    [TestCase("Access-Control-Allow-Origin", "*")]
    [TestCase("Content-Encoding", "br")]
    [TestCase("Content-Language", "")]
    [TestCase("Content-Language", "en\r\nX-Evil: 1")]
    public void A_header_that_no_store_keeps_or_that_is_none_is_told(string name, string value)
    {
        var problems = new List<Diagnostic>();
        var header = new RawItem(name, new Dictionary<string, string>(StringComparer.Ordinal) { ["Value"] = value });
        using var shop = new Shop();
        _ = UploadSettingsReader.Read(Raw(("StaticCollectUploadTo", "s3://shop")), [header], shop.Settings().Collect, StoreKind.S3, problems.Add);
        Assert.That(problems.Select(problem => problem.Code), Is.EqualTo(new[] { Codes.ValueNotAllowed }));
    }

    [TestCase("AZURE_STORAGE_CONNECTION_STRING", "DefaultEndpointsProtocol=https;AccountName=other;AccountKey=c2VjcmV0;")]
    [TestCase("AZURE_STORAGE_CONNECTION_STRING", "secret")]
    [TestCase("AZURE_STORAGE_KEY", "secret!")]
    public void A_secret_of_the_wrong_form_or_account_is_refused_and_not_repeated(string name, string value)
    {
        var address = new StoreAddress("azure", ["shop", "static"], "");
        var refused = Assert.Throws<StoreException>(() => UploadToAzure.Service(
            address, new Uri("https://shop.blob.core.windows.net"), new BlobClientOptions(), asked => asked == name ? value : null))!;
        Assert.That(refused.Problem, Is.EqualTo(StoreProblem.Refused));
        Assert.That(refused.Message, Does.Not.Contain(value).And.Not.Contain("c2VjcmV0"));
    }

    [Test]
    public void What_another_checkout_has_collected_is_taken_where_only_one_release_can_be_meant()
    {
        using var shop = new Shop();
        var collect = shop.Settings().Collect;
        var own = Path.Combine(collect.StateFolder, "release.json");
        Assert.That(Default(), Is.EqualTo(own), "Nothing is there.");
        var theirs = Collected("root-01234567");
        _ = Collected("root-of-another-01234567");
        _ = Collected("wwwroot-01234567");
        Assert.That(Default(), Is.EqualTo(theirs));
        _ = Collected("root-89abcdef");
        Assert.That(Default(), Is.EqualTo(own), "Which of the two?");
        File.Delete(theirs);
        _ = Collected(Path.GetFileName(collect.StateFolder));
        Assert.That(Default(), Is.EqualTo(own), "Here it was collected.");

        string Collected(string root)
        {
            var folder = Path.Combine(collect.RecordFolder, root);
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "release.json"), "{}");
            return Path.Combine(folder, "release.json");
        }

        string Default() => UploadSettingsReader.Read(Raw(("StaticCollectUploadTo", "s3://shop")), [], collect, StoreKind.S3, _ => { })!.ReleasePath;
    }

    private static UploadSettings? Read(out List<Diagnostic> problems, params (string Name, string? Value)[] properties)
    {
        problems = [];
        using var shop = new Shop();
        return UploadSettingsReader.Read(Raw(properties), [], shop.Settings().Collect, StoreKind.S3, problems.Add);
    }

    private static RawItem Raw(params (string Name, string? Value)[] properties) =>
        new("upload", name => properties.FirstOrDefault(property => property.Name == name).Value);
}
