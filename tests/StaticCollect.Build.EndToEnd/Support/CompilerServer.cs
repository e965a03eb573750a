using System.Diagnostics;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// The C# compiler as a process that compiles for all projects under test: starting it anew costs more than all else that a
/// small publish does. It is that of this run alone, and ends with it.
/// </summary>
public static class CompilerServer
{
    private static readonly string Name = $"staticcollect-{Environment.ProcessId}";
    private static Process? _server;

    /// <summary>Starts it.</summary>
    public static void Start()
    {
        var roslyn = Command.Run(PackedPackage.Repository, "dotnet", ["msbuild", "src/StaticCollect.Build", "-getProperty:RoslynTargetsPath"]);
        Assert.That(roslyn.ExitCode, Is.Zero, roslyn.Output);
        var program = Path.Combine(roslyn.StandardOutput.Trim(), "bincore", OperatingSystem.IsWindows() ? "VBCSCompiler.exe" : "VBCSCompiler");
        _server = Command.Start(PackedPackage.WorkFolder, program, [$"-pipename:{Name}"]);
        ProcessOutput.Of(_server);
    }

    /// <summary>Lets a command compile there.</summary>
    public static void Offer(IDictionary<string, string?> environment)
    {
        environment["UseSharedCompilation"] = "true";
        environment["SharedCompilationId"] = Name;

        // That of Razor would stay.
        environment["UseRazorBuildServer"] = "false";
    }

    /// <summary>Ends it.</summary>
    public static void Stop()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
    }
}
