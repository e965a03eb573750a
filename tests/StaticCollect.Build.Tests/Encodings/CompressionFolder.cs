using System.Globalization;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Naming;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Tests.Encodings;

/// <summary>A temporary folder with sources and a cache, and short ways to say what a test is about.</summary>
internal sealed class CompressionFolder : IDisposable
{
    public static readonly DateTime Now = new(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc);

    public string Root { get; } = Directory.CreateTempSubdirectory("compression-").FullName;

    public string Cache => Path.Combine(Root, "cache");

    public CompressionSettings Settings => new()
    {
        CacheDirectory = Cache,
        Encodings = ContentEncodings.All,
        Level = CompressLevel.Fastest,
        Degree = 2,
    };

    public static byte[] Text(int length, int seed = 0)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append(CultureInfo.InvariantCulture, $".c{random.Next(500)} {{ margin: {random.Next(99)}px; color: #{random.Next(0xfff):x3} }}\n");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    public static byte[] Noise(int length, int seed = 0)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static FileContent ContentOf(byte[] bytes) => new(Sha256.Of(bytes), bytes.Length, new ByteSource.Generated(bytes));

    public static CompressionJob Job(byte[] bytes, params Precompressed[] precompressed) => new(ContentOf(bytes), precompressed);

    /// <summary>A job for a source that shall have some bytes, whatever it has.</summary>
    public static CompressionJob Job(string source, byte[] bytes) =>
        new(new FileContent(Sha256.Of(bytes), bytes.Length, new ByteSource.Source(source, default)), []);

    public static PublishedFile Published(string logicalPath, byte[] bytes) =>
        new(new StaticFile(logicalPath, $"/{logicalPath}", new FileStamp(bytes.Length, 0), "app", FinderKind.Own), ContentOf(bytes));

    public static IReadOnlyList<IReadOnlyList<Encoded>> Run(
        CompressionSettings settings, DateTime utcNow, params CompressionJob[] jobs) =>
        new Compressor(settings, new ContentReader(), utcNow).Compress(jobs, CancellationToken.None);

    /// <summary>Runs the stage for files that have no precompressed ones beside them.</summary>
    public static IReadOnlyList<IReadOnlyList<Encoded>> RunStage(CompressionSettings settings, params PublishedFile[] files) =>
        RunStage(new EncodingStage(settings, LastEncodings.Empty), settings, files);

    public static IReadOnlyList<IReadOnlyList<Encoded>> RunStage(EncodingStage stage, CompressionSettings settings, params PublishedFile[] files) =>
        stage.Run(files, NoPrecompressed, new Compressor(settings, new ContentReader(), Now), CancellationToken.None);

    public static ILookup<string, Precompressed> NoPrecompressed { get; } = Array.Empty<Precompressed>().ToLookup(_ => "", StringComparer.Ordinal);

    public static byte[] Encode(IContentEncoding encoding, byte[] bytes, CompressLevel level)
    {
        using var output = new MemoryStream();
        encoding.Compress(bytes, level, output, CancellationToken.None);
        return output.ToArray();
    }

    public static byte[] Decode(IContentEncoding encoding, byte[] encoded)
    {
        using var input = new MemoryStream(encoded);
        return [.. encoding.Decompress(input).SelectMany(piece => piece.ToArray())];
    }

    /// <summary>Where the bytes of an encoding are said to lie.</summary>
    public static string PathOf(Encoded encoded) => ((ByteSource.Encoded)encoded.Content.From).Path;

    /// <summary>The encodings of each job, by name and content: what does not depend on where the cache lies.</summary>
    public static string[] Describe(IReadOnlyList<IReadOnlyList<Encoded>> results) =>
    [
        .. results.Select(result => string.Join(';', result.Select(file =>
            $"{file.Encoding.Name} {file.Content.Length} {file.Content.Hash} {Sha256.Of(File.ReadAllBytes(PathOf(file)))}"))),
    ];

    public IReadOnlyList<IReadOnlyList<Encoded>> Run(params CompressionJob[] jobs) => Run(Settings, Now, jobs);

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Writes a precompressed file.</summary>
    public Precompressed Brought(string name, IContentEncoding encoding, byte[] bytes)
    {
        var path = Write(name, bytes);
        return new Precompressed(encoding, new StaticFile(name, path, FileStamp.Of(path)!.Value, "app", FinderKind.Own));
    }

    public string[] CacheFiles(string pattern = "*") =>
        Directory.Exists(Cache) ? Directory.GetFiles(Cache, pattern, SearchOption.AllDirectories) : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
