using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

/// <summary>A promise: no package of the restore puts a page or a service worker before the visitors of a site.</summary>
public sealed class PackageAtRootTests : IDisposable
{
    private static readonly string[] Brought = ["Theme.css", "_content/Other/o.js", "_content/theme/t.js", "index.html", "sw.js", "theme/a.css", "themes/b.css"];

    private readonly Workspace _work = new();

    public PackageAtRootTests()
    {
        foreach (var path in Brought)
            _work.Tree.Write($"packages/theme/1.0.0/static/{path}");
        _work.Write("obj/project.assets.json", $$"""
            {
              "targets": { "net10.0": { "Theme/1.0.0": {} } },
              "libraries": { "Theme/1.0.0": { "path": "theme/1.0.0", "files": ["static/index.html"] } },
              "packageFolders": { "{{_work.Tree["packages"].Replace('\\', '/')}}": {} }
            }
            """);
    }

    public void Dispose() => _work.Dispose();

    [Test]
    public void At_the_root_of_the_site_a_package_has_folders_of_its_own_only()
    {
        var log = new RecordingLog();
        Assert.That(Collected(log, ("StaticCollectUrl", "/")), Is.EqualTo(new[] { "_content/theme/t.js", "theme/a.css" }));
        Assert.That(log.Diagnostics.Single(), Is.EqualTo(Diagnostic.Warning(Codes.PackageAtRoot,
            "'Theme.css' and 4 more of the package 'Theme' are left out: the static root is the root of the site, and there a package brings files below 'Theme/' and '_content/Theme/' only. Name it in StaticCollectPackagesAtRoot where it may bring any.")));
    }

    [Test]
    public void The_static_root_counts_whatever_its_URL() =>
        Assert.That(Collected(new RecordingLog(), ("StaticCollectRoot", "bin/publish/wwwroot")), Has.None.EqualTo("index.html"));

    [TestCase("theme")]
    [TestCase("Other; Theme")]
    public void A_package_that_is_named_may_bring_any(string packages)
    {
        var log = new RecordingLog();
        Assert.That(Collected(log, ("StaticCollectUrl", "/"), ("StaticCollectPackagesAtRoot", packages)), Is.EqualTo(Brought));
        Assert.That(log.Codes, Is.Empty);
    }

    [Test]
    public void A_folder_that_the_user_names_is_the_users_decision() => Assert.That(
        Collected(new RecordingLog(), [Workspace.Item("../packages/theme/1.0.0/static")], ("StaticCollectUrl", "/")), Is.EqualTo(Brought));

    [TestCase("/static/")]
    [TestCase("https://cdn.example.com/")]
    public void Elsewhere_it_brings_what_it_has(string url)
    {
        var log = new RecordingLog();
        Assert.That(Collected(log, ("StaticCollectUrl", url)), Is.EqualTo(Brought));
        Assert.That(log.Codes, Is.Empty);
    }

    private IEnumerable<string> Collected(RecordingLog log, params (string, string)[] properties) => Collected(log, [], properties);

    private IEnumerable<string> Collected(RecordingLog log, IReadOnlyList<RawItem> directories, params (string, string)[] properties)
    {
        var settings = SettingsReader.Read(new RawSettings(_work.RawProject([("TargetFramework", "net10.0"), .. properties])) { Directories = directories }, out var mistakes);
        Assert.That(mistakes, Is.Empty);
        return _work.Collect(settings, log).Files.Select(file => file.File.LogicalPath);
    }
}
