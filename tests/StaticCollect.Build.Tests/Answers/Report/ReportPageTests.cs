using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.Answers.Report;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Tests.Naming;

namespace StaticCollect.Build.Tests.Answers.Report;

/// <summary>The report as a file.</summary>
internal sealed partial class ReportPageTests
{
    private static readonly NodeTool Sources = new("../src/report");

    [Test]
    public void The_page_in_the_product_is_made_of_its_sources()
    {
        Sources.Package("esbuild");
        Sources.Package("d3-hierarchy");
        var made = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():N}.html");
        try
        {
            Sources.Run("build.mjs", made);
            Assert.That(
                File.ReadAllText(made),
                Is.EqualTo(File.ReadAllText(Path.Combine(Sources.Folder, "../StaticCollect.Build/Answers/Report/report.html"))),
                "Run 'node build.mjs' in src/report/.");
        }
        finally
        {
            File.Delete(made);
        }
    }

    [Test]
    public void What_ships_of_others_is_told_with_its_licence_in_the_page_and_in_the_package()
    {
        var licence = File.ReadAllText(Path.Combine(Sources.Package("d3-hierarchy"), "LICENSE")).Trim();
        var notices = File.ReadAllText(Path.Combine(Sources.Folder, "../../nuget/third-party-notices.txt"));
        Assert.That(Page(new Published()).Contains(licence, StringComparison.Ordinal), Is.True);
        Assert.That(notices.Contains(licence, StringComparison.Ordinal), Is.True);
    }

    [Test]
    public void The_page_may_load_nothing_and_run_nothing_but_its_own_script()
    {
        var page = Page(new Published().Add("a.css", "1"));
        var policy = Policy().Match(page).Groups["text"].Value;
        Assert.That(policy, Does.StartWith("default-src 'none'; style-src 'sha256-").And.Not.Contain("unsafe").And.Not.Contain("http"));
        Assert.That(policy, Does.Contain($"script-src '{Hash(OwnScript().Match(page).Groups["text"].Value)}'"));
        Assert.That(policy, Does.Contain($"style-src '{Hash(Style().Match(page).Groups["text"].Value)}'"));

        static string Hash(string text) => Sha256.Of(Encoding.UTF8.GetBytes(text)).Integrity;
    }

    [Test]
    public void No_name_ends_the_data_begins_a_script_or_is_another_one_there()
    {
        string[] names =
        [
            "</script><script>alert(1)</script>.js", "<!--<script>.css", "]]>.svg", "a\"b\\c.txt", "\u2028\u2029.txt", "&lt;&amp;'.html", "日本語/é⊗😀.png", "</SCRIPT\t>.js", "\u0001\u001b[31m.txt",
        ];
        var published = new Published();
        foreach (var name in names)
            published.Add(name, name, origin: new Origin(FinderKind.App, name, $"app/{name}"), refersTo: [name], missing: [new MissingReference(name, name, 1, 1)]);
        var page = Page(published);
        var data = Data().Match(page).Groups["text"].Value;
        using var json = JsonDocument.Parse(data);

        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("files").EnumerateArray().Select(file => file[0].GetString()), Is.EquivalentTo(names));
            Assert.That(json.RootElement.GetProperty("missing").EnumerateArray().Select(one => one[1].GetString()), Is.EquivalentTo(names));
            Assert.That(data.Where(letter => "<>&'\u2028\u2029".Contains(letter, StringComparison.Ordinal)), Is.Empty);
            Assert.That(page.Replace(data, "", StringComparison.Ordinal), Is.EqualTo(Page(new Published()).Replace(Data().Match(Page(new Published())).Groups["text"].Value, "", StringComparison.Ordinal)));
            Assert.That(data, Does.Contain("日本語"), "letters are not escaped");
        });
    }

    [Test]
    public void What_is_not_the_same_everywhere_has_a_section()
    {
        var report = new Published().Add("a/x.css", "1").Add("A/y.css", "2").Report;
        using var json = JsonDocument.Parse(Data().Match(Encoding.UTF8.GetString(ReportPage.Format(report))).Groups["text"].Value);
        var note = json.RootElement.GetProperty("notes")[0];
        Assert.That(note.GetProperty("title").GetString(), Is.EqualTo("Not the same everywhere"));
        Assert.That(note.GetProperty("lines").EnumerateArray().Single().GetString(), Does.StartWith("The folders 'A' and 'a' differ in case or Unicode form only"));
    }

    [Test]
    public void Ten_thousand_files_take_some_hundred_bytes_each_at_most()
    {
        var files = Enumerable.Range(0, 10_000).Select(i => File($"areas/area{i % 40:D2}/components/component-{i:D5}.js", i)).ToList();
        var page = ReportPage.Format(new ReleaseReport("Shop", "/static/", Published.Past(files, 1), Before: null));
        Assert.That(page, Has.Length.LessThan(10_000 * 150).And.Length.GreaterThan(10_000 * 50));

        static ReleaseFile File(string path, int i) => new(
            UrlInserted(path), path, Role.Fingerprinted, new FileContent(Sha256.OfTexts($"{i}"), 1000 + i, ByteSource.Stored.Instance), CachePolicy.Immutable, new Origin(FinderKind.App, $"Area{i % 40}", $"Area{i % 40}/static/{path}"))
        {
            Fingerprint = "0123456789ab",
            References = [$"areas/area{(i + 1) % 40:D2}/components/component-{(i + 1) % 10_000:D5}.js"],
        };

        static string UrlInserted(string path) => path.Replace(".js", ".0123456789ab.js", StringComparison.Ordinal);
    }

    private static string Page(Published published) => Encoding.UTF8.GetString(ReportPage.Format(published.Report));

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Data();

    [GeneratedRegex("<script>(?<text>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex OwnScript();

    [GeneratedRegex("<style>(?<text>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Style();

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Policy();
}
