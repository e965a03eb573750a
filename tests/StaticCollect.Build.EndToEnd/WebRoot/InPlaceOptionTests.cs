using System.IO.Compression;
using System.Runtime.InteropServices;

namespace StaticCollect.Build.EndToEnd.WebRoot;

/// <summary>What users add to <c>dotnet publish</c>, where the web root is rewritten in place and its names are files.</summary>
public sealed class InPlaceOptionTests
{
    private const string Fingerprints = "-p:StaticCollectFingerprint=true";

    [Test]
    public void Each_way_of_publishing_tells_of_what_it_publishes()
    {
        using var app = new WebRootApp();
        var runtime = RuntimeInformation.RuntimeIdentifier;

        app.Project.Publish(Fingerprints, "-r", runtime, "--self-contained", "false", "-p:PublishSingleFile=true", "-p:EnableSingleFileAnalyzer=false", "-o", "../single");
        Check("../single", compressed: true);

        app.Project.Publish(Fingerprints, "-p:CompressionEnabled=false", "-o", "../uncompressed");
        Check("../uncompressed", compressed: false);

        // Nobody listens there: the upload is refused, the zip is made.
        app.Project.Fail("publish", Fingerprints, "-p:PublishProfile=DefaultZipDeploy", "-p:PublishUrl=http://127.0.0.1:9/", "-p:DeployIisAppPath=x", "-p:UserName=u", "-p:Password=p");
        var zip = Directory.EnumerateFiles(Path.Combine(app.Project.Folder, "obj"), "*.zip", SearchOption.AllDirectories).Single();
        ZipFile.ExtractToDirectory(zip, Path.GetFullPath("../unzipped", app.Project.Folder));
        Check("../unzipped", compressed: true);

        void Check(string folder, bool compressed)
        {
            app.PublishFolder = Path.GetFullPath(folder, app.Project.Folder);
            var files = app.Project.Tree(app.WebRootFolder);
            Assert.Multiple(() =>
            {
                app.CheckRoutes();
                Assert.That(app.Read("css/site.css"), Does.Match(@"@import ""base\.[0-9a-f]{12}\.css"";"));
                Assert.That(files, Has.Some.Match(@"^css/base\.[0-9a-f]{12}\.css$").And.Some.Match(@"^_content/Widgets/fonts/face\.[0-9a-z]{10}\.woff2$"));
                Assert.That(files.Any(path => path.EndsWith(".css.br", StringComparison.Ordinal)), Is.EqualTo(compressed));
            });
        }
    }
}
