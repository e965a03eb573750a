using System.Reflection;
using System.Text.RegularExpressions;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>Every code has its page, every page its code, and what a page shows is what the code says.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly IReadOnlyDictionary<string, string> Codes = typeof(Codes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(field => (string)field.GetRawConstantValue()!, field => field.Name, StringComparer.Ordinal);

    /// <summary>Every text of the sources that is long enough to tell the user something, open where values are put in.</summary>
    private static readonly Lazy<List<Regex>> Texts = new(() =>
    [
        .. Pages.Sources().SelectMany(source => Literal().Matches(source).Select(match => match.Groups["text"].Value))
            .Append(TargetsText().Match(Pages.BuildFiles).Groups["text"].Value)
            .Select(text => Hole().Split(text))
            .Where(parts => parts.Sum(part => part.Length) > 20)
            .Select(parts => new Regex($"^{string.Join(".*", parts.Select(Regex.Escape))}$", RegexOptions.None, TimeSpan.FromSeconds(1))),
    ]);

    private static IEnumerable<string> AllCodes => Codes.Keys;

    [Test]
    public void Every_code_has_a_page_and_every_page_a_code() => Assert.That(
        Directory.EnumerateFiles(Path.Combine(Pages.Repository, "docs/diagnostics"), "SC*.md").Select(Path.GetFileNameWithoutExtension),
        Is.EquivalentTo(Codes.Keys));

    [TestCaseSource(nameof(AllCodes))]
    public void The_index_lists_the_code_with_the_title_of_its_page(string code)
    {
        var title = Pages.Read($"docs/diagnostics/{code}.md").Split('\n')[0].Replace($"# {code}: ", "", StringComparison.Ordinal);
        Assert.That(Pages.Read("docs/diagnostics/README.md"), Does.Contain($"| [{code}]({code}.md) | {title} |"));
    }

    [TestCaseSource(nameof(AllCodes))]
    public void The_page_has_a_line_as_printed_a_cause_and_a_cure(string code)
    {
        var page = Pages.Read($"docs/diagnostics/{code}.md");
        Assert.Multiple(() =>
        {
            Assert.That(DiagnosticExamples.Lines(code), Is.Not.Empty.And.All.Contain($" {code}: "));
            Assert.That(page, Does.Contain("\n## Cause\n").And.Contain("\n## Cure\n"));
        });
    }

    /// <summary>
    /// Holds for all codes, those too that no test can provoke: full disks, other users' folders, five minutes' waiting.
    /// </summary>
    [TestCaseSource(nameof(AllCodes))]
    public void Every_line_that_the_page_shows_is_of_a_text_in_the_sources(string code)
    {
        foreach (var line in DiagnosticExamples.Lines(code))
        {
            var text = line[(line.IndexOf($" {code}: ", StringComparison.Ordinal) + code.Length + 3)..];
            Assert.That(Texts.Value.Any(known => known.IsMatch(text)), $"Nothing in the sources says: {text}");
        }
    }

    [GeneratedRegex("\"(?<text>(?:[^\"\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}|\$\(\w+\)")]
    private static partial Regex Hole();

    [GeneratedRegex("Code=\"SC1008\"\\s+Text=\"(?<text>[^\"]+)\"")]
    private static partial Regex TargetsText();
}
