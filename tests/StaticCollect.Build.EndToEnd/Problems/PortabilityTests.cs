using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>What another machine, server or browser takes otherwise.</summary>
public sealed class PortabilityTests
{
    [Test]
    [Platform("Linux")]
    public void Each_kind_is_told_in_one_message_and_warns_of_nothing()
    {
        using var project = Restored.Console("<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint></PropertyGroup>")
            .Write("Shop/static/CSS/a.css", "a { b: c }\r\n")
            .Write("static/css/b.css", "a { b: c }\r\n")
            .Write("static/c.js", "1\r\n")
            .Write("static/50%.png", "1")
            .Write("static/tour.mp4", new string('x', 10_000_001));

        var told = project.CollectNow("-v:n");
        var again = project.CollectNow("-v:n");
        var quiet = project.CollectNow("-warnaserror", "-v:m");

        Assert.Multiple(() =>
        {
            foreach (var run in new[] { told, again })
                Assert.That(run.Diagnostics().Where(one => one.Code.StartsWith("SC", StringComparison.Ordinal)).Select(one => one.Kind).Order(StringComparer.Ordinal), Is.EqualTo(new[] { "message SC2016", "message SC2017", "message SC2018", "message SC2019" }), run.Output);
            Assert.That(told.Output, Does.Contain("The folders 'CSS' and 'css' differ").And.Contain("'CSS/a.css', 'c.js' and 'css/b.css' have Windows line ends").And.Contain("'tour.mp4' is larger than 10 MB (the largest has 10 MB)"));
            Assert.That(quiet.Diagnostics(), Is.Empty, quiet.Output);
        });
    }
}
