using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>Somebody reads while others publish, release after release into one place.</summary>
public sealed class ReaderTests
{
    private const int Releases = 10;

    [Test]
    public void Who_came_with_one_release_is_served_through_all_that_follow()
    {
        using var project = Everything.Console();
        project.CollectNow();
        var first = ReleaseOnDisk.Of(project);
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        Remember(first);

        List<Seen> seen;
        using (var server = WebServer.Nginx(project.Root))
        using (var end = new CancellationTokenSource())
        {
            var reader = Task.Run(() => Read(server, first, end.Token));
            for (var release = 1; release <= Releases; release++)
            {
                Edit(project, release);
                project.CollectNow();
                Remember(ReleaseOnDisk.Of(project));
            }

            end.Cancel();
            seen = reader.GetAwaiter().GetResult();
        }

        Assert.Multiple(() =>
        {
            Assert.That(seen.Select(one => one.File.Path).Distinct(StringComparer.Ordinal), Is.EquivalentTo(first.Addressed.Select(file => file.Path)));
            Assert.That(seen.Where(one => one.Status == HttpStatusCode.NotModified), Is.Not.Empty, "The reader asks as browsers do.");
            Assert.That(seen.Where(one => one.File.Role == "Plain").Select(one => one.Hash).Distinct(StringComparer.Ordinal).Count(), Is.GreaterThan(first.Addressed.Count(file => file.Role == "Plain")), "The reader sees releases come.");

            // A plain name goes with its source; a name with a fingerprint stays as long as its release counts.
            Assert.That(seen.Where(one => one.Status is not (HttpStatusCode.OK or HttpStatusCode.NotModified) && !gone.Contains(one.File.Path)), Is.Empty);
            Assert.That(gone, Is.EqualTo(new[] { "gone.js" }));
            Assert.That(seen.Where(one => one.Status == HttpStatusCode.OK && !IsRight(one)), Is.Empty);
        });

        void Remember(ReleaseOnDisk release)
        {
            foreach (var file in release.Addressed)
            {
                if (!known.TryGetValue(file.Path, out var hashes))
                    known[file.Path] = hashes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
                hashes.Add(file.Sha256);
            }

            gone.UnionWith(first.Addressed.Select(file => file.Path).Except(release.Files.Select(file => file.Path), StringComparer.Ordinal));
        }

        // The name of a release file never stands for other bytes, unless it is one that every release has.
        bool IsRight(Seen one) => one.File.Cache == "Immutable"
            ? string.Equals(one.Hash, one.File.Sha256, StringComparison.OrdinalIgnoreCase)
            : known[one.File.Path].Contains(one.Hash);
    }

    private static void Edit(TestProject project, int release)
    {
        var number = release.ToString(CultureInfo.InvariantCulture);
        project
            .Write("static/css/base.css", Everything.Long($"p {{ margin: {number}em }}"))
            .Write("static/js/state.js", Everything.Long($"export const parts = [{number}];"))
            .Write($"static/js/pages/page{number}.js", $"export default {number};")
            .Write("static/tiny.css", release % 2 == 0 ? "a { }" : Everything.Long("a { }"));
        if (release == Releases / 2)
            File.Delete(Path.Combine(project.Folder, "static/gone.js"));
    }

    /// <summary>Asks for all files of a release in turn, in one encoding after the other, until told to stop.</summary>
    private static List<Seen> Read(WebServer server, ReleaseOnDisk release, CancellationToken end)
    {
        var seen = new List<Seen>();
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            foreach (var file in release.Addressed)
            {
                foreach (var accepted in new[] { "identity", "gzip", "br" })
                {
                    var key = $"{accepted} {file.Path}";
                    using var response = server.Get(
                        release.UrlOf(file), accepted, request => request.Headers.TryAddWithoutValidation("If-None-Match", tags.GetValueOrDefault(key, "\"none\"")));
                    var hash = response.StatusCode == HttpStatusCode.OK
                        ? Convert.ToHexStringLower(SHA256.HashData(Encodings.Decode(response.Content.ReadAsByteArrayAsync(CancellationToken.None).GetAwaiter().GetResult(), response)))
                        : "";
                    seen.Add(new Seen(file, accepted, response.StatusCode, hash));
                    if (response.Headers.ETag is { } tag)
                        tags[key] = tag.ToString();
                }

                // Whole rounds only, so that every file was asked for; and the publish needs the processor too.
                Thread.Sleep(2);
            }

            if (end.IsCancellationRequested)
                return seen;
        }
    }

    private sealed record Seen(ReleasedFile File, string Accepted, HttpStatusCode Status, string Hash);
}
