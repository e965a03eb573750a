using System.Text.Json;
using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>The fingerprinted names of the web root as files, for servers that know nothing of routes.</summary>
public sealed class WebRootCollectorTests : IDisposable
{
    private readonly TempTree _tree = new();
    private readonly Dictionary<string, (string Fingerprint, string Path)> _published = new(StringComparer.Ordinal);
    private readonly RecordingLog _log = new();

    public void Dispose() => _tree.Dispose();

    [Test]
    public void Each_fingerprinted_name_is_a_file_with_its_encodings()
    {
        Publish("css/site.css", "1111", "a { }", encoded: true);
        Publish("img/bg.png", "2222", "png");
        Publish("index.html", null, "<p>");

        Collect();

        Assert.That(Files("publish/wwwroot"), Is.EqualTo(new[]
        {
            "css/site.1111.css", "css/site.1111.css.br", "css/site.1111.css.gz", "css/site.css", "css/site.css.br", "css/site.css.gz",
            "img/bg.2222.png", "img/bg.png", "index.html", "static/staticfiles.json",
        }));
        Assert.Multiple(() =>
        {
            Assert.That(Read("css/site.1111.css"), Is.EqualTo("a { }"));
            Assert.That(Read("css/site.1111.css.br"), Is.EqualTo(Read("css/site.css.br")));
            Assert.That(Paths()["/css/site.css"], Is.EqualTo("/css/site.1111.css"));
            Assert.That(Paths()["/index.html"], Is.EqualTo("/index.html"));
        });
    }

    [Test]
    public void Files_of_the_web_root_below_the_static_root_have_theirs_beside_what_is_collected()
    {
        Publish("static/logo.png", "1111", "png");
        _tree.Write("static/own.css", "own");
        for (var i = 0; i < 2; i++)
        {
            Collect();

            Assert.Multiple(() =>
            {
                Assert.That(Files("publish/wwwroot"), Is.EqualTo(new[] { "static/logo.1111.png", "static/logo.png", "static/" + Paths()["own.css"], "static/own.css", "static/staticfiles.json" }));
                Assert.That(Paths().Keys, Is.EqualTo(new[] { "/static/logo.png", "own.css" }));
            });
        }
    }

