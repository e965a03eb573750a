using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;
using StaticCollect.Build.Servers;

namespace StaticCollect.Build.EndToEnd.Uploading;

/// <summary>A site that is served from a bucket through nginx, with the lines of docs/uploading.md.</summary>
public sealed partial class ServedBucketTests
{
    private const string To = "-p:StaticCollectUploadTo=s3://site/static";

    [Test]
    public async Task A_site_in_a_bucket_is_visited_changed_while_it_is_read_and_rolled_back()
    {
        PackedPackage.WithStores();
        using var bucket = await UploadedProject.BucketAsync("site");
        using var nginx = new BucketServer("site");
        using var browser = new Browser();
        using var project = Write(TestProject.Console(UploadedProject.Content + """
            <PropertyGroup>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectCompress>gzip;br</StaticCollectCompress>
            </PropertyGroup>
            """), "first");
        var page = new Uri(nginx.Address, "/static/index.html");

        project.Publish();
        var uploaded = Upload(project);
        var first = browser.Open(page, withFonts: false);
        var firstText = browser.Text();
        Keep(project);

        Write(project, "second").Collect();
        using var reader = new Reader(page);
        var changed = Upload(project);
        var pages = await reader.EndAsync();
        var second = browser.Open(page, withFonts: false);
        var secondText = browser.Text();

        var back = Upload(project, "-p:StaticCollectUploadRelease=../previous/release.json", "-p:StaticCollectRoot=../previous/static");
        var third = browser.Open(page, withFonts: false);
        Assert.Multiple(() =>
        {
            Assert.That(uploaded.ExitCode, Is.Zero, uploaded.Output);
            Assert.That(first.Problems, Is.Empty);
            Assert.That(first.Answers.Where(answer => answer.Path.EndsWith(".css", StringComparison.Ordinal)).Select(answer => (answer["content-encoding"], answer["cache-control"])), Is.EqualTo(new[] { ("br", "public, max-age=31536000, immutable") }));
            Assert.That(changed.ExitCode, Is.Zero, changed.Output);
            Assert.That(reader.Failures, Is.Empty);
            Assert.That(pages, Has.Member("first").And.Member("second"), "The reader has seen the change.");
            Assert.That(second.Problems, Is.Empty);
            Assert.That((firstText, secondText), Is.EqualTo(("The first page.", "The second page.")));

            // The page, its encodings, the files under their own names and the manifest; nothing with a fingerprint.
            Assert.That(back.ExitCode, Is.Zero, back.Output);
            Assert.That(File.ReadAllText(Directory.GetFiles(Path.Combine(project.Folder, "obj"), "upload.plan.json", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!), Does.Not.Match("\"Put\",\"path\":\"[^\"]*\\.[0-9a-f]{12}\\."));
            Assert.That(third.Problems, Is.Empty);
            Assert.That(browser.Text(), Is.EqualTo("The first page."));
        });
    }

    private static CommandResult Upload(TestProject project, params string[] more) =>
        project.Run("dotnet", [.. Restored.Build("UploadStatic"), To, .. more], UploadedProject.Environment());

    /// <summary>What a job keeps of a publish, to roll back to.</summary>
    private static void Keep(TestProject project)
    {
        var release = Directory.GetFiles(Path.Combine(project.Folder, "obj"), "release.json", SearchOption.AllDirectories).Single();
        foreach (var file in Directory.EnumerateFiles(project.Root, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(project.Workspace, "previous/static", Path.GetRelativePath(project.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.Copy(release, Path.Combine(project.Workspace, "previous/release.json"));
    }

    private static TestProject Write(TestProject project, string which) => project
        .Write("static/index.html", $"""
            <!DOCTYPE html>
            <html lang="en" data-version="{which}">
            <head>
                <meta charset="utf-8">
                <title>A page</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="css/site.css">
                <script type="module" src="js/app.js"></script>
            </head>
            <body>The {which} page.</body>
            </html>
            """)
        .Write("static/css/site.css", $"/* {which} */\n" + string.Concat(Enumerable.Repeat("p { color: red }\n", 40)))
        .Write("static/js/app.js", $"// {which}\ndocument.documentElement.dataset.ready = 'true';\n" + string.Concat(Enumerable.Repeat("// worth compressing\n", 40)));

    /// <summary>nginx before a bucket, choosing among the encodings beside a file.</summary>
    private sealed partial class BucketServer : LocalServer
    {
        public BucketServer(string bucket)
        {
            Require("/usr/sbin/nginx", "apt-get install nginx-light");
            var docs = File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs/uploading.md"));
            var site = Example().Match(docs).Groups["text"].Value
                .Replace("127.0.0.1:8080", Address.Authority, StringComparison.Ordinal)
                .Replace("127.0.0.1:7480/shop", $"{RadosGateway.Shared.Address.Authority}/{bucket}", StringComparison.Ordinal);
            File.WriteAllText(Path.Combine(Folder, "nginx.conf"), $$"""
                daemon off;
                {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
                worker_processes 1;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                    {{site}}
                }
                """);
            Serve("/usr/sbin/nginx", "-p", Folder, "-c", "nginx.conf", "-e", "error.log");
            WaitFor(Address);
        }

        public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

        [GeneratedRegex("^```nginx\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
        private static partial Regex Example();
    }

    /// <summary>Loads a page and all that it names, over and over.</summary>
    private sealed partial class Reader : IDisposable
    {
        private readonly HttpClient _client = new();
        private readonly CancellationTokenSource _end = new();
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private readonly Uri _page;
        private readonly Task _reading;

        public Reader(Uri page)
        {
            _page = page;
            _reading = Task.Run(ReadAsync);
        }

        /// <summary>What was not there.</summary>
        public List<string> Failures { get; } = [];

        /// <summary>Reads once more and ends; gives the versions that it saw.</summary>
        public async Task<IReadOnlyCollection<string>> EndAsync()
        {
            await _end.CancelAsync();
            await _reading;
            await LoadAsync();
            return _seen;
        }

        public void Dispose()
        {
            _client.Dispose();
            _end.Dispose();
        }

        private async Task ReadAsync()
        {
            while (!_end.IsCancellationRequested)
                await LoadAsync();
        }

        private async Task LoadAsync()
        {
            var text = await _client.GetStringAsync(_page);
            _seen.Add(Version().Match(text).Groups["text"].Value);
            foreach (var name in Reference().Matches(text).Select(match => match.Groups["text"].Value))
            {
                using var answer = await _client.GetAsync(new Uri(_page, name));
                if (!answer.IsSuccessStatusCode)
                    Failures.Add($"{name}: {answer.StatusCode}");
            }
        }

        [GeneratedRegex("data-version=\"(?<text>\\w+)\"", RegexOptions.None, 1000)]
        private static partial Regex Version();

        [GeneratedRegex("(href|src)=\"(?<text>[a-z][^\":]+)\"", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Reference();
    }
}
