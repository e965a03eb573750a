using StaticCollect.Build.Answers.Report;
using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Tests.Answers.Report;

/// <summary>What the report finds in a release.</summary>
internal sealed class ReleaseReportTests
{
    [Test]
    public void Sizes_are_summed_by_app_with_the_version_of_a_package_and_by_folder_in_each_encoding()
    {
        var theme = new Origin(FinderKind.Package, "Contoso.Theme", "contoso.theme/1.2.0/static/theme/theme.css");
        var report = new Published()
            .Add("css/site.css", Text(1000), gzip: 400, brotli: 300)
            .Add("css/print.css", Text(500), gzip: 200)
            .Add("lib/a/deep/one.js", Text(10))
            .Add("lib/a/deep/two.js", Text(20))
            .Add("robots.txt", Text(7))
            .Add("theme/theme.css", Text(100), origin: theme)
            .Report;

        Assert.That(Lines(report.ByApp), Is.EqualTo(new[]
        {
            " 6: 1637 737 937",
            "  Contoso.Theme 1.2.0 (Package) 1: 100 100 100",
            "    theme 1: 100 100 100 theme.css",
            "  Shop (Own) 5: 1537 637 837 robots.txt",
            "    css 2: 1500 600 800 print.css site.css",
            "    lib/a/deep 2: 30 30 30 one.js two.js",
        }));
        Assert.That(Lines(report.ByFolder), Is.EqualTo(new[]
        {
            " 6: 1637 737 937 robots.txt",
            "  css 2: 1500 600 800 print.css site.css",
            "  lib/a/deep 2: 30 30 30 one.js two.js",
            "  theme 1: 100 100 100 theme.css",
        }));
    }

    [Test]
    public void Below_many_levels_all_files_lie_together()
    {
        var published = new Published();
        foreach (var depth in Enumerable.Range(0, 1500))
            published.Add($"{string.Concat(Enumerable.Repeat("a/", depth))}x.css", "1");
        var report = published.Report;
        Assert.That(report.ByFolder.Count, Is.EqualTo(1500));
        Assert.That(Levels(report.ByFolder), Is.EqualTo(65));
        Assert.That(ReportPage.Format(report), Is.Not.Empty);

        static int Levels(SizeNode node) => 1 + node.Folders.Select(Levels).DefaultIfEmpty().Max();
    }

    [Test]
    public void Who_brings_a_file_is_told_with_the_place_that_stands_for_its_source()
    {
        Assert.That(Of("css/a.css", "Catalog/static/css/a.css"), Is.EqualTo(("Catalog/static/", "")));
        Assert.That(Of("lib/chart/chart.js", "node_modules/chart/dist/chart.js"), Is.EqualTo(("node_modules/chart/dist/", "lib/chart/")));
        Assert.That(Of("robots.txt", "notes/public-robots.txt"), Is.EqualTo(("notes/public-robots.txt", "robots.txt")), "a part of a name is none");
        Assert.That(Of("a.css", "a.css"), Is.EqualTo(("", "")));

        static (string, string) Of(string path, string source)
        {
            var bringer = new Published().Add(path, "", origin: new Origin(FinderKind.Own, "Shop", source)).Report.Files[0].Bringer;
            return (bringer.Source, bringer.Prefix);
        }
    }

    [Test]
    public void Equal_bytes_under_several_names_are_told_by_what_they_waste_and_empty_files_are_not()
    {
        var report = new Published().Add("a.txt", "same").Add("b.txt", "same").Add("c.txt", "other").Add("d.png", Text(90)).Add("e.png", Text(90)).Add("f.png", Text(90)).Add("x.css", "").Add("y.css", "").Report;
        Assert.That(report.Duplicates.Select(one => $"{one.Wasted}: {Paths(one.Files)}"), Is.EqualTo(new[] { "180: d.png e.png f.png", "4: a.txt b.txt" }));
    }

    [Test]
    public void A_library_in_two_versions_is_told_by_names_of_files_and_folders_and_by_minified_files_of_one_name()
    {
        var report = new Published()
            .Add("js/jquery-3.7.1.min.js", "3").Add("old/jquery-1.12.4.js", "1").Add("old/jquery-1.12.4.min.js", "1m")
            .Add("lib/bootstrap@5.3.8/css/bootstrap.css", "5").Add("vendor/Bootstrap/4.6.2/bootstrap.css", "4")
            .Add("once-2.0.0.js", "1")
            .Add("a/htmx.min.js", "one").Add("b/htmx.min.js", "other").Add("c/htmx.min.js", "one")
            .Add("a/site.js", "1").Add("b/site.js", "2")
            .Add("img/photo-1.1.png", "1").Add("img/photo-1.2.png", "2")
            .Report;
        Assert.That(report.Libraries.Select(library => $"{library.Name}: {string.Join("; ", library.Versions.Select(version => $"{version.Version} {Paths(version.Files)}".Trim()))}"), Is.EqualTo(new[]
        {
            "bootstrap: 5.3.8 lib/bootstrap@5.3.8/css/bootstrap.css; 4.6.2 vendor/Bootstrap/4.6.2/bootstrap.css",
            "htmx.min.js: a/htmx.min.js c/htmx.min.js; b/htmx.min.js",
            "jquery: 3.7.1 js/jquery-3.7.1.min.js; 1.12.4 old/jquery-1.12.4.js old/jquery-1.12.4.min.js",
        }));
    }

