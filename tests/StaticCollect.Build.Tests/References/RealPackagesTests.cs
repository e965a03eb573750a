using System.Diagnostics;
using System.Text.Json;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

/// <summary>
/// Every reference in real packages, one by one, against parsers that are not ours (css-tree, acorn, parse5): see
/// <c>tests/oracles/references.mjs</c>.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public class RealPackagesTests
{
    private static readonly string Oracles = Path.Combine(FindRoot(), "tests", "oracles");

    [TestCase("bootstrap")]
    [TestCase("bootstrap-icons")]
    [TestCase("font-awesome")]
    [TestCase("jquery-ui")]
    [TestCase("leaflet")]
    [TestCase("lit")]
    [TestCase("monaco-editor")]
    [TestCase("pdfjs-dist")]
    [TestCase("swagger-ui-dist")]
    [TestCase("three")]
    public void The_references_are_those_that_other_parsers_see(string package)
    {
        var folder = Path.Combine(Oracles, "node_modules", package);
        if (!Directory.Exists(folder))
        {
            Missing("the packages");
        }

        var expected = RunOracle(folder);
        var refused = expected.Where(line => line.Url is null).Select(line => line.File).ToHashSet(StringComparer.Ordinal);
        var wanted = expected.Where(line => line.Url is not null).OrderBy(line => line.File, StringComparer.Ordinal).Select(line => line.ToString()).ToList();
        var actual = References(folder, refused).ToList();

        TestContext.Out.WriteLine($"{package}: {wanted.Count} references, {refused.Count} files the other parsers refuse");
        Assert.That(actual, Is.EqualTo(wanted).AsCollection);
    }

    private static IEnumerable<string> References(string folder, HashSet<string> refused)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path).ToLowerInvariant() is not (".css" or ".js" or ".mjs" or ".cjs" or ".html" or ".htm")
                || refused.Contains(path))
            {
                continue;
            }

            foreach (var reference in ReferenceLanguages.Of(path)!.Find(File.ReadAllBytes(Path.Combine(folder, path))))
            {
                yield return new Line(path, reference.Kind.ToString(), reference.Start, reference.Url).ToString();
            }
        }
    }

    private static List<Line> RunOracle(string folder)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Oracles };
        start.ArgumentList.Add("references.mjs");
        start.ArgumentList.Add(folder);
        using var node = Start(start);
        var lines = new List<Line>();
        while (node.StandardOutput.ReadLine() is { } line)
        {
            lines.Add(JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!);
        }

        node.WaitForExit();
        Assert.That(node.ExitCode, Is.Zero, "node references.mjs");
        return lines;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing("node");
            throw;
        }
    }

    // Where tests must count, a skipped one must not pass for a green one.
    private static void Missing(string what)
    {
        var message = $"{what} not found: install Node.js and run 'npm ci --ignore-scripts --no-audit --no-fund' in {Oracles}";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
    }

    private static string FindRoot()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "StaticCollect.Build.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the root of the repository");
        }

        return folder;
    }

    private sealed record Line(string File, string? Kind, int Start, string? Url);
}
