using System.Diagnostics;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// The .NET SDK for Windows: on Windows the one that is there; elsewhere the one that <c>tests/windows/make-sdk</c> puts
/// together, which runs under Wine and knows every file by a path of its own. Tests that use it assume neither.
/// </summary>
public static class WindowsDotnet
{
    private static readonly Lazy<string> Made = new(Make);
    private static Process? _held;

    /// <summary>What Wine says when it loses its server now and then, which no program has a part in: then it is run again.</summary>
    public const string Died = "wine client error:";

    /// <summary>How often a program is run that does not come to its end by that.</summary>
    public const int Attempts = 3;

    /// <summary>Whether Windows is what Wine makes of this system.</summary>
    public static bool IsWine => !OperatingSystem.IsWindows();

    /// <summary>The program to run in place of <c>dotnet</c>.</summary>
    public static string Program => IsWine ? Made.Value : "dotnet";

    /// <summary>Where Wine has what it takes for the drives and the registry of a Windows.</summary>
    public static string Prefix => Path.Combine(Path.GetDirectoryName(Program)!, "prefix");

    /// <summary>A path as that SDK knows it: <c>Z:\tmp\App</c>.</summary>
    public static string PathOf(string path) => IsWine ? "Z:" + Path.GetFullPath(path).Replace('/', '\\') : Path.GetFullPath(path);

    /// <summary>Ends the test where there is no such SDK and none can be made.</summary>
    public static void Require()
    {
        if (!IsWine)
            return;
        var missing = new[] { "wine", "x86_64-w64-mingw32-gcc" }
            .Where(program => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))))
            .ToList();
        if (missing.Count == 0)
            return;
        var what = $"{string.Join(" and ", missing)} is not here: apt-get install --no-install-recommends wine wine64 gcc-mingw-w64-x86-64";
        if (OperatingSystem.IsLinux())
            Machine.Lacks(what);
        Assert.Ignore(what);
    }

    /// <summary>Ends what was started for all tests.</summary>
    public static void Release()
    {
        if (_held is null)
            return;
        _held.StandardInput.Close();
        if (!_held.WaitForExit(TimeSpan.FromSeconds(30)))
            _held.Kill(entireProcessTree: true);
        _held.Dispose();
    }

    private static string Make()
    {
        var made = Command.Run(PackedPackage.Repository, Path.Combine(PackedPackage.Repository, "tests/windows/make-sdk"), []);
        Assert.That(made.ExitCode, Is.Zero, made.Output);
        var program = Path.Combine(PackedPackage.Repository, "artifacts/windows/dotnet");

        // Wine starts a Windows with the first program, whose output stays open until that Windows ends, after the last one;
        // a program that comes just then fails. So the first is a shell that waits for its input, and ends with the tests even
        // where they are killed.
        var start = new ProcessStartInfo("wine", ["cmd", "/k"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WINEPREFIX"] = Path.Combine(Path.GetDirectoryName(program)!, "prefix");
        start.Environment["WINEDEBUG"] = "-all";
        _held = Process.Start(start)!;
        var isThere = new TaskCompletionSource();
        ProcessOutput.Of(_held, (_, _) => isThere.TrySetResult());
        Assert.That(isThere.Task.Wait(TimeSpan.FromMinutes(2)), Is.True, "Wine did not start.");
        return program;
    }
}
