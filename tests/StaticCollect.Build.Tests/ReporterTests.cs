using System.Text;
using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Naming;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>When the report is written, and of what.</summary>
internal sealed class ReporterTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [Test]
    public void A_collection_writes_it_where_it_is_wanted_and_once_for_a_release()
    {
        _site.Write("a.css", "a{b:url(x.png)}").Write("x.png", "1");
        Collect(Settings with { WritesReport = false });
        Assert.That(File.Exists(Settings.ReportPath), Is.False);

        var log = Collect();
        var first = FileStamp.Of(Settings.ReportPath);
        Assert.That(first, Is.Not.Null, "what changed is the setting alone");
        Assert.That(log.Lines, Has.One.EqualTo($"The report is '{Settings.Show(Settings.ReportPath)}'."));
        Collect();
        Assert.That(FileStamp.Of(Settings.ReportPath), Is.EqualTo(first), "nothing changed");

        File.Delete(Settings.ReportPath);
        Collect();
        Assert.That(FileStamp.Of(Settings.ReportPath), Is.Not.Null, "it was gone");
        _site.Write("x.png", "2");
        Collect();
        Assert.That(Changes(), Is.EqualTo(new[] { "[\"a.css\",\"Follows\",28,28,28,\"x.png\"]", "[\"x.png\",\"Edited\",1,1,1]" }));
    }

    [Test]
    public void The_target_writes_what_the_collection_wrote_and_compares_what_the_user_names()
    {
        _site.Write("a.css", "1").Write("b.css", "1");
        Collect();
        var first = _site.PathOf("../first.json");
        File.Copy(Path.Combine(Settings.StateFolder, "release.json"), first);
        _site.Write("a.css", "2");
        Collect();
        _site.Write("b.css", "2");
        Collect();
        var written = Read();
        File.Delete(Settings.ReportPath);

        Assert.That(Reporter.Report(Settings, new RecordingLog()), Is.EqualTo(new[] { $"The report of release 3 is '{Settings.Show(Settings.ReportPath)}'." }));
        Assert.That(Read(), Is.EqualTo(written));
        Assert.That(Changes(), Is.EqualTo(new[] { "[\"b.css\",\"Edited\",1,1,1]" }));
        Reporter.Report(Settings with { ReleaseBefore = first }, new RecordingLog());
        Assert.That(Changes(), Is.EqualTo(new[] { "[\"a.css\",\"Edited\",1,1,1]", "[\"b.css\",\"Edited\",1,1,1]" }));
    }

    [Test]
    public void The_same_files_elsewhere_give_the_same_bytes()
    {
        using var other = new Site();
        foreach (var site in new[] { _site, other })
            site.Write("css/a.css", "a{b:url(../x.png) c:url(gone.png)}").Write("x.png", "1").Write("y.png", "1");
        Collect();
        Assert.That(Collector.Collect(other.Settings with { WritesReport = true }, new RecordingLog()).Succeeded, Is.True);
        Assert.That(File.ReadAllText((other.Settings with { WritesReport = true }).ReportPath), Is.EqualTo(Read()));
    }

    [Test]
    public void A_first_release_is_compared_with_nothing_and_no_release_is_an_error()
    {
        var log = new RecordingLog();
        Assert.That(Reporter.Report(Settings, log), Is.Empty);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.ReleaseUnreadable }));
        Assert.That(File.Exists(Settings.ReportPath), Is.False);
        _site.Write("a.css", "1");
        Collect();
        Assert.That(Changes(), Is.Null);
        Assert.That(Data().TryGetProperty("before", out _), Is.False);
    }

    [Test]
    public void A_dry_run_writes_none()
    {
        _site.Write("a.css", "1");
        Collect(Settings with { DryRun = true });
        Assert.That(File.Exists(Settings.ReportPath), Is.False);
        Collect(Settings with { WritesReport = false });
        Assert.That(Reporter.Report(Settings with { DryRun = true }, new RecordingLog()).Single(), Does.EndWith("Dry run: nothing was written."));
        Assert.That(File.Exists(Settings.ReportPath), Is.False);
    }

    [Test]
    public void Where_it_cannot_be_written_one_line_says_so_and_the_next_run_writes_it()
    {
        _site.Write("a.css", "1");
        var settings = Settings with { NamedReportPath = Path.Combine(_site.Folder, "taken") };
        Directory.CreateDirectory(Path.Combine(settings.ReportPath, "by a folder"));
        var log = new RecordingLog();
        Assert.That(Collector.Collect(settings, log).Succeeded, Is.False);
        Assert.That(log.Codes, Is.EqualTo(new[] { Codes.WriteFailed }));
        Assert.That(log.Diagnostics.Single().Text, Does.StartWith("The report 'taken' cannot be written: ").And.EndWith(" Name another place with StaticCollectReport."));
        Directory.Delete(settings.ReportPath, recursive: true);
        Collect(settings);
        Assert.That(File.Exists(settings.ReportPath), Is.True);
    }

    [TestCase(null, false, "")]
    [TestCase("false", false, "")]
    [TestCase("True", true, "")]
    [TestCase("out/report.html", true, "out/report.html")]
    public void The_property_is_a_switch_or_a_path(string? value, bool writes, string path)
    {
        using var work = new Workspace();
        var project = value is null ? work.RawProject() : work.RawProject(("StaticCollectReport", value));
        var settings = SettingsReader.Read(new RawSettings(project), out var mistakes);
        Assert.That(mistakes, Is.Empty);
        Assert.That(settings.WritesReport, Is.EqualTo(writes));
        Assert.That(settings.Show(settings.ReportPath), path.Length > 0 ? Is.EqualTo(path) : Does.EndWith("/report.html"));
        Assert.That(Path.GetDirectoryName(settings.ReportPath) == settings.StateFolder, Is.EqualTo(path.Length == 0));
    }

    [TestCase("bin/publish/wwwroot/static/report.html")]
    [TestCase("bin/publish/wwwroot/report.html")]
    public void Where_it_would_be_published_it_may_not_go(string path)
    {
        using var work = new Workspace();
        SettingsReader.Read(new RawSettings(work.RawProject(("StaticCollectReport", path))), out var mistakes);
        Assert.That(mistakes.Single().Code, Is.EqualTo(Codes.ValueNotAllowed));
        Assert.That(mistakes.Single().Text, Does.StartWith($"StaticCollectReport is '{path}', which is not allowed."));
    }

    private CollectSettings Settings => _site.Settings with { WritesReport = true };

    private RecordingLog Collect(CollectSettings? settings = null)
    {
        var log = new RecordingLog();
        Assert.That(Collector.Collect(settings ?? Settings, log).Succeeded, Is.True, () => string.Join('\n', log.Diagnostics));
        return log;
    }

    /// <summary>What the page tells of the release before; <see langword="null"/> where it tells of none.</summary>
    private IEnumerable<string>? Changes() =>
        Data().TryGetProperty("difference", out var difference) ? difference.GetProperty("changes").EnumerateArray().Select(change => change.GetRawText()) : null;

    private JsonElement Data()
    {
        const string Start = "id=\"data\">";
        var page = Read();
        var start = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        using var json = JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]);
        return json.RootElement.Clone();
    }

    private string Read() => File.ReadAllText(Settings.ReportPath, Encoding.UTF8);
}
