using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>What <c>dotnet pack</c> gives.</summary>
public sealed class PackageTests
{
    [Test]
    public void Packing_in_two_folders_gives_packages_with_the_same_bytes_and_nothing_that_does_not_belong_in_them()
    {
        PackedPackage.WithStores();
        string[] here = [.. Directory.GetFiles(PackedPackage.Feed, $"*.{PackedPackage.Version}.nupkg").Order(StringComparer.Ordinal)];
        var elsewhere = Pack(Copy(Path.Combine(PackedPackage.WorkFolder, "sources", "elsewhere")));
        var first = Entries(here[0]);

        Assert.Multiple(() =>
        {
            string[] expected =
            [
                "LICENSE",
                "StaticCollect.Build.nuspec",
                "build/StaticCollect.Build.References.targets",
                "build/StaticCollect.Build.props",
                "build/StaticCollect.Build.targets",
                .. Docs(),
                "icon.png",
                "readme.md",
                "tasks/net10.0/linux-arm64/StaticCollect.Build.dll",
                "tasks/net10.0/linux-x64/StaticCollect.Build.dll",
                "tasks/net10.0/osx-arm64/StaticCollect.Build.dll",
                "tasks/net10.0/win-x64/StaticCollect.Build.dll",
                "tasks/net8.0/StaticCollect.Build.dll",
                "tasks/net8.0/StaticCollect.Build.xml",
                "third-party-notices.txt",
            ];
            Assert.That(first.Keys.Where(IsOfUs), Is.EqualTo(expected));
            Assert.That(first["StaticCollect.Build.nuspec"].Text, Does
                .Contain("<license type=\"expression\">MIT</license>")
                .And.Contain("<readme>readme.md</readme>")
                .And.Contain("<icon>icon.png</icon>")
                .And.Contain("<developmentDependency>true</developmentDependency>")
                .And.Not.Contain("<dependencies>"));

            Assert.That(here, Has.Length.EqualTo(3));
            Assert.That(elsewhere.Select(Path.GetFileName), Is.EqualTo(here.Select(Path.GetFileName)));
            foreach (var (package, other) in here.Zip(elsewhere))
            {
                var others = Entries(other);
                foreach (var (name, entry) in Entries(package))
                    Assert.That(others.GetValueOrDefault(name).Hash, Is.EqualTo(entry.Hash), name);
                Assert.That(HashOf(other), Is.EqualTo(HashOf(package)), "the package as a whole: entries, their order and their times");
            }
        });

        static bool IsOfUs(string name) =>
            !name.StartsWith("package/", StringComparison.Ordinal) && name is not ("_rels/.rels" or "[Content_Types].xml");
    }

    [TestCase("StaticCollect.Build.S3", "StaticCollect.Build.S3", "AWSSDK.Core", "AWSSDK.S3")]
    [TestCase("StaticCollect.Build.AzureStorage", "StaticCollect.Build.AzureStorage", "Azure.Core", "Azure.Storage.Blobs", "Azure.Storage.Common")]
    public void The_package_of_a_store_brings_its_task_with_all_that_it_needs_and_asks_for_nothing(string id, params string[] assemblies)
    {
        PackedPackage.WithStores();
        using var zip = ZipFile.OpenRead(Path.Combine(PackedPackage.Feed, $"{id}.{PackedPackage.Version}.nupkg"));
        var entries = zip.Entries.Select(entry => entry.FullName).ToList();
        using var nuspec = new StreamReader(zip.GetEntry($"{id}.nuspec")!.Open());
        Assert.Multiple(() =>
        {
            Assert.That(entries, Is.SupersetOf(assemblies.Append("StaticCollect.Build.Upload").Append("StaticCollect.Build").Select(name => $"tasks/net8.0/{name}.dll")));
            Assert.That(entries, Is.SupersetOf(new[] { $"build/{id}.props", $"build/{id}.targets", "build/StaticCollect.Build.Upload.targets", "readme.md", "icon.png", "LICENSE", "third-party-notices.txt", $"tasks/net8.0/{id}.deps.json" }));
            Assert.That(entries.Where(name => name.Contains("Microsoft.Build", StringComparison.Ordinal) || name.StartsWith("lib/", StringComparison.Ordinal)), Is.Empty, "The host brings MSBuild.");
            Assert.That(nuspec.ReadToEnd(), Does.Contain("<developmentDependency>true</developmentDependency>").And.Not.Contain("<dependencies>"));
        });
    }

    /// <summary>Every page, where the readme of the package says that it is.</summary>
    private static IEnumerable<string> Docs() =>
        Directory.EnumerateFiles(Path.Combine(PackedPackage.Repository, "docs"), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(PackedPackage.Repository, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>What packing needs, in another folder, which is no clone.</summary>
    private static string Copy(string folder)
    {
        var root = new DirectoryInfo(PackedPackage.Repository);
        string[] folders = ["src", "build", "nuget", "docs"];
        foreach (var file in root.EnumerateFiles().Concat(folders.SelectMany(name => new DirectoryInfo(Path.Combine(root.FullName, name)).EnumerateFiles("*", SearchOption.AllDirectories))))
        {
            var path = Path.GetRelativePath(root.FullName, file.FullName);
            if (path.Split(Path.DirectorySeparatorChar).Any(name => name is "bin" or "obj" or ".git"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            file.CopyTo(Path.Combine(folder, path));
        }

        return folder;
    }

    /// <summary>Packs all packages; gives them in the order of their names.</summary>
    private static string[] Pack(string sources)
    {
        var folder = Path.Combine(PackedPackage.WorkFolder, "packed-elsewhere");

        // With all that is built: what no solution names is built in Debug by it.
        string[] projects = ["StaticCollect.Build", "StaticCollect.Build.AzureStorage", "StaticCollect.Build.S3", "StaticCollect.Build.Upload"];
        File.WriteAllText(Path.Combine(sources, "Packages.slnx"), $"<Solution>{string.Concat(projects.Select(project => $"<Project Path=\"src/{project}/{project}.csproj\" />"))}</Solution>");

        var suffix = PackedPackage.Version[(PackedPackage.Version.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var result = Command.Run(sources, "dotnet", ["pack", "Packages.slnx", "-c", "Release", "-o", folder, $"-p:VersionSuffix={suffix}", .. PackedPackage.Told]);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        string[] packages = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        Assert.That(Path.GetFileName(packages[0]), Does.Match(new Regex(@"^StaticCollect\.Build\.\d+\.\d+\.\d+.*\.nupkg$")), result.Output);
        return packages;
    }

    private static SortedDictionary<string, (string Hash, string Text)> Entries(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        var entries = new SortedDictionary<string, (string Hash, string Text)>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            entries.Add(entry.FullName, (Convert.ToHexString(SHA256.HashData(bytes.ToArray())), System.Text.Encoding.UTF8.GetString(bytes.ToArray())));
        }

        return entries;
    }

    private static string HashOf(string package) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(package)));
}
