using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Settings;

public class SettingsReaderTests
{
    private static readonly RawItem[] None = [];

    [Test]
    public void A_project_that_sets_nothing_gets_the_defaults()
    {
        using var work = new Workspace();
        var settings = Read(work);
        Assert.That(settings with { Finders = [], Ignore = IgnoreRules.Default, OutputFolders = [], ServerConfigs = [] }, Is.EqualTo(new CollectSettings
        {
            ProjectFolder = work.Project,
            ProjectName = "App",
            Root = work.Root,
            Url = "/static/",
            RecordFolder = work.Tree["App/obj/staticcollect"],
            PublishFolder = work.Tree["App/bin/publish"],
            Finders = [],
            Ignore = IgnoreRules.Default,
            OutputFolders = [],
            ServerConfigs = [],
            ServerRoot = work.Root.Replace('\\', '/'),
        }));
        Assert.That(settings.OutputFolders, Is.EqualTo(new[] { work.Tree["App/bin"], work.Tree["App/bin/Release"], work.Tree["App/obj"] }));
        Assert.That(Kinds(settings), Is.EqualTo("Package;Project;App;Own;Directory;File"));
        Assert.That(settings.Ignore.Ignores(new Source("a", "/a"), ".hidden", "/a/.hidden"), Is.True);
        Assert.That((settings.FollowLinks, settings.Clear, settings.DryRun, settings.Items), Is.EqualTo((true, false, false, true)));
        Assert.That((settings.Conflict, settings.Link, settings.Verbosity), Is.EqualTo((ConflictPolicy.LastWins, LinkMode.None, Verbosity.Normal)));
    }

    [Test]
    public void Every_value_is_taken_without_case_and_blanks()
    {
        using var work = new Workspace();
        var settings = Read(
            work,
            ("StaticCollectConflict", " error "), ("StaticCollectLink", "HARD"), ("StaticCollectVerbosity", "detailed"), ("StaticCollectFollowLinks", "FALSE"),
            ("StaticCollectClear", "True"), ("StaticCollectDryRun", "true"), ("StaticCollectItems", "false"), ("StaticCollectDefaultIgnore", "false"),
            ("StaticCollectFolderName", "assets"), ("StaticCollectPath", "a.css"), ("HomeFolder", "/home/me"), ("StaticCollectFinders", " own ; File;STATICWEBASSET"));
        Assert.That((settings.Conflict, settings.Link, settings.Verbosity), Is.EqualTo((ConflictPolicy.Error, LinkMode.Hard, Verbosity.Detailed)));
        Assert.That((settings.FollowLinks, settings.Clear, settings.DryRun, settings.Items), Is.EqualTo((false, true, true, false)));
        Assert.That(settings.Ignore.Ignores(new Source("a", "/a"), ".hidden", "/a/.hidden"), Is.False);
        Assert.That((settings.FolderName, settings.PathToFind, settings.HomeFolder), Is.EqualTo(("assets", "a.css", Here.Full("/home/me"))));
        Assert.That(Kinds(settings), Is.EqualTo("Own;File;StaticWebAsset"));
        Assert.That(Read(work, ("StaticCollectLink", "Symbolic"), ("StaticCollectVerbosity", "quiet")).Link, Is.EqualTo(LinkMode.Symbolic));
    }

    [Test]
    public void With_the_first_one_winning_the_scan_order_is_the_other_way_round()
    {
        using var work = new Workspace();
        Assert.That(Kinds(Read(work, ("StaticCollectConflict", "FirstWins"))), Is.EqualTo("File;Directory;Own;App;Project;Package"));
        Assert.That(Kinds(Read(work, ("StaticCollectConflict", "FirstWins"), ("StaticCollectFinders", "App;Own"))), Is.EqualTo("App;Own"));
    }

