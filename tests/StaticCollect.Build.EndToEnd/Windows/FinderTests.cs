using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>On Windows: what nested projects, packages and the closure of referenced projects bring.</summary>
public sealed class FinderTests
{
    [Test]
    public void Packages_referenced_projects_apps_and_named_sources_are_all_found()
    {
        const string Package = "Windows.Theme";
        using var project = WindowsProject.Console($"""
            <ItemGroup>
              {TestPackage.Reference(Package)}
              <ProjectReference Include="..\Middle\Middle.csproj" />
              <StaticCollectDirectory Include="..\common\files\" Prefix="shared\more" />
              <StaticCollectFile Include="single\one.txt" LogicalPath="single\one.txt" />
              <ProjectReference Include="Nested\Nested.csproj" />
              <Compile Remove="Nested\**;Other\**" />
            </ItemGroup>
            """)
            .WriteLibrary("Middle", """<ItemGroup><ProjectReference Include="..\Base\Base.csproj" PrivateAssets="all" /></ItemGroup>""")
            .WriteLibrary("Base")
            .Write("../Middle/static/middle.css", "middle")
            .Write("../Base/static/base.css", "base")
            .Write("../common/files/s.css", "s")
            .Write("single/one.txt", "one")
            .Write("Shop/static/shop.css", "shop")
            .Write("Areas/Admin/static/admin.css", "admin")
            .Write("Nested/Nested.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""")
            .Write("Nested/static/nested.css", "nested")
            .Write("Other/Other.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""")
            .Write("Other/static/other.css", "of a project that nobody refers to");
        TestPackage.Write(Path.Combine(project.Workspace, "feed"), Package, [("static/theme/theme.css", "theme")]);
        project.Write("../nuget.config", File.ReadAllText(Path.Combine(project.Workspace, "nuget.config"))
            .Replace("</packageSources>", $"""<add key="own" value="{project.PathOf(Path.Combine(project.Workspace, "feed"))}" /></packageSources>""", StringComparison.Ordinal));

        project.Collect();
        var release = File.ReadAllText(Directory.GetFiles(project.Records(), "release.json", SearchOption.AllDirectories).Single());

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[]
            {
                "admin.css", "base.css", "middle.css", "nested.css", "shared/more/s.css", "shop.css", "single/one.txt", "theme/theme.css",
            }));
            Assert.That(project.Read("theme/theme.css"), Is.EqualTo("theme"));
            Assert.That(release, Does.Not.Contain("\\").And.Contain("\"../Base/static/base.css\"").And.Contain("\"windows.theme/1.0.0/static/theme/theme.css\""));
        });
    }
}
