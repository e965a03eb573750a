using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

public class PackageFinderTests
{
    [Test]
    public void Packages_come_after_those_they_depend_on_and_then_by_id()
    {
        using var work = new Workspace();
        Assets(work, "net10.0", """
            "Zeta/1.0.0": {},
            "alpha/1.0.0": { "dependencies": { "Zeta": "1.0.0", "NotInGraph": "1.0.0" } },
            "Beta/1.0.0": { "dependencies": { "zeta": "1.0.0" } },
            "Able/1.0.0": { "dependencies": { "alpha": "1.0.0", "Beta": "1.0.0" } },
            "Solo/1.0.0": {}
            """, "Zeta", "alpha", "Beta", "Able", "Solo");
        Assert.That(Apps(work), Is.EqualTo(new[] { "Solo", "Zeta", "alpha", "Beta", "Able" }));
    }

    [Test]
    public void A_package_that_brings_nothing_is_not_looked_for_on_disk()
    {
        using var work = new Workspace();
        Write(work, """
            {
              "targets": { "net10.0": { "Has/1.0.0": {}, "HasNot/2.0.0": {}, "Lib/1.0.0": {}, "Unknown/1.0.0": {} } },
              "libraries": {
                "Has/1.0.0": { "type": "package", "path": "has/1.0.0", "files": ["has.nuspec", "static/a.css"] },
                "HasNot/2.0.0": { "type": "package", "path": "hasnot/2.0.0", "files": ["lib/x.dll", "staticfiles/a", "content/static/a"] },
                "Lib/1.0.0": { "type": "project", "path": "../Lib/Lib.csproj" }
              },
              "packageFolders": { "FOLDER": {} }
            }
            """);
        work.Tree.Write("packages/has/1.0.0/static/a.css").Write("packages/hasnot/2.0.0/static/a.css");
        Assert.That(Sources(work), Is.EqualTo(
            new[] { new Source("Has", work.Tree["packages/has/1.0.0/static"]) { MayFollowLinks = false } }));
    }

    [Test]
    public void A_package_is_taken_from_the_first_folder_that_has_it()
    {
        using var work = new Workspace();
        Write(work, """
            {
              "targets": { "net10.0": { "A/1.0.0": {}, "B/1.0.0": {}, "C/1.0.0": {} } },
              "libraries": {
                "A/1.0.0": { "path": "a/1.0.0", "files": ["static/a"] },
                "B/1.0.0": { "path": "b/1.0.0", "files": ["static/b"] },
                "C/1.0.0": { "path": "c/1.0.0", "files": ["static/c"] }
              },
              "packageFolders": { "FOLDER": {}, "FALLBACK": {} }
            }
            """);
        work.Tree.Write("fallback/a/1.0.0/static/a").Write("fallback/b/1.0.0/static/b").Write("packages/a/1.0.0/static/a");
        Assert.That(Sources(work).Select(source => source.Path), Is.EqualTo(
            new[] { work.Tree["packages/a/1.0.0/static"], work.Tree["fallback/b/1.0.0/static"] }));
    }

    [TestCase("net10.0", "", "plain")]
    [TestCase("net10.0", "linux-x64", "runtime")]
    [TestCase("net10.0", "osx-arm64", "plain")]
    [TestCase("mine", "", "aliased")]
    [TestCase("mine", "linux-x64", "aliased-runtime")]
    [TestCase("net8.0", "", "long")]
    [TestCase("unknown", "", "plain")]
    public void The_graph_is_that_of_the_framework_by_its_name_or_alias_and_the_runtime(string framework, string runtime, string package)
    {
        using var work = new Workspace();
        var names = new[] { "plain", "runtime", "aliased", "aliased-runtime", "long" };
        Write(work, $$"""
            {
              "targets": {
                "net10.0": { "plain/1": {} },
                "net10.0/linux-x64": { "runtime/1": {} },
                "net9.0": { "aliased/1": {} },
                "net9.0/linux-x64": { "aliased-runtime/1": {} },
                ".NETCoreApp,Version=v8.0": { "long/1": {} }
              },
              "libraries": { {{string.Join(',', names.Select(Library))}} },
              "packageFolders": { "FOLDER": {} },
              "project": { "frameworks": {
                "net10.0": { "targetAlias": "net10.0" },
                "net9.0": { "targetAlias": "mine" },
                ".NETCoreApp,Version=v8.0": { "targetAlias": "net8.0" },
                "odd": {}
              } }
            }
            """);
        foreach (var name in names)
            work.Tree.Write($"packages/{name}/1.0.0/static/x");
        Assert.That(Apps(work, framework, runtime), Is.EqualTo(new[] { package }));
    }

