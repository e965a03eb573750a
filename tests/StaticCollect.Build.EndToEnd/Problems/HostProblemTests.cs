using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>What can be wrong with the restore and with the host of the build.</summary>
public sealed class HostProblemTests
{
    [Test]
    public void Without_a_readable_assets_file_the_user_is_told_to_restore()
    {
        using var project = Restored.Console().Write("static/a.css", "");
        var assets = Path.Combine(project.Folder, "obj/project.assets.json");

        File.WriteAllText(assets, """{ "version": 3, "targets": [""");
        var damaged = project.FailNow().Only("error SC1006");
        File.WriteAllText(assets, "{}");
        var empty = project.FailNow().Only("error SC1006");
        File.Delete(assets);
        var missing = project.FailNow().Only("error SC1006");

        Assert.Multiple(() =>
        {
            Assert.That(damaged.Place, Is.EqualTo(assets));
            Assert.That(damaged.Text, Does.Contain("Run 'dotnet restore' again."));
            Assert.That(empty.Place, Is.EqualTo(assets));
            Assert.That(missing.Text, Is.EqualTo($"The packages of the project are not known, since '{assets}' is not there. Run 'dotnet restore' first."));
            Assert.That(project.Tree("bin"), Is.Empty);
        });
    }

    [Test]
    public void A_host_that_cannot_load_the_task_is_told_what_to_use()
    {
        // What MSBuild says of itself cannot be set from outside, so the packed targets are made to look elsewhere.
        using var project = Restored.Console().Write("static/a.css", "").Write("../build/empty", "");
        var packed = Path.Combine(PackedPackage.Packages, "staticcollect.build", PackedPackage.Version, "build");
        foreach (var file in Directory.EnumerateFiles(packed))
        {
            project.Write($"../build/{Path.GetFileName(file)}", File.ReadAllText(file)
                .Replace("$(MSBuildRuntimeType)", "Full", StringComparison.Ordinal)
                .Replace("$(MSBuildVersion)", "17.14.0", StringComparison.Ordinal));
        }

        project.Write("App.csproj", """
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Import Project="../build/StaticCollect.Build.targets" />
            </Project>
            """);
        Directory.Delete(Path.Combine(project.Folder, "obj"), recursive: true);

        var shown = project.FailNow().Only("error SC1008");

        Assert.That(shown.Text, Is.EqualTo(
            "StaticCollect.Build needs the .NET SDK's MSBuild, or Visual Studio 2026 (18.0) or later; this is MSBuild 17.14.0 on .NET Framework. Publish with 'dotnet publish'."));
    }
}
