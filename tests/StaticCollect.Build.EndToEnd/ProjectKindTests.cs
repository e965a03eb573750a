using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Projects of other SDKs and languages.</summary>
public sealed class ProjectKindTests
{
    [Test]
    public void A_worker_service_collects()
    {
        using var project = Project("App.csproj", """
            <TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
            """, "Microsoft.NET.Sdk.Worker", """<ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>""")
            .Write("Program.cs", "Host.CreateApplicationBuilder(args).Build().Run();");

        project.Publish();

        Assert.That(project.Tree(), Is.EqualTo(new[] { "site.css" }));
    }

    [Test]
    public void An_FSharp_project_collects()
    {
        // FSharp.Core comes with the SDK, in a folder that the SDK adds to the sources.
        using var project = Project("App.fsproj", """
            <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
            """, content: """<ItemGroup><Compile Include="Program.fs" /></ItemGroup>""")
            .Write("Program.fs", "printfn \"Hello\"\n");

        project.Publish();

        Assert.That(project.Tree(), Is.EqualTo(new[] { "site.css" }));
    }

    [Test]
    public void A_Visual_Basic_project_collects()
    {
        using var project = Project("App.vbproj", """
            <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
            """)
            .Write("Program.vb", "Module Program\nSub Main()\nEnd Sub\nEnd Module\n");

        project.Publish();

        Assert.That(project.Tree(), Is.EqualTo(new[] { "site.css" }));
    }

    [Test]
    public void A_project_for_several_frameworks_collects_for_the_one_that_is_published()
    {
        // The second one is only named, never built: its reference assemblies are a package.
        using var project = Project("App.csproj", """
            <OutputType>Exe</OutputType><TargetFrameworks>net9.0;net10.0</TargetFrameworks><UseAppHost>false</UseAppHost>
            <DisableImplicitFrameworkReferences Condition="'$(TargetFramework)' == 'net9.0'">true</DisableImplicitFrameworkReferences>
            """)
            .Write("Program.cs", "return;");

        project.Publish("-f", "net10.0");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[] { "site.css" }));
            Assert.That(Directory.Exists(Path.Combine(project.Folder, "bin/Release/net9.0")), Is.False);
        });
    }

    private static TestProject Project(string file, string properties, string sdk = "Microsoft.NET.Sdk", string content = "") =>
        new TestProject()
            .Write(file, $"""
                <Project Sdk="{sdk}">
                  <PropertyGroup>{properties}</PropertyGroup>
                  <ItemGroup>{TestProject.PackageReference}</ItemGroup>
                  {content}
                </Project>
                """)
            .Write("static/site.css", "body { color: black }");
}
