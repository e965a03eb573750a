using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary><c>ExplainStatic</c>: everything about a file.</summary>
public sealed class ExplainTests
{
    [Test]
    public void A_file_of_a_web_app_is_explained_from_its_sources_to_the_reason_of_its_name()
    {
        using var project = Restored.Web("""
            <PropertyGroup>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectCompress>br</StaticCollectCompress>
            </PropertyGroup>
            """)
            .Write("app/static/site.css", "of the app")
            .Write("static/site.css", "a { background: url(logo.svg) }" + string.Concat(Enumerable.Repeat("a { color: teal }\n", 50)))
            .Write("static/logo.svg", "<svg/>");
        project.Publish("-c", "Release", "--no-restore");
        var old = Name();
        project.Write("static/logo.svg", "<svg><g/></svg>");
        var before = project.RunNow("ExplainStatic", "-p:StaticCollectPath=site.css");
        project.Publish("-c", "Release", "--no-restore");
        var tree = project.Tree();
        var after = project.RunNow("ExplainStatic", $"-p:StaticCollectPath=/static/{old}", "-tl:on");
        var near = project.RunNow("ExplainStatic", "-p:StaticCollectPath=sites.css");

        Assert.Multiple(() =>
        {
            const string why = "'site.css' refers to 'logo.svg' at static/site.css(1,21), which was edited.";
            Assert.That(before.Lines($"Changed in the next release: {why} In release 1 it was '{old}'."), Has.Count.EqualTo(1), before.Output);
            Assert.That(before.Lines("App -> 'site.css' is published as 'site."), Has.Count.EqualTo(1), before.Output);
            Assert.That(before.Lines("'app/static/site.css' (App 'app')"), Has.Count.EqualTo(1));
            Assert.That(after.Output, Does.Contain($" → '{old}' is what 'site.css' was called in release 1:").And.Contain($"Changed in release 2: {why} In release 1 it was '{old}'."));
            Assert.That(after.Lines("  Sent as br in "), Has.Count.EqualTo(1), after.Output);
            Assert.That(near.Lines("No file has the path 'sites.css'. Did you mean 'site.css'?"), Has.Count.EqualTo(1));
            Assert.That(project.Tree(), Is.EqualTo(tree), "Nothing is written.");
        });

        string Name() => project.Tree().Single(path => path.StartsWith("site.", StringComparison.Ordinal) && path.EndsWith(".css", StringComparison.Ordinal) && path != "site.css");
    }
}