    [Test]
    public void No_history_breaks_a_promise_or_leaves_anything_behind() => Gen.Select(
            Gen.Int[0, 3].Select(i => new[] { "css/a.css", "img/b.png", "static/c.js", "d.html" }[i]), Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 9], (path, text, encoded, what) => (path, text, encoded, what))
        .Array[1, 12]
        .Sample(
            steps =>
            {
                using var history = new WebRootCollectorTests();
                var promised = new Dictionary<string, string>(StringComparer.Ordinal);
                var hasForgotten = false;
                foreach (var (path, text, encoded, what) in steps)
                {
                    history.Publish(path, path == "d.html" ? null : $"f{text}", $"text {text} of {path}", encoded);
                    hasForgotten |= what == 0;
                    if (what == 0)
                        history.ForgetRecords();
                    if (what == 1)
                        history.Age();
                    var (webRoot, fingerprint) = what == 2 ? ("None", "true") : what == 3 ? ("InPlace", "false") : ("InPlace", "true");
                    history.Collect(webRoot, fingerprint);
                    history.Check(promised, isOn: what is not (2 or 3), hasForgotten);
                    var before = history.Contents();
                    history.Collect(webRoot, fingerprint);
                    Assert.That(history.Contents(), Is.EqualTo(before), "Once more changes nothing.");
                }
            },
            iter: 40,
            threads: 1);

    [TestCase("/static/")]
    public void Clearing_the_static_root_leaves_the_names_of_the_web_root(string url)
    {
        Publish("static/logo.png", "1111", "old", encoded: true);
        _tree.Write("static/own.css", "own");
        Collect(url: url);
        Publish("static/logo.png", "2222", "new", encoded: true);
        _tree.Write("publish/wwwroot/static/stray.txt", "somebody's");

        Collect(url: url, clear: true);

        Assert.That(Files("publish/wwwroot").Where(path => !path.Contains("own", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "static/logo.1111.png", "static/logo.1111.png.br", "static/logo.1111.png.gz", "static/logo.2222.png", "static/logo.2222.png.br", "static/logo.2222.png.gz",
            "static/logo.png", "static/logo.png.br", "static/logo.png.gz", "static/staticfiles.json",
        }));
    }

    [Test]
    public void A_second_run_writes_nothing()
    {
        Publish("css/site.css", "1111", "a { }", encoded: true);
        Age();
        Collect();
        var before = Stamps();

        Collect();

        Assert.That(Stamps(), Is.EqualTo(before));
    }

    [Test]
    public void What_was_deleted_comes_back()
    {
        Publish("css/site.css", "1111", "a { }");
        Age();
        Collect();
        File.Delete(Full("css/site.1111.css"));

        Collect();

        Assert.That(Read("css/site.1111.css"), Is.EqualTo("a { }"));
    }

    [Test]
    public void Files_of_earlier_releases_stay_as_long_as_is_said_and_are_served()
    {
        foreach (var (fingerprint, kept) in new[] { ("1111", Array.Empty<string>()), ("2222", ["1111"]), ("3333", ["1111", "2222"]), ("4444", ["2222", "3333"]) })
        {
            Publish("css/site.css", fingerprint, "a { } /* " + fingerprint, encoded: fingerprint == "2222");

            Collect();

            Assert.Multiple(() =>
            {
                Assert.That(Files("publish/wwwroot").Where(path => path.EndsWith(".css", StringComparison.Ordinal)), Is.EqualTo(kept.Append(fingerprint).Select(one => $"css/site.{one}.css").Append("css/site.css")));
                Assert.That(Routes().Where(route => route.Encoding is null).Select(route => route.Route), Is.EquivalentTo(kept.Append(fingerprint).Select(one => $"css/site.{one}.css").Append("css/site.css")));
                Assert.That(Routes().Where(route => route.Encoding is not null).Select(route => route.Route).Distinct(StringComparer.Ordinal), Has.Exactly(fingerprint == "2222" ? 2 : kept.Contains("2222") ? 1 : 0).Items);
                Assert.That(Paths()["/css/site.css"], Is.EqualTo($"/css/site.{fingerprint}.css"));
            });
        }
    }

    [Test]
    public void A_name_that_the_SDK_put_on_the_disk_is_left_to_it()
    {
        Publish("_framework/dotnet.js", "1111", "js", hardName: "_framework/dotnet.1111.js");
        Collect();
        Assert.That(Paths()["/_framework/dotnet.js"], Is.EqualTo("/_framework/dotnet.1111.js"));

        Collect(webRoot: "None");

        Assert.That(Files("publish/wwwroot"), Is.EqualTo(new[] { "_framework/dotnet.1111.js", "static/staticfiles.json" }));
    }

    [TestCase("None", "true")]
    [TestCase("InPlace", "false")]
    public void Where_they_are_not_wanted_any_more_they_go_and_nothing_else(string webRoot, string fingerprint)
    {
        Publish("css/site.css", "1111", "old");
        Collect();
        Publish("css/site.css", "2222", "new");
        Collect();
        Assert.That(Routes().Select(route => route.Route), Does.Contain("css/site.1111.css"));

        Collect(webRoot, fingerprint);

        Assert.Multiple(() =>
        {
            Assert.That(Files("publish/wwwroot").Where(path => !path.StartsWith("static/", StringComparison.Ordinal)), Is.EqualTo(new[] { "css/site.css" }));
            Assert.That(Routes().Select(route => route.Route), Is.EquivalentTo(new[] { "css/site.2222.css", "css/site.css" }));
        });
    }

    [TestCase("InPlace", "true")]
    [TestCase("None", "true")]
    [TestCase("InPlace", "false")]
    public void They_go_after_everything_that_tells_of_them(string webRoot, string fingerprint)
    {
        foreach (var text in new[] { "1111", "2222", "3333", "4444" })
        {
            Publish("css/site.css", text, text, encoded: true);
            if (text != "4444")
                Collect();
        }

        var gone = new List<string>();
        FileSystem.Before = (what, path) =>
        {
            if (what is not FileOperation.Delete || !path.EndsWith(".css", StringComparison.Ordinal))
                return;
            var name = path[(Full("").Length + 1)..];
            Assert.Multiple(() =>
            {
                Assert.That(Paths().Values, Has.None.EqualTo("/" + name));
                Assert.That(RoutedFiles(), Has.None.EqualTo(name));
            });
            gone.Add(name);
        };
        try
        {
            Collect(webRoot, fingerprint);
        }
        finally
        {
            FileSystem.Before = null;
        }

        Assert.That(gone, Does.Contain("css/site.1111.css"));
    }

    [Test]
    public void Cleaning_takes_them_away_with_their_records()
    {
        Publish("css/site.css", "1111", "old", encoded: true);
        Collect();
        Publish("css/site.css", "2222", "new");
        Collect();

        Cleaner.Clean(Settings(), _log);

        Assert.Multiple(() =>
        {
            Assert.That(Files("publish/wwwroot"), Is.EqualTo(new[] { "css/site.css" }));
            Assert.That(Routes().Select(route => route.Route), Is.EquivalentTo(new[] { "css/site.2222.css", "css/site.css" }));
            Assert.That(Files("obj"), Is.Empty);
        });
    }

    [Test]
    public void A_dry_run_writes_none()
    {
        Publish("css/site.css", "1111", "a { }");

        Collect(dryRun: "true");

        Assert.That(Files("publish/wwwroot"), Is.EqualTo(new[] { "css/site.css" }));
    }

    [Test]
    public void Collected_files_lie_among_them_where_the_static_root_is_the_web_root()
    {
        Publish("css/site.css", "1111", "a { }");
        _tree.Write("static/own.css", "own");
        for (var i = 0; i < 2; i++)
        {
            Collect(url: "/");

            var own = Paths()["own.css"];
            Assert.Multiple(() =>
            {
                Assert.That(Files("publish/wwwroot"), Is.EqualTo(new[] { "css/site.1111.css", "css/site.css", own, "own.css", "staticfiles.json" }));
                Assert.That(Paths().Keys, Is.EqualTo(new[] { "/css/site.css", "own.css" }));
                Assert.That(Routes().Select(route => route.Route), Is.EquivalentTo(new[] { "css/site.css", "css/site.1111.css", "own.css", own }));
            });
        }
    }

    /// <summary>What the SDK's publish does: files, and the list of routes.</summary>
    private void Publish(string path, string? fingerprint, string text, bool encoded = false, string? hardName = null)
    {
        var file = hardName ?? path;
        _tree.Write($"publish/wwwroot/{file}", text);
        foreach (var encoding in ContentEncodings.All)
        {
            File.Delete(Full(file + encoding.Suffix));
            if (encoded)
            {
                using var stream = File.Create(Full(file + encoding.Suffix));
                encoding.Compress(System.Text.Encoding.UTF8.GetBytes(text), CompressLevel.Fastest, stream, default);
            }
        }

        _published[path] = (fingerprint ?? "", file);
        var endpoints = _published.SelectMany(one => new[] { one.Key, Hashed(one.Key, one.Value.Fingerprint) }
            .Distinct(StringComparer.Ordinal)
            .SelectMany(route => ContentEncodings.All.Select(encoding => (IContentEncoding?)encoding).Prepend(null)
                .Where(encoding => File.Exists(Full(one.Value.Path + encoding?.Suffix)))
                .Select(encoding => $$"""
                    {"Route":"{{route}}","AssetFile":"{{one.Value.Path}}{{encoding?.Suffix}}","Selectors":[{{(encoding is null ? "" : $$"""{"Name":"Content-Encoding","Value":"{{encoding.Name}}","Quality":"0.1"}""")}}],
                    "ResponseHeaders":[],"EndpointProperties":[{{(route == one.Key ? "" : $$"""{"Name":"fingerprint","Value":"{{one.Value.Fingerprint}}"},{"Name":"label","Value":"{{one.Key}}"}""")}}]}
                    """)));
        _tree.Write("publish/App.staticwebassets.endpoints.json", $$"""{"Version":1,"ManifestType":"Publish","Endpoints":[{{string.Join(',', endpoints)}}]}""");
    }

    private static string Hashed(string path, string fingerprint) =>
        fingerprint.Length == 0 ? path : path.Insert(path.LastIndexOf('.'), "." + fingerprint);

    private void Collect(string webRoot = "InPlace", string fingerprint = "true", string dryRun = "false", string url = "/static/", bool clear = false) =>
        Assert.That(Collector.Collect(Settings(webRoot, fingerprint, dryRun, url) with { Clear = clear }, _log).Succeeded, Is.True, () => string.Join('\n', _log.Lines));

    private CollectSettings Settings(string webRoot = "InPlace", string fingerprint = "true", string dryRun = "false", string url = "/static/")
    {
        var settings = SettingsReader.Read(
            new RawSettings(new RawItem(Path.Combine(_tree.Path, "App.csproj"), new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["PublishFolder"] = "publish",
                ["IntermediateFolder"] = "obj",
                ["EndpointsManifest"] = "App.staticwebassets.endpoints.json",
                ["StaticCollectWebRoot"] = webRoot,
                ["StaticCollectFingerprint"] = fingerprint,
                ["StaticCollectDryRun"] = dryRun,
                ["StaticCollectUrl"] = url,
                ["StaticCollectFinders"] = "Own",
            })),
            out var problems);
        Assert.That(problems, Is.Empty);
        return settings;
    }

    /// <summary>Each name that is wanted is there with the bytes of its file, no name has other bytes than ever before, and no route leads nowhere or stands twice.</summary>
    /// <param name="promised">The bytes of each name that was seen.</param>
    /// <param name="isOn">Whether the names are wanted.</param>
    /// <param name="hasForgotten">Whether records were lost: what was there then is nobody's, and stays.</param>
    private void Check(Dictionary<string, string> promised, bool isOn, bool hasForgotten)
    {
        foreach (var (plain, published) in _published.Where(one => one.Value.Fingerprint.Length > 0))
        {
            var hashed = Hashed(plain, published.Fingerprint);
            Assert.That(File.Exists(Full(hashed)), Is.EqualTo(isOn).Or.EqualTo(hasForgotten), hashed);
            if (!isOn)
                continue;
            Assert.That(Read(hashed), Is.EqualTo(Read(plain)));
            foreach (var encoding in ContentEncodings.All)
                Assert.That(File.Exists(Full(hashed + encoding.Suffix)), Is.EqualTo(File.Exists(Full(plain + encoding.Suffix))).Or.EqualTo(hasForgotten), hashed + encoding.Suffix);
        }

        foreach (var path in Files("publish/wwwroot").Where(path => path.Contains(".f", StringComparison.Ordinal) && Path.GetExtension(path) is ".css" or ".png" or ".js"))
            Assert.That(promised.TryAdd(path, Read(path)) || promised[path] == Read(path), Is.True, path);
        Assert.That(Routes(), Is.Unique);
        Assert.That(RoutedFiles().Where(file => !File.Exists(Full(file))), Is.Empty);
    }

    private void ForgetRecords()
    {
        if (Directory.Exists(_tree["obj"]))
            Directory.Delete(_tree["obj"], recursive: true);
    }

    private string Contents() => string.Join('\n', Files("publish").Select(path => $"{path} {Sha256.Of(File.ReadAllBytes(_tree["publish/" + path]))}"));

    private void Age()
    {
        foreach (var path in Directory.GetFiles(_tree.Path, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
    }

    private List<(string, FileStamp?)> Stamps() =>
        [.. Directory.GetFiles(_tree.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => (path, FileStamp.Of(path)))];

    private string Full(string path) => Path.Combine(_tree.Path, "publish/wwwroot", path);

    private string[] Files(string folder) =>
        [.. Directory.GetFiles(_tree[folder], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_tree[folder], path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private string Read(string path) => File.ReadAllText(Full(path));

    private Dictionary<string, string> Paths()
    {
        if (Directory.GetFiles(_tree.Path, "staticfiles.json", SearchOption.AllDirectories).SingleOrDefault() is not { } path)
            return [];
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return json.RootElement.GetProperty("paths").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!, StringComparer.Ordinal);
    }

    private List<string> RoutedFiles()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_tree.Path, "publish/App.staticwebassets.endpoints.json")));
        return [.. json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("AssetFile").GetString()!)];
    }

    private List<(string Route, string? Encoding)> Routes()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_tree.Path, "publish/App.staticwebassets.endpoints.json")));
        return [.. json.RootElement.GetProperty("Endpoints").EnumerateArray().Select(endpoint => (
            endpoint.GetProperty("Route").GetString()!,
            endpoint.GetProperty("Selectors").EnumerateArray().Select(selector => selector.GetProperty("Value").GetString()).FirstOrDefault()))];
    }
}
