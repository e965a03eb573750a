using System.IO.Compression;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>The Web SDK's ways of deploying start from the publish folder: the static files are in it by then.</summary>
public sealed class PublishProfileTests
{
    [Test]
    public void Profiles_deploy_the_collected_files()
    {
        using var project = TestProject.Web()
            .Write("app1/static/style.css", string.Concat(Enumerable.Repeat("body { color: black }\n", 40)))
            .Write("app1/static/data.json", "{}")
            .Write("Properties/PublishProfiles/Folder.pubxml", """
                <Project>
                  <PropertyGroup>
                    <WebPublishMethod>FileSystem</WebPublishMethod>
                    <PublishDir>../published/</PublishDir>
                    <PublishUrl>../deployed</PublishUrl>
                    <DeleteExistingFiles>true</DeleteExistingFiles>
                  </PropertyGroup>
                </Project>
                """);

        // dotnet publish takes the profile's PublishDir. The second way publishes below obj first (PublishDir changes
        // within the build), and copies to PublishUrl from there.
        project.Publish("-p:PublishProfile=Folder");
        var byProfile = Deployed("../published");
        project.Succeed("build", "-c", "Release", "--no-restore", "-p:DeployOnBuild=true", "-p:PublishProfile=Folder");
        var byBuild = Deployed("../deployed");

        // Nobody listens there: the upload is refused, the zip is made.
        var zipped = project.Fail(
            "publish", "--no-build", "-p:PublishProfile=DefaultZipDeploy", "-p:PublishUrl=http://127.0.0.1:9/", "-p:DeployIisAppPath=x", "-p:UserName=u", "-p:Password=p",
            "-p:StaticCollectFingerprint=true", "-p:StaticCollectCompress=br");
        var zip = Directory.EnumerateFiles(Path.Combine(project.Folder, "obj"), "*.zip", SearchOption.AllDirectories).ToList();

        var expected = new[] { "wwwroot/static/data.json", "wwwroot/static/style.css" };
        Assert.Multiple(() =>
        {
            Assert.That(byProfile, Is.EqualTo(expected));
            Assert.That(byBuild, Is.EqualTo(expected));
            Assert.That(zip, Has.Count.EqualTo(1), zipped.Output);
            using var archive = ZipFile.OpenRead(zip.Single());
            var entries = archive.Entries.Where(entry => IsStatic(entry.FullName)).ToDictionary(entry => entry.FullName, StringComparer.Ordinal);
            Assert.That(entries.Keys, Is.SupersetOf(expected));
            Assert.That(entries.Keys, Has.Some.Match(@"static/style\.[0-9a-f]{12}\.css\.br$"));
            Assert.That(entries.Keys, Has.Member("wwwroot/static/staticfiles.json"));
            using var endpoints = new StreamReader(archive.Entries.Single(entry => entry.Name == "App.staticwebassets.endpoints.json").Open());
            Assert.That(endpoints.ReadToEnd(), Does.Contain("\"static/style.css.br\""), "the zip holds the merged manifest");
        });

        IEnumerable<string> Deployed(string folder) => project.Tree(folder).Where(IsStatic).ToList();

        // Neither more below wwwroot nor the source folder, whose data.json the Web SDK takes for content.
        static bool IsStatic(string path) => path.Contains("static/", StringComparison.Ordinal);
    }
}
