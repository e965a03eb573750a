using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Finders;

/// <summary>What referenced projects bring. None of them needs to know the package.</summary>
public sealed class ProjectFinderTests
{
    [Test]
    public void A_referenced_project_may_have_the_package_too()
    {
        using var project = TestProject.Console("""<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""")
            .WriteLibrary("Lib", $"<ItemGroup>{TestProject.PackageReference}</ItemGroup>" + References("""<ProjectReference Include="../Base/Base.csproj" />"""))
            .WriteLibrary("Base")
            .Write("../Lib/static/lib.css", "")
            .Write("../Base/static/base.css", "");

        var result = project.Publish();

        Assert.That(result.Lines("warning"), Is.Empty);
        Assert.That(project.Tree(), Is.EqualTo(new[] { "base.css", "lib.css" }));
    }

    [Test]
    public void Every_project_behind_the_references_is_scanned_dependencies_first()
    {
        using var project = Restored.Console("""
            <PropertyGroup><DisableTransitiveProjectReferences>true</DisableTransitiveProjectReferences></PropertyGroup>
            <ItemGroup>
              <ProjectReference Include="../Middle/Middle.csproj" />
              <ProjectReference Include="../Functional/Functional.fsproj" />
              <ProjectReference Include="../Basic/Basic.vbproj" />
              <ProjectReference Include="../Several/Several.csproj" />
              <ProjectReference Include="../Custom/Custom.csproj" />
              <ProjectReference Include="../Renamed/Renamed.csproj" />
              <ProjectReference Include="../Empty/Empty.csproj" />
            </ItemGroup>
            """)
            .WriteLibrary("Middle", References("""<ProjectReference Include="../Base/Base.csproj" PrivateAssets="all" />"""))
            .WriteLibrary("Base")
            .Write("../Functional/Functional.fsproj", Library)
            .Write("../Basic/Basic.vbproj", Library)
            .Write("../Several/Several.csproj", Library
                .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net8.0;net10.0</TargetFrameworks>", StringComparison.Ordinal)
                .Replace("</Project>", """
                    <ItemGroup>
                      <ProjectReference Include="../Old/Old.csproj" Condition="'$(TargetFramework)' == 'net8.0'" />
                      <ProjectReference Include="../New/New.csproj" Condition="'$(TargetFramework)' == 'net10.0'" />
                    </ItemGroup>
                    </Project>
                    """, StringComparison.Ordinal))
            .WriteLibrary("Old")
            .WriteLibrary("New")
            .WriteLibrary("Custom", "<PropertyGroup><CustomAfterMicrosoftCommonTargets>$(MSBuildProjectDirectory)/custom.targets</CustomAfterMicrosoftCommonTargets></PropertyGroup>"
                + References("""<ProjectReference Include="../Behind/Behind.csproj" />"""))
            .Write("../Custom/custom.targets", "<Project />")
            .WriteLibrary("Behind")
            .WriteLibrary("Renamed", "<PropertyGroup><StaticCollectFolderName>assets</StaticCollectFolderName></PropertyGroup>")
            .Write("../Renamed/assets/Renamed.css", "")
            .Write("../Renamed/static/no.css", "")
            .WriteLibrary("Empty");
        string[] scanned = ["Base", "Middle", "Functional", "Basic", "New", "Several", "Behind", "Custom"];
        foreach (var name in scanned.Append("Old"))
            project.Write($"../{name}/static/{name}.css", $"of {name}").Write($"../{name}/static/shared.css", $"of {name}");
        project.Write("../Middle/feature/static/no.css", "an app of the library is its own matter");

        var result = project.CollectNow("-p:StaticCollectVerbosity=Detailed");

        Assert.Multiple(() =>
        {
            Assert.That(Scanned(result), Is.EqualTo(scanned.Append("Renamed")));
            Assert.That(project.Tree(), Is.EqualTo(
                scanned.Append("Renamed").Select(name => $"{name}.css").Append("shared.css").Order(StringComparer.Ordinal)));
            Assert.That(project.Read("shared.css"), Is.EqualTo("of Custom"));
        });
    }

