using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public sealed class RootOwnerTests : IDisposable
{
    private readonly Workspace _work = new();

    private string Record => new RootOwner(_work.Settings).Path;

    public void Dispose() => _work.Dispose();

    [Test]
    public void A_second_project_is_refused_and_touches_nothing([Values] bool clears, [Values] bool dry)
    {
        _work.Write("static/a.css", "ours").Write("static/b.css").Collect();
        _work.Tree.Write("Admin/static/a.css", "theirs");
        var admin = Another("Admin") with { Clear = clears, DryRun = dry };
        var before = TempTree.Snapshot(_work.Tree.Path);
        var error = _work.CollectAndFail(admin);
        Assert.That((error.Code, error.Text), Is.EqualTo((Codes.RootOfAnother,
            $"The static root '{_work.Root}' is that of the project 'App', whose files this one would overwrite and remove. Set StaticCollectRoot of one of them to a folder of its own. If 'App' is gone or has another name now, delete '{Record}'.")));
        Assert.That(TempTree.Snapshot(_work.Tree.Path), Is.EqualTo(before));
    }

    [Test]
    public void A_second_project_does_not_clean_the_root_of_the_first()
    {
        _work.Write("static/a.css").Collect();
        var before = TempTree.Snapshot(_work.Tree.Path);
        var log = new RecordingLog();
        Cleaner.Clean(Another("Admin"), log);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.RootOfAnother }));
        Assert.That(TempTree.Snapshot(_work.Tree.Path), Is.EqualTo(before));
    }

    [Test]
    public void A_root_that_was_cleaned_or_deleted_is_free([Values] bool isCleaned)
    {
        _work.Write("static/a.css").Collect();
        if (isCleaned)
            Cleaner.Clean(_work.Settings, new RecordingLog());
        else
            _work.Tree.Delete(Workspace.RootBelowTree);
        Assert.That(File.Exists(Record), Is.EqualTo(!isCleaned));
        _work.Tree.Write("Admin/static/a.css", "theirs");
        _work.Collect(Another("Admin"));
        Assert.That(_work.Collected, Is.EqualTo(new Dictionary<string, string>(StringComparer.Ordinal) { ["a.css"] = "theirs" }));
        Assert.That(_work.CollectAndFail().Text, Does.Contain("the project 'Admin'"));
    }

    [Test]
    public void The_same_project_may_be_checked_out_elsewhere()
    {
        _work.Write("static/a.css", "here").Collect();
        _work.Tree.Write("agent2/App/static/a.css", "there").Write("agent2/App/static/b.css");
        _work.Collect(_work.Settings with { ProjectFolder = _work.Tree["agent2/App"], RecordFolder = _work.Tree["agent2/App/obj"] });
        Assert.That(_work.Collected["a.css"], Is.EqualTo("there"));
    }

    [Test]
    public void A_root_is_known_through_a_link()
    {
        _work.Write("static/a.css").Collect();
        _work.Tree.Write("Admin/static/a.css", "theirs").Link("served", _work.Root);
        Assert.That(_work.CollectAndFail(Another("Admin") with { Root = _work.Tree["served"] }).Code, Is.EqualTo(Codes.RootOfAnother));
    }

    [TestCase("bin/publish/wwwroot/static", "bin/publish/.static.staticcollect")]
    [TestCase("bin/publish/wwwroot/assets/v1.2", "bin/publish/.assets.v1..2.staticcollect")]
    [TestCase("bin/publish/wwwroot", "bin/publish/.wwwroot.staticcollect")]
    [TestCase("deploy", ".deploy.staticcollect")]
    [TestCase("out/wwwroot.old/static", "out/wwwroot.old/.static.staticcollect")]
    public void The_record_lies_outside_of_what_may_be_downloaded_and_tells_nothing_of_the_machine(string root, string record)
    {
        var settings = _work.Settings with { Root = _work.Tree[root] };
        Assert.That(new RootOwner(settings).Path, Is.EqualTo(_work.Tree[record]));
        _work.Write("static/a.css").Collect(settings);
        Assert.That(_work.Tree.Read(record), Is.EqualTo("This static root belongs to the project App. StaticCollect.Build keeps other projects out of it.\n"));
    }

    [TestCase("")]
    [TestCase("This static root belongs to")]
    [TestCase("something else")]
    public void A_record_that_is_none_is_written_again(string text)
    {
        _work.Write("static/a.css").Collect();
        File.WriteAllText(Record, text);
        _work.Collect();
        Assert.That(File.ReadAllText(Record), Does.Contain("the project App."));
    }

    [Test]
    public void Where_nothing_can_be_written_beside_the_root_nothing_is_noted()
    {
        Directory.CreateDirectory(Record);
        _work.Write("static/a.css").Collect();
        Assert.That(_work.Collected.Keys, Is.EqualTo(new[] { "a.css" }));
        Assert.That(_work.Tree.Files("App/bin/publish"), Is.EqualTo(new[] { "wwwroot/static/a.css" }));
    }

    [Test]
    public void Who_collects_nothing_takes_no_root()
    {
        _work.Collect();
        Assert.That(File.Exists(Record), Is.False);
    }

    private CollectSettings Another(string name) => _work.Settings with
    {
        ProjectFolder = _work.Tree[name],
        ProjectName = name,
        RecordFolder = _work.Tree[$"{name}/obj/staticcollect"],
        OutputFolders = [],
    };
}
