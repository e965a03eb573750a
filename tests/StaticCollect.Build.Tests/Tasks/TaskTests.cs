using Microsoft.Build.Utilities;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Tasks;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Tasks;

public class TaskTests
{
    private readonly RecordingEngine _engine = new();

    [Test]
    public void The_collected_files_come_back_as_items()
    {
        using var work = new Workspace();
        work.Write("app1/static/a;b%20$(x).css").Write("static/z.js");
        var task = Make<CollectStaticFiles>(work);
        Assert.That(task.Execute(), Is.True);
        Assert.That(task.Collected.Select(item => item.ItemSpec), Is.EqualTo(
            new[] { Path.Combine(work.Root, "a;b%20$(x).css"), Path.Combine(work.Root, "z.js") }));
        var item = task.Collected[0];
        Assert.That(
            new[] { "LogicalPath", "SourcePath", "App", "Finder", "Url", "Status" }.Select(item.GetMetadata),
            Is.EqualTo(new[]
            {
                "a;b%20$(x).css", work.Tree["App/app1/static/a;b%20$(x).css"], "app1", "App", "/static/a%3Bb%2520%24%28x%29.css", "Copied",
            }));
        Assert.That(_engine.Important, Is.EqualTo(new[] { "2 static files copied to 'bin/publish/wwwroot/static/'. 2 files, 37 bytes." }));
        Assert.That(_engine.Errors, Is.Empty);
    }