    [Test]
    public void The_folder_name_of_the_project_is_looked_for_in_packages()
    {
        using var work = new Workspace();
        Write(work, """
            {
              "targets": { "net10.0": { "A/1": {} } },
              "libraries": { "A/1": { "path": "a/1", "files": ["assets/a"] } },
              "packageFolders": { "FOLDER": {} }
            }
            """);
        work.Tree.Write("packages/a/1/assets/a");
        var settings = work.Settings with { FolderName = "assets" };
        Assert.That(Finder(work).Sources(settings, _ => { }).Single().Path, Is.EqualTo(work.Tree["packages/a/1/assets"]));
        Assert.That(Apps(work), Is.Empty);
    }

    [Test]
    public void A_graph_without_packages_or_targets_brings_nothing()
    {
        using var work = new Workspace();
        Write(work, """{ "targets": {}, "libraries": {}, "packageFolders": {} }""");
        Assert.That(Apps(work), Is.Empty);
    }

    [Test]
    public void A_project_that_is_not_restored_is_told_to_restore()
    {
        using var work = new Workspace();
        Assert.That(Problem(work).Text, Does.Contain("dotnet restore").And.Contain(work.Tree["App/obj/project.assets.json"]));
    }

    [TestCase("{ \"targets\": ")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{ \"targets\": { \"net10.0\": { \"nokey\": {} } }, \"libraries\": {}, \"packageFolders\": {} }")]
    [TestCase("{ \"targets\": { \"net10.0\": { \"a/1\": {}, \"A/1\": {} } }, \"libraries\": {}, \"packageFolders\": {} }")]
    public void A_damaged_assets_file_is_one_clear_error(string text)
    {
        using var work = new Workspace();
        Write(work, text);
        var problem = Problem(work);
        Assert.That(problem.Text, Does.Contain("dotnet restore"));
        Assert.That(problem.File, Is.EqualTo(work.Tree["App/obj/project.assets.json"]));
    }

    private static string Library(string name) => $$""" "{{name}}/1": { "path": "{{name}}/1.0.0", "files": ["static/x"] } """;

    private static void Assets(Workspace work, string framework, string graph, params string[] packages)
    {
        Write(work, $$"""
            {
              "targets": { "{{framework}}": { {{graph}} } },
              "libraries": { {{string.Join(',', packages.Select(name => Library(name).Replace("/1\"", "/1.0.0\"", StringComparison.Ordinal)))}} },
              "packageFolders": { "FOLDER": {} }
            }
            """);
        foreach (var name in packages)
            work.Tree.Write($"packages/{name}/1.0.0/static/x");
    }

    private static void Write(Workspace work, string json) => work.Tree.Write("App/obj/project.assets.json", json
        .Replace("FOLDER", Json(work.Tree["packages"] + Path.DirectorySeparatorChar), StringComparison.Ordinal)
        .Replace("FALLBACK", Json(work.Tree["fallback"]), StringComparison.Ordinal));

    private static string Json(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal);

    private static PackageFinder Finder(Workspace work, string framework = "net10.0", string runtime = "") =>
        new(work.Tree["App/obj/project.assets.json"], framework, runtime);

    private static List<Source> Sources(Workspace work, string framework = "net10.0", string runtime = "") =>
        [.. Finder(work, framework, runtime).Sources(work.Settings, problem => Assert.Fail(problem.Text))];

    private static IEnumerable<string> Apps(Workspace work, string framework = "net10.0", string runtime = "") =>
        Sources(work, framework, runtime).Select(source => source.App);

    private static Diagnostic Problem(Workspace work)
    {
        var problems = new List<Diagnostic>();
        Assert.That(Finder(work).Sources(work.Settings, problems.Add), Is.Empty);
        Assert.That(problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.AssetsFileMissing, Severity.Error) }));
        return problems[0];
    }
}
