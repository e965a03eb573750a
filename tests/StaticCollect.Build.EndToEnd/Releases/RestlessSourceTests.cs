using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>Somebody writes to the sources while they are collected.</summary>
[Platform("Linux")]
public sealed partial class RestlessSourceTests
{
    private const string Fingerprints = "<PropertyGroup><StaticCollectFingerprint>true</StaticCollectFingerprint></PropertyGroup>";

    [TestCase("")]
    [TestCase(Fingerprints)]
    public void A_file_that_grows_during_a_publish_is_an_error_or_is_served_whole(string settings)
    {
        using var project = Restored.Web(settings).Write("static/a.txt", "first").Write("static/b.css", "b { }");
        project.Publish("--no-restore");
        var published = Path.Combine(project.Folder, "bin/Release/net10.0/publish");

        // At each opening of a fresh edit: what was asked of the file before is out of date when it is read. The file is too
        // large to be held, so that it is opened once to be hashed and once to be copied: it changes in between.
        foreach (var opening in new[] { 1, 2 })
        {
            var grown = new string((char)('a' + opening), (2 << 20) + 45);
            project.Write("static/a.txt", new string((char)('m' + opening), 2 << 20)).Aged();
            var meddled = project.CollectMeddled("static/a.txt", opening, () => project.Write("static/a.txt", grown));
            var isCurrent = File.ReadAllText(Path.Combine(project.Folder, "static/a.txt")) == grown;
            var shown = meddled.Diagnostics();

            Assert.Multiple(() =>
            {
                Assert.That(isCurrent, Is.True.Or.EqualTo(opening > 1), "The test did what it set out to do.");
                Assert.That(shown.Select(one => one.Kind), Is.EqualTo(meddled.ExitCode == 0 ? [] : new[] { "error SC4004" }), meddled.Output);
                if (meddled.ExitCode == 0)
                    PublishedRoute.CheckTrue(published);
            });

            project.CollectNow();
            Assert.Multiple(() => PublishedRoute.CheckServed(project, "a.txt", File.ReadAllBytes(Path.Combine(project.Folder, "static/a.txt"))));
        }
    }

    [Test]
    public void A_name_is_never_given_to_other_bytes_while_somebody_keeps_replacing_the_file()
    {
        using var project = Restored.Console(Fingerprints);
        for (var i = 0; i < 200; i++)
            project.Write($"static/many/{i:000}.txt", $"file {i}");
        project.Write("static/z.txt", "z 00000000");
        using var end = new CancellationTokenSource();
        var writer = Task.Run(() => Replace(project, end.Token));

        var wrong = new List<string>();
        var failed = new List<string>();
        for (var run = 0; run < 5; run++)
        {
            var result = project.Dotnet(Restored.Build("CollectStatic"));
            wrong.AddRange(Wrong(project).Select(path => $"run {run}: {path}"));
            if (result.ExitCode != 0)
                failed.AddRange(result.Diagnostics().Select(one => one.Kind));

            // The next one has work to do everywhere: names are given and bytes copied far apart.
            if (result.ExitCode == 0)
                Directory.Delete(project.Root, recursive: true);
        }

        end.Cancel();
        writer.GetAwaiter().GetResult();
        project.CollectNow();
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(failed, Has.All.EqualTo("error SC4004"));
            Assert.That(Wrong(project), Is.Empty, "Once it is quiet.");
            Assert.That(project.Read("z.txt"), Is.EqualTo(File.ReadAllText(Path.Combine(project.Folder, "static/z.txt"))));
        });
    }

    /// <summary>Replaces a file by another of the same length, whole each time, until it is told to stop.</summary>
    private static void Replace(TestProject project, CancellationToken end)
    {
        var spare = Path.Combine(project.Folder, "spare.txt");
        for (var i = 1; !end.WaitHandle.WaitOne(30); i++)
        {
            File.WriteAllText(spare, $"z {i:00000000}");
            File.Move(spare, Path.Combine(project.Folder, "static/z.txt"), overwrite: true);
        }
    }

    private static List<string> Wrong(TestProject project) =>
    [
        .. project.Tree()
            .Where(path => Fingerprint().Match(path) is { Success: true } name
                && !Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project.Read(path)))).StartsWith(name.Groups["hash"].Value, StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"\.(?<hash>[0-9a-f]{12})\.txt$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fingerprint();
}
