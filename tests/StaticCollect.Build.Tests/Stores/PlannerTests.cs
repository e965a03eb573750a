using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Encodings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

internal sealed class PlannerTests
{
    private static readonly FileStamp Then = new(3, TempTree.Old.Ticks, 1);
    private static readonly FileStamp Later = new(3, TempTree.Old.AddHours(1).Ticks, 1);
    private static readonly FileStamp Reborn = new(3, TempTree.Old.Ticks, 2);
    private static readonly FileStamp Longer = new(4, TempTree.Old.Ticks, 1);

    /// <summary>What a row of the table changes: the state before it is that of a file collected long ago.</summary>
    private sealed record Row(EntryKind Kind)
    {
        public bool IsInRoot { get; init; } = true;

        public bool IsKnown { get; init; } = true;

        public bool IsLink { get; init; } = Kind == EntryKind.SymbolicLink;

        public EntryKind KnownKind { get; init; } = Kind;

        public FileStamp Present { get; init; } = Then;

        public string KnownText { get; init; } = "abc";

        public string PresentText { get; init; } = "abc";

        public bool IsOtherSource { get; init; }

        public bool Clear { get; init; }
    }

    private static IEnumerable<TestCaseData> Rows()
    {
        foreach (var kind in new[] { EntryKind.Copy, EntryKind.SymbolicLink, EntryKind.HardLink })
        {
            var row = new Row(kind);
            yield return Case(row, false, "as it was left");
            yield return Case(row with { PresentText = "abX" }, false, "as it was left: no file is opened");
            yield return Case(row with { IsInRoot = false }, true, "gone from the root");
            yield return Case(row with { IsKnown = false }, true, "not left by a run");
            yield return Case(row with { KnownKind = EntryKind.Unfinished }, true, "begun by a killed run");
            yield return Case(row with { KnownKind = kind == EntryKind.Copy ? EntryKind.HardLink : EntryKind.Copy }, true, "collected in another mode");
            yield return Case(row with { IsLink = !row.IsLink }, true, "a link for a file or a file for a link");
            yield return Case(row with { Clear = true }, true, "to be cleared");
        }

        var copy = new Row(EntryKind.Copy);
        yield return Case(copy with { KnownText = "abX" }, true, "other bytes now: no file is opened");
        yield return Case(copy with { IsOtherSource = true }, false, "the same bytes from another source");
        yield return Case(copy with { Present = Later }, false, "touched in the root, equal bytes");
        yield return Case(copy with { Present = Later, PresentText = "abX" }, true, "touched in the root, other bytes");
        yield return Case(copy with { Present = Reborn, PresentText = "abX" }, true, "another file of the same time in the root, other bytes");
        yield return Case(copy with { Present = Later, KnownText = "abX" }, false, "the new bytes are there already");
        yield return Case(copy with { Present = Longer }, true, "file in the root of another length: no file is opened");

        var symbolic = new Row(EntryKind.SymbolicLink);
        yield return Case(symbolic with { KnownText = "abX" }, false, "a link follows its source");
        yield return Case(symbolic with { Present = Later }, true, "another link");
        yield return Case(symbolic with { IsOtherSource = true }, true, "a link to another source");

        var hard = new Row(EntryKind.HardLink);
        yield return Case(hard with { Present = Later }, true, "another file in place of the link");
        yield return Case(hard with { KnownText = "abX" }, true, "another source in place of the linked one");
        yield return Case(hard with { IsOtherSource = true }, true, "a link to another source");

        static TestCaseData Case(Row row, bool mustWrite, string what) =>
            new TestCaseData(row, mustWrite).SetArgDisplayNames(row.Kind.ToString(), what);
    }

    [TestCaseSource(nameof(Rows))]
    public void A_file_is_written_unless_it_is_there_as_it_shall_be(object data, bool mustWrite)
    {
        var row = (Row)data;
        using var tree = new TempTree();
        tree.Write("root/a", row.PresentText);
        var settings = Settings(tree) with { Clear = row.Clear, Link = LinkOf(row.Kind) };
        var file = File(tree, "a");
        var target = row.KnownKind == EntryKind.Copy ? "" : row.IsOtherSource ? "/other" : file.Origin.SourcePath;
        var entry = new RootEntry("a", row.KnownKind, Sha256.Of(System.Text.Encoding.UTF8.GetBytes(row.KnownText)), Then, target);

        var plan = new Planner(
            settings,
            Root(tree, row.IsInRoot ? [("a", new RootFile(row.Present, row.IsLink))] : []),
            Left(row.IsKnown ? [entry] : [])).Plan(new Release([file]));

        Assert.That(plan.Steps.Single().Kind, Is.EqualTo(row.Kind));
        Assert.That(plan.Steps[0].MustWrite, Is.EqualTo(mustWrite));
        if (!mustWrite)
        {
            Assert.That(plan.Steps[0].Present, Is.EqualTo(row.Present));
            Assert.That(plan.HasWork, Is.False);
        }
    }

