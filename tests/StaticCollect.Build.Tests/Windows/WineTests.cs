using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using StaticCollect.Build.Tests.Documentation;

namespace StaticCollect.Build.Tests.Windows;

/// <summary>
/// Runs the tests of this assembly with the semantics of Windows: its runtime, its paths, names without case, files that
/// somebody holds open. The Windows is Wine's, with the SDK that <c>tests/windows/make-sdk</c> makes.
/// </summary>
[Platform("Linux", Reason = "On Windows the tests themselves run.")]
public sealed partial class WineTests
{
    private const string ToInstall = "apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64";

    // Far more than any needs: some programs hang under Wine, where they would end with an error on Windows.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    // Each test says a line when it begins and one when it ends, and none takes half as long.
    private static readonly TimeSpan MostSilence = TimeSpan.FromMinutes(2);

    // The runtime itself dies or hangs there now and then, in any test and when all are through. What does so each time is ours;
    // and a test that fails is never tried again.
    private const int Attempts = 3;

    private static readonly string Results = Path.Combine(Pages.Repository, "artifacts", "wine");

    private static IEnumerable<TestCaseData> Chunks => HasWine
        ? typeof(WineTests).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(TestAttribute), inherit: false) || method.IsDefined(typeof(TestCaseAttribute), inherit: false)))
            .Where(type => type.Namespace != typeof(WineTests).Namespace && !type.GetCustomAttributes(typeof(PlatformAttribute), inherit: false).Cast<PlatformAttribute>().Any(platform => platform.Exclude == "Win"))
            .GroupBy(type => type.Namespace!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            // The first namespace holds all others: of it the fixtures are named.
            .Select(group => new TestCaseData([group.Key == typeof(Program).Namespace ? group.Select(type => type.FullName!).ToArray() : new[] { group.Key }]).SetArgDisplayNames(group.Key))
        : [new TestCaseData([Array.Empty<string>()]).SetArgDisplayNames("no Wine")];

    private static bool HasWine => new[] { "wine", "x86_64-w64-mingw32-gcc" }.All(program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))));

    [TestCaseSource(nameof(Chunks))]
    public void The_tests_pass_on_Windows_too(string[] names)
    {
        if (!HasWine)
        {
            const string Message = $"No test ran as on Windows: Wine is not here. {ToInstall}";
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
                Assert.Fail(Message);
            Assert.Ignore(Message);
        }

        var (made, told, _) = Run(Path.Combine(Pages.Repository, "tests", "windows", "make-sdk"), [], Patience);
        Assert.That(made, Is.Zero, told);
        var dotnet = Path.Combine(Pages.Repository, "artifacts", "windows", "dotnet");
        string[] arguments = [typeof(Program).Assembly.Location.Replace('/', '\\').Insert(0, "Z:"), .. names];
        var (code, output, totals) = Run(dotnet, arguments, MostSilence);
        for (var attempt = 1; attempt < Attempts && !Ended() && !Failures(output).Any(); attempt++)
        {
            TestContext.Out.WriteLine($"Wine did not come to the end of it ({code}); the last it said:\n{string.Join('\n', output.Split('\n').TakeLast(5))}");
            (code, output, totals) = Run(dotnet, arguments, MostSilence);
        }

        Assert.That(totals.Success, Is.True, () => $"It did not come to its end:\n{output}");
        Directory.CreateDirectory(Results);
        File.WriteAllText(Path.Combine(Results, $"{TestContext.CurrentContext.Test.ID}.txt"), totals.Value + "\n");
        TestContext.Out.WriteLine($"{totals.Value} on Windows");
        Assert.That(Failures(output), Is.Empty);
        Assert.That(int.Parse(totals.Groups["passed"].Value, CultureInfo.InvariantCulture), Is.Positive, "some test ran");
        Assert.That(code, Is.Zero, output);

        // The program itself ends with 0 or 1, and with its totals.
        bool Ended() => totals.Success && code is 0 or 1;
    }

    private static IEnumerable<string> Failures(string output) => output.Split('\n').Where(line => line.StartsWith("Failed", StringComparison.Ordinal));

    private static (int Code, string Output, Match Totals) Run(string program, IReadOnlyList<string> arguments, TimeSpan silence)
    {
        var lastLine = Stopwatch.GetTimestamp();
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        // Commands of this system are not there on that one, and what needs them may be left out.
        start.Environment.Remove("CI");
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var lines = new List<string>();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!WaitForExit())
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"It said nothing for {silence.TotalMinutes} minutes, or did not end within {Patience.TotalMinutes}; what was started last hangs:\n{Text()}", Match.Empty);
        }

        // What it printed last comes after it has ended; the server that Wine leaves behind for some seconds may hold the pipes open.
        process.WaitForExitAsync().Wait(TimeSpan.FromSeconds(10));
        var output = Text();
        return (process.ExitCode, output, Totals().Match(output));

        bool WaitForExit()
        {
            for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience;)
            {
                if (process.WaitForExit(TimeSpan.FromSeconds(1)))
                    return true;
                if (Stopwatch.GetElapsedTime(Volatile.Read(ref lastLine)) > silence)
                    return false;
            }

            return false;
        }

        void Keep(string? line)
        {
            Volatile.Write(ref lastLine, Stopwatch.GetTimestamp());
            lock (lines)
                lines.Add(line ?? "");
        }

        string Text()
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    [GeneratedRegex("^(?<passed>\\d+) passed, \\d+ failed, \\d+ skipped", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Totals();
}
