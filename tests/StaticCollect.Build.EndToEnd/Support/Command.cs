using System.Diagnostics;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>What a command printed, and how it ended.</summary>
public sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>What it printed for programs to read, without what it printed beside that for people.</summary>
    public string StandardOutput { get; init; } = Output;

    /// <summary>The lines of the output that hold a text.</summary>
    public IReadOnlyList<string> Lines(string text) =>
        [.. Output.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal)).Select(line => line.Trim())];
}

/// <summary>Runs commands as a user would, with the English messages that the tests read.</summary>
public static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command to its end.</summary>
    public static CommandResult Run(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(folder, program, arguments, environment);
        var output = ProcessOutput.Of(process);
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end within {Patience.TotalMinutes} minutes.\n{output}");
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.ToString()) { StandardOutput = output.Standard };
    }

    /// <summary>Starts a command; the caller reads its output and ends it.</summary>
    public static Process Start(
        string folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        // The test host hands its own settings down: a build under test must not see them.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);

        // Weighs more than nuget.config: projects under test would restore into a folder that runs before them have filled.
        if (folder.StartsWith(PackedPackage.WorkFolder, StringComparison.Ordinal) && !File.Exists(Path.Combine(folder, "src/StaticCollect.Build/StaticCollect.Build.csproj")))
            start.Environment.Remove("NUGET_PACKAGES");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";

        // What is known of packages of others today, or that nobody can be asked, is no warning of ours.
        start.Environment["NuGetAudit"] = "false";

        // The SDK compresses what it publishes as small as it can, which takes most of the time of a publish of a new app.
        start.Environment["_BlazorBrotliCompressionLevel"] = "Fastest";

        // What a process leaves there when it is killed goes with all else that the run writes.
        start.Environment["TMPDIR"] = PackedPackage.Temporary;
        CompilerServer.Offer(start.Environment);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}
