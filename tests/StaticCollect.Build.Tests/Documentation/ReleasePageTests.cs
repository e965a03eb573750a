using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>The page of <c>release.json</c> says what is written.</summary>
internal sealed partial class ReleasePageTests
{
    private const string Compared = "## Two releases compared";

    private static readonly string Page = Pages.Read("docs/release.md");

    [Test]
    public void The_example_is_what_a_collection_writes()
    {
        using var site = new Site();
        site.Write("css/site.css", "body { background: url(../img/logo.svg) }").Write("img/logo.svg", "<svg/>").Write("robots.txt", "User-agent: *");
        site.Collect();

        var example = Example().Match(Page).Groups["text"].Value;
        Assert.That(example, Is.EqualTo(File.ReadAllText(Path.Combine(site.Settings.StateFolder, "release.json"))));
    }

    [Test]
    public void The_table_has_each_member_that_a_file_can_have()
    {
        // A file with a reference, one that leads nowhere, and one that is worth compressing.
        using var site = new Site { Compression = new CompressionSettings { CacheDirectory = Path.Combine(Path.GetTempPath(), $"cache-{Guid.NewGuid():N}"), Encodings = [ContentEncodings.Gzip], Level = CompressLevel.Fastest } };
        try
        {
            site.Write("a.css", $"{new string('a', 1000)}{{b:url(x.png) c:url(gone.png)}}\r\n").Write("x.png", "1").Collect();
        }
        finally
        {
            Directory.Delete(site.Compression!.CacheDirectory, recursive: true);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(site.Settings.StateFolder, "release.json")));
        var written = json.RootElement.GetProperty("files").EnumerateArray().SelectMany(file => file.EnumerateObject().Select(member => member.Name));
        Assert.That(Row().Matches(Page[..Page.IndexOf(Compared, StringComparison.Ordinal)]).Select(row => row.Groups["name"].Value), Is.EquivalentTo(written.Distinct(StringComparer.Ordinal)));
    }

    [Test]
    public void The_comparison_is_what_is_told_of_an_edit()
    {
        using var site = new Site();
        site.Write("css/site.css", "body { background: url(../img/logo.svg) }").Write("img/logo.svg", "<svg/>").Write("robots.txt", "User-agent: *");
        site.Collect();
        site.Write("img/logo.svg", "<svg><g/></svg>").Collect();
        var json = Path.Combine(site.Folder, "diff.json");
        var told = Differ.Compare(site.Settings with { DiffPath = json }, new RecordingLog());

        Assert.Multiple(() =>
        {
            Assert.That(Comparison("text"), Is.EqualTo(string.Join('\n', told) + "\n"));
            Assert.That(Comparison("json"), Is.EqualTo(File.ReadAllText(json)));
        });
    }

    [Test]
    public void The_table_of_the_comparison_has_each_member()
    {
        using var json = JsonDocument.Parse(Comparison("json"));
        Assert.That(
            Row().Matches(Page[Page.IndexOf(Compared, StringComparison.Ordinal)..]).Select(row => row.Groups["name"].Value),
            Is.EquivalentTo(Members(json.RootElement).Append("number").Distinct(StringComparer.Ordinal)));

        // Names of files and of encodings are no members.
        static IEnumerable<string> Members(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => (member.Name == "encodings" ? [] : Members(member.Value)).Prepend(member.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Members),
            _ => [],
        };
    }

    private static string Comparison(string language) =>
        Regex.Match(Page[Page.IndexOf(Compared, StringComparison.Ordinal)..], $"```{language}\n(?<text>.*?)```", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups["text"].Value;

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex("^\\| `(?<name>[a-zA-Z0-9]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
