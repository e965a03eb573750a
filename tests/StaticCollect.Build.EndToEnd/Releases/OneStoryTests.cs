using System.Text;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>What tells of a collection tells of the collection that then happens.</summary>
public sealed class OneStoryTests
{
    [TestCase("false")]
    [TestCase("true")]
    public void A_dry_run_tells_the_numbers_of_the_run(string fingerprint)
    {
        using var project = Restored.Console($"""
            <PropertyGroup>
              <StaticCollectCompress>gzip;br</StaticCollectCompress>
              <StaticCollectFingerprint>{fingerprint}</StaticCollectFingerprint>
              <StaticCollectKeepReleases>0</StaticCollectKeepReleases>
            </PropertyGroup>
            """)
            .Write("static/css/site.css", "@import 'base.css';\n" + Long(".site { color: red }"))
            .Write("static/css/base.css", Long(".base { color: red }"))
            .Write("static/js/app.js", Long("console.log('app');"))
            .Write("static/js/gone.js", Long("console.log('gone');"))
            .Aged();
        var fresh = Both();
        project.Write("static/css/base.css", Long(".base { color: teal }"))
            .Write("static/js/app.js", "console.log('too small to encode');")
            .Write("static/js/fresh.js", Long("console.log('fresh');"));
        File.Delete(Path.Combine(project.Folder, "static/js/gone.js"));

        var edited = Both();

        Assert.Multiple(() =>
        {
            Assert.That(fresh.Dry, Is.EqualTo(fresh.Run));
            Assert.That(edited.Dry, Is.EqualTo(edited.Run));
        });

        (string Dry, string Run) Both()
        {
            var dry = project.CollectNow("-p:StaticCollectDryRun=true");
            return (Numbers(dry), Numbers(project.CollectNow()));
        }
    }

    [Test]
    public void FindStatic_and_ListStatic_tell_of_the_files_that_are_collected()
    {
        using var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectCompress>gzip</StaticCollectCompress>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
            </PropertyGroup>
            """)
            .Write("static/a.css", Long(".a { }"))
            .Write("static/staticfiles.json", "{}");
        File.WriteAllBytes(Path.Combine(project.Folder, "static/a.css.gz"), Encodings.Gzip(Encoding.UTF8.GetBytes(Long(".a { }"))));

        var listed = project.RunNow("ListStatic").Lines("static/").Where(line => !line.Contains("warning", StringComparison.Ordinal)).ToList();
        var found = new[] { "a.css", "a.css.gz", "staticfiles.json" }
            .Where(path => project.RunNow("FindStatic", $"-p:StaticCollectPath={path}").Output.Contains("): collected", StringComparison.Ordinal)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EqualTo(new[] { "a.css" }));
            Assert.That(listed, Has.Some.Contains("'a.css'").Or.Some.Contains("static/a.css'"), string.Join('\n', listed));
            Assert.That(listed, Has.None.Contains("a.css.gz"));
            Assert.That(listed, Has.None.Contains("staticfiles.json"));
        });
    }

    // "4 static files would be copied to ..." and "4 static files copied to ..." are one sentence.
    private static string Numbers(CommandResult result) => string.Join('\n', result.Lines("static file"))
        .Replace("would be ", "", StringComparison.Ordinal)
        .Replace(" Dry run: nothing was written.", "", StringComparison.Ordinal);

    private static string Long(string text) => text + "\n" + string.Concat(Enumerable.Repeat("/* so that it is worth compressing */\n", 20));
}
