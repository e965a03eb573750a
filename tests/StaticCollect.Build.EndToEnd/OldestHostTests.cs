using StaticCollect.Build.EndToEnd.Releases;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>
/// The lower end of what is promised: the packed targets and the task in MSBuild 17 on the .NET 8 runtime (see
/// tests/OldestHost), in a project that knows no SDK and imports them by itself.
/// </summary>
public sealed class OldestHostTests
{
    private static readonly Lazy<string> Host = new(Publish);

    [Test]
    public void A_release_of_the_oldest_host_is_that_of_the_newest()
    {
        using var newest = Everything.Console().Aged();
        newest.CollectNow();
        using var oldest = WithBareProject(Everything.Console().Aged());

        var first = Run(oldest, "CollectStatic");
        var written = Tree.Snapshot(oldest.Root);
        var second = Run(oldest, "CollectStatic");

        Assert.Multiple(() =>
        {
            Assert.That(first.Output, Does.Match(@"^MSBuild 17\.7\.\S+ on 8\.0\.0\b"));
            Assert.That(ShownDiagnostic.Of(first).Select(one => one.Kind).Distinct(StringComparer.Ordinal), Is.EqualTo(new[] { "message SC2017" }), first.Output);
            Assert.That(first.Output, Does.Contain(" 16 static files copied to"));
            Assert.That(second.Output, Does.Contain(" 0 static files copied to"));
            Assert.That(Tree.Snapshot(oldest.Root), Is.EqualTo(written));

            // Each runtime has encoders of its own: which encodings pay, and the lengths that lists of files tell of them, may differ.
            var files = Files(newest).Where(path => !path.EndsWith("staticfiles.json", StringComparison.Ordinal)).ToList();
            Assert.That(files, Has.Some.Match(@"^css/site\.[0-9a-f]{12}\.css$"));
            Assert.That(Files(oldest), Is.EqualTo(Files(newest)));
            foreach (var path in files)
                Assert.That(Bytes(oldest, path), Is.EqualTo(Bytes(newest, path)), path);
        });
        AssertEncodingsDecode(oldest);
    }

    [Test]
    public void The_oldest_host_asks_referenced_projects_and_tells_of_clashes_and_mistakes()
    {
        using var project = WithBareProject(
            Restored.Console(),
            """<ItemGroup><ProjectReference Include="../Parts/Parts.proj" /></ItemGroup>""")
            .Write("one/static/site.css", "one")
            .Write("two/static/site.css", "two")
            .Write("../Parts/static/parts.css", "parts")
            .Write("../Parts/Parts.proj", """
                <Project><Import Project="$(CustomAfterMicrosoftCommonTargets)" Condition="'$(CustomAfterMicrosoftCommonTargets)' != ''" /></Project>
                """);

        var collected = Run(project, "CollectStatic");
        var found = Run(project, "FindStatic");
        var listed = Run(project, "ListStatic");
        var tree = project.Tree();
        var cleaned = Run(project, "CleanStatic");
        project.Write("Bare.proj", File.ReadAllText(Path.Combine(project.Folder, "Bare.proj")).Replace("Exe<", "Exe</OutputType><StaticCollectConflict>Maybe</StaticCollectConflict><OutputType>Exe<", StringComparison.Ordinal));
        var wrong = Run(project, "CollectStatic", succeeds: false);

        Assert.Multiple(() =>
        {
            Assert.That(tree, Is.EqualTo(new[] { "parts.css", "site.css" }));
            Assert.That(ShownDiagnostic.Of(collected).Select(one => one.Kind), Is.EqualTo(new[] { "warning SC2001" }), collected.Output);
            Assert.That(found.Output, Does.Contain("Found 'site.css' here:"));
            Assert.That(listed.Output, Does.Contain("parts.css"));
            Assert.That(cleaned.Output, Does.Contain("removed"));
            Assert.That(project.Tree(), Is.Empty);
            Assert.That(ShownDiagnostic.Of(wrong).Select(one => one.Kind), Is.EqualTo(new[] { "error SC1001" }), wrong.Output);
        });
    }

    private static TestProject WithBareProject(TestProject project, string content = "")
    {
        var build = Path.Combine(PackedPackage.Packages, "staticcollect.build", PackedPackage.Version, "build");
        return project.Write("Bare.proj", $"""
            <Project>
              <Import Project="{build}/StaticCollect.Build.props" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <MSBuildProjectExtensionsPath>$(MSBuildProjectDirectory)/obj/</MSBuildProjectExtensionsPath>
                <ProjectAssetsFile>$(MSBuildProjectExtensionsPath)project.assets.json</ProjectAssetsFile>
                <BaseIntermediateOutputPath>obj/</BaseIntermediateOutputPath>
                <BaseOutputPath>bin/</BaseOutputPath>
                <PublishDir>bin/Release/net10.0/publish/</PublishDir>
                <StaticCollectPath>site.css</StaticCollectPath>
              </PropertyGroup>
              {content}
              {(content.Length == 0 ? Everything.On : "")}
              <Import Project="{build}/StaticCollect.Build.targets" />
            </Project>
            """);
    }

    private static CommandResult Run(TestProject project, string target, bool succeeds = true)
    {
        var result = project.Run(Host.Value, [Path.Combine(project.Folder, "Bare.proj"), target]);
        Assert.That(result.ExitCode, succeeds ? Is.Zero : Is.EqualTo(1), result.Output);
        return result;
    }

    private static string[] Files(TestProject project) =>
        [.. project.Tree().Where(path => !path.EndsWith(".br", StringComparison.Ordinal) && !path.EndsWith(".gz", StringComparison.Ordinal))];

    private static byte[] Bytes(TestProject project, string path) => File.ReadAllBytes(Path.Combine(project.Root, path));

    private static void AssertEncodingsDecode(TestProject project)
    {
        var release = ReleaseOnDisk.Of(project);
        var encoded = release.Files.Where(file => file.Encoding is not null).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(encoded.Select(file => file.Encoding).Distinct(StringComparer.Ordinal), Is.EquivalentTo(new[] { "gzip", "br" }));
            foreach (var file in encoded)
            {
                Assert.That(
                    Encodings.Decode(Bytes(project, file.Path), file.Encoding),
                    Is.EqualTo(Bytes(project, Path.ChangeExtension(file.Path, null))),
                    file.Path);
            }
        });
    }

    private static string Publish()
    {
        var folder = Path.Combine(PackedPackage.WorkFolder, "oldest-host");
        var published = Command.Run(PackedPackage.Repository, "dotnet", ["publish", "tests/OldestHost", "-c", "Release", "-o", folder, "-v:m"]);
        Assert.That(published.ExitCode, Is.Zero, published.Output);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "OldestHost.exe" : "OldestHost");
    }
}