    [TestCase(Role.Plain, false, LinkMode.Symbolic, EntryKind.SymbolicLink)]
    [TestCase(Role.Plain, false, LinkMode.Hard, EntryKind.HardLink)]
    [TestCase(Role.Plain, false, LinkMode.None, EntryKind.Copy)]
    [TestCase(Role.Plain, true, LinkMode.Symbolic, EntryKind.Copy)]
    [TestCase(Role.Fingerprinted, false, LinkMode.Symbolic, EntryKind.Copy)]
    [TestCase(Role.Fingerprinted, false, LinkMode.Hard, EntryKind.Copy)]
    [TestCase(Role.Encoding, false, LinkMode.Symbolic, EntryKind.Copy)]
    [TestCase(Role.Generated, false, LinkMode.Symbolic, EntryKind.Copy)]
    public void Only_a_file_under_its_own_name_with_the_bytes_of_its_source_is_a_link(Role role, bool isEdited, LinkMode link, EntryKind kind)
    {
        using var tree = new TempTree();
        var file = File(tree, "a") with { Role = role };
        if (isEdited)
            file = file with { Content = file.Content with { From = new ByteSource.Edited(tree["source"], file.Content.Hash, []) } };
        var plan = new Planner(Settings(tree) with { Link = link }, Root(tree, []), LastRun.None).Plan(new Release([file]));
        Assert.That(plan.Steps.Single().Kind, Is.EqualTo(kind));
    }

    [TestCase(EntryKind.Copy)]
    [TestCase(EntryKind.SymbolicLink)]
    [TestCase(EntryKind.HardLink)]
    public void A_release_that_does_not_tell_where_its_bytes_came_from_is_compared_all_the_same(EntryKind kind)
    {
        using var tree = new TempTree();
        var file = File(tree, "a");
        file = file with { Content = file.Content with { From = ByteSource.Stored.Instance } };
        var root = Root(tree, [("a", new RootFile(Then, IsLink: kind == EntryKind.SymbolicLink))]);
        var entry = Entry("a") with { Kind = kind, Target = kind == EntryKind.Copy ? "" : file.Origin.SourcePath };
        var settings = Settings(tree) with { Link = LinkOf(kind) };
        Assert.That(new Planner(settings, root, Left([entry])).Plan(new Release([file])).HasWork, Is.False);
        Assert.That(new Planner(settings, root, Left([entry with { Hash = default, Stamp = Later }])).Plan(new Release([file])).Writes, Is.True);
    }

    [Test]
    public void A_kept_file_is_never_written()
    {
        using var tree = new TempTree();
        var kept = File(tree, "a.0123456789ab.css") with { Role = Role.Kept };
        var plan = new Planner(Settings(tree), Root(tree, [(kept.Path, new RootFile(Then, IsLink: false))]), Left([Entry(kept.Path)])).Plan(new Release([kept]));
        Assert.That(plan.HasWork, Is.False);
    }

    [Test]
    public void A_file_counts_as_left_with_its_stamp_or_at_least_its_bytes()
    {
        using var tree = new TempTree();
        var file = File(tree, "a");
        Assert.That(Has(Then, Entry("a"), clear: false), Is.True);
        Assert.That(Has(Then, Entry("a"), clear: true), Is.False);
        Assert.That(Has(Later, Entry("a"), clear: false), Is.False);
        Assert.That(Has(Reborn, Entry("a"), clear: false), Is.False);
        Assert.That(Has(Then, Entry("b"), clear: false), Is.False);
        Assert.That(Has(Then, Entry("a") with { Hash = Sha256.Of("abX"u8) }, clear: false), Is.False);
        Assert.That(Has(Then, Entry("a") with { Kind = EntryKind.Unfinished }, clear: false), Is.False);
        Assert.That(new Planner(Settings(tree), Root(tree, []), Left([Entry("a")])).HasAsLeft(file), Is.False);
        tree.Write("root/a", "abX");
        Assert.That(Has(Later, Entry("a"), clear: false), Is.False);
        tree.Write("root/a", "abc");
        Assert.That(Has(Later, Entry("a"), clear: false), Is.True, "the root was restored from an archive");

        bool Has(FileStamp stamp, RootEntry entry, bool clear) =>
            new Planner(Settings(tree) with { Clear = clear }, Root(tree, [("a", new RootFile(stamp, IsLink: false))]), Left([entry])).HasAsLeft(file);
    }

