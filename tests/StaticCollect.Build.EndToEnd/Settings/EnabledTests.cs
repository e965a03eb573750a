using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>What is published to run collects by itself; libraries and tests do not, unless told to.</summary>
public sealed class EnabledTests
{
    [Test]
    public void Libraries_and_tests_do_not_collect_unless_told_to()
    {
        using var project = Restored.Console("""
            <Target Name="TellEnabled"><Message Importance="high" Text="$(Case) = $(StaticCollectEnabled)" /></Target>
            """)
            .Write("Cases.proj", """
                <Project>
                  <Target Name="Ask">
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Exe" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=WinExe;OutputType=WinExe" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Library;OutputType=Library" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Web library;OutputType=Library;UsingMicrosoftNETSdkWeb=true" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Test;IsTestProject=true" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Not published;IsPublishable=false" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Library told to;OutputType=Library;StaticCollectEnabled=true" />
                    <MSBuild Projects="App.csproj" Targets="TellEnabled" Properties="Case=Exe told not to;StaticCollectEnabled=false" />
                  </Target>
                </Project>
                """);

        var result = project.Succeed("msbuild", "Cases.proj", "-t:Ask");

        Assert.That(result.Lines(" = "), Is.EqualTo(new[]
        {
            "Exe = true",
            "WinExe = true",
            "Library = false",
            "Web library = true",
            "Test = false",
            "Not published = false",
            "Library told to = true",
            "Exe told not to = false",
        }));
    }

    [Test]
    public void Switched_off_nothing_is_collected_and_nothing_said()
    {
        using var project = Restored.Console().Write("static/a.css", "");

        var result = project.CollectNow("-p:StaticCollectEnabled=false", "-p:StaticCollectConflict=NotLookedAt");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree("bin"), Is.Empty);
            Assert.That(result.Output, Does.Not.Contain("static file"));
            Assert.That(result.Diagnostics(), Is.Empty);
        });
    }
}
