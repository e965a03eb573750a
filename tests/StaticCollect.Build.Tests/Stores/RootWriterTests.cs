using System.Net.Sockets;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class RootWriterTests
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    [Test]
    [NotUnderWine("the runtime dies or hangs there while NUnit compares the entries by reflection")]
    public void Files_are_copied_with_the_folders_they_need_and_told_for_the_next_run()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "123").Write("s/b/c", "4");
        var written = Run(tree, [Step(tree, "a"), Step(tree, "b/c")]);
        Assert.That(written.Problems, Is.Empty);
        Assert.That(tree.Read("root/a"), Is.EqualTo("123"));
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a", "b/c" }));
        Assert.That(written.Entries, Is.EqualTo(new[]
        {
            new RootEntry("a", EntryKind.Copy, Sha256.Of("123"u8), FileStamp.Of(tree["root/a"])!.Value, ""),
            new RootEntry("b/c", EntryKind.Copy, Sha256.Of("4"u8), FileStamp.Of(tree["root/b/c"])!.Value, ""),
        }));
    }

    [Test]
    public void A_file_of_which_the_plan_says_that_it_is_there_is_left_and_told_all_the_same()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "new").Write("root/a", "old");
        var present = new FileStamp(7, 8);
        var written = Run(tree, [Step(tree, "a") with { MustWrite = false, Present = present }]);
        Assert.That(tree.Read("root/a"), Is.EqualTo("old"));
        Assert.That(written.Entries.Single().Stamp, Is.EqualTo(present));
    }

    [Platform(Exclude = "Win", Reason = "No modes there.")]
    [TestCase(UnixFileMode.UserRead)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    [TestCase(Readable | UnixFileMode.OtherWrite)]
    public void A_copy_can_be_read_by_a_server_and_written_by_the_next_run_whatever_the_source(UnixFileMode mode)
    {
        using var tree = new TempTree();
        tree.Write("s/a", mode: mode);
        Run(tree, [Step(tree, "a")]);
        Assert.That(tree.Mode("root/a"), Is.EqualTo(Readable));
        tree.Write("s/b", "again").Delete("s/a").Write("s/a", "again");
        Assert.That(Run(tree, [Step(tree, "a")]).Problems, Is.Empty);
        Assert.That(tree.Read("root/a"), Is.EqualTo("again"));
    }

    [Test]
    public void A_read_only_copy_in_the_root_is_replaced()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "new").Write("root/a", "old", mode: UnixFileMode.UserRead);
        Assert.That(Run(tree, [Step(tree, "a")]).Problems, Is.Empty);
        Assert.That(tree.Read("root/a"), Is.EqualTo("new"));
    }

    [Test]
    public void A_reader_of_the_root_sees_the_old_file_until_the_new_one_is_whole()
    {
        using var tree = new TempTree();
        tree.Write("s/a").Write("root/a", "old");
        var seen = "";
        Run(tree, [Acting(tree, "a", "new", () => seen = $"{tree.Read("root/a")} {Directory.GetFiles(tree["root"]).Length}")]);
        Assert.That(seen, Is.EqualTo("old 2"), "the new file is made beside the old one: a rename must not cross a file system");
        Assert.That(tree.Read("root/a"), Is.EqualTo("new"));
    }

    [Test]
    public void Who_has_the_old_file_open_keeps_reading_it()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "new").Write("root/a", "old");
        using var reader = new StreamReader(tree["root/a"]);
        Run(tree, [Step(tree, "a")]);
        Assert.That(reader.ReadToEnd(), Is.EqualTo("old"));
    }

    [Test]
    public void A_file_that_fails_leaves_the_old_one_and_no_temporary_file()
    {
        using var tree = new TempTree();
        tree.Write("s/a").Write("root/a", "old");
        var written = Run(tree, [Failing(tree, "a")]);
        var problem = written.Problems.Single();
        Assert.That((problem.Code, problem.Severity), Is.EqualTo((Codes.WriteFailed, Severity.Error)));
        Assert.That(problem.Text, Does.Contain(tree["root/a"]).And.Contain("No space left on device."));
        Assert.That(tree.Read("root/a"), Is.EqualTo("old"));
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a" }));
        Assert.That(written.Entries, Is.Empty);
    }

    [Test]
    public void A_file_that_fails_leaves_no_new_folder_and_every_old_one()
    {
        using var tree = new TempTree();
        tree.Write("s/old/new/er/a").Write("s/other/b").Folder("root/old");
        Run(tree, [Failing(tree, "old/new/er/a"), Step(tree, "other/b")]);
        Assert.That(Directory.GetFileSystemEntries(tree["root"], "*", SearchOption.AllDirectories), Is.EqualTo(new[] { tree["root/old"] }));
    }

    [Test]
    public void A_file_is_made_in_its_own_folder_unless_something_there_must_go_first()
    {
        using var tree = new TempTree();
        tree.Write("s/a/b", "b").Write("s/c/d/e", "e").Write("elsewhere/kept").Folder("root").Link("root/c", tree["elsewhere"]);
        var seen = new List<string>();
        var steps = new[] { Acting(tree, "a/b", "b", Look), Acting(tree, "c/d/e", "e", Look) };
        var written = Writer(tree).Run(Plan(steps, [new PlannedRemoval("c", GoesFirst: true)]));
        Assert.That(written.Problems, Is.Empty);
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a/b", "c/d/e" }));
        Assert.That(seen, Does.Contain("a").And.Contain("").And.All.Not.Contains("c"));
        Assert.That(tree.Files("elsewhere"), Is.EqualTo(new[] { "kept" }));

        void Look()
        {
            lock (seen)
                seen.AddRange(RootView.Read(tree["root"]).Leftovers.Select(path => Path.GetDirectoryName(path)!));
        }
    }

    [Test]
    public void After_an_error_nothing_is_removed()
    {
        using var tree = new TempTree();
        tree.Write("s/a").Write("root/old");
        var plan = Plan([Failing(tree, "a")], [new PlannedRemoval("old", GoesFirst: false)]);
        Writer(tree).Run(plan);
        Assert.That(tree.Has("root/old"), Is.True);
    }

    [Test]
    public void A_root_that_vanishes_meanwhile_is_an_error_of_one_line()
    {
        using var tree = new TempTree();
        tree.Write("s/b/a").Folder("root");
        var written = Run(tree, [Acting(tree, "b/a", "new", () => tree.Delete("root"))]);
        Assert.That(written.Problems.Select(one => one.Code), Is.EqualTo(new[] { Codes.WriteFailed }));
    }

    [Test]
    public void A_source_that_vanishes_is_an_error()
    {
        using var tree = new TempTree();
        tree.Write("s/a");
        var step = Step(tree, "a");
        tree.Delete("s/a");
        var problem = Run(tree, [step]).Problems.Single();
        Assert.That((problem.Code, problem.Severity), Is.EqualTo((Codes.SourceChanged, Severity.Error)));
        Assert.That(problem.Text, Does.Contain("'s/a' went away"));
        Assert.That(tree.Files("root"), Is.Empty);
    }

    [TestCase("12345")]
    [TestCase("124")]
    [TestCase("")]
    public void A_source_that_changes_meanwhile_is_an_error_and_the_old_file_stays(string text)
    {
        using var tree = new TempTree();
        tree.Write("s/a", "123").Write("root/a", "old");
        var step = Step(tree, "a");
        tree.Write("s/a", text);
        var written = Run(tree, [step]);
        Assert.That(written.Problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.SourceChanged, Severity.Error) }));
        Assert.That(written.Problems[0].Text, Does.Contain("'s/a' changed while it was collected"));
        Assert.That(written.Entries, Is.Empty);
        Assert.That(tree.Read("root/a"), Is.EqualTo("old"));
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void What_speaks_of_the_others_is_written_after_them_and_not_at_all_after_an_error()
    {
        using var tree = new TempTree();
        tree.Write("s/a.json", "new").Write("s/b", "b");
        var manifest = Step(tree, "a.json");
        manifest = manifest with { File = manifest.File with { Role = Role.Generated } };
        tree.Write("root/b/in-the-way");
        Assert.That(Run(tree, [manifest, Step(tree, "b")]).Problems, Has.Count.EqualTo(1));
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "b/in-the-way" }), "what would name a file that is not there");
        tree.Delete("root");
        Assert.That(Run(tree, [manifest, Step(tree, "b")]).Problems, Is.Empty);
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a.json", "b" }));
        tree.Delete("root");
        Assert.That(Run(tree, [manifest, Failing(tree, "c")]).Problems, Has.Count.EqualTo(1));
        Assert.That(tree.Files("root"), Is.Empty);
    }

    [Test]
    public void Many_files_that_fail_are_one_line()
    {
        using var tree = new TempTree();
        Assert.That(Run(tree, [.. Enumerable.Range(0, 50).Select(i => Failing(tree, $"{i:D2}"))]).Problems, Has.Count.EqualTo(1));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "No such sockets there.")]
    public void A_source_that_cannot_be_opened_is_told_as_such()
    {
        // A socket can be opened by nobody, not even by root.
        using var tree = new TempTree(below: "/tmp");
        tree.Folder("s");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(tree["s/a"]));
        IsToldAsUnreadable(tree);
    }

    [Test]
    public void A_source_that_somebody_has_open_for_himself_is_told_as_such()
    {
        using var tree = new TempTree();
        using var open = new FileStream(tree.Write("s/a", "123")["s/a"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        IsToldAsUnreadable(tree);
    }

    [Test]
    public void A_file_in_the_root_that_somebody_has_open_is_a_clear_error_where_it_cannot_be_replaced_and_the_next_run_repairs()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "new").Write("root/a", "old");
        using (new FileStream(tree["root/a"], FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            var written = Run(tree, [Step(tree, "a")]);
            var isKeptOut = OperatingSystem.IsWindows();
            Assert.That(written.Problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(isKeptOut ? new[] { (Codes.WriteFailed, Severity.Error) } : []));
            Assert.That(written.Problems.Select(one => one.Text), Has.All.Contain(tree["root/a"]));
            Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a" }), "no temporary file");
            Assert.That(isKeptOut && tree.Read("root/a") != "old", Is.False);
        }

        Assert.That(Run(tree, [Step(tree, "a")]).Problems, Is.Empty);
        Assert.That(tree.Read("root/a"), Is.EqualTo("new"));
    }

    [Test]
    public void A_file_where_the_root_shall_be_is_an_error()
    {
        using var tree = new TempTree();
        tree.Write("s/b/a").Write("root");
        var written = Run(tree, [Step(tree, "b/a")]);
        Assert.That(written.Problems.Select(one => one.Code), Is.EqualTo(new[] { Codes.WriteFailed }));
        Assert.That(tree.Read("root"), Is.EqualTo("root"));
    }

    [Test]
    public void What_is_removed_takes_the_folders_along_that_are_empty_then()
    {
        using var tree = new TempTree();
        tree.Write("root/x/y/old").Write("root/z/old").Write("root/z/foreign").Folder("root/empty");
        var plan = Plan([], [new PlannedRemoval("x/y/old", false), new PlannedRemoval("z/old", true)]);
        Assert.That(Writer(tree).Run(plan).Problems, Is.Empty);
        Assert.That(TempTree.Snapshot(tree["root"]).Keys, Is.EqualTo(new[] { "empty", "z", "z/foreign" }));
    }

    [Test]
    public void Emptied_folders_go_from_the_bottom_up_and_the_root_stays()
    {
        using var tree = new TempTree();
        tree.Write("root/keep/file").Folder("root/a/b/c").Folder("root/d");
        Writer(tree).Run(new StorePlan([], [], ["a", "d", "keep", "a/b", "a/b/c"], [], []));
        Assert.That(TempTree.Snapshot(tree["root"]).Keys, Is.EqualTo(new[] { "keep", "keep/file" }));
        Writer(tree).Run(Plan([], [new PlannedRemoval("keep/file", false)]));
        Assert.That(tree.Has("root"), Is.True);
    }

    [Test]
    public void What_is_in_the_way_goes_before_files_are_written()
    {
        using var tree = new TempTree();
        tree.Write("s/conf/in").Write("s/dir").Write("root/conf").Write("root/dir/old");
        var plan = Plan(
            [Step(tree, "conf/in"), Step(tree, "dir")], [new PlannedRemoval("conf", true), new PlannedRemoval("dir/old", true)]);
        Assert.That(Writer(tree).Run(plan).Problems, Is.Empty);
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "conf/in", "dir" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void What_has_become_another_file_since_it_was_seen_stays_and_is_told(bool goesFirst)
    {
        using var tree = new TempTree();
        tree.Write("root/old").Write("root/gone").Write("root/same");
        var seen = RootView.Read(tree["root"]).Files;
        PlannedRemoval[] removals = [.. new[] { "old", "gone", "same" }.Select(path => new PlannedRemoval(path, goesFirst) { Seen = seen[path].Stamp })];
        tree.Delete("root/gone").Write("root/old", "by hand, meanwhile");
        var written = Writer(tree).Run(Plan([], removals));
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "old" }));
        Assert.That(written.Problems.Select(one => (one.Code, one.Severity, one.Text.Split('\'')[1])), Is.EqualTo(new[] { (Codes.NotAsLeft, Severity.Warning, "old") }));
    }

    [Test]
    public void Nothing_is_removed_through_a_folder_that_has_become_a_link()
    {
        using var tree = new TempTree();
        tree.Write("root/d/a").Write("elsewhere/a", "d/a");
        var stamp = RootView.Read(tree["root"]).Files["d/a"].Stamp;
        Directory.Delete(tree["elsewhere"], recursive: true);
        Directory.Move(tree["root/d"], tree["elsewhere"]);
        tree.Link("root/d", tree["elsewhere"]);
        var written = Writer(tree).Run(Plan([], [new PlannedRemoval("d/a", false) { Seen = stamp }]));
        Assert.That(tree.Read("elsewhere/a"), Is.EqualTo("root/d/a"));
        Assert.That(written.Problems.Select(one => one.Code), Is.EqualTo(new[] { Codes.NotAsLeft }));
    }

    [Test]
    public void What_cannot_be_removed_is_an_error()
    {
        using var tree = new TempTree();
        tree.Write("root/now-a-folder/x");
        var plan = Plan([], [new PlannedRemoval("now-a-folder", false)]);
        Assert.That(Writer(tree).Run(plan).Problems.Select(one => one.Code), Is.EqualTo(new[] { Codes.WriteFailed }));
    }

    [Test]
    [NotUnderWine("it makes no symbolic links")]
    public void A_symbolic_link_leads_to_the_source()
    {
        using var tree = new TempTree();
        tree.Write("s/a").Write("root/a", "old");
        var written = Run(tree, [Step(tree, "a", EntryKind.SymbolicLink)]);
        Assert.That(new FileInfo(tree["root/a"]).LinkTarget, Is.EqualTo(tree["s/a"]));
        Assert.That(written.Entries.Single().Stamp, Is.EqualTo(RootView.Read(tree["root"]).Files["a"].Stamp));
    }

    [Test]
    public void A_hard_link_shares_the_source_and_is_made_again_over_itself()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "one");
        for (var run = 0; run < 2; run++)
        {
            var written = Run(tree, [Step(tree, "a", EntryKind.HardLink)]);
            Assert.That(written.Problems, Is.Empty);
            Assert.That(written.Entries.Single().Kind, Is.EqualTo(EntryKind.HardLink));
            Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a" }), "no second name is left");
        }

        File.WriteAllText(tree["s/a"], "two");
        Assert.That(tree.Read("root/a"), Is.EqualTo("two"));
    }

    [Test]
    public void A_hard_link_to_a_source_that_is_a_link_shares_the_file_and_not_the_link()
    {
        using var tree = new TempTree();
        tree.Write("real/a", "one").Link("s/a", "../real/a");
        Assert.That(Run(tree, [Step(tree, "a", EntryKind.HardLink)]).Problems, Is.Empty);
        Assert.That(tree.Has("root/a") && new FileInfo(tree["root/a"]).LinkTarget is null, Is.True);
        File.WriteAllText(tree["real/a"], "two");
        Assert.That(tree.Read("root/a"), Is.EqualTo("two"));
    }

    [Test]
    public void Hard_links_of_sources_that_changed_places_all_take_theirs()
    {
        using var tree = new TempTree();
        string[] names = [.. Enumerable.Range(0, 400).Select(i => $"{i:D3}")];
        foreach (var name in names)
            tree.Write($"s/{name}", name);
        Run(tree, [.. names.Select(name => Step(tree, name, EntryKind.HardLink))]);

        // Those of the second half are moved while those of the first are.
        var swapped = names.Zip(names[200..].Concat(names[..200])).ToList();
        foreach (var (name, _) in swapped)
            File.Move(tree[$"s/{name}"], tree[$"s/old{name}"]);
        foreach (var (name, from) in swapped)
            File.Move(tree[$"s/old{from}"], tree[$"s/{name}"]);
        var written = Run(tree, [.. names.Select(name => Step(tree, name, EntryKind.HardLink))]);

        Assert.That(written.Problems.Select(problem => problem.Text), Is.Empty);
        Assert.That(swapped.All(pair => tree.Read($"root/{pair.First}") == pair.Second), Is.True);
    }

    [Test]
    public void A_copy_in_place_of_a_hard_link_leaves_the_source_alone()
    {
        using var tree = new TempTree();
        tree.Write("s/a", "one", mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var mode = tree.Mode("s/a");
        Run(tree, [Step(tree, "a", EntryKind.HardLink)]);
        Run(tree, [Step(tree, "a")]);
        Assert.That(tree.Mode("s/a"), Is.EqualTo(mode));
        File.WriteAllText(tree["root/a"], "two");
        Assert.That(tree.Read("s/a"), Is.EqualTo("one"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "A second volume is not to be had without rights.")]
    public void Where_no_hard_link_is_possible_the_files_are_copied_with_one_warning()
    {
        using var tree = new TempTree("/dev/shm");
        using var other = new TempTree("/tmp");
        if (HardLink.TryCreate(other["probe"], tree.Write("probe")["probe"]))
            Assert.Ignore("There is but one volume here.");
        other.Write("s/a").Write("s/b");
        var written = Writer(tree).Run(
            Plan([Step(other, "a", EntryKind.HardLink), Step(other, "b", EntryKind.HardLink)], []));
        Assert.That(tree.Files("root"), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(written.Problems.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.HardLinkImpossible, Severity.Warning) }));
        Assert.That(written.Problems[0].Text, Does.StartWith("2 static files were copied"));
        Assert.That(written.Entries.Select(entry => entry.Kind), Is.All.EqualTo(EntryKind.HardLink), "the next run finds nothing to do");
        Assert.That(written.Entries[0].Stamp, Is.EqualTo(RootView.Read(tree["root"]).Files["a"].Stamp));
    }

    [Test]
    public void Cancelling_ends_the_copying()
    {
        using var tree = new TempTree();
        tree.Write("s/a");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(
            () => Writer(tree).Run(Plan([Step(tree, "a")], []), cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(tree.Files("root"), Is.Empty);
    }

    private static void IsToldAsUnreadable(TempTree tree)
    {
        var step = Step(tree, "a", "123", new ByteSource.Source(tree["s/a"], FileStamp.Of(tree["s/a"]) ?? default));
        var problem = Run(tree, [step]).Problems.Single();
        Assert.That((problem.Code, problem.Severity), Is.EqualTo((Codes.Unreadable, Severity.Error)));
        Assert.That(problem.Text, Does.StartWith("The file 's/a' cannot be read: "));
    }

    private static Written Run(TempTree tree, IReadOnlyList<PlannedStep> steps) => Writer(tree).Run(Plan(steps));

    private static RootWriter Writer(TempTree tree) => new(Settings(tree), new ContentReader());

    private static StorePlan Plan(IReadOnlyList<PlannedStep> steps, params PlannedRemoval[] removals) => new(steps, removals, [], [], []);

    /// <summary>A step for a source, as it is now.</summary>
    private static PlannedStep Step(TempTree tree, string path, EntryKind kind = EntryKind.Copy) =>
        Step(tree, path, tree.Read($"s/{path}"), new ByteSource.Source(tree[$"s/{path}"], FileStamp.Of(tree[$"s/{path}"]) ?? default)) with { Kind = kind };

    private static PlannedStep Step(TempTree tree, string path, string text, ByteSource from) => new(
        new ReleaseFile(
            path,
            path,
            Role.Plain,
            new FileContent(Sha256.Of(Encoding.UTF8.GetBytes(text)), text.Length, from),
            CachePolicy.Revalidate,
            new Origin(FinderKind.App, "app", tree[$"s/{path}"])),
        EntryKind.Copy,
        MustWrite: true,
        default);

    /// <summary>A step for bytes that are made while it is carried out; something happens meanwhile.</summary>
    private static PlannedStep Acting(TempTree tree, string path, string text, Action meanwhile)
    {
        var none = new FileContent(Sha256.Of([]), 0, new ByteSource.Generated([]));
        return Step(tree, path, text, new ByteSource.Encoded(tree["gone"], none, new ActingEncoding(text, meanwhile), CompressLevel.Fastest));
    }

    private static PlannedStep Failing(TempTree tree, string path) =>
        Acting(tree, path, "never", () => throw new IOException("No space left on device."));

    /// <summary>Compresses everything to one text, and does something meanwhile.</summary>
    private sealed class ActingEncoding(string text, Action meanwhile) : IContentEncoding
    {
        public string Name => "acting";

        public string Suffix => ".acting";

        public string Parameters(CompressLevel level, long length) => "";

        public void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken)
        {
            meanwhile();
            output.Write(Encoding.UTF8.GetBytes(text));
        }

        public IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed) => throw new NotSupportedException();
    }

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
