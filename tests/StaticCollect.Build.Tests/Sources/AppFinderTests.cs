using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

public class AppFinderTests
{
    [Test]
    public void Each_folder_with_a_static_folder_is_an_app_in_ordinal_order()
    {
        using var work = new Workspace();
        work.Write("b/static/x").Write("C/static/x").Write("a-1/static/x").Write("a/static/x").Write("none/x").Write("deep/er/static/x");
        Assert.That(Apps(work.Settings), Is.EqualTo(new[] { "C", "a", "a-1", "b" }));
    }

    [Test]
    public void Areas_are_apps_too_and_sort_among_the_others()
    {
        using var work = new Workspace();
        work.Write("Areas/Shop/static/x").Write("Areas/Admin/static/x").Write("Alpha/static/x").Write("Zoo/static/x");
        Assert.That(Apps(work.Settings), Is.EqualTo(new[] { "Alpha", "Areas/Admin", "Areas/Shop", "Zoo" }));
    }

    [Test]
    public void The_static_folder_of_an_app_is_its_source()
    {
        using var work = new Workspace();
        work.Write("app1/static/x");
        Assert.That(Sources(work.Settings, []).Single(), Is.EqualTo(new Source("app1", work.Tree["App/app1/static"])));
    }

    [Test]
    public void Build_output_packages_and_the_SDKs_folder_are_no_apps()
    {
        using var work = new Workspace();
        foreach (var name in new[] { "bin", "obj", "OBJ", "node_modules", "wwwroot", ".git", "CVS", "old~", "artifacts", "publish", "app" })
            work.Write($"{name}/static/x");
        var settings = work.Settings with { OutputFolders = [work.Tree["App/artifacts"]], PublishFolder = work.Tree["App/publish"] };
        Assert.That(Apps(settings), Is.EqualTo(new[] { "app" }));
    }

    [Test]
    public void Output_into_the_project_folder_itself_hides_no_app()
    {
        using var work = new Workspace();
        work.Write("app/static/x");
        var settings = work.Settings with { OutputFolders = [work.Project], PublishFolder = work.Tree.Path };
        Assert.That(Apps(settings), Is.EqualTo(new[] { "app" }));
    }

    [Test]
    public void A_folder_below_the_publish_folder_is_no_app()
    {
        using var work = new Workspace();
        work.Write("Areas/out/static/x").Write("Areas/app/static/x");
        Assert.That(Apps(work.Settings with { PublishFolder = work.Tree["App/Areas/out"] }), Is.EqualTo(new[] { "Areas/app" }));
    }

    [Test]
    public void A_static_folder_in_the_static_folder_is_content()
    {
        using var work = new Workspace();
        work.Write("static/static/x");
        Assert.That(Apps(work.Settings), Is.Empty);
    }

    [TestCase("csproj")]
    [TestCase("fsproj")]
    public void A_nested_project_keeps_its_static_folder(string extension)
    {
        using var work = new Workspace();
        work.Write("nested/static/x").Write($"nested/nested.{extension}").Write("app/static/x");
        Assert.That(Apps(work.Settings), Is.EqualTo(new[] { "app" }));
    }

    [Test]
    public void Ignored_names_are_no_apps()
    {
        using var work = new Workspace();
        work.Write("legacy/static/x").Write("app/static/x");
        var ignore = new IgnoreRules(useDefaults: true, [new IgnoreRule(new Glob("legacy"))], []);
        Assert.That(Apps(work.Settings with { Ignore = ignore }), Is.EqualTo(new[] { "app" }));
    }

    [Test]
    public void A_filled_static_root_is_no_app()
    {
        using var work = new Workspace();
        work.Write("app/static/a.css");
        var settings = work.Settings with { Root = work.Tree["App/deploy/static"] };
        work.Collect(settings);
        Assert.That(work.Tree.Has("App/deploy/static/a.css"), Is.True);
        Assert.That(Apps(settings), Is.EqualTo(new[] { "app" }));
        Assert.That(work.Collect(settings).Files.Select(file => file.File.Origin.App), Is.EqualTo(new[] { "app" }));
    }

    [Test]
    public void Another_folder_name_makes_other_apps()
    {
        using var work = new Workspace();
        work.Write("a/static/x").Write("b/assets/x");
        Assert.That(Apps(work.Settings with { FolderName = "assets" }), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void Named_apps_replace_the_discovered_ones_and_keep_their_order()
    {
        using var work = new Workspace();
        work.Write("a/static/x").Write("b/static/x").Tree.Write("Elsewhere/static/x").Folder("Empty");
        var sources = Sources(work.Settings, [work.Tree["Elsewhere"], work.Tree["Empty"], work.Tree["App/a"]]);
        Assert.That(sources.Select(source => source.App), Is.EqualTo(new[] { work.Tree["Elsewhere"], "a" }));
    }

    [Test]
    public void A_named_app_that_is_not_there_is_an_error()
    {
        using var work = new Workspace();
        work.Write("a/static/x");
        var problems = new List<Diagnostic>();
        _ = new AppFinder([work.Tree["App/gone"]]).Sources(work.Settings, problems.Add).ToList();
        Assert.That(problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.SourceFolderMissing, Severity.Error) }));
        Assert.That(problems[0].Text, Does.Contain(work.Tree["App/gone"]));
    }

    private static IEnumerable<string> Apps(CollectSettings settings) => Sources(settings, []).Select(source => source.App);

    private static List<Source> Sources(CollectSettings settings, IReadOnlyList<string> named) =>
        [.. new AppFinder(named).Sources(settings, problem => Assert.Fail(problem.Text))];
}
