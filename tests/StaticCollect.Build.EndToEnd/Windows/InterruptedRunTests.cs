using System.Diagnostics;
using System.Globalization;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Windows;

/// <summary>On Windows: two runs at once, and one that is killed.</summary>
public sealed class InterruptedRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void Two_runs_at_once_and_a_killed_one_end_in_a_whole_release()
    {
        using var project = WindowsProject.Restored();
        const int Count = 1500;
        WriteAll("one");

        // Two at once: each waits for the other, and both are right.
        using var first = project.Start(Restored.Build("CollectStatic"));
        using var second = project.Start(Restored.Build("CollectStatic"));
        var outputs = new[] { first, second }.Select(run => ProcessOutput.Of(run)).ToList();
        var both = first.WaitForExit(Patience) && second.WaitForExit(Patience);
        first.WaitForExit();
        second.WaitForExit();
        var afterBoth = project.Tree();

        // Killed while it writes.
        WriteAll("two, and longer");
        using var killed = project.Start(Restored.Build("CollectStatic"));
        var killedOutput = ProcessOutput.Of(killed);
        for (var watch = Stopwatch.StartNew(); Leftovers().Length < 10; Thread.Sleep(5))
            Assert.That(!killed.HasExited && watch.Elapsed < Patience, Is.True, killedOutput.ToString());
        killed.Kill(entireProcessTree: true);
        killed.WaitForExit();
        var afterKill = project.Tree().Except(Leftovers(), StringComparer.Ordinal).Select(project.Read).Distinct(StringComparer.Ordinal).ToList();
        var leftovers = Leftovers().Length;
        var repaired = project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(both, Is.True, string.Join('\n', outputs));
            Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), string.Join('\n', outputs));
            Assert.That(afterBoth, Has.Length.EqualTo(Count));
            Assert.That(outputs.Select(output => output.ToString()), Has.Exactly(1).Contains($" {Count} static files copied to").And.Exactly(1).Contains(" 0 static files copied to"));
            Assert.That(leftovers, Is.GreaterThan(0));
            Assert.That(afterKill, Is.SubsetOf(new[] { "one", "two, and longer" }), "No reader sees half a file.");
            Assert.That(project.Tree(), Has.Length.EqualTo(Count), repaired.Output);
            Assert.That(project.Tree().Select(project.Read), Has.All.EqualTo("two, and longer"));
        });

        void WriteAll(string text)
        {
            for (var i = 0; i < Count; i++)
                project.Write(string.Create(CultureInfo.InvariantCulture, $"static/{i:0000}.css"), text);
        }

        string[] Leftovers() => [.. project.Tree().Where(path => !path.EndsWith(".css", StringComparison.Ordinal))];
    }
}
