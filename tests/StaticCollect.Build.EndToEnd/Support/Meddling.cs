using System.Diagnostics;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>Collections during which somebody does something to a source, at a moment that the test chooses.</summary>
public static class Meddling
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Collects by hand without restoring, and meddles just before a source is opened: whatever the run knew of it by
    /// then is out of date. A run that opens it less often is not disturbed.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="source">The source, relative to the project.</param>
    /// <param name="opening">Before which opening: 1 for the first.</param>
    /// <param name="meddle">What is done.</param>
    public static CommandResult CollectMeddled(this TestProject project, string source, int opening, Action meddle)
    {
        Strace.Require();
        var path = Path.Combine(project.Folder, source);
        var log = Path.Combine(project.Workspace, $"strace-{Guid.NewGuid():N}.log");
        File.WriteAllText(log, "");

        // strace writes a call down when it begins, and lets it begin a second later.
        var arguments = Strace.Arguments(
            log, ["-P", path, "-e", "trace=openat", "-e", "inject=openat:delay_enter=1000000"], Restored.Build("CollectStatic"));
        var run = Task.Run(() => project.Run("strace", arguments));
        for (var watch = Stopwatch.StartNew(); !run.IsCompleted; Thread.Sleep(20))
        {
            Assert.That(watch.Elapsed, Is.LessThan(Patience), "The collection neither opens the source nor ends.");
            if (Openings(log, path) < opening)
                continue;
            meddle();
            break;
        }

        return run.GetAwaiter().GetResult();
    }

    private static int Openings(string log, string path) => File.ReadLines(log)
        .Count(line => line.Contains($"openat(AT_FDCWD, \"{path}\"", StringComparison.Ordinal));
}
