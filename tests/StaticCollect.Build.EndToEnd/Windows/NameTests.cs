using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>On Windows: names that are one there, names that it refuses, and names that are only odd.</summary>
public sealed class NameTests
{
    // A path in which MSBuild, a shell and a URL would see other things than characters.
    private const string FolderName = "It's 100% a;b & #1 $(c) é日";

    private static readonly string[] Odd = ["a b.css", "a#b.css", "a$(b).css", "a%20b.css", "a%b.css", "a&b.css", "a'b.css", "a;b.css", "a@(b).css", "é日.css"];

    [Test]
    public void Odd_names_of_project_apps_and_files_are_kept_as_they_are()
    {
        using var project = WindowsProject.Console(folderName: FolderName);
        foreach (var name in Odd)
            project.Write($"The; 50% app/static/{name}", name);

        project.Publish();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(Odd));
            Assert.That(Odd.Select(project.Read), Is.EqualTo(Odd));
        });
    }

    [Test]
    public void Names_that_differ_in_case_only_are_one_file_and_the_files_on_the_disk_follow_their_sources()
    {
        using var project = WindowsProject.Restored()
            .Write("a1/static/img/Logo.png", "of a1")
            .Write("a2/static/img/logo.png", "of a2")
            .Write("a1/static/Deep/a.css", "a")
            .Write("a2/static/deep/b.css", "b");

        var error = project.FailNow("-p:StaticCollectConflict=Error").Diagnostics();
        var afterError = project.Tree();
        var clash = project.CollectNow();
        var afterClash = project.Tree();
        var again = project.CollectNow();
        Directory.Delete(Path.Combine(project.Folder, "a2"), recursive: true);
        project.CollectNow();
        var afterRename = project.Tree();
        var unchanged = project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(error.Select(one => one.Kind), Is.EqualTo(new[] { "error SC2002" }));
            Assert.That(afterError, Is.Empty);
            Assert.That(clash.Only("warning SC2002").Text, Does.StartWith("'img/Logo.png' and 'img/logo.png' are one file on Windows and macOS"));
            Assert.That(afterClash, Has.Length.EqualTo(3).And.Some.EqualTo("img/logo.png"));
            Assert.That(afterClash.Select(path => path.ToLowerInvariant()), Is.EquivalentTo(new[] { "deep/a.css", "deep/b.css", "img/logo.png" }));
            Assert.That(again.Lines("0 static files copied to"), Has.Count.EqualTo(1), again.Output);
            Assert.That(afterRename, Has.Length.EqualTo(2).And.Some.EqualTo("img/Logo.png"));
            Assert.That(project.Read("img/Logo.png"), Is.EqualTo("of a1"));
            Assert.That(unchanged.Lines("0 static files copied to"), Has.Count.EqualTo(1), unchanged.Output);
        });
    }

    [Test]
    public void Each_name_that_Windows_refuses_is_its_error_before_anything_is_written()
    {
        using var project = WindowsProject.Restored("""
            <ItemGroup><StaticCollectFile Include="files/$(Wanted)" LogicalPath="$(As)" Condition="'$(As)' != ''" /></ItemGroup>
            """)
            .Write("static/first.css", "first")
            .Write("files/x.css", "x")
            .Write("Cases.proj", $"""
                <Project>
                  <Target Name="Ask">
                    {string.Concat(Cases.Select(one => $"""<MSBuild Projects="App.csproj" Targets="CollectStatic" Properties="Configuration=Release;Wanted=x.css;As={one.Name}" ContinueOnError="ErrorAndContinue" />"""))}
                  </Target>
                </Project>
                """);

        var shown = project.Fail("msbuild", "Cases.proj", "-t:Ask", "-m:1").Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(Cases.Select(one => $"error {one.Code}")));
            foreach (var (one, (name, code)) in shown.Zip(Cases))
                Assert.That(one.Text, Does.Contain(name.Split('/')[code == "SC2007" && name.StartsWith("css", StringComparison.Ordinal) ? 1 : 0]));
            Assert.That(project.Tree(), Is.Empty);
        });
    }

    [Test]
    public void Sources_of_such_names_on_a_disk_of_another_system_are_told_one_by_one()
    {
        if (!WindowsDotnet.IsWine)
            Assert.Ignore("Only a file system of another system, seen from Windows, has such files.");
        using var project = WindowsProject.Restored().Write("static/first.css", "first");
        string[] names = ["CON", "nul.css", "a:b.css", "dot.", "blank ", "what?.css", "pipe|.css"];
        foreach (var name in names)
            project.Write($"static/{name}", "");

        var shown = project.FailNow().Diagnostics();

        Assert.Multiple(() =>
        {
            Assert.That(shown.Select(one => one.Kind), Is.EqualTo(names.Select(_ => "error SC2007")));
            foreach (var name in names)
                Assert.That(shown, Has.Some.Property(nameof(ShownDiagnostic.Text)).Contains($"'{name}'"));
            Assert.That(project.Tree(), Is.Empty);
        });
    }

    private static readonly (string Name, string Code)[] Cases =
    [
        ("con", "SC1004"),
        ("css/nul.css", "SC1004"),
        ("COM1.tar.gz", "SC1004"),
        ("a:b", "SC1004"),
        ("css/ab:c.css", "SC2007"),
        ("dot.", "SC2007"),
        ("blank /x.css", "SC2007"),
        ("what?.css", "SC2007"),
        ("pipe|.css", "SC2007"),
        (new string('n', 256) + ".css", "SC2008"),
    ];

    [Test]
    public void A_path_of_more_than_260_characters_is_written()
    {
        var folder = string.Join('/', Enumerable.Repeat(new string('d', 60), 4));
        using var project = WindowsProject.Restored();
        Directory.CreateDirectory(Path.Combine(project.Folder, "static"));
        project.Write("x.css", "one").Write("x.js", "js").Write("App.csproj", File.ReadAllText(Path.Combine(project.Folder, "App.csproj")).Replace("</Project>", $"""
            <ItemGroup><StaticCollectFile Include="x.css" LogicalPath="{folder}/x.css" /></ItemGroup>
            </Project>
            """, StringComparison.Ordinal));

        project.CollectNow();
        var first = project.Read($"{folder}/x.css");
        project.Write("x.css", "one, edited");
        project.CollectNow();
        var edited = project.Read($"{folder}/x.css");
        var unchanged = project.CollectNow();
        project.RunNow("CleanStatic");

        Assert.Multiple(() =>
        {
            Assert.That((first, edited), Is.EqualTo(("one", "one, edited")));
            Assert.That(unchanged.Lines("0 static files copied to"), Has.Count.EqualTo(1), unchanged.Output);
            Assert.That(project.Tree(), Is.Empty);
        });
    }
}
