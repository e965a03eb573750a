using System.Text.RegularExpressions;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// An example of the docs, and what the comment before it expects. docs/architecture.md describes the comment.
/// </summary>
/// <param name="Name">A name of its own: page and line.</param>
/// <param name="Language"><c>xml</c> for a part of a project file, <c>sh</c> for a command, <c>csharp</c> for a file of the app.</param>
/// <param name="Text">The example.</param>
/// <param name="Expected">The lines of the comment, as name and value.</param>
public sealed partial record DocumentationExample(
    string Name, string Language, string Text, IReadOnlyList<(string Name, string Value)> Expected)
{
    private const string UsualRoot = "bin/Release/net10.0/publish/wwwroot/static";

    private static readonly string[] Known = ["given", "given text", "given long", "given link", "sdk", "file", "text", "no text", "root", "files", "links", "url", "app", "items", "code", "output"];

    /// <summary>All examples, in the order of the pages.</summary>
    public static IReadOnlyList<DocumentationExample> All { get; } = [.. In("options"), .. In("finders"), .. In("fingerprinting"), .. In("compression"), .. In("aspnetcore")];

    /// <summary>The SDK of the example's project, where it is not the usual one.</summary>
    public string? Sdk => Values("sdk").SingleOrDefault();

    /// <summary>The file of the app that the example is, if it is one.</summary>
    public string? AppFile => Values("file").SingleOrDefault();

    /// <summary>Adds what the example needs beside the files that all of them share.</summary>
    public void Prepare(string folder)
    {
        foreach (var path in Values("given"))
            Write(folder, path, "given");
        foreach (var file in Values("given text").Select(text => text.Split(' ', 2)))
            Write(folder, file[0], file[1]);
        foreach (var path in Values("given long"))
            Write(folder, path, string.Concat(Enumerable.Repeat(".card { color: teal }\n", 50)));

        foreach (var link in Values("given link").Select(text => text.Split(' ')))
            Directory.CreateSymbolicLink(Path.Combine(folder, link[0]), link[1]);
    }

    /// <summary>Holds the result of the example against the comment.</summary>
    public void Check(string folder, string output)
    {
        Assert.That(Expected.Select(line => line.Name).Distinct(StringComparer.Ordinal), Is.Not.Empty.And.SubsetOf(Known), Name);
        var root = Path.Combine(folder, Values("root").SingleOrDefault(UsualRoot));
        foreach (var files in Values("files"))
            Assert.That(Files(root), Is.EqualTo(files), $"{Name}: files\n{output}");
        foreach (var link in Values("links").SelectMany(text => text.Split(' ')))
            Assert.That(new FileInfo(Path.Combine(root, link)).LinkTarget, Is.Not.Null, $"{Name}: {link} is no link");
        foreach (var part in Values("text").Select(text => text.Split(' ', 2)))
            Assert.That(File.ReadAllText(Path.Combine(root, part[0])), Does.Contain(part[1]), Name);
        foreach (var part in Values("no text").Select(text => text.Split(' ', 2)))
            Assert.That(File.ReadAllText(Path.Combine(root, part[0])), Does.Not.Contain(part[1]), Name);
        foreach (var text in Values("output"))
            Assert.That(output, Does.Contain(text), Name);

        // Only what the comment names may be wrong: an example without a code prints no warning.
        Assert.That(
            Diagnostic().Matches(output).Select(match => match.Value).Distinct(StringComparer.Ordinal),
            Is.EquivalentTo(Values("code").Select(code => $"{code}:")),
            $"{Name}\n{output}");
        CheckItems(Path.Combine(folder, "collected.txt"));
    }

    private static void Write(string folder, string path, string text)
    {
        var full = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private void CheckItems(string path)
    {
        var items = File.Exists(path) ? File.ReadAllLines(path) : [];
        foreach (var count in Values("items"))
            Assert.That(items, Has.Length.EqualTo(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture)), Name);
        foreach (var url in Values("url"))
            Assert.That(items.Select(item => string.Join(' ', item.Split(' ')[..2])), Does.Contain(url), Name);
        foreach (var app in Values("app"))
            Assert.That(items.Select(item => string.Join(' ', item.Split(' ')[0], item.Split(' ')[2])), Does.Contain(app), Name);
    }

    private IEnumerable<string> Values(string name) => Expected.Where(line => line.Name == name).Select(line => line.Value);

    private static string Files(string root) => !Directory.Exists(root)
        ? ""
        : string.Join(' ', Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    private static IEnumerable<DocumentationExample> In(string page)
    {
        var text = File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs", $"{page}.md"));
        return Example().Matches(text).Select(match => new DocumentationExample(
            $"{page}-{text.AsSpan(0, match.Index).Count('\n') + 1}",
            match.Groups["language"].Value,
            match.Groups["text"].Value,
            [.. match.Groups["expected"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Line)]));
    }

    private static (string Name, string Value) Line(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return (line[..colon], line[(colon + 1)..].Trim());
    }

    [GeneratedRegex("^<!-- example\n(?<expected>.*?)^-->\n```(?<language>\\w+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();

    // Of whatever tool: an example that makes MSBuild or the SDK complain is a fault too.
    [GeneratedRegex(@"\b(error|warning) [A-Z]+[0-9]{4}:", RegexOptions.ExplicitCapture)]
    private static partial Regex Diagnostic();
}
