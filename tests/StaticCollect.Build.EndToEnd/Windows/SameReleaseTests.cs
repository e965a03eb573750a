using StaticCollect.Build.EndToEnd.Releases;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>Equal sources make equal releases, on Linux and on Windows, to the byte.</summary>
[Platform("Linux", Reason = "Needs both systems on one machine.")]
public sealed class SameReleaseTests
{
    private const string Settings = """
        <PropertyGroup>
          <StaticCollectFingerprint>true</StaticCollectFingerprint>
          <StaticCollectCompress>gzip;br</StaticCollectCompress>
          <StaticCollectServerConfig>nginx;caddy;apache</StaticCollectServerConfig>
          <StaticCollectServerRoot>/srv/shop/static</StaticCollectServerRoot>
        </PropertyGroup>
        """;

    private const string WithTheme = Settings + """<ItemGroup><ProjectReference Include="../Shop.Theme/Shop.Theme.csproj" /></ItemGroup>""";

    [Test]
    public void A_shop_with_files_of_each_kind_is_the_same_release()
    {
        using var linux = Everything.Console();
        using var windows = Everything.WindowsConsole();

        CheckSame(linux, windows);
    }

    [Test]
    public void The_sample_is_the_same_release()
    {
        WindowsDotnet.Require();
        using var linux = Sample(Restored.Console(WithTheme));
        using var windows = Sample(WindowsProject.Restored(WithTheme));

        CheckSame(linux, windows);
        Assert.That(linux.Tree(), Has.Some.Match(@"^theme/theme\.[0-9a-f]{12}\.css\.br$").And.Some.Match(@"^catalog/catalog\.[0-9a-f]{12}\.js\.gz$"));
        Assert.That(Beside(windows), Is.EqualTo(Beside(linux)).And.Some.Contains("/srv/shop/static").And.Some.StartsWith(".static.staticcollect"));
    }

    private static void CheckSame(TestProject linux, TestProject windows)
    {
        linux.CollectNow();
        windows.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(ReleaseJson(windows), Is.EqualTo(ReleaseJson(linux)));
            Assert.That(windows.Tree(), Is.EqualTo(linux.Tree()).And.Contain("staticfiles.json"));
            foreach (var path in linux.Tree())
                Assert.That(File.ReadAllBytes(Path.Combine(windows.Root, path)), Is.EqualTo(File.ReadAllBytes(Path.Combine(linux.Root, path))), path);
        });
    }

    // The configuration for servers, and whose the static root is.
    private static string[] Beside(TestProject project) =>
        [.. Directory.EnumerateFiles(Path.GetFullPath("../..", project.Root)).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)}: {File.ReadAllText(path)}")];

    private static string ReleaseJson(TestProject project) =>
        File.ReadAllText(Directory.GetFiles(project.Records(), "release.json", SearchOption.AllDirectories).Single());

    /// <summary>The static files of samples/Shop and of the library that it refers to; nothing of it is compiled.</summary>
    private static TestProject Sample(TestProject project)
    {
        var samples = Path.Combine(PackedPackage.Repository, "samples");
        foreach (var source in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(samples, source);
            var folders = path.Split('/');
            if (!folders.Contains("static", StringComparer.Ordinal) || folders.Intersect(["bin", "obj"], StringComparer.Ordinal).Any())
                continue;
            var target = Path.GetFullPath(folders[0] == "Shop" ? path["Shop/".Length..] : $"../{path}", project.Folder);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(source, target);
        }

        return project.WriteLibrary("Shop.Theme");
    }
}
