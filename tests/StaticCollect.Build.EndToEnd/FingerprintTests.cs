using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd;

/// <summary>Fingerprints through the packed package: what a user sees of them.</summary>
public sealed class FingerprintTests
{
    private const string On = "<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint></PropertyGroup>";

    [Test]
    public void Publishing_gives_names_rewrites_references_and_writes_the_manifest()
    {
        using var project = Shop();

        var items = project.Items("publish");

        var logo = $"logo.{Hash("not really a picture")}.png";
        var text = $"body {{ background: url('{logo}') }}";
        var style = $"style.{Hash(text)}.css";
        Assert.Multiple(() =>
        {
            Assert.That(project.Tree(), Is.EqualTo(new[]
            {
                logo, "logo.png", $"main.{Hash("main { margin: 0 }")}.css", "main.css", $"script.{Hash("console.log(1)")}.js", "script.js", "staticfiles.json", style, "style.css",
            }));
            Assert.That(project.Read(style), Is.EqualTo(text));
            Assert.That(project.Read("style.css"), Is.EqualTo(text), "One content under both names.");

            var item = items["style.css"];
            string Metadata(string name) => item.GetProperty(name).GetString()!;
            Assert.That(Metadata("Identity"), Is.EqualTo(Path.Combine(project.Root, "style.css")));
            Assert.That(Metadata("FingerprintedPath"), Is.EqualTo(style));
            Assert.That(Metadata("Fingerprint"), Is.EqualTo(Hash(text)));
            Assert.That(Metadata("Integrity"), Is.EqualTo("sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))));
            Assert.That(Metadata("ContentType"), Is.EqualTo("text/css"));
            Assert.That(Metadata("Immutable"), Is.EqualTo("true"));
            Assert.That(Metadata("Length"), Is.EqualTo($"{text.Length}"));
        });

        using var manifest = JsonDocument.Parse(project.Read("staticfiles.json"));
        Assert.That(manifest.RootElement.GetProperty("version").GetString(), Is.EqualTo("1.1"));
        Assert.That(manifest.RootElement.GetProperty("paths").GetProperty("style.css").GetString(), Is.EqualTo(style));
    }

    [Test]
    public void A_second_run_opens_no_source_and_writes_nothing()
    {
        using var project = Shop();
        project.Collect();
        foreach (var path in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories).Where(path => path.Contains("/static/", StringComparison.Ordinal)))
        {
            if (!path.StartsWith(project.Root, StringComparison.Ordinal))
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
        }

        project.Collect();
        var before = Written(project.Root);

        if (!IsThere("strace"))
        {
            Assert.That(project.Collect().Output, Does.Contain("0 static files copied"));
        }
        else
        {
            var trace = Path.Combine(project.Workspace, "trace");
            var result = Command.Run(project.Folder, "strace",
                ["-f", "-qq", "-e", "trace=openat,open", "-o", trace, "dotnet", "build", "-c", "Release", "-t:CollectStatic"]);
            Assert.That(result.ExitCode, Is.Zero, result.Output);
            Assert.That(result.Output, Does.Contain("0 static files copied"));
            var opened = File.ReadLines(trace)
                .Where(line => line.Contains("O_", StringComparison.Ordinal) && !line.Contains("O_DIRECTORY", StringComparison.Ordinal))
                .Where(line => line.Contains("/app1/static/", StringComparison.Ordinal) || line.Contains("/app2/static/", StringComparison.Ordinal) || line.Contains("/App/static/", StringComparison.Ordinal));
            Assert.That(opened, Is.Empty);
        }

        Assert.That(Written(project.Root), Is.EqualTo(before));
    }

    [Test]
    public void Missing_references_are_warnings_with_their_place_or_errors_before_anything_is_written()
    {
        using var project = Shop().Write("static/site.css", "a {\n  b: url(Logo.png) url(none.png);\n}\n");

        var failed = project.Fail("build", "-c", "Release", "-t:CollectStatic", "-p:StaticCollectMissingReference=Error");

        Assert.That(failed.Lines("error SC3001"), Is.Not.Empty);
        Assert.That(project.Tree(), Is.Empty);

        var warned = project.Collect();
        var file = Path.Combine(project.Folder, "static/site.css");
        Assert.Multiple(() =>
        {
            Assert.That(warned.Output, Does.Match(Regex.Escape($"{file}(2,10): warning SC3001: 'Logo.png' in 'site.css' leads to 'Logo.png'") + ".*Did you mean 'logo.png'\\?"));
            Assert.That(warned.Output, Does.Contain($"{file}(2,24): warning SC3001: 'none.png'"));
        });
    }

    [Test]
    public void Files_of_earlier_releases_stay_for_two_and_a_damaged_manifest_blocks_nothing()
    {
        using var project = Shop();
        string[] Styles() => [.. project.Tree().Where(path => path.StartsWith("main.", StringComparison.Ordinal) && path != "main.css")];
        string Name(string text) => $"main.{Hash(text)}.css";
        foreach (var release in new[] { "r1", "r2", "r3", "r4" })
        {
            project.Write("static/main.css", release).Collect();
            File.WriteAllText(Path.Combine(project.Root, "staticfiles.json"), "{ damaged");
        }

        Assert.That(Styles(), Is.EquivalentTo(new[] { Name("r2"), Name("r3"), Name("r4") }));
        project.Collect();
        Assert.That(Styles(), Has.Length.EqualTo(3));
        Assert.That(project.Read("staticfiles.json"), Does.Contain(Name("r4")).And.Not.Contain(Name("r3")));
    }

    [Test]
    public void Wildcard_items_mean_patterns_and_the_manifest_can_lie_elsewhere()
    {
        using var project = Shop("""
            <ItemGroup>
              <StaticCollectKeepName Include="*.txt" />
              <StaticCollectAlreadyFingerprinted Include="lib/*-????.js" />
              <StaticCollectIgnoreReference Include="lib/*.css" Reference="none*.png" />
            </ItemGroup>
            """);
        project.Write("static/a.txt", "x").Write("static/lib/app-12ab.js", "1").Write("static/lib/a.css", "a{b:url(none1.png)}").Write("b.txt", "a file for MSBuild to expand the pattern to");

        var result = project.Collect("-p:StaticCollectManifest=deploy/names.json", "-p:StaticCollectKeepOriginals=false", "-warnaserror");

        Assert.That(result.Output, Does.Not.Contain("warning"));
        Assert.That(project.Tree(), Does.Contain("a.txt").And.Contain("lib/app-12ab.js").And.Not.Contain("staticfiles.json").And.Not.Contain("main.css"));
        Assert.That(File.ReadAllText(Path.Combine(project.Folder, "deploy/names.json")), Does.Contain("\"a.txt\":\"a.txt\""));
    }

    [Test]
    public void One_core_gives_the_same_bytes_as_all()
    {
        using var project = Shop();
        for (var i = 0; i < 40; i++)
            project.Write($"static/m/{i}.js", $"import './{(i + 1) % 40}.js'; import '../n/{i}.js'").Write($"static/n/{i}.js", $"{i}");
        project.Collect();
        var all = project.Tree().ToDictionary(path => path, project.Read, StringComparer.Ordinal);
        Directory.Delete(project.Root, recursive: true);
        Directory.Delete(Path.Combine(project.Folder, "obj/staticcollect"), recursive: true);
        var result = Command.Run(project.Folder, "dotnet", ["build", "-c", "Release", "-t:CollectStatic"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_PROCESSOR_COUNT"] = "1" });
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        Assert.That(project.Tree().ToDictionary(path => path, project.Read, StringComparer.Ordinal), Is.EqualTo(all));
    }

    private static TestProject Shop(string content = "") => TestProject.Console(On + content)
        .Write("app1/static/style.css", "body { background: url('logo.png') }")
        .Write("app1/static/logo.png", "not really a picture")
        .Write("app2/static/script.js", "console.log(1)")
        .Write("static/main.css", "main { margin: 0 }");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];

    private static Dictionary<string, (DateTime, string)> Written(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, path => (File.GetLastWriteTimeUtc(path), File.ReadAllText(path)), StringComparer.Ordinal);

    // Where tests must count, a skipped check must not pass for a done one.
    private static bool IsThere(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "-V") { RedirectStandardOutput = true, UseShellExecute = false })!;
            process.WaitForExit();
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) && OperatingSystem.IsLinux())
                Assert.Fail($"{program} not found: install it with the system's package manager.");
            return false;
        }
    }
}
