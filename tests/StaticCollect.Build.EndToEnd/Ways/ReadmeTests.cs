using System.Text.RegularExpressions;
using System.Xml.Linq;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Ways;

/// <summary>What the readme opens with, followed like the other pages for newcomers.</summary>
public sealed partial class ReadmeTests
{
    private const string Add = "dotnet add package StaticCollect.Build";

    private static readonly string Page = File.ReadAllText(Path.Combine(PackedPackage.Repository, "README.md"));

    private static readonly (string Path, string Text)[] Files =
        [.. Listed().Matches(Page).Select(match => (match.Groups["path"].Value, match.Groups["text"].Value))];

    [Test]
    public void The_first_run_and_the_tour_come_true()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The page is typed into a shell of Linux and macOS.");
        Assert.That(Files, Has.Length.EqualTo(4), "The files are not found.");
        Walk.Along(PageBlock.In("README.md"), Begin, project =>
        {
            Assert.That(project.Tree(), Is.SupersetOf(Files.Select(file => Path.GetFileName(file.Path))));
            Assert.That(File.ReadAllText(Path.Combine(project.Folder, "Shop.csproj")), Does.Contain("<PrivateAssets>all</PrivateAssets>"), "The package does not flow to who refers to the project.");
        });
    }

    private static void Begin(TestProject project)
    {
        project.Write("Program.cs", "System.Console.WriteLine();").Write("Shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
              </PropertyGroup>
            </Project>
            """);
        foreach (var (path, text) in Files)
            project.Write(path, text);
    }

    [TestCase("README.md")]
    [TestCase("nuget/readme.md")]
    public void One_command_adds_the_package(string page) => Assert.That(PageBlock.In(page)[0].Text, Is.EqualTo($"{Add}\n"));

    /// <summary>The first run publishes what the picture shows: the files by name, before and after.</summary>
    [Test]
    public void The_picture_shows_the_files_of_the_first_run()
    {
        var picture = XDocument.Load(Path.Combine(PackedPackage.Repository, "docs/images/overview.svg"));
        var shown = picture.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(text => (Kind: text.Attribute("class")?.Value, text.Value))
            .Where(text => text.Kind is "name" or "file")
            .Select(text => text.Value);
        string[] run =
        [
            .. Files.GroupBy(file => file.Path[..(file.Path.LastIndexOf('/') + 1)], StringComparer.Ordinal)
                .SelectMany(folder => folder.Select(file => Path.GetFileName(file.Path)).Prepend(folder.Key)),
            "wwwroot/static/",
            .. Files.Select(file => Path.GetFileName(file.Path)).Order(StringComparer.Ordinal),
        ];
        Assert.That(shown, Is.EqualTo(run));
    }

    [GeneratedRegex(@"^    (?<path>[\w/]*static/[\w.]+) +(?<text>\S.*)$", RegexOptions.Multiline)]
    private static partial Regex Listed();
}
