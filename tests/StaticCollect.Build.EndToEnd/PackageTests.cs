using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>What <c>dotnet pack</c> at the top of the repository gives.</summary>
public sealed class PackageTests
{
    [Test]
    public void Packing_twice_gives_one_package_with_the_same_bytes_and_nothing_that_does_not_belong_in_it()
    {
        var first = Pack("first", "pack", "-c", "Release");
        var second = Pack("second", "msbuild", "src/StaticCollect.Build", "-t:Rebuild;Pack", "-p:Configuration=Release");

        Assert.Multiple(() =>
        {
            Assert.That(first.Keys.Where(IsOfUs), Is.EqualTo(new[]
            {
                "LICENSE",
                "StaticCollect.Build.nuspec",
                "build/StaticCollect.Build.References.targets",
                "build/StaticCollect.Build.props",
                "build/StaticCollect.Build.targets",
                "icon.png",
                "readme.md",
                "tasks/net10.0/linux-arm64/StaticCollect.Build.dll",
                "tasks/net10.0/linux-x64/StaticCollect.Build.dll",
                "tasks/net10.0/osx-arm64/StaticCollect.Build.dll",
                "tasks/net10.0/win-x64/StaticCollect.Build.dll",
                "tasks/net8.0/StaticCollect.Build.dll",
                "tasks/net8.0/StaticCollect.Build.xml",
            }));
            Assert.That(first["StaticCollect.Build.nuspec"].Text, Does
                .Contain("<license type=\"expression\">MIT</license>")
                .And.Contain("<readme>readme.md</readme>")
                .And.Contain("<icon>icon.png</icon>")
                .And.Contain("<developmentDependency>true</developmentDependency>")
                .And.Not.Contain("<dependencies>"));

            // NuGet names the core properties at random and repeats that name in the relations.
            foreach (var (name, entry) in first.Where(entry => IsOfUs(entry.Key)))
                Assert.That(second[name].Hash, Is.EqualTo(entry.Hash), name);
        });

        static bool IsOfUs(string name) =>
            !name.StartsWith("package/", StringComparison.Ordinal) && name is not ("_rels/.rels" or "[Content_Types].xml");
    }

    private static SortedDictionary<string, (string Hash, string Text)> Pack(string name, params string[] command)
    {
        var folder = Path.Combine(PackedPackage.WorkFolder, $"packed-{name}");
        var result = Command.Run(
            PackedPackage.Repository, "dotnet", [.. command, .. command[0] == "pack" ? ["-o", folder] : new[] { $"-p:PackageOutputPath={folder}" }]);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        var packages = Directory.GetFiles(folder);
        Assert.That(packages, Has.Length.EqualTo(1), result.Output);
        Assert.That(Path.GetFileName(packages[0]), Does.Match(new Regex(@"^StaticCollect\.Build\.\d+\.\d+\.\d+.*\.nupkg$")));

        using var zip = ZipFile.OpenRead(packages[0]);
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
}
