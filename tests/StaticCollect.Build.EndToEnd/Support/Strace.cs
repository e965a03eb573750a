namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// Watches or disturbs the system calls of a process with <c>strace</c>. Where it is missing the test is left out on a
/// developer's machine and fails in CI.
/// </summary>
public static class Strace
{
    /// <summary>A single processor: files are then written one after the other, and the n-th rename is a known one.</summary>
    public static IReadOnlyDictionary<string, string> OneByOne { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_PROCESSOR_COUNT"] = "1" };

    /// <summary>The arguments for running <c>dotnet</c> under strace, with all its threads.</summary>
    /// <param name="log">File for what strace sees.</param>
    /// <param name="options">What it watches and injects.</param>
    /// <param name="dotnet">The arguments of <c>dotnet</c>.</param>
    public static string[] Arguments(string log, string[] options, string[] dotnet)
    {
        // Much faster, but then strace loses count of the calls, which "the n-th one" needs.
        var isCounting = options.Any(option => option.Contains(":when=", StringComparison.Ordinal));
        return ["-f", "-qq", .. isCounting ? [] : new[] { "--seccomp-bpf" }, "-s", "4096", "-o", log, .. options, "dotnet", .. dotnet];
    }

    /// <summary>Ends the test where strace cannot be used.</summary>
    public static void Require()
    {
        if (OperatingSystem.IsLinux() && Paths().Any(folder => File.Exists(Path.Combine(folder, "strace"))))
            return;
        const string Missing = "This test needs strace on Linux (apt-get install strace).";
        if (Environment.GetEnvironmentVariable("CI") == "true" && OperatingSystem.IsLinux())
            Assert.Fail(Missing);
        Assert.Ignore(Missing);
    }

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(string process, string signal) =>
        Assert.That(Command.Run("/", "kill", [$"-{signal}", process]).ExitCode, Is.Zero);

    private static string[] Paths() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
}
