using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Encodings;
using StaticCollect.Build.Settings;

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

    public static string Sha256(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant();

    public static CompressionJob Job(string logicalPath, byte[] bytes) =>
        CompressionJob.OfBytes(logicalPath, bytes, Sha256(bytes));

    public static IReadOnlyList<IReadOnlyList<EncodedFile>> Run(
        CompressionSettings settings, DateTime utcNow, params CompressionJob[] jobs) =>
        Compressor.Compress(jobs, settings, utcNow, CancellationToken.None);

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

    /// <summary>The encodings of each job, by name and content: what does not depend on where the cache lies.</summary>
    public static string[] Describe(IReadOnlyList<IReadOnlyList<EncodedFile>> results) =>
    [
        .. results.Select(result => string.Join(';', result.Select(file =>
            $"{file.Encoding.Name} {file.Length} {Sha256(File.ReadAllBytes(file.Path))}"))),
    ];

    public IReadOnlyList<IReadOnlyList<EncodedFile>> Run(params CompressionJob[] jobs) => Run(Settings, Now, jobs);

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public string[] CacheFiles(string pattern = "*") =>
        Directory.Exists(Cache) ? Directory.GetFiles(Cache, pattern, SearchOption.AllDirectories) : [];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
