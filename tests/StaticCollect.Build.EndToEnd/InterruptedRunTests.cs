using System.Diagnostics;
using System.Globalization;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Runs that are killed, cancelled, or not alone.</summary>
public sealed class InterruptedRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly string[] Collect = ["build", "-c", "Release", "--no-restore", "-t:CollectStatic", "-p:StaticCollectVerbosity=Detailed"];

    [Test]
    public void A_run_that_is_killed_leaves_whole_files_and_the_next_one_repairs_the_rest()
    {
        Strace.Require();
        var names = new[] { "a.css", "b.css", "c.css" };
        using var project = TestProject.Console();
        WriteAll("first");
        project.Write("static/gone.css", "gone").Aged().Collect();

        // Renames: what was learnt about names, the record that announces the work, three files and, the last time, one that
        // is new, and the release.
        var killedWithLeftovers = 0;
        foreach (var killAt in new[] { 1, 4, 7 })
        {
            var (was, shall) = (project.Read("a.css"), new string('x', 100 * killAt));
            WriteAll(shall);
            if (killAt == 4)
                File.Delete(Path.Combine(project.Folder, "static/gone.css"));
            if (killAt == 7)
                project.Write("static/z.css", "new, and deleted again before the next run");
            project.Aged();
            var log = Path.Combine(project.Workspace, $"strace{killAt}.log");

            var killed = project.Run(
                "strace",
                Strace.Arguments(log, ["-e", "trace=rename", "-e", $"inject=rename:signal=KILL:when={killAt}"], Collect),
                Strace.OneByOne);
            var afterKill = names.Select(project.Read).ToList();
            if (Leftovers().Length > 0)
                killedWithLeftovers++;
            File.Delete(Path.Combine(project.Folder, "static/z.css"));
            var repaired = project.Succeed(Collect);

            Assert.Multiple(() =>
            {
                Assert.That(killed.ExitCode, Is.EqualTo(137), killed.Output);
                Assert.That(File.ReadAllText(log), Does.Contain("killed by SIGKILL"));
                Assert.That(File.ReadLines(log).Count(line => line.Contains("rename(", StringComparison.Ordinal)), Is.EqualTo(killAt));
                Assert.That(afterKill, Has.All.EqualTo(was).Or.EqualTo(shall), "No reader sees half a file.");
                Assert.That(afterKill.Count(text => text == shall), Is.EqualTo(Math.Clamp(killAt - 3, 0, 3)));
                Assert.That(names.Select(project.Read), Has.All.EqualTo(shall), repaired.Output);
                Assert.That(project.Tree(), Is.EqualTo(killAt == 1 ? [.. names, "gone.css"] : names));
                Assert.That(Leftovers(), Is.Empty, $"Killed at rename {killAt}.");
            });
        }

        Assert.That(killedWithLeftovers, Is.EqualTo(3), "Each kill left a temporary file for the next run to clear away.");

        void WriteAll(string text)
        {
            foreach (var name in names)
                project.Write($"static/{name}", text);
        }

        string[] Leftovers() =>
        [
            .. project.Tree().Where(path => path.Contains("tmp", StringComparison.Ordinal)),
            .. project.Tree(project.Records()).Where(path => !path.EndsWith(".last", StringComparison.Ordinal) && !path.EndsWith(".json", StringComparison.Ordinal)),
        ];
    }

    [Test]
    public void Of_two_runs_into_one_root_the_second_waits_for_the_first()
    {
        Strace.Require();
        using var project = TestProject.Console();
        for (var i = 0; i < 20; i++)
            project.Write($"static/{i:00}.css", new string('x', 1000 + i));
        project.Aged().Succeed("restore");
        var log = Path.Combine(project.Workspace, "strace.log");

        // The first writes slowly, and is stopped in the middle of its files until it is told to go on.
        using var first = Command.Start(project.Folder, "strace", Strace.Arguments(
            log, ["-e", "trace=rename", "-e", "inject=rename:delay_enter=100000"], Collect), Strace.OneByOne);
        var firstOutput = first.StandardOutput.ReadToEndAsync();
        Wait(() => Placed(project).Length > 3);
        Strace.Signal(ChildOf(first), "STOP");
        var whileStopped = Placed(project);

        using var second = Command.Start(project.Folder, "dotnet", Collect);
        var lines = new List<string>();
        while (second.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(line);
            if (line.Contains("Waiting for another collection", StringComparison.Ordinal))
                break;
        }

        var whileWaiting = Placed(project);
        Strace.Signal(ChildOf(first), "CONT");
        lines.AddRange(second.StandardOutput.ReadToEnd().Split('\n'));
        var both = first.WaitForExit(Patience) && second.WaitForExit(Patience);

        Assert.Multiple(() =>
        {
            Assert.That(both, Is.True);
            Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), firstOutput.Result + string.Join('\n', lines));
            Assert.That(whileStopped, Has.Length.InRange(3, 9), "The first is in the middle.");
            Assert.That(whileWaiting, Has.Length.LessThan(10), "The second writes nothing while it waits.");
            Assert.That(lines, Has.Some.Contains("Waiting for another collection"));
            Assert.That(lines, Has.Some.Contains("0 static files copied").And.Contains("20 unchanged"));
            Assert.That(
                project.Tree().Select(name => project.Read(name).Length), Is.EqualTo(Enumerable.Range(1000, 20)));
        });
    }

    [Test]
    public void Eight_at_once_into_one_root_leave_what_one_leaves()
    {
        using var project = Restored.Console("<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint><StaticCollectCompress>gzip</StaticCollectCompress></PropertyGroup>");
        for (var i = 0; i < 50; i++)
            project.Write($"static/{i:00}.css", new string('x', 1000 + i));
        project.Aged();

        var runs = Enumerable.Range(0, 8).Select(_ => project.Start(Restored.Build("CollectStatic"))).ToList();
        var outputs = runs.ConvertAll(run => run.StandardOutput.ReadToEndAsync());
        foreach (var run in runs)
            Assert.That(run.WaitForExit(Patience), Is.True);
        var (tree, snapshot) = (project.Tree(), Tree.Snapshot(project.Root));
        var after = project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero, string.Join('\n', outputs.Select(output => output.Result)));
            Assert.That(outputs.Select(output => output.Result).Count(text => text.Contains("50 unchanged", StringComparison.Ordinal)), Is.EqualTo(7), "One wrote, and the others found it done.");
            Assert.That(tree, Has.Length.EqualTo(50 * 4 + 1));
            Assert.That(after.Output, Does.Contain("50 unchanged"));
            Assert.That(Tree.Snapshot(project.Root), Is.EqualTo(snapshot));
        });
        runs.ForEach(run => run.Dispose());
    }

    [Test]
    public void A_cancelled_run_stops_between_two_files_and_the_next_one_goes_on()
    {
        Strace.Require();
        using var project = TestProject.Console();
        for (var i = 0; i < 400; i++)
            project.Write($"static/{i:000}.css", $"file {i}");
        project.Aged().Succeed("restore");
        var log = Path.Combine(project.Workspace, "strace.log");

        // A slow disk: each file takes a twentieth of a second, all of them twenty seconds.
        // Whoever ran the tests may ignore interrupts, as what a shell starts in the background does; children would, too.
        using var run = Command.Start(project.Folder, "env", ["--default-signal=INT", "strace", .. Strace.Arguments(
            log, ["-e", "trace=rename", "-e", "inject=rename:delay_enter=50000"], Collect)], Strace.OneByOne);
        var output = run.StandardOutput.ReadToEndAsync();
        Wait(() => Placed(project).Length > 5);
        Strace.Signal(ChildOf(run), "INT");
        var ended = run.WaitForExit(Patience);
        var partly = project.Tree();
        var resumed = project.Succeed(Collect);

        Assert.Multiple(() =>
        {
            Assert.That(ended, Is.True);
            Assert.That(run.ExitCode, Is.Not.Zero, output.Result);
            Assert.That(output.Result, Does.Not.Contain("   at ").And.Not.Contain("MSB4181"));
            Assert.That(partly, Has.Length.InRange(5, 399), "Some files were there already.");
            Assert.That(partly, Has.All.EndsWith(".css"), "A cancelled run clears its temporary files away itself.");
            Assert.That(partly.Select(name => (name, project.Read(name))), Is.EqualTo(partly.Select(name => (name, $"file {int.Parse(name[..3], CultureInfo.InvariantCulture)}"))));
            Assert.That(project.Tree(), Has.Length.EqualTo(400));
            Assert.That(resumed.Lines("static files copied"), Has.Count.EqualTo(1));
        });
    }

    // Files are made under names of their own, and then take their places one by one.
    private static string[] Placed(TestProject project) => [.. project.Tree().Where(path => path.EndsWith(".css", StringComparison.Ordinal))];

    private static string ChildOf(Process strace) =>
        File.ReadAllText($"/proc/{strace.Id}/task/{strace.Id}/children").Trim();

    private static void Wait(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); Thread.Sleep(20))
            Assert.That(watch.Elapsed, Is.LessThan(Patience), "What the test waits for did not happen.");
    }
}
