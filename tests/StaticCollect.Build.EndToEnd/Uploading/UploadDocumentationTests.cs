using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Uploading;

/// <summary>
/// Runs the examples of uploads in the docs: each in a copy of one restored project, after a collection, by the target that the
/// comment before it names, against a real server.
/// </summary>
public sealed partial class UploadDocumentationTests
{
    private const string Marker = "=== example of line ";

    [Test]
    public async Task Every_example_of_an_upload_prints_what_the_docs_say()
    {
        PackedPackage.WithStores();
        using var bucket = await UploadedProject.BucketAsync("shop");
        var page = await File.ReadAllTextAsync(Path.Combine(PackedPackage.Repository, "docs/options.md"));
        var examples = Example().Matches(page).ToDictionary(match => $"line{page.AsSpan(0, match.Index).Count('\n') + 1}", StringComparer.Ordinal);
        using var project = Shop();
        project.Succeed("restore");
        foreach (var (name, example) in examples)
            Copy(project, name, example.Groups["text"].Value, example.Groups["target"].Value);
        project.Write("../examples.proj", $"""
            <Project>
              <ItemGroup>
                {string.Join('\n', examples.Keys.Select(name => $"<Example Include=\"examples/{name}/Shop.csproj\" />"))}
              </ItemGroup>
              <Target Name="Run" Outputs="%(Example.Identity)">
                <Message Importance="high" Text="{Marker}%(Example.Identity)" />
                <MSBuild Projects="@(Example)" Targets="CollectStatic" Properties="Configuration=Release" ContinueOnError="true" />
                <MSBuild Projects="@(Example)" Targets="RunExample" Properties="Configuration=Release" ContinueOnError="true" />
              </Target>
            </Project>
            """);
        var output = project.Run("dotnet", ["msbuild", "../examples.proj", "-t:Run", "-nologo", "-v:m", "-m:1", "-clp:NoSummary"], UploadedProject.Environment()).Output;
        var parts = output.Split(Marker).Skip(1).ToDictionary(part => part.Split('/', '\\')[1], StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(examples, Has.Count.GreaterThan(15), "The examples are not found.");
            foreach (var (name, example) in examples)
                Assert.That(parts.GetValueOrDefault(name, ""), Does.Contain(example.Groups["output"].Value), name);
        });
    }

    /// <summary>The project that docs/options.md describes at its beginning, as far as uploads tell.</summary>
    private static TestProject Shop() => TestProject.Console(UploadedProject.Content, folderName: "Shop")
        .Write("Catalog/static/catalog.css", "catalog")
        .Write("Checkout/static/checkout.css", "checkout")
        .Write("static/logo.svg", "the shop's logo")
        .Write("static/site.css", "body { background: url(logo.svg) }");

    private static void Copy(TestProject project, string name, string example, string target)
    {
        foreach (var file in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(project.Workspace, "examples", name, Path.GetRelativePath(project.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var path = Path.Combine(project.Workspace, "examples", name, "Shop.csproj");
        var to = example.Contains("StaticCollectUploadTo", StringComparison.Ordinal) ? "" : "<PropertyGroup><StaticCollectUploadTo>s3://shop/static</StaticCollectUploadTo></PropertyGroup>";
        File.WriteAllText(path, File.ReadAllText(path).Replace("</Project>", $"""
              {to}
              {example}
              <Target Name="RunExample" DependsOnTargets="{(target == "CollectStatic" ? "" : target)}" />
            </Project>
            """, StringComparison.Ordinal));
    }

    [GeneratedRegex("^<!-- upload\ntarget: (?<target>\\w+)\noutput: (?<output>[^\n]+)\n-->\n```xml\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Example();
}
