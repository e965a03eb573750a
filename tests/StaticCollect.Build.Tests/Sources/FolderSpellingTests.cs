using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

[Platform("Linux")]
public class FolderSpellingTests
{
    [TestCase("Static/a.css", "'Static' is not collected: ")]
    [TestCase("STATIC/deep/a.woff2", "'STATIC' is not collected: ")]
    [TestCase("Areas/Shop/Static/a.js", "'Areas/Shop/Static' is not collected: ")]
    public void A_folder_in_another_case_is_told(string path, string text)
    {
        using var work = new Workspace();
        work.Write(path).Write("other/static/x");
        var problem = Finding.Run(work.Settings).Diagnostics.Single();
        Assert.That((problem.Code, problem.Severity), Is.EqualTo((Codes.FolderSpelling, Severity.Warning)));
        Assert.That(problem.Text, Does.StartWith(text));
    }

    [TestCase("Static/Code.cs")]
    [TestCase("app/Static/settings.json")]
    [TestCase("bin/Static/a.css")]
    [TestCase("Nested/Static/a.css", "Nested/Nested.csproj")]
    [TestCase("app/Static/a.css", "app/static/b.css")]
    [TestCase("app/sTATIC/a.css")]
    public void What_is_not_meant_for_browsers_or_stands_beside_a_source_folder_is_not(params string[] paths)
    {
        using var work = new Workspace();
        foreach (var path in paths)
            work.Write(path);
        Assert.That(Finding.Run(work.Settings).Diagnostics, Is.Empty);
    }

    [Test]
    public void Another_name_of_source_folders_has_its_own_spellings()
    {
        using var work = new Workspace();
        work.Write("app/assets/a.css").Write("app/static/a.css");
        Assert.That(Finding.Run(work.Settings with { FolderName = "Assets" }).Diagnostics.Single().Text, Does.StartWith("'app/assets' is not collected: case counts on this system, and its name is not 'Assets'."));
    }
}
