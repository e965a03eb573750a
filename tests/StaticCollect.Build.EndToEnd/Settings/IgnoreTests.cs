using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Settings;

/// <summary>What is left out: patterns of the user's, and Django's by default.</summary>
public sealed class IgnoreTests
{
    [Test]
    public void Patterns_mean_what_they_say_although_MSBuild_looks_for_files_of_that_name()
    {
        using var project = Restored.Console("""
            <ItemGroup>
              <StaticCollectIgnore Include="*.map;%2A.bak" />
              <StaticCollectIgnore Include="vendor/**/test" />
              <StaticCollectIgnore Include="*.txt" Source="app1" />
              <StaticCollectIgnore Include="%2A.md"><Source>art</Source></StaticCollectIgnore>
              <StaticCollectIgnore Include="draft.css" />
              <StaticCollectDirectory Include="art" Prefix="art" />
            </ItemGroup>
            """)
            .Write("../Directory.Build.props", """
                <Project><ItemGroup><StaticCollectIgnore Include="*.fromprops" /></ItemGroup></Project>
                """)
            .Write("one.map", "what MSBuild finds for the pattern");
        foreach (var (source, name) in new[] { ("app1/static", "app1"), ("app2/static", "app2"), ("art", "art") })
        {
            foreach (var file in new[] { $"{name}.css", $"{name}.css.map", $"deep/{name}.bak", $"{name}.txt", $"{name}.md", "draft.css", "deep/draft.css", $"{name}.fromprops", $"vendor/x/y/test/{name}.js", $"vendor/x/y/{name}.js" })
                project.Write($"{source}/{file}", "");
        }

        var result = project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(result.Diagnostics(), Is.Empty);
            Assert.That(project.Tree(), Is.EqualTo(new[]
            {
                "app1.css", "app1.md", "app2.css", "app2.md", "app2.txt",
                "art/art.css", "art/art.txt", "art/vendor/x/y/art.js", "vendor/x/y/app1.js", "vendor/x/y/app2.js",
            }));
        });
    }

    [Test]
    public void Version_control_hidden_files_and_backups_are_left_out_by_default()
    {
        using var project = Restored.Console();
        foreach (var file in new[] { "a.css", "a.css~", ".hidden", ".git/config", "CVS/Entries", "cvs/kept.css", "deep/.DS_Store" })
            project.Write($"static/{file}", "");

        project.CollectNow();
        var byDefault = project.Tree();
        project.CollectNow("-p:StaticCollectDefaultIgnore=false");

        Assert.Multiple(() =>
        {
            Assert.That(byDefault, Is.EqualTo(new[] { "a.css", "cvs/kept.css" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { ".git/config", ".hidden", "CVS/Entries", "a.css", "a.css~", "cvs/kept.css", "deep/.DS_Store" }));
        });
    }

    [Test]
    public void A_pattern_that_cannot_be_read_back_is_a_warning_at_its_place_in_the_file()
    {
        using var project = Restored.Console("""
            <ItemGroup Condition="'$(Configuration)' == 'Release'">
                <StaticCollectIgnore Include="*.map;%2A.bak" />
              </ItemGroup>
            """)
            .Write("static/a.css", "").Write("static/a.css.map", "").Write("static/a.bak", "");
        var line = 1 + Array.FindIndex(File.ReadAllLines(Path.Combine(project.Folder, "App.csproj")), text => text.Contains("*.map", StringComparison.Ordinal));

        var shown = project.CollectNow().Only("warning SC1005");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Place, Does.Match($@"/App\.csproj\({line},\d+\)$"));
            Assert.That(shown.Text, Does.Contain("'*.map'").And.EndsWith("Write it as '%2A.map'."));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "a.css", "a.css.map" }));
        });
    }
}
