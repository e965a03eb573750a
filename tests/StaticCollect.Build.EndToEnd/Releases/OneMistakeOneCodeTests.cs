using StaticCollect.Build.EndToEnd.Problems;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>A mistake has one code, whichever part of the collection is the first to meet it.</summary>
[Platform("Linux")]
public sealed class OneMistakeOneCodeTests
{
    // What is hashed is opened to find its name; what is not, to be copied.
    private static readonly object[][] Kinds = [["plain"], ["web with fingerprints"], ["web with encodings"]];

    [TestCaseSource(nameof(Kinds))]
    public void A_source_that_cannot_be_read_is_SC2004(string kind)
    {
        using var project = Project(kind);
        using var closed = new Closed(Path.Combine(project.Folder, "static/secret.css"), UnixFileMode.None);

        var shown = project.FailWithoutPrivileges().Only("error SC2004");

        Assert.Multiple(() =>
        {
            Assert.That(shown.Text, Does.StartWith("The file 'static/secret.css' cannot be read: "));
            Assert.That(project.Tree(), Is.Empty);
        });
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_source_that_goes_away_or_changes_meanwhile_is_SC4004(string kind)
    {
        using var project = Project(kind);
        var path = Path.Combine(project.Folder, "static/secret.css");

        var gone = project.CollectMeddled("static/secret.css", 1, () => File.Delete(path));
        project.Write("static/secret.css", "secret");
        var changed = project.CollectMeddled("static/secret.css", 1, () => File.WriteAllText(path, "changed"));

        Assert.Multiple(() =>
        {
            Assert.That(gone.ExitCode, Is.Not.Zero);
            Assert.That(gone.Only("error SC4004").Text, Does.StartWith("'static/secret.css' "));
            if (changed.ExitCode != 0)
                Assert.That(changed.Only("error SC4004").Text, Does.StartWith("'static/secret.css' "));
            else
                Assert.That((project.Read("secret.css"), changed.Diagnostics().Count), Is.EqualTo(("changed", 0)), "As one consistent state it may be published.");
        });
    }

    private static TestProject Project(string kind) => (kind switch
    {
        "plain" => Restored.Console(),
        "web with fingerprints" => Restored.Web("<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint></PropertyGroup>"),
        _ => Restored.Web("<PropertyGroup><StaticCollectCompress>gzip</StaticCollectCompress></PropertyGroup>"),
    }).Write("static/secret.css", "secret");
}
