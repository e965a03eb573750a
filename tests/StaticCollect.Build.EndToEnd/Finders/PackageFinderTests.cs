using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Finders;

/// <summary>What packages bring: the <c>static</c> folder of each in the restore graph.</summary>
public sealed class PackageFinderTests
{
    [Test]
    public void Packages_are_scanned_dependencies_first_then_by_id()
    {
        using var project = WithPackages("Order", "Order.P1", "Order.Pz", "Order.Empty");
        project.Write("static/app.css", "of the project");

        var result = project.Collect("-p:StaticCollectVerbosity=Detailed", "-v:n");

        Assert.Multiple(() =>
        {
            Assert.That(result.Lines("Scanned ").Select(line => line.Split(" in ")[0]), Is.EqualTo(
                new[] { "Scanned Package 'Order.P2'", "Scanned Package 'Order.P1'", "Scanned Package 'Order.Pz'", "Scanned Own 'App'" }));
            Assert.That(project.Tree(), Is.EqualTo(new[] { "app.css", "deep/Order.P1.css", "deep/Order.P2.css", "deep/Order.Pz.css", "shared.css" }));
            Assert.That(project.Read("shared.css"), Is.EqualTo("of Order.Pz"));
            Assert.That(project.Read("app.css"), Is.EqualTo("of the project"));

            // Package against package is a warning for each that loses; the project over a package is what the order is for.
            Assert.That(result.Diagnostics().Where(one => one.Text.Contains("'shared.css'", StringComparison.Ordinal)).Select(one => one.Kind),
                Is.EqualTo(new[] { "warning SC2001", "warning SC2001" }));
            Assert.That(result.Diagnostics().Where(one => one.Text.Contains("'app.css'", StringComparison.Ordinal)).Select(one => one.Kind),
                Is.All.EqualTo("message SC2001"));
        });
    }

    [Test]
    public void Packages_that_bring_nothing_are_not_read_and_links_in_packages_are_not_followed()
    {
        using var project = WithPackages("Links", "Links.P2", "Links.Empty");
        project.Write("../secret/secret.css", "not of the package").Succeed("restore");
        var package = Path.Combine(PackedPackage.Packages, "links.p2/1.0.0/static");
        File.CreateSymbolicLink(Path.Combine(package, "link.css"), Path.Combine(project.Workspace, "secret/secret.css"));
        Directory.CreateSymbolicLink(Path.Combine(package, "folder"), Path.Combine(project.Workspace, "secret"));
        Directory.Delete(Path.Combine(PackedPackage.Packages, "links.empty"), recursive: true);

        var result = project.CollectNow();

        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[] { "app.css", "deep/Links.P2.css", "shared.css" }));
            Assert.That(result.Diagnostics(), Is.Empty);
        });
    }

    [Test]
    public void A_package_in_a_fallback_folder_is_read_there()
    {
        using var project = WithPackages("Fallback", "Fallback.P2");
        project.Succeed("restore", "-p:RestorePackagesPath=../fallback");
        Directory.Delete(Feed(project), recursive: true);
        Directory.CreateDirectory(Feed(project));

        project.Collect("-p:RestoreFallbackFolders=../fallback");

        Assert.Multiple(() =>
        {
            Assert.That(Directory.Exists(Path.Combine(PackedPackage.Packages, "fallback.p2")), Is.False);
            Assert.That(project.Tree(), Is.EqualTo(new[] { "app.css", "deep/Fallback.P2.css", "shared.css" }));
        });
    }

    private static string Feed(TestProject project) => Path.Combine(project.Workspace, "feed");

    /// <summary>P1 depends on P2; Pz and Empty stand alone. All but Empty bring <c>shared.css</c> and <c>app.css</c>.</summary>
    private static TestProject WithPackages(string prefix, params string[] referenced)
    {
        var project = TestProject.Console($"""
            <PropertyGroup><RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources></PropertyGroup>
            <ItemGroup>{string.Concat(referenced.Select(TestPackage.Reference))}</ItemGroup>
            """);
        Package("P2");
        Package("P1", $"{prefix}.P2");
        Package("Pz");
        TestPackage.Write(Feed(project), $"{prefix}.Empty", [("readme.md", "Nothing."), ("content/static.css", "No static folder.")]);
        return project;

        void Package(string name, params string[] dependencies)
        {
            var id = $"{prefix}.{name}";
            TestPackage.Write(
                Feed(project), id, [("static/shared.css", $"of {id}"), ("static/app.css", $"of {id}"), ($"static/deep/{id}.css", "")], dependencies);
        }
    }
}
