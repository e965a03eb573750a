using System.Text;
using Microsoft.Extensions.Time.Testing;
using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload.Tests.Support;

/// <summary>A static root with its release, in a folder of its own, and uploads of it.</summary>
internal sealed class Shop : IDisposable
{
    private readonly Dictionary<string, ReleaseFile> _files = new(StringComparer.Ordinal);

    public Shop()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Folder = Path.Combine(parent, $"staticcollect-upload-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Root);
    }

    public string Folder { get; }

    public string Root => Path.Combine(Folder, "root");

    public string ReleasePath => Path.Combine(Folder, "release.json");

    public string PlanPath => Path.Combine(Folder, "plan.json");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Retention Retention { get; set; } = new(2, TimeSpan.FromDays(7));

    public int MaxDeletes { get; set; } = 256;

    public IContentEncoding? Encoding { get; set; }

    public List<HeaderRule> Headers { get; } = [];

    public StoreAddress Address { get; init; } = new("memory", ["bucket"], "shop/");

    public Uri? VerifyUrl { get; set; }

    public IReadOnlyDictionary<string, ReleaseFile> Files => _files;

    /// <summary>Begins another release: nothing is in it yet, and the static root is empty.</summary>
    public Shop Empty()
    {
        _files.Clear();
        Directory.Delete(Root, recursive: true);
        Directory.CreateDirectory(Root);
        return this;
    }

    /// <summary>A file under its own name.</summary>
    public Shop Plain(string path, string text) => Add(path, path, Role.Plain, text, CachePolicy.Revalidate);

    /// <summary>A file under a name of its bytes; gives that.</summary>
    public string Fingerprinted(string logicalPath, string text)
    {
        var hash = Sha256.Of(System.Text.Encoding.UTF8.GetBytes(text)).Digits(12);
        var path = $"{Path.GetFileNameWithoutExtension(logicalPath)}.{hash}{Path.GetExtension(logicalPath)}";
        Add(path, logicalPath, Role.Fingerprinted, text, CachePolicy.Immutable);
        return path;
    }

    /// <summary>A file whose name a bundler gave, so that nothing but trust says what it holds.</summary>
    public Shop Bundled(string path, string text) => Add(path, path, Role.Plain, text, CachePolicy.Immutable);

    /// <summary>An encoding of a file: not really one, but other bytes.</summary>
    public Shop Encoded(string path, IContentEncoding encoding, string text)
    {
        var original = _files[path];
        Write(path + encoding.Suffix, text);
        _files[path + encoding.Suffix] = original with
        {
            Path = path + encoding.Suffix,
            Role = Role.Encoding,
            Encoding = encoding,
            Fingerprint = null,
            Content = Content(System.Text.Encoding.UTF8.GetBytes(text)),
        };
        return this;
    }

    /// <summary>The manifest.</summary>
    public Shop Manifest(string text) => Add("staticfiles.json", "staticfiles.json", Role.Generated, text, CachePolicy.Revalidate);

    /// <summary>The files of the release as it is, to come back to.</summary>
    public Dictionary<string, string> Snapshot() => _files.Keys.ToDictionary(path => path, path => File.ReadAllText(Path.Combine(Root, path)), StringComparer.Ordinal);

    /// <summary>Writes <c>release.json</c>.</summary>
    public Shop Release()
    {
        var files = _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        File.WriteAllBytes(ReleasePath, ReleaseJson.Format(new Release(files), "/static/", origin => origin.SourcePath));
        return this;
    }

    /// <summary>Settings of an upload.</summary>
    public UploadSettings Settings(bool withPlan = false, bool dryRun = false) => new(
        new CollectSettings
        {
            ProjectFolder = Folder,
            ProjectName = "Shop",
            Root = Root,
            Url = "/static/",
            RecordFolder = Folder,
            PublishFolder = Folder,
            DryRun = dryRun,
        },
        Address)
    {
        ReleasePath = ReleasePath,
        PlanPath = PlanPath,
        IsPlanGiven = withPlan,
        MaxDeletes = MaxDeletes,
        Retention = Retention,
        Encoding = Encoding,
        Headers = Headers,
        VerifyUrl = VerifyUrl,
        VerifySample = int.MaxValue,
    };

    /// <summary>Uploads the release; gives what was told.</summary>
    public async Task<RecordingLog> Upload(IObjectStore store, bool withPlan = false, bool dryRun = false)
    {
        var log = new RecordingLog();
        await new Uploads(Settings(withPlan, dryRun), store, log, Time).UploadAsync(default);
        return log;
    }

    /// <summary>Plans an upload; gives what was told.</summary>
    public async Task<RecordingLog> Plan(IObjectStore store)
    {
        var log = new RecordingLog();
        await new Uploads(Settings(), store, log, Time).PlanAsync(default);
        return log;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static FileContent Content(byte[] bytes) => new(Sha256.Of(bytes), bytes.Length, ByteSource.Stored.Instance);

    private void Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private Shop Add(string path, string logicalPath, Role role, string text, CachePolicy cache)
    {
        Write(path, text);
        _files[path] = new ReleaseFile(path, logicalPath, role, Content(System.Text.Encoding.UTF8.GetBytes(text)), cache, new Origin(null, "Shop", ""));
        return this;
    }
}
