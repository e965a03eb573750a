using System.Security.Cryptography;
using System.Text.Json;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>The system itself refuses or ends a run, at one call after the other: what is there can be served, and the next run finishes.</summary>
[Platform("Linux")]
public sealed class FaultSweepTests
{
    private const string Features = """
        <PropertyGroup>
          <StaticCollectFingerprint>true</StaticCollectFingerprint>
          <StaticCollectCompress>gzip</StaticCollectCompress>
          <StaticCollectKeepReleases>0</StaticCollectKeepReleases>
          <StaticCollectServerConfig>nginx</StaticCollectServerConfig>
        </PropertyGroup>
        """;

    // Names are what the runtime calls; a file is given where other parts of the build make the same call.
    private static readonly (string Calls, string File, string What, bool IsKilled)[] Faults =
    [
        .. new[] { 2, 6, 8, 10, 11, 13, 15, 17, 19 }.Select(when => ("rename", "", $"signal=KILL:when={when}", true)),
        ("unlink", "gone.js", "signal=KILL:when=1", true),
        ("rename", "", "error=EIO:when=12+", false),
        ("unlink", "gone.js", "error=EACCES:when=1", false),
        ("rename", "", "error=EROFS:when=14+", false),
        ("pwrite64", "", "error=ENOSPC:when=9+", false),
        ("fchmod", "", "error=EPERM:when=2", false),
    ];

    [Test]
    public void A_run_that_the_system_ends_anywhere_leaves_what_can_be_served_and_the_next_one_repairs_it()
    {
        Strace.Require();
        using var project = Restored.Console(Features);
        Write(project, 0);
        project.CollectNow();

        for (var n = 0; n < Faults.Length; n++)
        {
            var (calls, file, what, isKilled) = Faults[n];
            Write(project, n + 1);
            var log = Path.Combine(project.Workspace, $"strace{n}.log");
            string[] place = file.Length == 0 ? [] : ["-P", Path.Combine(project.Root, file)];
            var failed = project.Run(
                "strace",
                Strace.Arguments(log, [.. place, "-e", $"trace={calls}", "-e", $"inject={calls}:{what}"], Restored.Build("CollectStatic")),
                Strace.OneByOne);
            var where = $"{calls} {file} {what}";
            Assert.That(File.ReadAllText(log), Does.Contain(isKilled ? "SIGKILL" : "INJECTED"), where);
            Assert.That(failed.ExitCode, isKilled ? Is.EqualTo(137) : Is.EqualTo(1), () => where + failed.Output);
            if (!isKilled)
                Assert.That(failed.Diagnostics().Select(one => one.Kind), Is.EqualTo(new[] { "error SC4003" }), () => where + failed.Output);
            CanBeServed(project, where);

            // The same sources once more; what was to go at first is there again next time.
            var repaired = project.CollectNow();
            CanBeServed(project, where);
            Assert.That(project.Read("a.css"), Does.Contain($"version {n + 1}"), repaired.Output);
            Assert.That(Names(project), Is.EqualTo(new[] { "a.css", "p.png", n % 2 == 0 ? "gone.js" : "new.js" }.Order(StringComparer.Ordinal)), where);
            Assert.That(project.Tree().Concat(project.Tree(project.Records())).Where(path => path.EndsWith("tmp", StringComparison.Ordinal) && !path.StartsWith("cache/", StringComparison.Ordinal)), Is.Empty, where);
        }
    }

    // Every other time gone.js is there, and new.js the other times.
    private static void Write(TestProject project, int version)
    {
        var (comes, goes) = version % 2 == 1 ? ("gone.js", "new.js") : ("new.js", "gone.js");
        project.Write($"static/{comes}", $"/* {version} {new string('j', 1000)} */")
            .Write("static/a.css", $"a {{ background: url(p.png) }} /* version {version} {new string('x', 1000 + version)} */")
            .Write("static/p.png", $"picture {version}")
            .Aged();
        File.Delete(Path.Combine(project.Folder, "static", goes));
    }

    private static IEnumerable<string> Names(TestProject project)
    {
        using var json = JsonDocument.Parse(project.Read("staticfiles.json"));
        return [.. json.RootElement.GetProperty("paths").EnumerateObject().Select(path => path.Name)];
    }

    /// <summary>What the manifest names is there and holds what it says; each encoding decodes to what it stands beside.</summary>
    private static void CanBeServed(TestProject project, string where)
    {
        using var json = JsonDocument.Parse(project.Read("staticfiles.json"));
        foreach (var path in json.RootElement.GetProperty("paths").EnumerateObject())
        {
            var file = Path.Combine(project.Root, path.Value.GetString()!);
            Assert.That(File.Exists(file), Is.True, $"{where}: {file}");
            var integrity = json.RootElement.GetProperty("files").GetProperty(path.Name).GetProperty("integrity").GetString();
            Assert.That($"sha256-{Convert.ToBase64String(SHA256.HashData(File.ReadAllBytes(file)))}", Is.EqualTo(integrity), $"{where}: {file}");
        }

        foreach (var encoded in project.Tree().Where(path => path.EndsWith(".gz", StringComparison.Ordinal)))
            Assert.That(Encodings.Decode(File.ReadAllBytes(Path.Combine(project.Root, encoded)), "gzip"), Is.EqualTo(File.ReadAllBytes(Path.Combine(project.Root, encoded[..^3]))), $"{where}: {encoded}");
    }
}
