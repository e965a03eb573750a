using System.ComponentModel;
using System.Diagnostics;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Runs scripts of a folder, as seen from <c>tests</c>, under Node.js, with the npm packages that are installed there.</summary>
internal sealed class NodeTool(string folder)
{
    /// <summary>The folder of the scripts.</summary>
    public string Folder { get; } = Path.GetFullPath(folder, Path.Combine(FindRoot(), "tests"));

    /// <summary>The folder of an installed package; the test ends here where it is not installed.</summary>
    public string Package(string name)
    {
        var path = Path.Combine(Folder, "node_modules", name);
        if (!Directory.Exists(path))
            Missing($"the package {name.Split('/')[0]}");
        return path;
    }

    /// <summary>Runs a script and gives the lines that it prints; it must succeed.</summary>
    public IReadOnlyList<string> Run(params string[] arguments)
    {
        using var node = Start(new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Folder });
        var errors = node.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (node.StandardOutput.ReadLine() is { } line)
            lines.Add(line);
        node.WaitForExit();
        Assert.That(node.ExitCode, Is.Zero, () => $"node {string.Join(' ', arguments)}\n{errors.Result}");
        return lines;
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Missing("node");
            throw;
        }
    }

    // Where tests must count, a skipped one must not pass for a green one.
    private void Missing(string what)
    {
        var message = $"{what} not found: install Node.js and run 'npm ci --ignore-scripts --no-audit --no-fund' in {Folder}";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(message);
        Assert.Ignore(message);
    }

    private static string FindRoot()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the root of the repository");
        return folder;
    }
}
