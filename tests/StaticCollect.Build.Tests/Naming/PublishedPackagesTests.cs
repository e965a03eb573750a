using System.Diagnostics;
using System.Text;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>
/// Real packages, collected with fingerprints: parsers that nobody here wrote list the references of the sources and of
/// the published files, and the two lists agree under the manifest.
/// </summary>
public class PublishedPackagesTests
{
    private static readonly NodeTool Oracles = new("oracles");

    [TestCase("bootstrap")]
    [TestCase("bootstrap-icons")]
    [TestCase("font-awesome")]
    [TestCase("jquery-ui")]
    [TestCase("leaflet")]
    [TestCase("lit")]
    [TestCase("monaco-editor/esm")]
    [TestCase("pdfjs-dist")]
    [TestCase("swagger-ui-dist")]
    [TestCase("three")]
    [TestCase("three/examples/jsm")]
    public void Every_reference_follows_its_target_and_nothing_else_changes(string package)
    {
        var source = Oracles.Package(package);
        using var site = new Site();
        site.Rules = site.Rules with { KeepOriginals = false };
        var settings = site.Settings with { Finders = [new DirectoryFinder([new NamedDirectory(source, "", App: null)])] };
        var log = new CodesOnly();

        var clock = Stopwatch.StartNew();
        var result = Collector.Collect(settings, log);
        var fresh = clock.Elapsed;
        clock.Restart();
        Collector.Collect(settings, new CodesOnly());
        var again = clock.Elapsed;

        Assert.That(result.Succeeded, Is.True);
        var files = result.Files.Select(file => file.File).ToDictionary(file => file.Path, StringComparer.Ordinal);
        var names = files.Values.ToDictionary(file => file.LogicalPath, file => file.Path, StringComparer.Ordinal);
        var before = Read(source).Where(line => names.ContainsKey(line.File)).ToLookup(line => line.File, StringComparer.Ordinal);
        var after = Read(site.Root).ToLookup(line => line.File, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            foreach (var file in files.Values)
            {
                Compare(file, before[file.LogicalPath], after[file.Path], names);
                Assert.That(Undone(file, site.Root, names), Is.EqualTo(Encoding.Latin1.GetString(File.ReadAllBytes(file.Origin.SourcePath))), file.Path);
            }
        });

        TestContext.Out.WriteLine(
            $"{package}: {files.Count} files, {files.Values.Count(file => file.Content.From is ByteSource.Edited)} rewritten, {before.Sum(file => file.Count(line => line.Url is not null))} references, "
            + $"{before.Count(file => file.Any(line => line.Url is null))} files the other parsers refuse; {string.Join(", ", log.Codes.CountBy(code => code, StringComparer.Ordinal).Select(code => $"{code.Value} x {code.Key}"))}; "
            + $"fresh {fresh.TotalMilliseconds:F0} ms, again {again.TotalMilliseconds:F0} ms");
    }

    private static void Compare(ReleaseFile file, IEnumerable<Line> before, IEnumerable<Line> after, Dictionary<string, string> names) =>
        Assert.That(
            after.Select(line => $"{line.Kind} {line.Url}"),
            Is.EqualTo(before.Select(line => $"{line.Kind} {Expected(line.Url, file.LogicalPath, names)}")),
            file.Path);

    /// <summary>What a reference must have become, worked out with the platform's own URL code.</summary>
    private static string? Expected(string? url, string from, Dictionary<string, string> names)
    {
        if (url is null)
            return null;
        var root = new Uri("http://host/static/");
        var at = new Uri(root, string.Join('/', from.Split('/').Select(Uri.EscapeDataString)));
        var path = Uri.UnescapeDataString(new Uri(at, url).AbsolutePath);
        if (!path.StartsWith("/static/", StringComparison.Ordinal) || !names.TryGetValue(path["/static/".Length..], out var name))
            return url;
        var (plain, published) = (Name(path), Name(name));
        var tail = url.IndexOfAny(['?', '#']);
        var (head, rest) = tail < 0 ? (url, "") : (url[..tail], url[tail..]);
        Assert.That(head, Does.EndWith(plain));
        return head[..^plain.Length] + published + rest;
    }

    private static string Name(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Undone(ReleaseFile file, string root, Dictionary<string, string> names)
    {
        var text = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(root, file.Path)));
        foreach (var reference in file.References.Where(reference => names[reference] != reference))
            text = text.Replace(Name(names[reference]), Name(reference), StringComparison.Ordinal);
        return text;
    }

    private static List<Line> Read(string folder) =>
        [.. Oracles.Run("references.mjs", folder).Select(line => JsonSerializer.Deserialize<Line>(line, JsonSerializerOptions.Web)!)];

    private sealed record Line(string File, string? Kind, int Start, string? Url);

    private sealed class CodesOnly : ICollectLog
    {
        public List<string> Codes { get; } = [];

        public bool WantsDetails => false;

        public void Detail(string text)
        {
            // Nobody wants details.
        }

        public void Summary(string text)
        {
            // Nor the summary.
        }

        public void Report(Diagnostic diagnostic) => Codes.Add(diagnostic.Code);
    }
}
