using StaticCollect.Build.Answers;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Answers;

/// <summary>What a release has that is not the same everywhere.</summary>
public sealed class PortabilityTests
{
    [TestCase("a.css css/b.css css/c.css", "")]
    [TestCase("CSS/a.css css/b.css cSs/d/e.css", "CSS cSs css")]
    [TestCase("a/Img/x.png a/img/y.png b/img/z.png", "a/Img a/img")]
    [TestCase("Lib/a/x.js lib/A/y.js", "Lib lib")]
    [TestCase("caf\u00e9/a.css cafe\u0301/b.css", "cafe\u0301 caf\u00e9")]
    public void Folders_of_two_spellings(string paths, string folders) =>
        Assert.That(Of(PortabilityKind.FoldersAlike, Files(paths)), Is.EqualTo(folders.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [TestCase("a.css my+logo-1_(2).png caf\u00e9.png", "")]
    [TestCase("50%.png a/c#.svg why?.txt cafe\u0301.png b.css", "50%.png a/c#.svg cafe\u0301.png why?.txt")]
    public void Names_that_a_url_cannot_hold(string paths, string names) =>
        Assert.That(Of(PortabilityKind.UrlName, Files(paths)), Is.EqualTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Test]
    public void Names_that_windows_cannot_write_are_in_the_list_and_not_told_twice()
    {
        var release = Files("aux.js a.css b:c.css");
        Assert.That(Of(PortabilityKind.WindowsName, release), Is.EqualTo(new[] { "aux.js", "b:c.css" }));
        Assert.That(PortabilityText.Of(release), Is.Empty);
    }

    [Test]
    public void Windows_line_ends_matter_under_names_with_a_hash_in_files_of_ones_own()
    {
        ReleaseFile[] files =
        [
            File("a.css") with { Path = "a.1.css", Role = Role.Fingerprinted, Fingerprint = "1", HasWindowsLineEnds = true },
            File("b.css") with { HasWindowsLineEnds = true },
            File("c.css") with { Path = "c.1.css", Role = Role.Fingerprinted, Fingerprint = "1", HasWindowsLineEnds = true, Origin = new Origin(FinderKind.Package, "P", "P/1/static/c.css") },
            File("d.css") with { Path = "d.1.css", Role = Role.Fingerprinted, Fingerprint = "1", HasWindowsLineEnds = true, Origin = new Origin(FinderKind.Directory, "App", "node_modules/d/d.css") },
            File("e.css") with { Path = "e.1.css", Role = Role.Fingerprinted, Fingerprint = "1" },
        ];
        Assert.That(Of(PortabilityKind.LineEnds, new Release(files)), Is.EqualTo(new[] { "a.css" }));
    }

    [Test]
    public void One_message_for_each_kind_with_the_first_names_and_a_count()
    {
        var files = Files("a/1#.png A/2#.png a/3#.png a/4#.png a/5.mp4").Files
            .Select(file => file.Path == "a/5.mp4" ? file with { Content = file.Content with { Length = 25_300_000 } } : file);
        Assert.That(PortabilityText.Of(new Release([.. files])).Select(one => $"{one.Severity} {one.Code}: {one.Text}"), Is.EqualTo(new[]
        {
            "Message SC2016: The folders 'A' and 'a' differ in case or Unicode form only: Windows and macOS make one of them, and what is collected there has other URLs. Give them one spelling.",
            "Message SC2017: 'A/2#.png', 'a/1#.png', 'a/3#.png' and 1 more have a sign in the name that a URL cannot hold as it is (#, % or ?), or a letter in decomposed Unicode form: whoever writes the name as it looks asks for another file. Rename what you can.",
            "Message SC2019: 'a/5.mp4' is larger than 10 MB (the largest has 25.3 MB): browsers wait for it, and some CDNs refuse it. Split it, or serve it from elsewhere.",
        }));
    }

    [Test]
    public void A_collection_tells_in_each_run_and_the_release_on_disk_holds_what_a_report_needs()
    {
        using var project = new Workspace().Write("static/crlf.css", "a { b: c }\r\n").Write("static/lf.css", "a { b: c }\n").Write("static/data.json", "{\r\n}");
        var settings = project.Settings with { Fingerprint = new FingerprintSettings { ManifestPath = Path.Combine(project.Root, "staticfiles.json") } };
        for (var run = 0; run < 3; run++)
        {
            var log = new RecordingLog();
            project.Collect(settings, log);
            Assert.That(log.Diagnostics.Select(one => one.Code), Is.EqualTo(new[] { Codes.LineEnds }), $"run {run}");

            // The third run reads no file, but has another release to make.
            if (run == 1)
                project.Write("static/more.css", "a { b: d }");
        }

        Assert.That(Of(PortabilityKind.LineEnds, new History(settings.StateFolder).Last), Is.EqualTo(new[] { "crlf.css" }));
        var plain = new RecordingLog();
        project.Collect(settings with { Fingerprint = null }, plain);
        Assert.That(plain.Diagnostics, Is.Empty, "Names that hold no hash stay.");
    }

    private static IReadOnlyList<string> Of(PortabilityKind kind, Release release) => Portability.Of(release).SingleOrDefault(finding => finding.Kind == kind)?.Paths ?? [];

    private static Release Files(string paths) => new([.. paths.Split(' ').Select(File).OrderBy(file => file.Path, StringComparer.Ordinal)]);

    private static ReleaseFile File(string path) =>
        new(path, path, Role.Plain, new FileContent(Sha256.Of("a"u8), 1, ByteSource.Stored.Instance), CachePolicy.Revalidate, new Origin(FinderKind.Own, "App", $"static/{path}"));
}
