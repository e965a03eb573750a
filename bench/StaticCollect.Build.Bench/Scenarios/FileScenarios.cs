using System.Globalization;

namespace StaticCollect.Build.Bench.Scenarios;

/// <summary>Copies and fingerprints of many files, with all there is to do and with nothing to do.</summary>
internal static class FileScenarios
{
    private const string Fingerprint = "-p:StaticCollectFingerprint=true";

    /// <summary>So many generated files, beside everything that users would pick instead.</summary>
    public static Scenario Files(Workspace workspace, int count)
    {
        var site = new Site(workspace, $"files-{count}");
        Tree.Write(site.Sources, count);
        return Beside(site, string.Create(CultureInfo.InvariantCulture, $"{count:N0} files"));
    }

    /// <summary>So many files on their own, for how it grows; beside them what grows in a straight line.</summary>
    public static Scenario Growth(Workspace workspace, int count)
    {
        var site = new Site(workspace, $"growth-{count}");
        Tree.Write(site.Sources, count);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"Growth: {count:N0} files"),
            [site.Empty],
            [site.Copy("cp -r")],
            [
                site.Collect("plain, fresh", "plain") with { Beside = ["cp -r"] },
                site.Collect("plain, nothing to do", "plain") with { Beside = ["empty build"] },
            ],
            [
                site.Collect("fingerprints, fresh", "hashed", Fingerprint) with { Beside = ["plain, fresh"] },
                site.Collect("fingerprints, nothing to do", "hashed", Fingerprint) with { Beside = ["plain, nothing to do"] },
            ]);
    }

    /// <summary>A few files of so many bytes each.</summary>
    public static Scenario LargeFiles(Workspace workspace, int count, int size)
    {
        var site = new Site(workspace, "large");
        var random = new Random(1);
        var content = new byte[size];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(content);
            Tree.Write(Path.Combine(site.Sources, $"video{i}.mp4"), content);
        }

        return Beside(site, string.Create(CultureInfo.InvariantCulture, $"{count} files of {size / 1_000_000} MB"));
    }

    /// <summary>Packages of npm as they are.</summary>
    public static IEnumerable<Scenario> RealPackages(Workspace workspace)
    {
        var folder = Path.Combine(Workspace.Repository, "bench", "packages");
        new Command("npm", "ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund").Run();
        foreach (var package in new[] { "monaco-editor", "three", "tinymce", "mathjax" })
        {
            var site = new Site(workspace, package);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "node_modules", package), "*", SearchOption.AllDirectories))
                Tree.Write(Path.Combine(site.Sources, package, Path.GetRelativePath(Path.Combine(folder, "node_modules", package), file)), File.ReadAllBytes(file));
            yield return Beside(site, package);
        }
    }

    private static Scenario Beside(Site site, string title) => new(
        title,
        [site.Empty],
        [site.Copy("cp -r")],
        [site.Rsync("rsync -a"), site.Rsync("rsync -a, nothing to do")],
        [site.MSBuildCopy("MSBuild Copy"), site.MSBuildCopy("MSBuild Copy, nothing to do")],
        [site.Django("Django"), site.Django("Django, nothing to do")],
        [
            site.Collect("plain, fresh", "plain") with { Beside = ["cp -r", "rsync -a", "MSBuild Copy", "Django"], Goal = "wall 1.0, CPU 1.5 of cp -r" },
            site.Collect("plain, nothing to do", "plain") with { Beside = ["empty build", "rsync -a, nothing to do", "MSBuild Copy, nothing to do", "Django, nothing to do"], Goal = "0.25 of an empty build" },
            site.Find("find -printf"),
        ],
        [site.CopyTwiceAndHash()],
        [site.Django("Django's hashes", isHashed: true), site.Django("Django's hashes, nothing to do", isHashed: true)],
        [
            site.Collect("fingerprints, fresh", "hashed", Fingerprint) with { Beside = [Site.CopiedTwiceAndHashed, "Django's hashes"], Goal = "1.5 of copied twice and hashed" },
            site.Collect("fingerprints, nothing to do", "hashed", Fingerprint) with { Beside = ["plain, nothing to do", "Django's hashes, nothing to do"], Goal = "1.2 of plain" },
        ]);
}