    [Test]
    public void A_foreign_file_that_servers_would_send_in_place_of_another_goes_first_unless_it_is_an_encoding_of_it()
    {
        using var tree = new TempTree();
        tree.Write("root/a.gz", "abc").Write("root/b.gz").Write("root/c.txt").Write("root/d.gz");
        System.IO.File.WriteAllBytes(tree["root/b.gz"], CompressionFolder.Encode(ContentEncodings.Gzip, [.. "abc"u8], CompressLevel.Fastest));
        var root = RootView.Read(tree["root"]);
        var release = new Release([File(tree, "a"), File(tree, "b"), File(tree, "c")]);

        var plan = new Planner(Settings(tree), root, LastRun.None).Plan(release);
        Assert.That(plan.Removals.Select(removal => removal with { Seen = null }), Is.EqualTo(new[] { new PlannedRemoval("a.gz", GoesFirst: true) }));
        Assert.That(plan.Siblings, Is.EqualTo(new[] { new CheckedSibling("b.gz", root.Files["b.gz"].Stamp, Sha256.Of("abc"u8)) }));
        Assert.That(plan.Diagnostics.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.StaleSibling, Severity.Message) }));
        Assert.That(plan.Diagnostics[0].Text, Does.StartWith("'a.gz' in the static root ").And.EndsWith("it goes."));
    }

    [Test]
    public void A_foreign_encoding_that_was_looked_into_is_not_opened_again_as_long_as_nothing_changes()
    {
        using var tree = new TempTree();
        var release = new Release([File(tree, "a")]);
        var known = new CheckedSibling("a.gz", Then, Sha256.Of("abc"u8));
        Assert.That(Plan(known, Then).Siblings, Is.EqualTo(new[] { known }), "there is not even a file to be opened");
        Assert.That(Plan(known, Later).Removals, Has.Count.EqualTo(1));
        Assert.That(Plan(known with { Original = Sha256.Of("abX"u8) }, Then).Removals, Has.Count.EqualTo(1));

        StorePlan Plan(CheckedSibling sibling, FileStamp stamp) => new Planner(
            Settings(tree),
            Root(tree, [("a", new RootFile(Then, IsLink: false)), ("a.gz", new RootFile(stamp, IsLink: false))]),
            Left([Entry("a")]) with { Siblings = [sibling] }).Plan(release);
    }

    [Test]
    public void An_encoding_of_ours_that_is_not_wanted_any_more_goes_before_other_bytes_come()
    {
        using var tree = new TempTree();
        var plan = Plan(tree, ["a"], ["a", "a.br", "old", "old.br"], ["a", "a.br", "old", "old.br"]);
        Assert.That(plan.Removals.Select(removal => removal with { Seen = null }), Is.EqualTo(
            new[] { new PlannedRemoval("a.br", GoesFirst: true), new PlannedRemoval("old", GoesFirst: false), new PlannedRemoval("old.br", GoesFirst: false) }));
    }

    [Test]
    public void What_the_last_run_left_and_no_source_brings_is_removed_and_nothing_else()
    {
        using var tree = new TempTree();
        var plan = Plan(tree, wanted: ["keep"], present: ["keep", "old", "x/old", "foreign", "x/foreign"], left: ["keep", "old", "x/old", "gone"]);
        Assert.That(plan.Removals.Select(removal => removal with { Seen = null }), Is.EqualTo(new[] { new PlannedRemoval("old", false), new PlannedRemoval("x/old", false) }));
        Assert.That(plan.Diagnostics, Is.Empty);
    }

    [TestCase(EntryKind.Copy, "abc", true, true, Description = "as it was left")]
    [TestCase(EntryKind.Copy, "abc", false, true, Description = "only touched")]
    [TestCase(EntryKind.Copy, "abX", false, false)]
    [TestCase(EntryKind.SymbolicLink, "abc", false, false)]
    [TestCase(EntryKind.HardLink, "abX", false, true, Description = "its source changed in place")]
    [TestCase(EntryKind.Unfinished, "abc", false, true, Description = "as a run that was killed has left it")]
    [TestCase(EntryKind.Unfinished, "abX", false, false)]
    public void What_somebody_else_put_into_the_place_of_ours_stays(EntryKind kind, string text, bool isAsLeft, bool isRemoved)
    {
        using var tree = new TempTree();
        tree.Write("root/old", text);
        var root = Root(tree, [("old", new RootFile(isAsLeft ? Then : Later, IsLink: false))]);
        var plan = new Planner(Settings(tree), root, Left([Entry("old") with { Kind = kind }])).Plan(Release.Empty);
        Assert.That(plan.Removals, Has.Count.EqualTo(isRemoved ? 1 : 0));
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
        Assert.That(plan.Removals.Select(removal => removal with { Seen = null }), Is.EqualTo(new[] { new PlannedRemoval(old, GoesFirst: true) }));
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
        var plan = new Planner(Settings(tree), Root(tree, []) with { Links = LinksAt(link) }, LastRun.None).Plan(new Release([File(tree, wanted)]));
        Assert.That(plan.Diagnostics.Select(one => one.Code), Is.EqualTo(blocked ? [Codes.RootBlocked] : Array.Empty<string>()));
    }

    [Test]
    public void Clearing_removes_everything_first_and_is_never_blocked()
    {
        using var tree = new TempTree();
        var settings = Settings(tree) with { Clear = true };
        var root = Root(tree, [.. new[] { "a", "foreign", "a/x" }.Select(path => (path, new RootFile(default, IsLink: false)))]) with { Links = LinksAt("link"), Folders = ["a"] };
        var plan = new Planner(settings, root, LastRun.None).Plan(new Release([File(tree, "a"), File(tree, "link/b")]));
        Assert.That(plan.Removals.Select(removal => removal with { Seen = null }), Is.EqualTo(
            new[] { "a", "a/x", "foreign", "link" }.Select(path => new PlannedRemoval(path, GoesFirst: true))));
        Assert.That(plan.EmptiedFolders, Is.EqualTo(root.Folders));
        Assert.That(plan.Diagnostics, Is.Empty);
        Assert.That(plan.Steps.Select(step => step.MustWrite), Is.All.True);
    }

    [Test]
    public void An_empty_folder_where_a_file_is_to_be_written_goes_and_any_other_stays()
    {
        using var tree = new TempTree();
        var root = Root(tree, []) with { Folders = ["a", "b", "a/c", "A.d"] };
        Assert.That(new Planner(Settings(tree), root, LastRun.None).Plan(new Release([File(tree, "a")])).EmptiedFolders, Is.EqualTo(new[] { "a", "a/c" }));
    }

    [Test]
    public void Temporary_files_of_a_killed_run_go()
    {
        using var tree = new TempTree();
        var plan = new Planner(Settings(tree), Root(tree, []) with { Leftovers = ["x/.tmp"] }, LastRun.None).Plan(Release.Empty);
        Assert.That(plan.Removals.Select(removal => removal with { Seen = null }), Is.EqualTo(new[] { new PlannedRemoval("x/.tmp", GoesFirst: true) }));
        Assert.That(plan.HasWork, Is.True);
    }

    [Test]
    public void Removals_are_in_ordinal_order_after_a_killed_run_too()
    {
        using var tree = new TempTree();
        var last = Left([Entry("b"), Entry("c")]).Begin([File(tree, "z"), File(tree, "a")]);
        foreach (var path in "abcz")
            tree.Write($"root/{path}", "abc");
        var plan = new Planner(Settings(tree), Root(tree, [.. "abcz".Select(name => ($"{name}", new RootFile(Then, IsLink: false)))]), last).Plan(Release.Empty);
        Assert.That(plan.Removals.Select(removal => removal.Path), Is.EqualTo(new[] { "a", "b", "c", "z" }));
    }

    [Test]
    public void Cancelling_ends_the_comparing()
    {
        using var tree = new TempTree();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var planner = new Planner(Settings(tree), Root(tree, [("a", new RootFile(Later, IsLink: false))]), Left([Entry("a")]));
        Assert.That(() => planner.Plan(new Release([File(tree, "a")]), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static StorePlan Plan(TempTree tree, string[] wanted, string[] present, string[] left) =>
        new Planner(
            Settings(tree),
            Root(tree, [.. present.Select(path => (path, new RootFile(Then, IsLink: false)))]),
            Left([.. left.Select(Entry)])).Plan(new Release([.. wanted.Select(path => File(tree, path))]));

    private static RootEntry Entry(string path) => new(path, EntryKind.Copy, Sha256.Of("abc"u8), Then, "");

    private static LastRun Left(RootEntry[] entries) => new() { Entries = entries };

    private static ReleaseFile File(TempTree tree, string path) => new(
        path,
        path,
        Role.Plain,
        new FileContent(Sha256.Of("abc"u8), 3, new ByteSource.Source(tree["source"], default)),
        CachePolicy.Revalidate,
        new Origin(FinderKind.App, "app", tree["source"]));

    private static LinkMode LinkOf(EntryKind kind) => kind switch
    {
        EntryKind.SymbolicLink => LinkMode.Symbolic,
        EntryKind.HardLink => LinkMode.Hard,
        _ => LinkMode.None,
    };

    private static RootView Root(TempTree tree, (string Path, RootFile File)[] files) =>
        new(tree["root"], files.ToDictionary(file => file.Path, file => file.File, StringComparer.Ordinal), [], LinksAt(), []);

    private static Dictionary<string, RootFile> LinksAt(params string[] paths) =>
        paths.ToDictionary(path => path, _ => new RootFile(default, IsLink: true), StringComparer.Ordinal);

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