    [TestCase("StaticCollectFingerprint", "true", true)]
    [TestCase("StaticCollectCompress", "gzip", true)]
    [TestCase("EndpointsManifest", "App.staticwebassets.endpoints.json", true)]
    [TestCase("StaticCollectServerConfig", "nginx", false)]
    public void Items_tell_of_the_published_bytes_where_something_follows_from_them(string name, string value, bool tells)
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("bin/publish/App.staticwebassets.endpoints.json", """{"Version":1,"ManifestType":"Publish","Endpoints":[]}""");
        var task = Make<CollectStaticFiles>(work, (name, value));
        Assert.That(task.Execute(), Is.True);
        var names = task.Collected[0].CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal);
        string[] always = ["App", "Finder", "LogicalPath", "SourcePath", "Status", "Url"];
        string[] ofBytes = ["ContentType", "Encodings", "Fingerprint", "FingerprintedPath", "Immutable", "Integrity", "Length"];
        Assert.That(names, Is.EqualTo(always.Concat(tells ? ofBytes : []).Order(StringComparer.Ordinal)));
    }

    [Test]
    public void Without_items_nothing_comes_back()
    {
        using var work = new Workspace();
        work.Write("static/a.css");
        var task = Make<CollectStaticFiles>(work, ("StaticCollectItems", "false"));
        Assert.That(task.Execute(), Is.True);
        Assert.That(task.Collected, Is.Empty);
        Assert.That(work.Tree.Has($"{Workspace.RootBelowTree}/a.css"), Is.True);
    }

    [TestCase("Quiet", 0)]
    [TestCase("Normal", 1)]
    [TestCase("Detailed", 4)]
    public void The_verbosity_decides_how_much_is_told(string verbosity, int lines)
    {
        using var work = new Workspace();
        work.Write("static/a.css");
        Make<CollectStaticFiles>(work, ("StaticCollectVerbosity", verbosity)).Execute();
        Assert.That(_engine.Important.Count(), Is.EqualTo(lines));
    }

    [Test]
    public void Every_mistake_in_the_settings_is_an_error_with_its_code_and_nothing_runs()
    {
        using var work = new Workspace();
        work.Write("static/a.css");
        var task = Make<CollectStaticFiles>(work, ("StaticCollectLink", "Soft"), ("StaticCollectClear", "maybe"));
        Assert.That(task.Execute(), Is.False);
        Assert.That(_engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { Codes.ValueNotAllowed, Codes.ValueNotAllowed }));
        Assert.That(work.Tree.Has("App/bin"), Is.False);
    }

    [Test]
    public void What_goes_wrong_on_the_machine_is_one_line()
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("obj/staticcollect", "a file where the records go");
        Assert.That(Make<CollectStaticFiles>(work).Execute(), Is.False);
        Assert.That(_engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { Codes.WriteFailed }));
        Assert.That(_engine.Errors[0].Message, Does.StartWith("The static files cannot be collected: ").And.Not.Contain("   at "));
    }

    [Test]
    public void A_warning_keeps_its_code_and_the_place_to_blame()
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("Directory.Build.props", "<Project>\n  <ItemGroup Condition='true'>\n    <StaticCollectIgnore Include='*.map' />\n  </ItemGroup>\n</Project>");
        Assert.That(Make<CollectStaticFiles>(work, ("Imports", work.Tree["App/Directory.Build.props"])).Execute(), Is.True);
        var warning = _engine.Warnings.Single();
        Assert.That((warning.Code, warning.File, warning.LineNumber, warning.ColumnNumber), Is.EqualTo(
            (Codes.WildcardExpanded, work.Tree["App/Directory.Build.props"], 3, 6)));
    }

    [Test]
    public void A_cancelled_task_fails_without_an_error()
    {
        using var work = new Workspace();
        work.Write("static/a.css");
        var task = Make<CollectStaticFiles>(work);
        task.Cancel();
        Assert.That(task.Execute(), Is.False);
        Assert.That(_engine.Errors, Is.Empty);
        Assert.That(work.Tree.Has("App/bin"), Is.False);
    }

    [Test]
    public void Ignored_patterns_are_read_back_from_the_project_file()
    {
        using var work = new Workspace();
        work.Write("static/a.css").Write("static/a.map").Write("App.csproj", "<Project><ItemGroup><StaticCollectIgnore Include='*.map' /></ItemGroup></Project>");
        var task = Make<CollectStaticFiles>(work);
        task.Execute();
        Assert.That(task.Collected.Select(item => item.GetMetadata("LogicalPath")), Is.EqualTo(new[] { "a.css" }));
    }

    [Test]
    public void Items_become_sources()
    {
        using var work = new Workspace();
        work.Tree.Write("lib/v.js").Write("one.js").Write("Other/static/l.js").Write("Apps/A/static/app.js");
        var task = Make<CollectStaticFiles>(work);
        task.Items =
        [
            new TaskItem("::Directory"),
            new TaskItem("../lib", new Dictionary<string, string>(StringComparer.Ordinal) { ["Prefix"] = "v", ["App"] = "Vendor" }),
            new TaskItem("::File"),
            new TaskItem("../one.js"),
            new TaskItem("::Ignore"),
            new TaskItem("::Project"),
            new TaskItem(work.Tree["Other/Other.csproj"]),
            new TaskItem("::App"),
            new TaskItem("../Apps/A"),
        ];
        Assert.That(task.Execute(), Is.True);
        Assert.That(task.Collected.Select(item => (item.GetMetadata("LogicalPath"), item.GetMetadata("App"))), Is.EqualTo(new[]
        {
            ("app.js", work.Tree["Apps/A"]), ("l.js", "Other"), ("one.js", "App"), ("v/v.js", "Vendor"),
        }));
    }

    [Test]
    public void One_item_may_stand_in_several_lists()
    {
        using var work = new Workspace();
        work.Tree.Write("one/static/a.js").Write("one/b.js");
        var task = Make<CollectStaticFiles>(work);
        task.Items =
        [
            new TaskItem("::Directory"), new TaskItem("../one"), new TaskItem("::App"), new TaskItem("../one"), new TaskItem("::Ignore"), new TaskItem("../one/b.js"),
        ];
        Assert.That(task.Execute(), Is.True);
        Assert.That(task.Collected.Select(item => item.GetMetadata("LogicalPath")), Is.EqualTo(new[] { "a.js", "static/a.js" }));
    }

    [Test]
    public void Finding_listing_and_cleaning_answer_aloud()
    {
        using var work = new Workspace();
        work.Write("static/a.css");
        var quiet = ("StaticCollectVerbosity", "Quiet");
        Assert.That(Make<ListStaticFiles>(work, quiet).Execute(), Is.True);
        Assert.That(Make<FindStaticFiles>(work, quiet, ("StaticCollectPath", "a.css")).Execute(), Is.True);
        Assert.That(_engine.Important, Is.EqualTo(new[]
        {
            "App -> 1 static file would be collected to 'bin/publish/wwwroot/static/'.\n  a.css <- 'static/a.css' (Own 'App')",
            "App -> Found 'a.css' here:\n  * 'static/a.css' (Own 'App'): collected, it is the only source.",
        }));
        Make<CollectStaticFiles>(work, quiet).Execute();
        Assert.That(Make<CleanStaticFiles>(work).Execute(), Is.True);
        Assert.That(_engine.Important.Last(), Is.EqualTo("1 static file removed from 'bin/publish/wwwroot/static/'."));
        Assert.That(work.Tree.Has(Workspace.RootBelowTree), Is.False);
    }

    [Test]
    public void Content_in_source_folders_is_picked_from_what_the_SDK_publishes()
    {
        using var work = new Workspace();
        work.Write("static/a.json").Write("b.json");
        var task = Make<SelectCollectedContent>(work);
        task.Candidates = [new TaskItem(work.Tree["App/static/a.json"]), new TaskItem(work.Tree["App/b.json"])];
        Assert.That(task.Execute(), Is.True);
        Assert.That(task.Selected.Select(item => item.ItemSpec), Is.EqualTo(new[] { work.Tree["App/static/a.json"] }));
    }

    private T Make<T>(Workspace work, params (string Name, string Value)[] properties)
        where T : StaticCollectTask, new()
    {
        var project = new TaskItem(work.RawProject().Include);
        foreach (var (name, value) in work.Properties([("StaticCollectFinders", "Project;App;Own;Directory;File"), .. properties]))
            project.SetMetadata(name, value);
        return new T { BuildEngine = _engine, Project = project };
    }
}
