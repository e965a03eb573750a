using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>The page of <c>release.json</c> says what is written.</summary>
internal sealed partial class ReleasePageTests
{
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
        using var site = new Site { Compression = new CompressionSettings { CacheDirectory = Path.Combine(Path.GetTempPath(), $"cache-{Guid.NewGuid():N}"), Encodings = [ContentEncodings.Gzip], Level = CompressLevel.Fastest } };
        try
        {
            site.Write("a.css", new string('a', 1000)).Collect();
        }
        finally
        {
            Directory.Delete(site.Compression!.CacheDirectory, recursive: true);
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(site.Settings.StateFolder, "release.json")));
        var written = json.RootElement.GetProperty("files").EnumerateArray().SelectMany(file => file.EnumerateObject().Select(member => member.Name));
        Assert.That(Row().Matches(Page).Select(row => row.Groups["name"].Value), Is.EquivalentTo(written.Distinct(StringComparer.Ordinal)));
    }

    [GeneratedRegex("```json\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex("^\\| `(?<name>[a-zA-Z0-9]+)` \\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