    [Test]
    public void References_for_their_output_only_count_when_marked_and_any_other_can_be_left_out()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <ProjectReference Include="../Tool/Tool.csproj" ReferenceOutputAssembly="false" />
              <ProjectReference Include="../Front/Front.csproj" ReferenceOutputAssembly="false" StaticCollect="true" />
              <ProjectReference Include="../Hidden/Hidden.csproj" StaticCollect="false" />
              <ProjectReference Include="../Plain/Plain.csproj" />
            </ItemGroup>
            """);
        foreach (var name in new[] { "Tool", "Front", "Hidden", "Plain" })
            project.WriteLibrary(name).Write($"../{name}/static/{name}.css", "");

        project.CollectNow();

        Assert.That(project.Tree(), Is.EqualTo(new[] { "Front.css", "Plain.css" }));
    }

    /// <summary>
    /// The restore has written which project refers to which. It is believed where that surely holds, and says then what MSBuild
    /// would say, in the same order.
    /// </summary>
    [Test]
    public void What_the_restore_wrote_is_what_the_projects_would_answer()
    {
        using var project = TestProject.Console("""
            <ItemGroup>
              <ProjectReference Include="../Zebra/Zebra.csproj" />
              <ProjectReference Include="../Several/Several.csproj" />
              <ProjectReference Include="../Base/Base.csproj" />
            </ItemGroup>
            """)
            .WriteLibrary("Zebra", References("""<ProjectReference Include="..\Yak\Yak.csproj" PrivateAssets="all" /><ProjectReference Include="../Ant/Ant.csproj" />"""))
            .WriteLibrary("Yak", References("""<ProjectReference Include="../Base/Base.csproj" />"""))
            .WriteLibrary("Ant").WriteLibrary("Base").WriteLibrary("Old").WriteLibrary("New").WriteLibrary("Late")
            .Write("../Several/Several.csproj", Library.Replace("</Project>", """
                <ItemGroup>
                  <ProjectReference Include="../Old/Old.csproj" Condition="'$(TargetFramework)' == 'net8.0'" />
                  <ProjectReference Include="../New/New.csproj" Condition="'$(TargetFramework)' == 'net10.0'" />
                </ItemGroup>
                </Project>
                """, StringComparison.Ordinal));
        string[] scanned = ["Base", "Yak", "Ant", "Zebra", "New", "Several"];
        foreach (var name in scanned.Concat(["Old", "Late"]))
            project.Write($"../{name}/static/{name}.css", $"of {name}");

        var restored = project.Publish("-p:StaticCollectVerbosity=Detailed");
        var asked = project.Publish("-p:StaticCollectVerbosity=Detailed", "-p:_StaticCollectIsRestored=false", "--no-build");

        // The restore knows nothing of this yet.
        project.WriteLibrary("Yak", References("""<ProjectReference Include="../Base/Base.csproj" /><ProjectReference Include="../Late/Late.csproj" />"""));
        var edited = project.CollectNow("-p:StaticCollectVerbosity=Detailed");
        Assert.Multiple(() =>
        {
            Assert.That(Scanned(restored), Is.EqualTo(scanned));
            Assert.That(Scanned(asked), Is.EqualTo(scanned));
            Assert.That(Scanned(edited), Is.EqualTo(new[] { "Base", "Late", "Yak", "Ant", "Zebra", "New", "Several" }));
        });
    }

    /// <summary>A chain: MSBuild itself does not bear all others in isolation.</summary>
    [Test]
    public void Nothing_is_asked_where_no_project_may_be()
    {
        using var project = TestProject.Console("""<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""")
            .WriteLibrary("Lib", References("""<ProjectReference Include="../Base/Base.csproj" />"""))
            .WriteLibrary("Base")
            .Write("../Lib/static/lib.css", "")
            .Write("../Base/static/base.css", "");
        project.Succeed("restore");

        project.Publish("-graph", "-isolate", "--no-restore");

        Assert.That(project.Tree(), Is.EqualTo(new[] { "base.css", "lib.css" }));
    }

    private static IEnumerable<string> Scanned(CommandResult result) => result.Lines("Scanned ").Select(line => line.Split('\'')[1]);

    private const string Library = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
        </Project>
        """;

    private static string References(string reference) => $"<ItemGroup>{reference}</ItemGroup>";
}
