using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>A project with a package of npm whose sources name what is not there, as those of rxjs do, and with a mistake of its own.</summary>
public sealed class BaselineTests
{
    private const string Baseline = "static-baseline.json";

    [Test]
    public void What_is_known_is_counted_and_a_new_mistake_fails_the_publish()
    {
        using var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectMissingReference>Error</StaticCollectMissingReference>
              <StaticCollectBaseline>static-baseline.json</StaticCollectBaseline>
            </PropertyGroup>
            <ItemGroup>
              <StaticCollectDirectory Include="node_modules/rxjs/src" Prefix="rxjs" />
              <StaticCollectDirectory Include="../vendor" Prefix="vendor" />
              <Content Include="Views/*.cshtml" />
            </ItemGroup>
            """)
            .Write("node_modules/rxjs/package.json", """{"name":"rxjs","version":"7.8.2"}""")
            .Write("node_modules/rxjs/src/index.js", "export * from './internal/Observable'; export * from './internal/Subject';")
            .Write("../vendor/theme.css", "a { background: url(gone.png) }")
            .Write("Views/Home.cshtml", "<img src=\"~/static/gone.svg\">");

        var missing = project.FailNow();
        var written = project.RunNow("WriteStaticBaseline");
        var baseline = File.ReadAllText(Path.Combine(project.Folder, Baseline));
        var first = project.CollectNow();
        var second = project.CollectNow();
        var again = project.RunNow("WriteStaticBaseline");

        project.Write("static/site.css", "a { background: url(new.png) }");
        var strict = project.FailNow();
        project.Write("static/site.css", "a { b: c }")
            .Write("../vendor/theme.css", "a { b: c }")
            .Write("node_modules/rxjs/package.json", """{"name":"rxjs","version":"8.0.0"}""")
            .Write("node_modules/rxjs/src/index.js", "export * from './internal/Observable'; export * from './internal/New';");
        var outdated = project.CollectNow();
        File.WriteAllText(Path.Combine(project.Folder, Baseline), baseline.Replace("\"missing\"", "<<<<<<< HEAD", StringComparison.Ordinal));
        var damaged = project.FailNow();

        Assert.Multiple(() =>
        {
            Assert.That(missing.Only("error SC1011").Text, Is.EqualTo("The baseline 'static-baseline.json' is not there. Write it with dotnet build -t:WriteStaticBaseline, or leave StaticCollectBaseline out."));
            Assert.That(written.Diagnostics(), Is.Empty, written.Output);
            Assert.That(written.Output, Does.Contain("4 references that lead nowhere written to 'static-baseline.json'."));
            Assert.That(baseline, Does.Contain("\"../vendor/theme.css\": [\n          \"gone.png\"\n").And.Contain("\"package\": \"rxjs\",\n      \"version\": \"7.8.2\",\n").And.Contain("\"Views/Home.cshtml\""));
            foreach (var run in new[] { first, second })
            {
                Assert.That(run.Diagnostics(), Is.Empty, run.Output);
                Assert.That(run.Output, Does.Contain(", 4 known missing."));
            }

            Assert.That(again.Output, Does.Contain("4 references"));
            Assert.That(strict.Only("error SC3001").Place, Does.EndWith("site.css(1,21)"));
            Assert.That(outdated.Diagnostics().Select(one => $"{one.Kind}: {one.Text}"), Is.EqualTo(new[]
            {
                "warning SC3005: The baseline 'static-baseline.json' knows 'rxjs' 7.8.2, and it is 8.0.0 now: 1 reference that leads nowhere is new ('./internal/New' in 'src/index.js'), and 1 of before is no more. Look at them, and write it anew with dotnet build -t:WriteStaticBaseline.",
                "warning SC3005: The baseline 'static-baseline.json' knows 'gone.png' in '../vendor/theme.css', which leads nowhere no more. So that nothing hides there, write it anew with dotnet build -t:WriteStaticBaseline.",
            }), outdated.Output);
            Assert.That(damaged.Only("error SC1011").Place, Does.EndWith("static-baseline.json(3,3)"), damaged.Output);
        });
    }
}