    [TestCase("StaticCollectConflict", "Newest", "LastWins, FirstWins, Error")]
    [TestCase("StaticCollectConflict", "1", "LastWins, FirstWins, Error")]
    [TestCase("StaticCollectLink", "Soft", "None, Symbolic, Hard")]
    [TestCase("StaticCollectVerbosity", "Loud", "Quiet, Normal, Detailed")]
    [TestCase("StaticCollectClear", "1", "true, false")]
    [TestCase("StaticCollectDryRun", "yes", "true, false")]
    [TestCase("StaticCollectItems", "on", "true, false")]
    [TestCase("StaticCollectDefaultIgnore", "no", "true, false")]
    [TestCase("StaticCollectFollowLinks", "never", "true, false")]
    [TestCase("StaticCollectFolderName", "a/b", "the name of a folder")]
    [TestCase("StaticCollectFolderName", "..", "the name of a folder")]
    [TestCase("StaticCollectFolderName", ".", "the name of a folder")]
    [TestCase("StaticCollectFinders", "Apps", "Package, Project, App, Own, Directory, File, StaticWebAsset")]
    [TestCase("StaticCollectFinders", "App;Own;app", "App is named twice")]
    [TestCase("StaticCollectUrl", "ftp://example.com/s/", "a path such as /static/")]
    [TestCase("StaticCollectUrl", "https:///s/", "a path such as /static/")]
    [TestCase("StaticCollectUrl", "~/static", "'~/' means the root of the app in pages only")]
    [TestCase("StaticCollectUrl", "/static/?v=1", "without query")]
    [TestCase("StaticCollectUrl", "/static/#x", "without query")]
    [TestCase("StaticCollectUrl", "/sta tic/", "a path such as")]
    [TestCase("StaticCollectUrl", "\\static", "a path such as")]
    [TestCase("StaticCollectUrl", "/../static/", "a path such as")]
    [TestCase("StaticCollectUrl", "/%2e%2e/static/", "a path such as")]
    [TestCase("StaticCollectUrl", "/a%2F..%2F../static/", "a path such as")]
    [TestCase("StaticCollectUrl", "/%00/", "a path such as")]
    public void A_wrong_value_is_one_error_that_names_the_property_the_value_and_the_allowed_ones(string property, string value, string allowed)
    {
        using var work = new Workspace();
        SettingsReader.Read(new RawSettings(work.RawProject((property, value))), out var problems);
        Assert.That(problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.ValueNotAllowed, Severity.Error) }));
        Assert.That(problems[0].Text, Does.StartWith($"{property} is '{value}'").And.Contain(allowed));
    }

    [TestCase("/assets", "/assets/", "bin/publish/wwwroot/assets")]
    [TestCase("assets/v1/", "/assets/v1/", "bin/publish/wwwroot/assets/v1")]
    [TestCase("/", "/", "bin/publish/wwwroot")]
    [TestCase("/my%20files/", "/my%20files/", "bin/publish/wwwroot/my files")]
    [TestCase("https://cdn.example.com/s/", "https://cdn.example.com/s/", "bin/publish/wwwroot/static")]
    [TestCase("HTTP://cdn.example.com", "HTTP://cdn.example.com/", "bin/publish/wwwroot/static")]
    [TestCase("//cdn.example.com/s", "//cdn.example.com/s/", "bin/publish/wwwroot/static")]
    public void The_root_follows_a_relative_URL_and_no_absolute_one(string url, string normal, string root)
    {
        using var work = new Workspace();
        var settings = Read(work, ("StaticCollectUrl", url));
        Assert.That((settings.Url, settings.Root), Is.EqualTo((normal, work.Tree[$"App/{root}"])));
        Assert.That(Read(work, ("StaticCollectUrl", url), ("StaticCollectRoot", "../out/")).Root, Is.EqualTo(work.Tree["out"]));
    }

    [TestCase("../x")]
    [TestCase("/x")]
    [TestCase("a/../../x")]
    [TestCase("C:/x")]
    [TestCase("nul")]
    public void A_prefix_or_logical_path_that_leads_out_of_the_root_is_an_error(string path)
    {
        using var work = new Workspace();
        var raw = new RawSettings(work.RawProject())
        {
            Directories = [Workspace.Item("lib", ("Prefix", path))],
            Files = [Workspace.Item("a.js", ("LogicalPath", path))],
        };
        SettingsReader.Read(raw, out var problems);
        Assert.That(problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(
            new[] { (Codes.LogicalPathNotAllowed, Severity.Error), (Codes.LogicalPathNotAllowed, Severity.Error) }));
        Assert.That(problems.Select(one => one.Text), Is.All.Contains($"'{path}'"));
    }

    [TestCase(".")]
    [TestCase("./")]
    public void A_file_cannot_take_the_place_of_the_root(string path)
    {
        using var work = new Workspace();
        SettingsReader.Read(new RawSettings(work.RawProject()) { Files = [Workspace.Item("a.js", ("LogicalPath", path))] }, out var problems);
        Assert.That(problems.Select(one => one.Code), Is.EqualTo(new[] { Codes.LogicalPathNotAllowed }));
    }

    [Test]
    public void Items_become_finders()
    {
        using var work = new Workspace();
        work.Tree.Write("lib/x").Write("one.js").Write("App/Pages/two.js").Write("Ref/assets/x").Write("A/static/x");
        var settings = SettingsReader.Read(new RawSettings(work.RawProject(("StaticCollectFinders", "Project;App;Directory;File")))
        {
            Directories = [Workspace.Item("../lib", ("Prefix", @"v\1/"), ("App", "Lib")), Workspace.Item("../lib")],
            Files = [Workspace.Item("../one.js", ("LogicalPath", "js/1.js")), Workspace.Item("Pages/two.js", ("RecursiveDir", "deep/"))],
            Apps = [Workspace.Item("../A")],
            Projects = [Workspace.Item("../Ref/Ref.csproj", ("FolderName", "assets"))],
        }, out var problems);
        Assert.That(problems, Is.Empty);
        var sources = settings.Finders.SelectMany(finder => finder.Sources(settings, _ => { })).ToList();
        Assert.That(sources.Select(source => (source.App, source.Path, source.Prefix, source.Files?[0].LogicalPath)), Is.EqualTo(new[]
        {
            ("Ref", work.Tree["Ref/assets"], "", (string?)null),
            (work.Tree["A"], work.Tree["A/static"], "", null),
            ("Lib", work.Tree["lib"], "v/1", null),
            ("App", work.Tree["lib"], "", null),
            ("App", work.Tree.Path, "", "js/1.js"),
            ("App", work.Tree["App/Pages"], "", "deep/two.js"),
        }));
    }

    [TestCase("LastWins", "File:b.js,c.js;App;Own;File:d.js;File:a.js")]
    [TestCase("FirstWins", "File:a.js;File:d.js;Own;File:b.js,c.js;App")]
    public void A_file_takes_the_place_that_its_order_names(string conflict, string expected)
    {
        using var work = new Workspace();
        var settings = SettingsReader.Read(new RawSettings(work.RawProject(("StaticCollectConflict", conflict)))
        {
            Files =
            [
                Workspace.Item("a.js"),
                Workspace.Item("b.js", ("Order", "app")),
                Workspace.Item("d.js", ("Order", "Directory")),
                Workspace.Item("c.js", ("Order", "App")),
            ],
        }, out var problems);
        Assert.That(problems, Is.Empty);
        var order = settings.Finders
            .Select(finder => finder is FileFinder files ? $"File:{string.Join(',', files.Files.Select(file => file.LogicalPath))}" : $"{finder.Kind}")
            .Where(finder => finder is not ("Package" or "Project" or "Directory"));
        Assert.That(string.Join(';', order), Is.EqualTo(expected));
    }

    [Test]
    public void A_file_with_an_order_needs_no_file_finder()
    {
        using var work = new Workspace();
        var settings = SettingsReader.Read(new RawSettings(work.RawProject(("StaticCollectFinders", "Own")))
        {
            Files = [Workspace.Item("a.js"), Workspace.Item("b.js", ("Order", "Own"))],
        }, out var problems);
        Assert.That(problems, Is.Empty);
        Assert.That(((FileFinder)settings.Finders[0]).Files.Select(file => file.LogicalPath), Is.EqualTo(new[] { "b.js" }));
        Assert.That(Kinds(settings), Is.EqualTo("File;Own"));
    }

    [TestCase("Apps")]
    [TestCase("Package")]
    [TestCase("3")]
    public void An_order_that_names_no_finder_that_runs_is_told_with_those_that_do(string order)
    {
        using var work = new Workspace();
        SettingsReader.Read(new RawSettings(work.RawProject(("StaticCollectFinders", "App;File")))
        {
            Files = [Workspace.Item("gen/x.css", ("Order", order))],
        }, out var problems);
        Assert.That(problems.Select(problem => (problem.Code, problem.Text)), Is.EqualTo(new[]
        {
            (Codes.ValueNotAllowed, $"The Order of the StaticCollectFile 'gen/x.css' is '{order}', which is not allowed. Allowed: App, File."),
        }));
    }

    [Test]
    public void Ignored_items_are_patterns_files_or_about_one_source()
    {
        using var work = new Workspace();
        work.Write("app1/static/one.js");
        var settings = SettingsReader.Read(new RawSettings(work.RawProject())
        {
            Ignore = [Workspace.Item("*.map"), Workspace.Item("app1/static/one.js"), Workspace.Item("*.ts", ("Source", "app1/static"))],
        }, out _);
        var source = new Source("x", work.Tree["App/app1/static"]);
        Assert.That(
            new[] { "a.map", "one.js", "a.ts", "a.js" }.Where(path => settings.Ignore.Ignores(source, path, Path.Combine(source.Path, path))),
            Is.EqualTo(new[] { "a.map", "one.js", "a.ts" }));
        Assert.That(settings.Ignore.Ignores(new Source("y", "/y"), "a.ts", "/y/a.ts"), Is.False);
    }

    [Test]
    public void Empty_values_mean_the_default()
    {
        Assert.That(Workspace.Item("x", ("A", "  "))["A"], Is.Null);
        Assert.That(Workspace.Item("x", ("A", " v "))["a"], Is.EqualTo("v"));
        Assert.That(new RawSettings(Workspace.Item("x")).Directories, Is.EqualTo(None));
    }

    private static string Kinds(CollectSettings settings) => string.Join(';', settings.Finders.Select(finder => finder.Kind));

    private static CollectSettings Read(Workspace work, params (string Name, string Value)[] properties)
    {
        var settings = SettingsReader.Read(new RawSettings(work.RawProject(properties)), out var problems);
        Assert.That(problems, Is.Empty);
        return settings;
    }
}
