using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Files of source folders are collected, and not published a second time by what the SDK takes for content.</summary>
public sealed class ContentTests
{
    [Test]
    public void Collected_files_are_not_published_a_second_time_as_content()
    {
        using var project = TestProject.Web("""
            <ItemGroup>
              <ProjectReference Include="../Library/Library.csproj" />
              <Content Include="static/*.txt" CopyToPublishDirectory="Always" />
              <StaticCollectDirectory Include="named" />
              <StaticCollectIgnore Include="*.map" Condition="'$(Configuration)' == 'Release'" />
            </ItemGroup>
            """)
            .Write("app1/static/x.json", "{}")
            .Write("static/own.json", "{}")
            .Write("static/own.txt", "")
            .Write("named/n.json", "{}")
            .Write("data/kept.json", "{}")
            .WriteLibrary("Library", """
                <ItemGroup>
                  <Content Include="static/**" CopyToPublishDirectory="PreserveNewest" />
                  <Content Include="kept/**" CopyToPublishDirectory="PreserveNewest" />
                </ItemGroup>
                """)
            .Write("../Library/static/y.json", "{}")
            .Write("../Library/kept/kept.txt", "");

        var result = project.Publish();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[] { "n.json", "own.json", "own.txt", "x.json", "y.json" }));
            Assert.That(
                project.Tree("bin/Release/net10.0/publish").Where(path => Path.GetExtension(path) is ".json" or ".txt" && !path.StartsWith("App.", StringComparison.Ordinal)),
                Is.EquivalentTo(new[]
                {
                    "wwwroot/static/n.json", "wwwroot/static/own.json", "wwwroot/static/own.txt", "wwwroot/static/x.json", "wwwroot/static/y.json",
                    "data/kept.json", "kept/kept.txt",

                    // A folder that the user named may be meant for both.
                    "named/n.json",
                }));

            // One mistake is told once, although two tasks read the settings.
            Assert.That(result.Lines("warning SC1005"), Has.Count.EqualTo(1));
        });
    }
}
