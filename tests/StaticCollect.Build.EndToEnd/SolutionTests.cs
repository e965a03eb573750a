using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Every project of a solution has the package; only what is published to run collects.</summary>
public sealed class SolutionTests
{
    [Test]
    public void In_a_solution_the_applications_collect_and_libraries_and_tests_do_not()
    {
        using var solution = new TestProject("Shop")
            .Write("../Directory.Packages.props", $"""
                <Project>
                  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                  <ItemGroup><GlobalPackageReference Include="StaticCollect.Build" Version="{PackedPackage.Version}" /></ItemGroup>
                </Project>
                """)
            .Write("All.slnx", """
                <Solution>
                  <Project Path="Site/Site.csproj" />
                  <Project Path="Tool/Tool.csproj" />
                  <Project Path="Lib/Lib.csproj" />
                  <Project Path="Tests/Tests.csproj" />
                </Solution>
                """);
        Write("Site", "Microsoft.NET.Sdk.Web", "", """<ProjectReference Include="../Lib/Lib.csproj" />""");
        Write("Tool", "Microsoft.NET.Sdk", "<OutputType>Exe</OutputType>");
        Write("Lib", "Microsoft.NET.Sdk", "");
        Write("Tests", "Microsoft.NET.Sdk", "<OutputType>Exe</OutputType><IsTestProject>true</IsTestProject>");

        var result = solution.Publish("All.slnx");

        Assert.Multiple(() =>
        {
            Assert.That(
                solution.Tree(solution.Folder).Where(path => path.Contains("/publish/wwwroot/", StringComparison.Ordinal)),
                Is.EqualTo(new[]
                {
                    "Site/bin/Release/net10.0/publish/wwwroot/static/Lib.css",
                    "Site/bin/Release/net10.0/publish/wwwroot/static/Site.css",
                    "Tool/bin/Release/net10.0/publish/wwwroot/static/Tool.css",
                }));
            Assert.That(result.Lines(" copied to "), Has.Count.EqualTo(2));
            Assert.That(Directory.Exists(Path.Combine(solution.Folder, "Lib/obj/staticcollect")), Is.False);
            Assert.That(Directory.Exists(Path.Combine(solution.Folder, "Tests/obj/staticcollect")), Is.False);
        });

        void Write(string name, string sdk, string properties, string reference = "") => solution
            .Write($"{name}/{name}.csproj", $"""
                <Project Sdk="{sdk}">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework>{properties}</PropertyGroup>
                  <ItemGroup>{reference}</ItemGroup>
                </Project>
                """)
            .Write($"{name}/Program.cs", name == "Lib" ? "" : "return;")
            .Write($"{name}/static/{name}.css", name);
    }
}
