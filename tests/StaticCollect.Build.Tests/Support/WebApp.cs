using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Support;

/// <summary>The assets and routes of an app, as the SDK resolves them for publish.</summary>
internal sealed class WebApp : IDisposable
{
    private readonly TempTree _tree = new("/dev/shm");
    private readonly List<RawItem> _assets = [];
    private readonly List<RawItem> _endpoints = [];
    private DateTime _clock = TempTree.Old;
    private WebRootChanges _changes = WebRootChanges.None;

    public string? KeepName { get; init; }

    public bool DryRun { get; set; }

    public string Baseline { get; set; } = "";

    /// <summary>Whether what is collected gets fingerprints, and so do the files of the web root on the disk.</summary>
    public bool Fingerprint { get; init; }

    public string Url { get; init; } = "/static/";

    public RecordingLog Log { get; } = new();

    public string[] Rewritten => [.. _changes.Assets.Where(change => change.Value.Include is not null).Select(change => _assets[change.Key]["Plain"]!)];

    public IReadOnlyList<RawItem> Assets => Changed(_assets, _changes.Assets);

    public IReadOnlyList<RawItem> Endpoints =>
        [.. Changed(_endpoints, _changes.Endpoints), .. _changes.MoreEndpoints.Select(more => Changed(_endpoints[more.Original], more.Change))];

    private string Folder => _tree["obj/webroot"];

    public WebApp Add(string path, string text, string? relativePath = null, string? fingerprint = null, string sourceType = "Discovered", string trait = "", string traitValue = "")
    {
        Write(path, text);
        var dot = path.LastIndexOf('.');
        relativePath ??= $"{path[..dot]}#[.{{fingerprint}}]?{path[dot..]}";
        var given = fingerprint ?? new string([.. path.Where(char.IsAsciiLetter)]).PadRight(2, '0');
        given = path == "img/bg.png" ? "img00bgpng" : given[..Math.Min(10, given.Length)];
        _assets.Add(Item(
            Source(path), ("Plain", path), ("SourceId", "App"), ("SourceType", sourceType), ("ContentRoot", _tree["wwwroot"]), ("BasePath", "/"),
            ("RelativePath", relativePath), ("AssetKind", "All"), ("AssetMode", "All"), ("AssetRole", "Primary"), ("AssetTraitName", trait), ("AssetTraitValue", traitValue), ("Fingerprint", given)));
        _endpoints.Add(Endpoint(path, Source(path), "no-cache", "[]"));
        if (relativePath.Contains("#[", StringComparison.Ordinal))
        {
            var routed = relativePath.Replace("#[.{fingerprint}]?", "." + given, StringComparison.Ordinal).Replace("#[.{fingerprint}]!", "." + given, StringComparison.Ordinal);
            _endpoints.Add(Endpoint(routed, Source(path), "max-age=31536000, immutable", $$"""[{"Name":"fingerprint","Value":"{{given}}"},{"Name":"integrity","Value":"sha256-old"},{"Name":"label","Value":"{{path}}"}]"""));
        }

        return this;
    }

    /// <summary>Other bytes for a file, and so another fingerprint of the SDK's.</summary>
    public void Edit(string path, string text)
    {
        Remove(path);
        Add(path, text, fingerprint: Sha256.OfTexts(text).Digits(10));
    }

    public WebApp SayPlainly(string path)
    {
        var at = _assets.FindIndex(asset => asset["Plain"] == path);
        _assets[at] = Changed(_assets[at], new ItemChange(null, [("RelativePath", path)]));
        return this;
    }

    public WebApp AddCompressed(string path)
    {
        var file = Source(path) + ".gz";
        _assets.Add(Item(file, ("AssetKind", "All"), ("AssetRole", "Alternative"), ("RelatedAsset", Source(path)), ("RelativePath", path + ".gz")));
        _endpoints.Add(Endpoint(path, file, "no-cache", "[]"));
        return this;
    }

    public void Write(string path, string text) => _tree.Write("wwwroot/" + path, text, _clock = _clock.AddSeconds(1));

    /// <summary>Writes a file of the app's static folder, which is collected.</summary>
    public WebApp AddStatic(string path, string text)
    {
        _tree.Write("static/" + path, text, _clock = _clock.AddSeconds(1));
        return this;
    }

    public void Remove(string path)
    {
        _tree.Delete("wwwroot/" + path);
        _assets.RemoveAll(asset => asset["Plain"] == path);
        _endpoints.RemoveAll(endpoint => endpoint["AssetFile"] == Source(path));
    }

