using System.Diagnostics;
using System.Globalization;

namespace StaticCollect.Build.Bench;

/// <summary>What a program took, with all that it started and waited for.</summary>
/// <param name="Wall">From start to end, in seconds.</param>
/// <param name="Cpu">Processor time, its own and the kernel's for it, over all cores, in seconds.</param>
/// <param name="Memory">The most memory that one of its processes held at a time, in megabytes.</param>
internal readonly record struct Costs(double Wall, double Cpu, double Memory);

/// <summary>A program with its arguments.</summary>
internal sealed record Command(string Program, params string[] Arguments)
{
    private const string Time = "/usr/bin/time";

    /// <summary>The folder it runs in; the current one where it does not matter.</summary>
    public string Folder { get; init; } = "";

    /// <summary>What its environment has beside ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Lines of the shell.</summary>
    public static Command Shell(string lines) => new("/bin/sh", "-ec", lines);

    /// <summary>Runs it to its end and gives what it printed; it must succeed.</summary>
    public string Run()
    {
        var start = new ProcessStartInfo(Program, Arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Folder };

        // No process of a build may outlive it and be counted to nobody.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{Program} {string.Join(' ', Arguments)} ended with {process.ExitCode}:\n{output}");
    }

    /// <summary>Runs it, and measures.</summary>
    public Costs Measure()
    {
        var costs = Path.GetTempFileName();
        var watch = Stopwatch.StartNew();
        (this with { Program = Time, Arguments = ["-f", "%U %S %M", "-o", costs, Program, .. Arguments] }).Run();
        var wall = watch.Elapsed.TotalSeconds;
        var numbers = File.ReadAllText(costs).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToList();
        File.Delete(costs);
        return new(wall, numbers[0] + numbers[1], numbers[2] / 1000);
    }

    /// <summary>Fails where one of the programs is not there, with what to install.</summary>
    public static void Needs(params (string Program, string Package)[] programs)
    {
        var missing = programs.Append((Program: Time, Package: "time")).Where(one => !File.Exists(one.Program)).Select(one => one.Package).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"This needs more programs: apt-get install --no-install-recommends {string.Join(' ', missing)}");
    }
}
