using System.Net;
using System.Text;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>Archives and reproducible builds give every file one time, and an update then changes neither time nor length.</summary>
[Platform("Linux")]
public sealed class OneTimeForAllTests
{
    private static readonly DateTime Fixed = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Test]
    public void A_new_file_with_the_time_and_length_of_the_old_one_is_published_and_browsers_get_it()
    {
        using var project = Restored.Console("<PropertyGroup><StaticCollectServerConfig>nginx</StaticCollectServerConfig></PropertyGroup>");
        Unpack(project, "a { color: teal }");
        var before = DateTime.UtcNow.AddSeconds(-1);
        project.CollectNow();
        var published = File.GetLastWriteTimeUtc(Path.Combine(project.Root, "css/other.css"));
        using var server = WebServer.Nginx(project.Root);
        using var first = server.Get("/static/css/other.css");
        Unpack(project, "a { color: pink }");

        // nginx makes its ETag of length and time, the time in whole seconds.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        project.CollectNow();
        using var second = server.Get("/static/css/other.css", more: request => request.Headers.IfNoneMatch.Add(first.Headers.ETag!));

        Assert.Multiple(() =>
        {
            Assert.That(published, Is.GreaterThanOrEqualTo(before), "The time of writing, not the source's.");
            Assert.That(project.Read("css/other.css"), Is.EqualTo("a { color: pink }"));
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(second.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult(), Is.EqualTo(Encoding.UTF8.GetBytes("a { color: pink }")));
        });
    }

    [Test]
    public void With_fingerprints_such_a_file_gets_a_name_of_its_own()
    {
        using var project = Restored.Console("<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint><StaticCollectKeepReleases>0</StaticCollectKeepReleases></PropertyGroup>");
        Unpack(project, "a { color: teal }");
        project.CollectNow();
        var before = project.Tree();
        Unpack(project, "a { color: pink }");

        project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Has.Length.EqualTo(before.Length).And.Not.EqualTo(before));
            Assert.That(project.Read("css/other.css"), Is.EqualTo("a { color: pink }"));
        });
    }

    /// <summary>Puts a file in its place as an archive does: the old one goes, a new one comes, with the time in the archive.</summary>
    private static void Unpack(TestProject project, string text)
    {
        var path = Path.Combine(project.Folder, "static/css/other.css");
        var fresh = Path.Combine(project.Workspace, "fresh.css");

        // Made before the old one goes, so that the two cannot be one file to the file system.
        File.WriteAllText(fresh, text);
        if (File.Exists(path))
            File.Delete(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(fresh, path);
        File.SetLastWriteTimeUtc(path, Fixed);
    }
}
