using System.Security.Cryptography;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>A file system of a megabyte, which a release fills.</summary>
[Platform("Linux")]
public sealed class FullDiskTests
{
    private const string Features = """
        <PropertyGroup>
          <StaticCollectFingerprint>true</StaticCollectFingerprint>
          <StaticCollectKeepOriginals>false</StaticCollectKeepOriginals>
          <StaticCollectKeepReleases>0</StaticCollectKeepReleases>
        </PropertyGroup>
        """;

    [Test]
    public void A_full_disk_is_one_line_and_leaves_what_was_there_and_a_smaller_release_heals_it()
    {
        using var project = Restored.Console(Features);
        Directory.CreateDirectory(project.Root);

        // The mount is seen by the commands of this script alone, and ends with it.
        string[] namespaces = Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--map-root-user"];
        if (project.Run("unshare", [.. namespaces, "mount", "-t", "tmpfs", "tmpfs", project.Root]) is { ExitCode: not 0 } refused)
            Machine.Lacks($"This test needs to mount a file system: {refused.Output}");
        var script = $$"""
            set -u
            mount -t tmpfs -o size=1m tmpfs '{{project.Root}}'
            collect() { dotnet {{string.Join(' ', Restored.Build("CollectStatic"))}}; echo "exit $?"; (cd '{{project.Root}}' && ls -A); }
            echo '== first'; collect
            cp -p more/* static/
            echo '== too much'; collect
            rm static/*; cp -p other/* static/
            echo '== other'; collect
            """;
        Write(project, "static/a.bin", 600_000);
        Write(project, "more/b.bin", 600_000);
        Write(project, "other/c.bin", 500_000);
        project.Aged();
        var run = project.Run("unshare", [.. namespaces, "sh", "-c", script]);

        var parts = run.Output.Split("== ");
        Assert.That(parts, Has.Length.EqualTo(4), run.Output);
        var errors = parts.Select(part => new CommandResult(0, part).Diagnostics().Select(one => one.Kind).Distinct(StringComparer.Ordinal).ToArray()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(errors, Is.EqualTo(new[] { Array.Empty<string>(), [], ["error SC4003"], [] }), run.Output);
            Assert.That(parts[1], Does.Match("exit 0\na\\.[0-9a-f]{12}\\.bin\nstaticfiles\\.json\n$"));
            Assert.That(parts[2], Does.Match("No space left on device").And.Match("exit 1\na\\.[0-9a-f]{12}\\.bin\nstaticfiles\\.json\n$"));
            Assert.That(parts[3], Does.Match("exit 0\nc\\.[0-9a-f]{12}\\.bin\nstaticfiles\\.json\n$"), "there is room for it once what goes is gone");
        });
    }

    [Test]
    public void A_disk_that_others_have_filled_is_one_error_and_the_next_run_finishes_the_work()
    {
        using var project = Restored.Console();
        foreach (var i in Enumerable.Range(0, 20))
            project.Write($"static/{i:00}.css", new string('x', 30_000));
        Directory.CreateDirectory(Path.Combine(project.Workspace, "small"));

        // A mount in a namespace of its own ends with the shell.
        var result = project.Run("unshare", [.. Environment.IsPrivilegedProcess ? ["--mount"] : new[] { "--map-root-user", "--mount" }, "sh", "-c", """
            mount -t tmpfs -o size=1m tmpfs ../small || { echo no mount; exit 3; }
            head -c 800000 /dev/zero >../small/others
            dotnet "$@"; echo "first: $?"
            rm ../small/others
            dotnet "$@"; echo "second: $?"
            ls -A ../small/static | tr '\n' ' '
            """, "sh", .. Restored.Build("CollectStatic"), "-p:StaticCollectRoot=../small/static"]);
        if (!result.Output.Contains("first:", StringComparison.Ordinal))
            Machine.Lacks($"Mounting a small disk needs mount namespaces. {result.Output}");

        Assert.Multiple(() =>
        {
            Assert.That(result.Only("error SC4003").Text, Does.Contain("small/static/").And.Contain("No space left on device"));
            Assert.That(result.Lines("first:"), Is.EqualTo(new[] { "first: 1" }));
            Assert.That(result.Lines("second:"), Is.EqualTo(new[] { "second: 0" }));
            Assert.That(result.Output.TrimEnd().Split('\n')[^1].Trim(), Is.EqualTo(string.Join(' ', Enumerable.Range(0, 20).Select(i => $"{i:00}.css"))));
        });
    }

    private static void Write(TestProject project, string path, int length)
    {
        project.Write(path, "");
        File.WriteAllBytes(Path.Combine(project.Folder, path), RandomNumberGenerator.GetBytes(length));
    }
}
