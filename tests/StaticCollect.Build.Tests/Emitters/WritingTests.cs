using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Emitters.Servers;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Emitters;

/// <summary>When the files are written and removed, and what they are told of a collection.</summary>
internal sealed class WritingTests : ICollectLog, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("staticcollect-servers-").FullName;
    private readonly List<string> _told = [];

    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PublishFolder"] = "out/",
        ["IntermediateFolder"] = "obj/",
        ["StaticCollectFinders"] = "Own",
        ["StaticCollectFingerprint"] = "true",
        ["StaticCollectServerConfig"] = "nginx;caddy;apache",
    };

    public bool WantsDetails => false;

    private string Published => Path.Combine(_folder, "out");

    private string Web => Path.Combine(Published, "wwwroot");

    private string[] Configs => [.. Directory.GetFiles(Published).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [SetUp]
    public void Write() => Write("static/site.css", "a { margin: 1px }");

    [Test]
    public void They_lie_beside_the_web_root_and_go_with_the_setting()
    {
        Collect();
        Assert.That(Configs, Is.EqualTo(new[] { "static.apache.conf", "static.apache.names", "static.caddy", "static.nginx.http.conf", "static.nginx.server.conf" }));
        Assert.That(Directory.GetFiles(Web), Is.Empty, "What lies there may be downloaded.");
        _settings["StaticCollectServerConfig"] = "Caddy";
        Collect();
        Assert.That(Configs, Is.EqualTo(new[] { "static.caddy" }));
        _settings.Remove("StaticCollectServerConfig");
        Collect();
        Assert.That(Configs, Is.Empty);
    }

    [Test]
    public void CleanStatic_removes_them()
    {
        Collect();
        Cleaner.Clean(Settings(), this);
        Assert.That(Directory.EnumerateFileSystemEntries(Web), Is.Empty);
    }

    [Test]
    public void A_dry_run_writes_none()
    {
        _settings["StaticCollectDryRun"] = "true";
        Collect();
        Assert.That(Directory.Exists(Web), Is.False);
    }

    [Test]
    public void What_would_not_change_is_not_written()
    {
        Collect();
        var path = Path.Combine(Published, "static.caddy");
        var longAgo = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, longAgo);
        Collect();
        Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(longAgo));
        Write("static/site.css", "a { margin: 2px }");
        Collect();
        Assert.That(File.GetLastWriteTimeUtc(path), Is.Not.EqualTo(longAgo));
    }

    [Test]
    public void A_file_of_somebody_else_is_neither_replaced_nor_removed()
    {
        Write("out/static.caddy", "# mine\n");
        Collect();
        Assert.That(_told.Single(), Does.StartWith("Error SC4003: 'out/static.caddy' is where StaticCollectServerConfig writes"));
        _settings.Remove("StaticCollectServerConfig");
        Collect();
        Assert.That(File.ReadAllText(Path.Combine(Published, "static.caddy")), Is.EqualTo("# mine\n"));
    }

    [Test]
    public void Files_of_earlier_releases_may_be_kept_too_and_their_siblings_are_not_named()
    {
        _settings["StaticCollectCompress"] = "gzip;br";
        Write("static/site.css", string.Concat(Enumerable.Repeat("a { margin: 1px }\n", 50)));
        Collect();
        Write("static/site.css", string.Concat(Enumerable.Repeat("a { margin: 2px }\n", 50)));
        Collect();
        var names = File.ReadAllLines(Path.Combine(Published, "static.apache.names"))[1..];
        Assert.That(names, Has.Length.EqualTo(2).And.All.Match(@"^site\.[0-9a-f]{12}\.css for-ever$"));
    }

    [Test]
    public void A_download_is_told_from_a_sibling_and_its_plain_name_is_not_kept()
    {
        _settings["StaticCollectCompress"] = "gzip";
        Write("static/all.tar.gz", "not really an archive");
        Collect();
        Assert.That(File.ReadAllLines(Path.Combine(Published, "static.apache.names"))[1..], Has.One.Match(@"^all\.tar\.[0-9a-f]{12}\.gz download,for-ever$").And.One.EqualTo("all.tar.gz download"));
    }

    [TestCase("/", "/")]
    [TestCase("/assets/v1/", "/assets/v1/")]
    [TestCase("/st%C3%A4tic", "/stätic/")]
    [TestCase("https://cdn.example.com/s/", "/s/")]
    [TestCase("//cdn.example.com", "/")]
    public void The_path_of_the_static_url_is_what_the_server_sees(string url, string path)
    {
        _settings["StaticCollectUrl"] = url;
        Assert.That(ServedFiles.Of(Settings(), Release.Empty, Release.Empty).UrlPath, Is.EqualTo(path));
    }

    [TestCase("/srv/shop/wwwroot/static/", "/srv/shop/wwwroot/static")]
    [TestCase(@"D:\Sites\shop\static\", "D:/Sites/shop/static")]
    public void The_server_may_have_the_files_elsewhere(string value, string root)
    {
        _settings["StaticCollectServerRoot"] = value;
        Collect();
        Assert.That(File.ReadAllText(Path.Combine(Published, "static.caddy")), Does.Contain($"\troot * \"{root}\"\n").And.Not.Contain(_folder));
    }

    [TestCase("/static/", null, null, "out/static.caddy", "out/static.apache.names")]
    [TestCase("/assets/v1/", null, null, "out/assets.v1.caddy", "out/assets.v1.apache.names")]
    [TestCase("/", null, null, "out/wwwroot.caddy", "out/wwwroot.apache.names")]
    [TestCase("/", "deploy", null, "deploy.caddy", "deploy.apache.names")]
    [TestCase("/static/", null, "/srv/shop/wwwroot/static", "out/static.caddy", "/srv/shop/static.apache.names")]
    [TestCase("/assets/v1/", null, "/srv/shop/wwwroot/assets/v1", "out/assets.v1.caddy", "/srv/shop/assets.v1.apache.names")]
    [TestCase("/static/", null, "/var/www/files", "out/static.caddy", "/var/www/static.apache.names")]
    [TestCase("/static/", null, "/files", "out/static.caddy", "/static.apache.names")]
    [TestCase("/", "deploy", "/srv/files", "deploy.caddy", "/srv/deploy.apache.names")]
    public void Their_place_follows_from_that_of_the_static_root(string url, string? root, string? serverRoot, string caddy, string names)
    {
        _settings["StaticCollectUrl"] = url;
        _settings["StaticCollectRoot"] = root ?? "";
        _settings["StaticCollectServerRoot"] = serverRoot ?? "";
        Collect();
        Assert.That(Path.Combine(_folder, caddy), Does.Exist);
        Assert.That(File.ReadAllText(Path.Combine(_folder, caddy.Replace(".caddy", ".apache.conf", StringComparison.Ordinal))), Does.Contain($"\"txt:{Path.Combine(_folder, names)}\"\n".Replace('\\', '/')));
    }

    [TestCase("StaticCollectServerConfig", "nginx;iis", "Error SC1001: StaticCollectServerConfig is 'iis', which is not allowed. Allowed: apache, caddy, nginx.")]
    [TestCase("StaticCollectServerRoot", "wwwroot/static", "Error SC1001: StaticCollectServerRoot is 'wwwroot/static', which is not allowed. Allowed: the full path of the static root on the server, such as /srv/shop/wwwroot/static.")]
    public void A_slip_is_told(string property, string value, string line)
    {
        _settings[property] = value;
        _ = Settings();
        Assert.That(_told, Is.EqualTo(new[] { line }));
    }

    public void Detail(string text)
    {
    }

    public void Summary(string text)
    {
    }

    public void Report(Diagnostic diagnostic) => _told.Add($"{diagnostic.Severity} {diagnostic.Code}: {diagnostic.Text}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private CollectSettings Settings()
    {
        var settings = SettingsReader.Read(new RawSettings(new RawItem(Path.Combine(_folder, "Shop.csproj"), _settings)), out var mistakes);
        foreach (var mistake in mistakes)
            Report(mistake);
        return settings;
    }

    private void Collect() => Collector.Collect(Settings(), this);
}
