using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;
using StaticCollect.Build.Servers;

namespace StaticCollect.Build.EndToEnd.Uploading;

/// <summary>The Shop of the samples, whose static files come from a bucket through nginx, with the lines of docs/uploading.md.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed partial class ShopInBucketTests
{
    private WebServer? _first;
    private WebServer? _second;

    [OneTimeSetUp]
    public void Start()
    {
        _first = WebServer.Kestrel(PublishedShop.First.Folder, "Shop.dll");
        _second = WebServer.Kestrel(PublishedShop.Second.Folder, "Shop.dll");
    }

    [OneTimeTearDown]
    public void End()
    {
        _first?.Dispose();
        _second?.Dispose();
    }

    [TestCase("s3")]
    [TestCase("azure")]
    public async Task The_shop_is_uploaded_visited_changed_while_it_is_read_and_rolled_back(string kind)
    {
        PackedPackage.WithStores();
        var (to, store) = await BucketAsync(kind);
        using var before = new BucketServer(store, _first!.Address);
        using var after = new BucketServer(store, _second!.Address);
        using var browser = new Browser();
        using var project = TestProject.Console(UploadedProject.Content);
        project.Succeed("restore");

        var uploaded = Upload(project, to, PublishedShop.First);
        var first = browser.Open(before.Address, withFonts: true);
        using var reader = new Reader(before.Address);
        var changed = Upload(project, to, PublishedShop.Second);

        // The application follows; and those who have its pages go on while the files go back.
        reader.Page = after.Address;
        var second = browser.Open(after.Address, withFonts: true);
        var which = browser.Eventually(Which, "second", seconds: 1);
        var back = Upload(project, to, PublishedShop.First);
        await reader.EndAsync();
        var third = browser.Open(new Uri(before.Address, "/checkout"), withFonts: true);
        var whichAgain = browser.Eventually(Which, "", seconds: 1);
        using var client = new HttpClient();
        var manifest = await client.GetStringAsync(new Uri(before.Address, "/static/staticfiles.json"));
        Assert.Multiple(() =>
        {
            Assert.That(uploaded.ExitCode, Is.Zero, uploaded.Output);
            Assert.That(changed.ExitCode, Is.Zero, changed.Output);
            Assert.That(back.ExitCode, Is.Zero, back.Output);
            Assert.That(first.Problems.Concat(second.Problems).Concat(third.Problems), Is.Empty);
            Assert.That(first.Answers.Where(answer => answer.Path.StartsWith("/static/css/site.", StringComparison.Ordinal)).Select(answer => (answer["content-encoding"], answer["cache-control"])), Is.EqualTo(new[] { ("br", "public, max-age=31536000, immutable") }));
            Assert.That((which, whichAgain), Is.EqualTo(("second", "")));
            Assert.That(reader.Failures, Is.Empty);
            Assert.That(reader.Pages, Is.EquivalentTo(new[] { before.Address, after.Address }));
            Assert.That(reader.Files, Is.GreaterThan(20), "What pages name, and what that names.");

            // Files under their own names and the manifest; nothing with a fingerprint.
            var plan = Directory.GetFiles(Path.Combine(project.Folder, "obj"), "upload.plan.json", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;
            Assert.That(File.ReadAllText(plan), Does.Contain("\"Put\",\"path\":\"css/site.css\"").And.Not.Match("\"Put\",\"path\":\"[^\"]*\\.[0-9a-f]{12}\\."));
            Assert.That(manifest, Is.EqualTo(File.ReadAllText(Path.Combine(PublishedShop.First.Root, "staticfiles.json"))));
        });
    }

    private const string Which = "return getComputedStyle(document.documentElement).getPropertyValue('--which').trim()";

    /// <summary>An empty bucket that anybody may read: its address for uploads, and for nginx.</summary>
    private static async Task<(string To, Uri Store)> BucketAsync(string kind)
    {
        if (kind == "azure")
            return ($"azure://{Azurite.Account}/shop/static", Azurite.Shared.CreateContainer("shop", isPublic: true).Uri);
        using var bucket = await UploadedProject.BucketAsync("served");
        return ("s3://served/static", new Uri(RadosGateway.Shared.Address, "served"));
    }

    private static CommandResult Upload(TestProject project, string to, PublishedShop shop)
    {
        var environment = UploadedProject.Environment();
        environment["AZURE_STORAGE_KEY"] = Azurite.Key;
        return project.Run(
            "dotnet",
            [.. Restored.Build("UploadStatic"), $"-p:StaticCollectUploadTo={to}", $"-p:StaticCollectAzureEndpoint={Azurite.Shared.Address}", $"-p:StaticCollectUploadRelease={shop.Release}", $"-p:StaticCollectRoot={shop.Root}"],
            environment);
    }

    /// <summary>nginx before a bucket and an application, choosing among the encodings beside a file.</summary>
    private sealed partial class BucketServer : LocalServer
    {
        public BucketServer(Uri store, Uri app)
        {
            Require("/usr/sbin/nginx", "apt-get install nginx-light");
            var docs = File.ReadAllText(Path.Combine(PackedPackage.Repository, "docs/uploading.md"));
            var site = Example().Match(docs).Groups["text"].Value
                .Replace("127.0.0.1:8080", Address.Authority, StringComparison.Ordinal)
                .Replace("http://127.0.0.1:7480/shop", store.AbsoluteUri, StringComparison.Ordinal)
                .TrimEnd()[..^1] + $"    location / {{ proxy_pass {app.AbsoluteUri.TrimEnd('/')}; proxy_set_header Host $http_host; }}\n}}";
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

    /// <summary>Loads a page, all that it names and all that this names, over and over.</summary>
    private sealed partial class Reader : IDisposable
    {
        private readonly HttpClient _client = new();
        private readonly CancellationTokenSource _end = new();
        private readonly Task _reading;
        private volatile Uri _page;

        public Reader(Uri page)
        {
            _page = page;
            _reading = Task.Run(ReadAsync);
        }

        /// <summary>The page that is loaded from now on.</summary>
        public Uri Page
        {
            set => _page = value;
        }

        /// <summary>What was not there.</summary>
        public HashSet<string> Failures { get; } = new(StringComparer.Ordinal);

        /// <summary>The pages that were loaded.</summary>
        public HashSet<Uri> Pages { get; } = [];

        /// <summary>How many files the last page had.</summary>
        public int Files { get; private set; }

        /// <summary>Loads once more and ends.</summary>
        public async Task EndAsync()
        {
            await _end.CancelAsync();
            await _reading;
            await LoadAsync();
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
            var page = _page;
            Pages.Add(page);
            var files = new HashSet<Uri>();
            var left = new Queue<Uri>(Named(page, await _client.GetStringAsync(page)));
            while (left.TryDequeue(out var file))
            {
                if (!files.Add(file))
                    continue;
                using var answer = await _client.GetAsync(file);
                if (!answer.IsSuccessStatusCode)
                    Failures.Add($"{file.AbsolutePath}: {answer.StatusCode}");
                else if (Path.GetExtension(file.AbsolutePath) is ".css" or ".js")
                    Named(file, await answer.Content.ReadAsStringAsync()).ToList().ForEach(left.Enqueue);
            }

            Files = files.Count;
        }

        private static IEnumerable<Uri> Named(Uri where, string text) => Reference().Matches(text).Select(match => new Uri(where, match.Groups["text"].Value));

        [GeneratedRegex("[\"'(](?<text>[\\w./-]+\\.[0-9a-f]{12}\\.\\w+)[\"')]", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Reference();
    }
}
