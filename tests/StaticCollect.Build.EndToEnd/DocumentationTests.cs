using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>
/// Runs the examples of the docs. The project files all are collected by one build, each in a copy of one restored
/// project; the commands run one after the other in another copy.
/// </summary>
public sealed class DocumentationTests
{
    private const string Marker = "=== example of line ";

    [Test]
    public void Every_project_example_does_what_the_docs_say()
    {
        var examples = DocumentationExample.All.Where(example => example.Language == "xml").ToList();
        using var project = Shop();
        project.Succeed("restore");
        foreach (var example in examples)
            Copy(project, example);

        // One after the other, each announced: the lines that a build prints do not say whose they are.
        project.Write("../examples.proj", """
            <Project>
              <ItemGroup>
                <Example Include="examples/*/Shop/Shop.csproj" />
              </ItemGroup>
              <Target Name="Run" Outputs="%(Example.Identity)">
                <Message Importance="high" Text="=== example of line %(Example.Identity)" />
                <MSBuild Projects="@(Example)" Targets="CollectStatic;WriteCollected" Properties="Configuration=Release" ContinueOnError="true" />
              </Target>
            </Project>
            """);
        var output = project.Dotnet("msbuild", "../examples.proj", "-t:Run", "-nologo", "-v:m", "-m:1", "-clp:NoSummary").Output;

        var parts = output.Split(Marker).Skip(1)
            .ToDictionary(part => part.Split('/', '\\')[1], part => part, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(examples, Has.Count.GreaterThan(20), "The examples are not found.");
            foreach (var example in examples)
                example.Check(Folder(project, example), parts.GetValueOrDefault(example.Name, ""));
        });
    }

    [Test]
    public void Every_command_example_prints_what_the_docs_say()
    {
        using var project = Shop();
        Assert.Multiple(() =>
        {
            foreach (var example in DocumentationExample.All.Where(example => example.Language == "sh"))
            {
                Assert.That(example.Text, Does.StartWith("dotnet "));
                var result = project.Succeed(example.Text.Trim().Split(' ')[1..]);
                example.Check(project.Folder, result.Output);
            }
        });
    }

    [Test]
    public void The_reader_of_the_manifest_compiles_and_gives_the_published_urls()
    {
        using var project = Shop();
        Assert.Multiple(() =>
        {
            var examples = DocumentationExample.All.Where(example => example.Language == "csharp").ToList();
            Assert.That(examples, Has.Count.EqualTo(2), "The examples are not found.");
            foreach (var example in examples)
                project.Write(example.AppFile!, example.Text);
            project.Publish("-p:StaticCollectFingerprint=true");
            var result = project.Succeed("bin/Release/net10.0/publish/Shop.dll");
            examples[^1].Check(project.Folder, result.Output);
        });
    }

    private static string Folder(TestProject project, DocumentationExample example) =>
        Path.Combine(project.Workspace, "examples", example.Name, "Shop");

    /// <summary>A copy of the restored project, with the example in its project file.</summary>
    private static void Copy(TestProject project, DocumentationExample example)
    {
        var top = Path.Combine(project.Workspace, "examples", example.Name);
        foreach (var name in new[] { "Shop", "Theme" })
        {
            var folder = Path.Combine(project.Workspace, name);
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(top, name, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        var projectFile = Path.Combine(top, "Shop", "Shop.csproj");
        var text = File.ReadAllText(projectFile);
        if (example.Sdk is { } sdk)
            text = text.Replace("Microsoft.NET.Sdk", sdk, StringComparison.Ordinal);
        File.WriteAllText(projectFile, text.Replace("</Project>", $"""
              {example.Text}
              <Target Name="WriteCollected">
                <WriteLinesToFile File="collected.txt" Lines="@(CollectedStaticFile->'%(LogicalPath) %(Url) %(App)')" Overwrite="true" />
              </Target>
            </Project>
            """, StringComparison.Ordinal));
        example.Prepare(Path.Combine(top, "Shop"));
    }

    /// <summary>The project that docs/options.md describes at its beginning.</summary>
    private static TestProject Shop() => TestProject.Console(folderName: "Shop")
        .WriteLibrary("Theme")
        .Write("../Theme/static/theme.css", "theme")
        .Write("Catalog/static/catalog.css", "catalog")
        .Write("Catalog/static/logo.svg", "the catalog's logo")
        .Write("Checkout/static/checkout.css", "checkout")
        .Write("static/logo.svg", "the shop's logo")
        .Write("static/site.css", "body { background: url(logo.svg) }")
        .Write("assets/htmx.js", "htmx")
        .Write("assets/htmx.js.map", "{}")
        .Write("notes/robots.txt", "User-agent: *");
}
