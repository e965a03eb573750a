using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Static files on disk, in a folder of their own that is gone when the test ends, and ways to publish them.</summary>
internal sealed class Site : IDisposable
{
    // Each write is a second later than the last, and all of them are long ago: stamps differ and are trusted.
    private DateTime _clock = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public Site()
    {
        var parent = Path.IsPathFullyQualified("/dev/shm") && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Folder = FilePath.Real(Path.Combine(parent, $"staticcollect-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(Sources);
        Root = Path.Combine(Folder, "publish", "wwwroot", "static");
        Rules = new FingerprintSettings { ManifestPath = Path.Combine(Root, "staticfiles.json") };
    }

    /// <summary>The project folder.</summary>
    public string Folder { get; }

    public string Sources => Path.Combine(Folder, "static");

    public string Root { get; set; }

    public string Url { get; set; } = "/static/";

    public LinkMode Link { get; init; }

    public FingerprintSettings Rules { get; set; }

    public CompressionSettings? Compression { get; set; }

    public EndpointsSettings? Endpoints { get; set; }

    /// <summary>Who brings the files, where they are named without a collection.</summary>
    public FinderKind Finder { get; init; } = FinderKind.Own;

    public CollectSettings Settings => new()
    {
        ProjectFolder = Folder,
        ProjectName = "App",
        Root = Root,
        Url = Url,
        RecordFolder = Path.Combine(Folder, "obj"),
        PublishFolder = Path.Combine(Folder, "publish"),
        Finders = [new OwnFinder()],
        Fingerprint = Rules,
        Link = Link,
        Compression = Compression,
        Endpoints = Endpoints,
    };

    public string PathOf(string path) => Path.Combine(Sources, path.Replace('/', Path.DirectorySeparatorChar));

    public Site Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public Site Write(string path, byte[] bytes)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        File.SetLastWriteTimeUtc(full, _clock = _clock.AddSeconds(1));
        return this;
    }

    public Site Delete(string path)
    {
        if (File.Exists(PathOf(path)))
            File.Delete(PathOf(path));
        return this;
    }

    /// <summary>Other bytes of the same length under the same time: only who opens the file can see that it changed.</summary>
    public Site Poison(string path)
    {
        var full = PathOf(path);
        var time = File.GetLastWriteTimeUtc(full);
        File.WriteAllBytes(full, [.. Enumerable.Repeat((byte)'!', (int)new FileInfo(full).Length)]);
        File.SetLastWriteTimeUtc(full, time);
        return this;
    }

    /// <summary>The static files, in ordinal order of path.</summary>
    public IReadOnlyList<StaticFile> Files() =>
    [
        .. Directory.EnumerateFiles(Sources, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => new StaticFile(
                Path.GetRelativePath(Sources, path).Replace('\\', '/'), path, FileStamp.Of(path)!.Value, "App", Finder))
            .Where(file => !file.LogicalPath.StartsWith(".vite/", StringComparison.Ordinal))
            .OrderBy(file => file.LogicalPath, StringComparer.Ordinal),
    ];

    /// <summary>Gives the files their names, without a static root.</summary>
    public Naming Name(LastNaming? last = null, IReadOnlyList<StaticFile>? files = null)
    {
        files ??= Files();
        return new Naming(Settings, new Fingerprinter(Settings with { Fingerprint = Rules }, DateTime.UtcNow.Ticks, Neighbours.None).Run(files, last ?? LastNaming.Empty));
    }

    /// <summary>Collects; the collection must succeed.</summary>
    public IReadOnlyList<Diagnostic> Collect() => Collect(mustSucceed: true);

    /// <summary>Collects; the collection must fail.</summary>
    public IReadOnlyList<Diagnostic> CollectAndFail() => Collect(mustSucceed: false);

    /// <summary>The files of the static root and their bytes as Latin-1 text, by path.</summary>
    public SortedDictionary<string, string> Tree()
    {
        var tree = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(Root))
            return tree;
        foreach (var path in Directory.EnumerateFiles(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
            tree.Add(Path.GetRelativePath(Root, path).Replace('\\', '/'), Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        return tree;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private List<Diagnostic> Collect(bool mustSucceed)
    {
        var log = new Log();
        var result = Collector.Collect(Settings, log);
        Assert.That(result.Succeeded, Is.EqualTo(mustSucceed), () => string.Join('\n', log.Diagnostics));
        return log.Diagnostics;
    }

    /// <summary>Files with their names.</summary>
    internal sealed record Naming(CollectSettings Settings, Fingerprints All)
    {
        /// <summary>The release of these files, without encodings.</summary>
        public Release Release => Release.Of(All.Files, [.. All.Files.Select(_ => Array.Empty<Encoded>())], Settings);

        public PublishedFile this[string path] => All.Files.Single(file => file.File.LogicalPath == path);

        public IEnumerable<string> Warnings => All.Diagnostics.Where(one => one.Severity != Severity.Message).Select(one => one.Text);

        /// <summary>The published bytes of a file.</summary>
        public byte[] Bytes(string path) => new ContentReader().Read(this[path].Content);

        public string Text(string path) => Encoding.UTF8.GetString(Bytes(path));

        /// <summary>The published text with the fingerprints taken out of all names.</summary>
        public string Undone(string path) =>
            All.Files.Aggregate(Text(path), (text, file) => file.Fingerprint is { } fingerprint ? text.Replace($".{fingerprint}", "", StringComparison.Ordinal) : text);

        /// <summary>The name that each file is published under, by logical path.</summary>
        public Dictionary<string, string> Names() =>
            All.Files.ToDictionary(file => file.File.LogicalPath, file => file.FingerprintedPath ?? file.File.LogicalPath, StringComparer.Ordinal);
    }

    private sealed class Log : ICollectLog
    {
        public List<Diagnostic> Diagnostics { get; } = [];

        public bool WantsDetails => false;

        public void Detail(string text)
        {
            // Nobody wants details.
        }

        public void Summary(string text)
        {
            // Other tests read the summary.
        }

        public void Report(Diagnostic diagnostic) => Diagnostics.Add(diagnostic);
    }
}
