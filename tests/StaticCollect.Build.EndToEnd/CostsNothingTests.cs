using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Who only restores, builds or types in an editor does not notice the package.</summary>
public sealed class CostsNothingTests
{
    // What a detailed log says of a target that is run or looked at.
    private static readonly Regex OurTarget = new(
        "^\\s*(?:\\d+(?::\\d+)?>)?\\s*Target \"\\w*Static(?:Collect\\w*)?\"", RegexOptions.Multiline);

    [Test]
    public void Restore_build_and_design_time_builds_run_no_target_of_the_package()
    {
        using var project = TestProject.Console().Write("app1/static/style.css", "body { color: black }");

        var restore = project.Succeed("restore", "-v:d");
        var build = project.Succeed("build", "-c", "Release", "--no-restore", "-v:d");
        var design = project.Succeed(
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true",
            "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-v:d");
        var before = project.Tree(project.Folder);
        var collect = project.Collect("--no-restore", "-v:d");

        Assert.Multiple(() =>
        {
            Assert.That(OurTarget.Matches(restore.Output), Is.Empty);
            Assert.That(OurTarget.Matches(build.Output), Is.Empty);
            Assert.That(OurTarget.Matches(design.Output), Is.Empty);
            Assert.That(OurTarget.Matches(collect.Output), Is.Not.Empty, "The pattern finds our targets where they do run.");
            Assert.That(before.Where(path => path.Contains("wwwroot/", StringComparison.Ordinal)), Is.Empty);
            Assert.That(before.Where(path => path.Contains("staticcollect/", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [Test]
    public void Evaluating_a_project_makes_no_item_and_looks_for_no_file()
    {
        using var project = TestProject.Console().Write("app1/static/style.css", "body { color: black }");
        project.Succeed("restore");

        const string Items = "StaticCollectDirectory,StaticCollectFile,StaticCollectApp,StaticCollectIgnore,CollectedStaticFile";
        var evaluated = project.Succeed("msbuild", $"-getItem:{Items}", "-getProperty:UsingStaticCollectBuild");

        using var json = JsonDocument.Parse(evaluated.Output);
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("Properties").GetProperty("UsingStaticCollectBuild").GetString(), Is.EqualTo("true"));
            foreach (var items in json.RootElement.GetProperty("Items").EnumerateObject())
                Assert.That(items.Value.GetArrayLength(), Is.Zero, items.Name);

            var package = Path.Combine(PackedPackage.Packages, "staticcollect.build", PackedPackage.Version, "build");
            var files = Directory.GetFiles(package);
            Assert.That(files, Is.Not.Empty);
            foreach (var file in files)
            {
                var top = XDocument.Load(file).Root!.Elements().Where(element => element.Name.LocalName != "Target").ToList();
                Assert.That(top.Where(element => element.Name.LocalName == "ItemGroup"), Is.Empty, file);
                Assert.That(
                    top.DescendantsAndSelf().Select(element => element.Value).Where(text => text.Contains("System.IO.", StringComparison.Ordinal)),
                    Is.Empty,
                    file);
            }
        });
    }
}
