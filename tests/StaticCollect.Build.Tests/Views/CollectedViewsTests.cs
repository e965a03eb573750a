using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Views;

namespace StaticCollect.Build.Tests.Views;

/// <summary>Views over several collections.</summary>
public sealed class CollectedViewsTests
{
    private static readonly string[] Missing = [Codes.ViewReference];

    [Test]
    public void A_view_is_told_of_in_each_run_until_it_is_mended_or_the_file_is_there()
    {
        using var project = new Workspace().Write("static/a.css").Write("Views/Home.cshtml", "<img src='/static/b.png'>");
        Assert.That(Codes_(project), Is.EqualTo(Missing));
        Assert.That(Codes_(project), Is.EqualTo(Missing), "The second run finds nothing changed.");
        project.Write("static/b.png");
        Assert.That(Codes_(project), Is.Empty);
        project.Tree.Delete("App/static/b.png");
        Assert.That(Codes_(project), Is.EqualTo(Missing));
        project.Write("Views/Home.cshtml", "<img src='/static/a.css'>", time: TempTree.Old.AddDays(1));
        Assert.That(Codes_(project), Is.Empty);
    }

    [Test]
    public void What_lies_in_the_static_root_is_served_until_it_goes()
    {
        using var project = new Workspace().Write("static/a.css").Write("static/old.css").Write("Views/Home.cshtml", "<img src='/static/old.css'><img src='/static/foreign.png'>");
        project.Tree.Write(Workspace.RootBelowTree + "/foreign.png");
        Assert.That(Codes_(project), Is.Empty);
        project.Tree.Delete("App/static/old.css");
        Assert.That(Codes_(project), Is.EqualTo(Missing), "It goes with this very collection.");
    }

    [Test]
    public void An_error_stops_before_anything_is_written()
    {
        using var project = new Workspace().Write("static/a.css").Write("Views/Home.cshtml", "<img src='/static/b.png'>");
        Assert.That(project.CollectAndFail(Settings(project, MissingReferencePolicy.Error)).Code, Is.EqualTo(Codes.ViewReference));
        Assert.That(project.Collected, Is.Empty);
    }

    [Test]
    public void With_fingerprints_both_names_are_right_and_without_anything_collected_nothing_is_told()
    {
        using var project = new Workspace().Write("static/a.css");
        var fingerprints = Settings(project) with { Fingerprint = new FingerprintSettings { ManifestPath = Path.Combine(project.Root, "staticfiles.json"), KeepOriginals = false } };
        var name = project.Collect(fingerprints).Files.Single().File.Path;
        project.Write("Views/Home.cshtml", $"<img src='/static/a.css'><img src='/static/{name}'><img src='/static/staticfiles.json'>");
        Assert.That(Codes_(project, fingerprints), Is.Empty);
        project.Write("Views/Home.cshtml", "<img src='/static/b.css'>").Tree.Delete("App/static/a.css");
        Assert.That(Codes_(project, Settings(project) with { Root = project.Tree["App/other"] }), Is.Empty);
    }

    [Test]
    public void A_view_that_did_not_change_is_not_opened_again_and_nothing_is_written()
    {
        using var project = new Workspace().Write("static/a.css").Write("Views/Home.cshtml", "<img src='/static/b.png'>").Write("Views/About.razor", "@Assets[\"static/c.css\"]");
        project.Collect(Settings(project));
        var opened = new List<string>();
        FileSystem.Before = (operation, path) =>
        {
            if (operation is FileOperation.Open or FileOperation.Make or FileOperation.Move)
            {
                lock (opened)
                    opened.Add($"{operation} {Path.GetFileName(path)}");
            }
        };
        try
        {
            Assert.That(Codes_(project), Is.EqualTo(new[] { Codes.ViewReference, Codes.ViewReference }));
        }
        finally
        {
            FileSystem.Before = null;
        }

        Assert.That(opened, Has.Some.EqualTo("Open views.last").And.None.Contains("Home").And.None.Contains("About").And.None.StartsWith("M"));
    }

    [Test]
    public void A_dry_run_tells_and_remembers_nothing_and_a_view_that_is_gone_or_unreadable_is_none()
    {
        using var project = new Workspace().Write("static/a.css").Write("Views/Home.cshtml", "<img src='/static/b.png'>");
        Assert.That(Codes_(project, Settings(project) with { DryRun = true }), Is.EqualTo(Missing));
        Assert.That(File.Exists(Settings(project).LastViewsPath), Is.False);
        project.Tree.Delete("App/Views/Home.cshtml");
        Assert.That(Codes_(project), Is.Empty);
    }

    [Test]
    public void A_record_that_is_damaged_reads_as_none()
    {
        using var tree = new TempTree();
        IReadOnlyList<View> views = [new View("/a.cshtml", new FileStamp(1, 2, 3), IsTrusted: true, [new ViewReference("~/static/a.css", IsAsset: false, 1, 2)])];
        LastViewsFile.Write(tree["views.last"], views);
        Assert.Multiple(() =>
        {
            Assert.That(LastViewsFile.Read(tree["views.last"]).Single().References, Is.EqualTo(views[0].References));
            Assert.That(LastViewsFile.Read(tree["gone.last"]), Is.Empty);
            tree.Write("views.last", "damaged");
            Assert.That(LastViewsFile.Read(tree["views.last"]), Is.Empty);
        });
    }

    private static CollectSettings Settings(Workspace project, MissingReferencePolicy policy = MissingReferencePolicy.Warn) =>
        project.Settings with { Views = new ViewSettings(policy, [project.Tree["App/Views/About.razor"], project.Tree["App/Views/Home.cshtml"]], []) };

    private static IEnumerable<string> Codes_(Workspace project, CollectSettings? settings = null)
    {
        var log = new RecordingLog();
        project.Collect(settings ?? Settings(project), log);
        return log.Codes;
    }
}