    [TestCase("lib/jquery-3.7.1.min.js", "jquery", "3.7.1")]
    [TestCase("jquery-ui-1.13.js", "jquery-ui", "1.13")]
    [TestCase("a/react@18.2.0/umd/react.js", "react", "18.2.0")]
    [TestCase("leaflet/v1.9.4/leaflet.js", "leaflet", "1.9.4")]
    [TestCase("d3.v7.9.0.js", "d3", "7.9.0")]
    [TestCase("d3-7.js", null, null)]
    [TestCase("chunk-1.2a.js", null, null)]
    [TestCase("1.2.3/a.js", null, null)]
    [TestCase("a-1.2.3.4.5.js", null, null)]
    [TestCase("site.css", null, null)]
    public void A_version_is_two_to_four_numbers_that_are_set_off_from_a_name(string path, string? name, string? version) =>
        Assert.That(VersionedName.In(path), Is.EqualTo(name is null ? null : new VersionedName(name, version!)));

    [Test]
    public void Never_referenced_is_what_no_other_file_names_and_nobody_asks_for_by_itself()
    {
        var report = new Published()
            .Add("index.html", "page", refersTo: ["site.css"]).Add("site.css", "css").Add("self.css", "names itself", refersTo: ["self.css"])
            .Add("robots.txt", "").Add("favicon.ico", "").Add(".well-known/security.txt", "").Add("sub/robots.txt", "1").Add("unused.png", Text(100))
            .Report;
        Assert.That(Paths(report.Unreferenced), Is.EqualTo("unused.png self.css sub/robots.txt"));
        Assert.That(new Published().Add("a.png", "1").Add("b.png", "2").Report.Unreferenced, Is.Empty, "nobody looked for references");
    }

    [Test]
    public void Uncompressed_is_what_could_have_an_encoding_where_others_have_one()
    {
        var report = new Published().Add("a.css", Text(5000), gzip: 100).Add("b.txt", Text(400)).Add("c.svg", Text(900)).Add("short.txt", Text(200)).Add("photo.jpg", Text(9000)).Report;
        Assert.That(Paths(report.Uncompressed), Is.EqualTo("c.svg b.txt"));
        Assert.That(report.Encodings, Is.EqualTo(new[] { ContentEncodings.Gzip }));
        Assert.That(new Published().Add("b.txt", Text(400)).Report.Uncompressed, Is.Empty, "nobody asked for encodings");
    }

    [Test]
    public void The_largest_are_twenty()
    {
        var published = new Published();
        for (var i = 0; i < 30; i++)
            published.Add($"{i:D2}.bin", Text(i));
        Assert.That(published.Report.Largest.Select(file => file.LogicalPath), Is.EqualTo(Enumerable.Range(10, 20).Reverse().Select(i => $"{i:D2}.bin")));
    }

    [Test]
    public void Both_names_of_a_file_are_one_file_and_what_is_kept_is_none()
    {
        var plain = new Published().Add("a.css", "1", missing: [new MissingReference("x.png", "x.png", 1, 2)]).Report.Files[0].File;
        var report = new ReleaseReport("Shop", "/", Published.Past(
        [
            plain,
            plain with { Path = "a.1f.css", Role = Role.Fingerprinted, Fingerprint = "1f" },
            plain with { Path = "a.1e.css", Role = Role.Kept, Fingerprint = "1e", Missing = [] },
        ], 1), Before: null);
        Assert.That(report.Files.Select(file => file.File.Path), Is.EqualTo(new[] { "a.1f.css" }));
        Assert.That(report.Kept, Has.Count.EqualTo(1));
        Assert.That(report.ByFolder.Sizes.Identity, Is.EqualTo(1));
    }

    private static IEnumerable<string> Lines(SizeNode node, string indent = "") =>
    [
        $"{indent}{node.Name}{(node.Finder.Length > 0 ? $" ({node.Finder})" : "")} {node.Count}: {string.Join(' ', node.Sizes.Bytes)} {string.Join(' ', node.Files.Select(file => Path.GetFileName(file.LogicalPath)))}".TrimEnd(),
        .. node.Folders.SelectMany(folder => Lines(folder, indent + "  ")),
    ];

    private static string Paths(IEnumerable<ReportedFile> files) => string.Join(' ', files.Select(file => file.LogicalPath));

    private static string Text(int length) => new('a', length);
}
