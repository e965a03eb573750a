using System.Text;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

internal sealed class SelectionTests
{
    [TestCase(ConflictPolicy.LastWins, "app3")]
    [TestCase(ConflictPolicy.FirstWins, "app1")]
    public void Of_three_sources_the_last_or_the_first_one_wins_over_each_of_the_others(ConflictPolicy conflict, string winner)
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "one").Write("app2/static/a.css", "two").Write("app3/static/a.css", "3");
        var selection = Select(work, work.Settings with { Conflict = conflict });
        Assert.That(selection.Files.Select(file => file.App), Is.EqualTo(new[] { winner }));
        Assert.That(selection.Clashes.Select(clash => (clash.Winner.App, clash.Loser.App)), Is.EqualTo(
            conflict == ConflictPolicy.LastWins ? new[] { ("app3", "app1"), ("app3", "app2") } : [("app1", "app2"), ("app1", "app3")]));
    }

    [Test]
    public void The_winner_does_not_depend_on_which_file_is_newer()
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "newer", TempTree.Old.AddYears(5)).Write("app2/static/a.css", "older", TempTree.Old.AddYears(-5));
        for (var run = 0; run < 2; run++)
        {
            work.Collect();
            Assert.That(work.Collected["a.css"], Is.EqualTo("older"));
        }
    }

    [Test]
    public void A_clash_names_both_sources_the_winner_and_the_rule()
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "one").Write("app2/static/a.css", "two");
        Assert.That(Select(work).Diagnostics.Single(), Is.EqualTo(Diagnostic.Warning(Codes.Clash,
            "'a.css' comes from both 'app1/static/a.css' (App 'app1') and 'app2/static/a.css' (App 'app2'). 'app2/static/a.css' is collected: the last one scanned wins (StaticCollectConflict=LastWins).")));
        Assert.That(
            Select(work, work.Settings with { Conflict = ConflictPolicy.FirstWins }).Diagnostics.Single().Text,
            Does.EndWith("'app1/static/a.css' is collected: the first one scanned wins (StaticCollectConflict=FirstWins)."));
    }

    [Test]
    public void An_override_along_the_order_of_the_finders_is_a_message()
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "one").Write("static/a.css", "two");
        Assert.That(Select(work).Diagnostics.Select(one => (one.Code, one.Severity)), Is.EqualTo(new[] { (Codes.Clash, Severity.Message) }));
    }

    [Test]
    public void Every_clash_is_an_error_where_the_user_wants_so()
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "one").Write("static/a.css", "two");
        var error = work.CollectAndFail(work.Settings with { Conflict = ConflictPolicy.Error });
        Assert.That(error.Code, Is.EqualTo(Codes.Clash));
        Assert.That(error.Text, Does.Contain("'app1/static/a.css'").And.Contain("'static/a.css'").And.Contain("StaticCollectConflict is Error"));
        Assert.That(work.Tree.Has("App/bin"), Is.False);
    }

    [TestCase(ConflictPolicy.LastWins)]
    [TestCase(ConflictPolicy.Error)]
    public void Files_of_equal_bytes_are_no_clash(ConflictPolicy conflict)
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "same").Write("app2/static/a.css", "same");
        var selection = Select(work, work.Settings with { Conflict = conflict });
        Assert.That(selection.Clashes, Is.Empty);
        Assert.That(selection.Diagnostics, Is.Empty);
    }

    [Test]
    public void Clashing_files_of_equal_length_are_told_apart_by_their_last_byte()
    {
        using var work = new Workspace();
        var text = new string('x', 200_000);
        work.Write("app1/static/a.css", text + "1").Write("app2/static/a.css", text + "2");
        Assert.That(Select(work).Clashes, Has.Count.EqualTo(1));
    }

    [Test]
    public void One_folder_named_twice_does_not_clash_with_itself()
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css");
        var app = work.Tree["App/app1"];
        Assert.That(Select(work, work.Settings with { Finders = [new AppFinder([app, app])] }).Clashes, Is.Empty);
    }

    [Test]
    public void A_file_that_loses_twice_does_not_spoil_the_next_run()
    {
        using var work = new Workspace();
        work.Write("app1/static/a.css", "one").Write("app2/static/a.css", "two");
        var (app1, app2) = (work.Tree["App/app1"], work.Tree["App/app2"]);
        var settings = work.Settings with { Finders = [new AppFinder([app1, app1, app2])] };
        work.Collect(settings);
        Assert.That(work.Collect(settings).Files.Single().Status, Is.EqualTo(FileStatus.Unchanged));
    }

    [TestCase("Site.css", "site.css")]
    [TestCase("caf\u00e9.css", "cafe\u0301.css")]
    [TestCase("css/a.css", "CSS/a.css")]
    public void Paths_that_differ_in_spelling_only_clash_on_every_system(string one, string two)
    {
        using var work = new Workspace();
        work.Write($"app1/static/{one}", "same").Write($"app2/static/{two}", "same");
        var selection = Select(work);
        Assert.That(selection.Files.Select(file => file.LogicalPath), Is.EqualTo(new[] { two }));
        Assert.That(selection.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { (Codes.ClashOfSpelling, Severity.Warning) }));
        Assert.That(selection.Diagnostics[0].Text, Does.Contain(one).And.Contain(two).And.Contain("one file on Windows and macOS"));
        var asError = Select(work, work.Settings with { Conflict = ConflictPolicy.Error });
        Assert.That(asError.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { (Codes.ClashOfSpelling, Severity.Error) }));
    }

    /// <summary>A listing as any system may give it: no disk of Linux is needed for it.</summary>
    [Test]
    public void Of_all_spellings_of_a_path_one_is_collected_and_each_other_is_told()
    {
        using var work = new Workspace();
        Gen.Select(Gen.OneOf("a.css", "A.css", "a.CSS", "caf\u00e9.css", "cafe\u0301.css", "CAF\u00c9.css", "d/a.css", "D/\u00c5.css", "d/a\u030a.css", "d/\u212b.css"), Gen.Int[1, 3])
            .Array[1, 12].Select(Gen.Enum<ConflictPolicy>(), (files, conflict) => (files.Distinct().ToArray(), conflict))
            .Sample((files, conflict) =>
            {
                // Each of its own length: none has the bytes of another.
                var sources = files.Select((file, i) => new StaticFile(file.Item1, Here.Full($"/sources/{i}"), new FileStamp(i, 0), $"app{file.Item2}", FinderKind.App))
                    .GroupBy(file => file.App, StringComparer.Ordinal).OrderBy(app => app.Key, StringComparer.Ordinal)
                    .Select(app => new ScannedSource(FinderKind.App, new Source(app.Key, Here.Full($"/{app.Key}/static")), [.. app.OrderBy(file => file.LogicalPath, StringComparer.Ordinal)]));
                var settings = work.Settings with { Conflict = conflict };

                var selection = Selection.Of(new Found([.. sources], []), settings, new Comparisons([], 0));

                Assert.That(selection.Files.Select(Folded), Is.Unique.And.EquivalentTo(files.Select(file => Folded(file.Item1)).Distinct(StringComparer.Ordinal)));
                Assert.That(selection.Files, Has.Count.EqualTo(files.Length - selection.Clashes.Count), "each is a winner or lost to one");
                Assert.That(selection.Clashes.Select(clash => Folded(clash.Winner)), Is.EqualTo(selection.Clashes.Select(clash => Folded(clash.Loser))));
                Assert.That(
                    selection.Diagnostics.Where(one => one.Severity == (conflict == ConflictPolicy.Error ? Severity.Error : Severity.Warning)).Select(one => one.Code),
                    Is.EqualTo(selection.Clashes.Select(clash => clash.IsOfSpelling ? Codes.ClashOfSpelling : Codes.Clash)));

                static string Folded(object file) => ((file as StaticFile)?.LogicalPath ?? (string)file).ToUpperInvariant().Normalize(NormalizationForm.FormD);
            });
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "One name there.")]
    public void Spellings_clash_within_one_source()
    {
        using var work = new Workspace();
        work.Write("app1/static/A.css").Write("app1/static/a.css");
        Assert.That(Select(work).Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { (Codes.ClashOfSpelling, Severity.Warning) }));
    }

    [Test]
    public void Spellings_clash_between_finders()
    {
        using var work = new Workspace();
        work.Write("app1/static/A.css").Write("app2/static/a.css").Write("static/a.CSS");
        Assert.That(Select(work).Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(
            new[] { (Codes.ClashOfSpelling, Severity.Warning), (Codes.ClashOfSpelling, Severity.Warning) }));
    }

    [TestCase("conf", "conf/in.txt")]
    [TestCase("conf", "conf/deep/in.txt")]
    [TestCase("Conf", "conf/in.txt")]
    public void A_file_where_another_source_needs_a_folder_is_one_clear_error(string file, string other)
    {
        using var work = new Workspace();
        work.Write($"app1/static/{file}").Write($"app2/static/{other}").Write("app2/static/conf/z.txt");
        var error = work.CollectAndFail();
        Assert.That(error.Code, Is.EqualTo(Codes.FileAgainstFolder));
        Assert.That(error.Text, Does.Contain($"'app1/static/{file}'").And.Contain($"'app2/static/{other}'"));
        Assert.That(work.Tree.Has("App/bin"), Is.False);
    }

    [Test]
    public void A_name_like_a_folder_with_more_to_it_is_no_clash()
    {
        using var work = new Workspace();
        work.Write("app1/static/conf-").Write("app1/static/conf.txt").Write("app2/static/conf/in.txt");
        Assert.That(Select(work).Diagnostics, Is.Empty);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no such name.")]
    public void A_name_that_Windows_cannot_write_is_a_warning_elsewhere()
    {
        using var work = new Workspace();
        work.Write("static/a:b.css");
        Assert.That(Select(work).Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { (Codes.NameNotPortable, Severity.Warning) }));
        Assert.That(work.Collect().Files, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_name_or_path_that_is_too_long_is_an_error()
    {
        var settings = new Workspace();
        using (settings)
        {
            var name = new string('é', 128);
            Assert.That(TooLong(settings, name), Is.True, "256 bytes");
            Assert.That(TooLong(settings, name[1..] + "a"), Is.False, "255 bytes");
            var longPath = string.Join('/', Enumerable.Repeat(new string('a', 199), 21));
            Assert.That(TooLong(settings, longPath), Is.True);
            Assert.That(TooLong(settings, longPath[..^600]), Is.False);
            Assert.That(TooLong(settings, longPath[..3999], root: "/" + new string('r', 94)), Is.False, "4095 bytes");
            Assert.That(TooLong(settings, longPath[..3999], root: "/" + new string('r', 95)), Is.True, "4096 bytes");
            Assert.That(TooLong(settings, "a/" + new string('b', 60), root: "/" + longPath[..4050]), Is.True);
            Assert.That(TooLong(settings, new string('b', 4), root: "/" + longPath[..4042]), Is.False);
            Assert.That(TooLong(settings, new string('b', 4), root: "/" + longPath[..4043]), Is.True, "the name that it is made under takes 51 bytes");
        }
    }

    [Test]
    public void The_files_are_in_ordinal_order()
    {
        using var work = new Workspace();
        work.Write("app1/static/b/x").Write("static/b-").Write("static/A").Write("app2/static/a");
        Assert.That(Select(work).Files.Select(file => file.LogicalPath), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    private static bool TooLong(Workspace work, string path, string? root = null)
    {
        var file = new StaticFile(path, "/x", default, "app", FinderKind.App);
        var found = new Found([new ScannedSource(FinderKind.App, new Source("app", "/x"), [file])], []);
        var settings = root is null ? work.Settings : work.Settings with { Root = root };
        return Selection.Of(found, settings, new Comparisons([], 0)).Diagnostics.Any(one => one.Code == Codes.PathTooLong);
    }

    private static Selection Select(Workspace work, CollectSettings? settings = null) =>
        Selection.Of(Finding.Run(settings ?? work.Settings), settings ?? work.Settings, new Comparisons([], long.MaxValue));
}