    public void Publish(string path, DateTime time)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Published(path))!);
        File.WriteAllText(Published(path), "published");
        File.SetLastWriteTimeUtc(Published(path), time);
    }

    public DateTime PublishedTime(string path) => File.GetLastWriteTimeUtc(Published(path));

    public DateTime SourceTime(string path) => File.GetLastWriteTimeUtc(Source(path));

    public void Rewrite(string mode = "InPlace")
    {
        _changes = WebRoot.Rewrite(Settings(mode, isPublished: false), Log);
    }

    /// <summary>What the SDK does next: it copies the files, as they are now, and lists their routes.</summary>
    public void Publish()
    {
        var routes = new List<string>();
        foreach (var asset in Assets)
        {
            var plain = asset["Plain"]!;
            Directory.CreateDirectory(Path.GetDirectoryName(Published(plain))!);
            File.Copy(asset.Include, Published(plain), overwrite: true);
            routes.AddRange(Endpoints.Where(endpoint => endpoint["AssetFile"] == asset.Include).Select(endpoint =>
                $$"""{"Route":"{{endpoint.Include}}","AssetFile":"{{plain}}","Selectors":[],"ResponseHeaders":[],"EndpointProperties":{{endpoint["EndpointProperties"]}}}"""));
        }

        _tree.Write("publish/App.staticwebassets.endpoints.json", $$"""{"Version":1,"ManifestType":"Publish","Endpoints":[{{string.Join(',', routes)}}]}""");
    }

    public CollectResult Collect() => Collector.Collect(Settings("InPlace", isPublished: true), Log);

    /// <summary>A whole publish, which must succeed.</summary>
    public void PublishAndCollect()
    {
        Rewrite();
        Publish();
        Assert.That(Collect().Succeeded, Is.True, () => string.Join('\n', Log.Lines));
    }

    /// <summary>What the settings are while the SDK publishes, and after that.</summary>
    public CollectSettings Settings(string mode = "InPlace", bool isPublished = true)
    {
        var settings = SettingsReader.Read(
            new RawSettings(Item(
                _tree["App.csproj"], ("PublishFolder", "publish"), ("IntermediateFolder", "obj"), ("WebRootFolder", Folder), ("StaticCollectFinders", "Own"),
                ("StaticCollectWebRoot", mode), ("StaticCollectDryRun", DryRun ? "true" : "false"), ("StaticCollectFingerprint", Fingerprint ? "true" : "false"), ("StaticCollectUrl", Url), ("StaticCollectBaseline", Baseline),
                ("EndpointsManifest", isPublished ? "App.staticwebassets.endpoints.json" : "")))
            {
                PublishedAssets = isPublished ? [] : _assets,
                PublishedEndpoints = isPublished ? [] : _endpoints,
                KeepName = KeepName is null ? [] : [Item(KeepName)],
            },
            out var problems);
        Assert.That(problems, Is.Empty);
        return settings;
    }

    /// <summary>The text of a file below the published web root.</summary>
    public string PublishedText(string path) => File.ReadAllText(Published(path));

    /// <summary>The paths of all files below the published web root.</summary>
    public string[] PublishedFiles() =>
        [.. Directory.GetFiles(_tree["publish/wwwroot"], "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_tree["publish/wwwroot"], path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public RawItem Asset(string path) => Assets.Single(asset => asset["Plain"] == path);

    public string Text(string path) => File.ReadAllText(Asset(path).Include);

    public string[] Routes(string path) => [.. Endpoints.Where(endpoint => endpoint["AssetFile"] == Asset(path).Include).Select(endpoint => endpoint.Include)];

    private string Source(string path) => _tree["wwwroot/" + path];

    private string Published(string path) => _tree["publish/wwwroot/" + path];

    public int Made() => Directory.Exists(Folder) ? Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Length : 0;

    public void Dispose() => _tree.Dispose();

    public static Dictionary<string, string> Values(string list)
    {
        using var json = JsonDocument.Parse(list);
        return json.RootElement.EnumerateArray().ToDictionary(entry => entry.GetProperty("Name").GetString()!, entry => entry.GetProperty("Value").GetString()!, StringComparer.Ordinal);
    }

    private static RawItem Endpoint(string route, string file, string cache, string properties) => Item(
        route,
        ("AssetFile", file),
        ("ResponseHeaders", $$"""[{"Name":"Cache-Control","Value":"{{cache}}"},{"Name":"Content-Length","Value":"1"},{"Name":"ETag","Value":"\"old\""},{"Name":"Last-Modified","Value":"old"}]"""),
        ("EndpointProperties", properties));

    private static List<RawItem> Changed(List<RawItem> items, IReadOnlyDictionary<int, ItemChange> changes) =>
    [
        .. items.Select((item, i) => (Item: item, Change: changes.GetValueOrDefault(i)))
            .Where(one => one.Change != ItemChange.Gone)
            .Select(one => one.Change is { } change ? Changed(one.Item, change) : one.Item),
    ];

    private static RawItem Changed(RawItem item, ItemChange change)
    {
        var changed = change.Metadata.ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase);
        return new RawItem(change.Include ?? item.Include, name => changed.TryGetValue(name, out var value) ? value : item[name]);
    }

    private static RawItem Item(string include, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in metadata)
            values[name] = value;
        return new RawItem(include, values);
    }
}
