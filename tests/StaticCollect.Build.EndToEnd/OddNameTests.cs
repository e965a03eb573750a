using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Characters that mean something to MSBuild, to a shell or to a URL are only characters in names.</summary>
public sealed class OddNameTests
{
    // The SDK itself cannot publish a project in a folder whose name holds %20 or @(...), nor one whose own name holds a
    // quotation mark; files and folders around it may be called so.
    private const string FolderName = "It's 100% a;b & #1 $(c) é日";

    private static readonly (string Name, string Url)[] Files =
    [
        ("a b.css", "a%20b.css"),
        ("a#b.css", "a%23b.css"),
        ("a$(b).css", "a%24%28b%29.css"),
        ("a%(b).css", "a%25%28b%29.css"),
        ("a%20b.css", "a%2520b.css"),
        ("a%b.css", "a%25b.css"),
        ("a&b.css", "a%26b.css"),
        ("a'b.css", "a%27b.css"),
        ("a,b=c.css", "a%2Cb%3Dc.css"),
        ("a;b.css", "a%3Bb.css"),
        ("a@(b).css", "a%40%28b%29.css"),
        ("é日.css", "%C3%A9%E6%97%A5.css"),
    ];

    [Test]
    public void Odd_names_of_project_apps_and_files_are_kept_as_they_are()
    {
        using var project = TestProject.Console(folderName: OperatingSystem.IsWindows() ? FolderName : $"say \"hi\"/{FolderName}");
        foreach (var (name, _) in Files)
            project.Write($"The; 50% app/static/{name}", name);

        var items = project.Items("publish");

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(Files.Select(file => file.Name)));
            Assert.That(Files.Select(file => project.Read(file.Name)), Is.EqualTo(Files.Select(file => file.Name)));
            Assert.That(items.Keys, Is.EquivalentTo(Files.Select(file => file.Name)));
            foreach (var (name, url) in Files.Where(file => items.ContainsKey(file.Name)))
            {
                Assert.That(items[name].GetProperty("Identity").GetString(), Is.EqualTo(Path.Combine(project.Root, name)));
                Assert.That(items[name].GetProperty("Url").GetString(), Is.EqualTo($"/static/{url}"));
                Assert.That(items[name].GetProperty("App").GetString(), Is.EqualTo("The; 50% app"));
            }
        });
    }

    [Test]
    [Platform("Linux,MacOsX")]
    public void Names_that_Windows_cannot_write_are_collected_elsewhere_with_a_warning()
    {
        using var project = TestProject.Console(
                "<PropertyGroup><StaticCollectRoot>../o%3but; '25%25 &quot;x&quot;</StaticCollectRoot></PropertyGroup>")
            .Write("static/say \"hi\".css", "quoted")
            .Write("static/what?.css", "asked")
            .Write("static/st*r.css", "starred");

        var result = project.Collect();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree("../o;ut; '25% \"x\""), Is.EqualTo(new[] { "say \"hi\".css", "st*r.css", "what?.css" }));
            Assert.That(result.Lines("warning SC2007").Distinct(StringComparer.Ordinal).ToList(), Has.Count.EqualTo(3));
        });
    }
}
