using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>Links lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Test]
    public void Every_relative_link_leads_to_a_file_and_a_heading([ValueSource(typeof(Pages), nameof(Pages.All))] string page) =>
        Assert.That(
            Link().Matches(Fence().Replace(Pages.Read(page), ""))
                .Select(match => match.Groups["text"].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Leads(page, target)),
            Is.Empty);

    [Test]
    public void The_page_of_the_package_has_no_relative_links() =>
        Assert.That(Link().Matches(Pages.Read("nuget/readme.md")).Select(match => match.Groups["text"].Value), Has.All.StartsWith("https://"));

    private static bool Leads(string page, string target)
    {
        var parts = target.Split('#');
        var file = parts[0].Length == 0
            ? Path.Combine(Pages.Repository, page)
            : Path.GetFullPath(parts[0], Path.GetDirectoryName(Path.Combine(Pages.Repository, page))!);
        return parts.Length == 1
            ? Path.Exists(file)
            : File.Exists(file) && Heading().Matches(File.ReadAllText(file)).Any(heading => Anchor(heading.Groups["text"].Value.Trim()) == parts[1]);
    }

    /// <summary>The anchor that code hosts make of a heading.</summary>
    private static string Anchor(string heading) =>
        NotInAnchor().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<text>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
