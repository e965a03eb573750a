using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class PlannerTests
{
    private static readonly FileStamp Then = new(3, TempTree.Old.Ticks);
    private static readonly FileStamp Later = new(3, TempTree.Old.AddHours(1).Ticks);
    private static readonly FileStamp Longer = new(4, TempTree.Old.Ticks);

    /// <summary>What a row of the table changes: the state before it is that of a file collected long ago.</summary>
    private sealed record Row(OutputKind Kind)
    {
        public bool IsInRoot { get; init; } = true;

        public bool IsInRecord { get; init; } = true;

        public bool IsLink { get; init; } = Kind == OutputKind.SymbolicLink;

        public OutputKind RecordedKind { get; init; } = Kind;

        public FileStamp Present { get; init; } = Then;

        public FileStamp Source { get; init; } = Then;

        public bool IsTrusted { get; init; } = true;

        public bool IsOtherSource { get; init; }

        public bool Clear { get; init; }

        public bool AreBytesEqual { get; init; } = true;
    }

    private static IEnumerable<TestCaseData> Rows()
    {
        foreach (var kind in new[] { OutputKind.Copy, OutputKind.SymbolicLink, OutputKind.HardLink, OutputKind.Made })
        {
            var row = new Row(kind);
            yield return Case(row, false, "as it was left");
            yield return Case(row with { IsInRoot = false }, true, "gone from the root");
            yield return Case(row with { IsInRecord = false }, true, "not in the record");
            yield return Case(row with { RecordedKind = OutputKind.Unfinished }, true, "begun by a killed run");
            yield return Case(row with { RecordedKind = kind == OutputKind.Copy ? OutputKind.HardLink : OutputKind.Copy }, true, "collected in another mode");
            yield return Case(row with { IsLink = !row.IsLink }, true, "a link for a file or a file for a link");
            yield return Case(row with { Clear = true }, true, "to be cleared");
        }

        var copy = new Row(OutputKind.Copy);
        foreach (var equal in new[] { true, false })
        {
            var bytes = equal ? "equal bytes" : "other bytes";
            yield return Case(copy with { AreBytesEqual = equal, Source = Later }, !equal, $"newer source, {bytes}");
            yield return Case(copy with { AreBytesEqual = equal, Source = Then with { Ticks = 5 } }, !equal, $"older source, {bytes}");
            yield return Case(copy with { AreBytesEqual = equal, IsTrusted = false }, !equal, $"untrusted, {bytes}");
            yield return Case(copy with { AreBytesEqual = equal, Present = Later }, !equal, $"touched in the root, {bytes}");
            yield return Case(copy with { AreBytesEqual = equal, IsOtherSource = true }, !equal, $"another source, {bytes}");
        }

        yield return Case(copy with { AreBytesEqual = false }, false, "stamps prove it: no file is opened");
        yield return Case(copy with { Source = Longer, AreBytesEqual = true }, true, "source of another length: no file is opened");
        yield return Case(copy with { Present = Longer, AreBytesEqual = true }, true, "file in the root of another length");

        var symbolic = new Row(OutputKind.SymbolicLink);
        yield return Case(symbolic with { Source = Later, IsTrusted = false }, false, "a link follows its source");
        yield return Case(symbolic with { Present = Later }, true, "another link");
        yield return Case(symbolic with { IsOtherSource = true }, true, "a link to another source");

        var hard = new Row(OutputKind.HardLink);
        yield return Case(hard with { Present = Later }, true, "another file in place of the link");
        yield return Case(hard with { Source = Later }, true, "another source in place of the linked one");
        yield return Case(hard with { IsOtherSource = true }, true, "a link to another source");
        yield return Case(hard with { IsTrusted = false, AreBytesEqual = true }, false, "untrusted, equal bytes");
        yield return Case(hard with { IsTrusted = false, AreBytesEqual = false }, true, "untrusted, other bytes: the source was replaced");

        static TestCaseData Case(Row row, bool mustWrite, string what) =>
            new TestCaseData(row, mustWrite).SetArgDisplayNames(row.Kind.ToString(), what);
    }

    [TestCaseSource(nameof(Rows))]
    public void A_file_is_written_unless_it_is_there_as_it_shall_be(object data, bool mustWrite)
    {
        var row = (Row)data;
        using var tree = new TempTree();
        tree.Write("source", "abc").Write("root/a", row.AreBytesEqual ? "abc" : "abX");
        var settings = Settings(tree) with { Clear = row.Clear };
        var file = new StaticFile("a", tree["source"], row.Source, "app", FinderKind.App);
        var output = new Output("a", file, row.Kind) { Made = row.Kind == OutputKind.Made ? new MadeContent("id", _ => { }) : null };
        var recorded = new RecordEntry(
            "a", row.RecordedKind, row.IsOtherSource ? "/other" : output.Source, output.Made is null ? Then : default, Then, row.IsTrusted);

        var plan = new Planner(
            settings,
            Root(tree, row.IsInRoot ? [("a", new RootFile(row.Present, row.IsLink))] : []),
            new CollectRecord(row.IsInRecord ? [recorded] : [], [])).Plan([output]);

        Assert.That(plan.Steps.Single().MustWrite, Is.EqualTo(mustWrite));
        if (!mustWrite)
        {
            Assert.That(plan.Steps[0].Present, Is.EqualTo(row.Present));
            Assert.That(plan.HasWork, Is.False);
        }
    }

    [TestCase(false, "id", false)]
    [TestCase(false, "other", true)]
    [TestCase(true, "id", true)]
    public void Made_bytes_are_known_by_their_id(bool isTouched, string recordedId, bool mustWrite)
    {
        using var tree = new TempTree();
        var file = new StaticFile("a", tree["source"], Later, "app", FinderKind.App);
        var output = new Output("a", file, OutputKind.Made) { Made = new MadeContent("id", _ => { }) };
        var record = new CollectRecord([new RecordEntry("a", OutputKind.Made, recordedId, default, Then, IsTrusted: true)], []);
        var plan = new Planner(Settings(tree), Root(tree, [("a", new RootFile(isTouched ? Later : Then, IsLink: false))]), record).Plan([output]);
        Assert.That(plan.HasWork, Is.EqualTo(mustWrite));
    }

    [Test]
    public void What_the_record_has_and_no_source_is_removed_and_nothing_else()
    {
        using var tree = new TempTree();
        var plan = Plan(tree, wanted: ["keep"], present: ["keep", "old", "x/old", "foreign", "x/foreign"], recorded: ["keep", "old", "x/old", "gone"]);
        Assert.That(plan.Removals, Is.EqualTo(new[] { new PlannedRemoval("old", false), new PlannedRemoval("x/old", false) }));
        Assert.That(plan.Diagnostics, Is.Empty);
    }

    [TestCase("conf", "conf/in.txt")]
    [TestCase("conf", "conf/deep/in.txt")]
    [TestCase("CONF", "conf/in.txt")]
    [TestCase("conf/in.txt", "conf")]
    [TestCase("conf/deep/in.txt", "Conf")]
    [TestCase("Conf", "conf")]
    public void What_stands_in_the_way_of_a_wanted_file_goes_first(string old, string wanted)
    {
        using var tree = new TempTree();
        var plan = Plan(tree, [wanted], [old], [old]);
        Assert.That(plan.Removals, Is.EqualTo(new[] { new PlannedRemoval(old, IsInTheWay: true) }));
        Assert.That(plan.Diagnostics, Is.Empty);
    }

    [TestCase("conf", "conf/in.txt", "is a file where a folder is needed")]
    [TestCase("a/conf", "a/conf/deep/in.txt", "is a file where a folder is needed")]
    [TestCase("conf/in.txt", "conf", "lies in a folder where a file is to be written")]
    public void What_no_collection_wrote_is_not_removed_where_it_stands_in_the_way(string foreign, string wanted, string why)
    {
        using var tree = new TempTree();
        var plan = Plan(tree, [wanted], [foreign], []);
        Assert.That(plan.Diagnostics.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.RootBlocked, Severity.Error) }));
        Assert.That(plan.Diagnostics[0].Text, Does.Contain($"'{foreign}'").And.Contain(why));
        Assert.That(plan.Removals, Is.Empty);
    }

    [TestCase("link", "link/a", true)]
    [TestCase("x/link", "x/link/y/a", true)]
    [TestCase("link", "link", true)]
    [TestCase("x/link", "x", true)]
    [TestCase("link", "linked", false)]
    [TestCase("link", "a/link", false)]
    public void A_link_to_a_folder_in_the_root_is_never_written_through(string link, string wanted, bool blocked)
    {
        using var tree = new TempTree();
        var plan = new Planner(Settings(tree), Root(tree, []) with { Links = [link] }, CollectRecord.Empty).Plan([Output(tree, wanted)]);
        Assert.That(plan.Diagnostics.Select(one => one.Code), Is.EqualTo(blocked ? [Codes.RootBlocked] : Array.Empty<string>()));
    }

    [Test]
    public void Clearing_removes_everything_first_and_is_never_blocked()
    {
        using var tree = new TempTree();
        var settings = Settings(tree) with { Clear = true };
        var root = Root(tree, [("a", default), ("foreign", default), ("a/x", default)]) with { Links = ["link"], Folders = ["a"] };
        var plan = new Planner(settings, root, CollectRecord.Empty).Plan([Output(tree, "a"), Output(tree, "link/b")]);
        Assert.That(plan.Removals, Is.EqualTo(
            new[] { "a", "a/x", "foreign", "link" }.Select(path => new PlannedRemoval(path, IsInTheWay: true))));
        Assert.That(plan.EmptiedFolders, Is.EqualTo(root.Folders));
        Assert.That(plan.Diagnostics, Is.Empty);
        Assert.That(plan.Steps.Select(step => step.MustWrite), Is.All.True);
    }

    [Test]
    public void An_empty_folder_where_a_file_is_to_be_written_goes_and_any_other_stays()
    {
        using var tree = new TempTree();
        var root = Root(tree, []) with { Folders = ["a", "b", "a/c", "A.d"] };
        Assert.That(new Planner(Settings(tree), root, CollectRecord.Empty).Plan([Output(tree, "a")]).EmptiedFolders, Is.EqualTo(new[] { "a", "a/c" }));
    }

    [Test]
    public void Temporary_files_of_a_killed_run_go()
    {
        using var tree = new TempTree();
        var plan = new Planner(Settings(tree), Root(tree, []) with { Leftovers = ["x/.tmp"] }, CollectRecord.Empty).Plan([]);
        Assert.That(plan.Removals, Is.EqualTo(new[] { new PlannedRemoval("x/.tmp", IsInTheWay: true) }));
        Assert.That(plan.HasWork, Is.True);
    }

    [Test]
    public void Removals_are_in_ordinal_order_after_a_killed_run_too()
    {
        using var tree = new TempTree();
        var record = new CollectRecord([Entry("b"), Entry("c")], []).WithUnfinished(["z", "a"]);
        var plan = new Planner(Settings(tree), Root(tree, [.. "abcz".Select(name => ($"{name}", default(RootFile)))]), record).Plan([]);
        Assert.That(plan.Removals.Select(removal => removal.Path), Is.EqualTo(new[] { "a", "b", "c", "z" }));
    }

    [Test]
    public void Cancelling_ends_the_comparing()
    {
        using var tree = new TempTree();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var record = new CollectRecord([Entry("a") with { IsTrusted = false }], []);
        var planner = new Planner(Settings(tree), Root(tree, [("a", new RootFile(Then, IsLink: false))]), record);
        Assert.That(() => planner.Plan([Output(tree, "a")], cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static CollectPlan Plan(TempTree tree, string[] wanted, string[] present, string[] recorded) =>
        new Planner(
            Settings(tree),
            Root(tree, [.. present.Select(path => (path, new RootFile(Then, IsLink: false)))]),
            new CollectRecord([.. recorded.Select(Entry)], [])).Plan([.. wanted.Select(path => Output(tree, path))]);

    private static RecordEntry Entry(string path) => new(path, OutputKind.Copy, "/source", Then, Then, IsTrusted: true);

    private static Output Output(TempTree tree, string path) =>
        new(path, new StaticFile(path, tree["source"], Then, "app", FinderKind.App), OutputKind.Copy);

    private static RootView Root(TempTree tree, (string Path, RootFile File)[] files) =>
        new(tree["root"], files.ToDictionary(file => file.Path, file => file.File, StringComparer.Ordinal), [], [], []);

    private static CollectSettings Settings(TempTree tree) => new()
    {
        ProjectFolder = tree.Path,
        ProjectName = "App",
        Root = tree["root"],
        Url = "/static/",
        RecordFolder = tree["obj"],
        PublishFolder = tree["publish"],
    };
}
