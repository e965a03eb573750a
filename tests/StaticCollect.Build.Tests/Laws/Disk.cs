using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>What lies on the disk, byte for byte.</summary>
internal static class Disk
{
    /// <summary>The ends of names of encoded files, and the names of their encodings.</summary>
    public static readonly IReadOnlyDictionary<string, string> Suffixes =
        new Dictionary<string, string>(StringComparer.Ordinal) { [".gz"] = "gzip", [".br"] = "br" };

    /// <summary>What stands for the hash of a link that leads nowhere.</summary>
    public const string BrokenLink = "broken link";

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, RecurseSubdirectories = true };

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The SHA-256 of each file below a folder by its path, links followed.</summary>
    public static SortedDictionary<string, string> Hashes(string folder)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", Everything) : [])
            all.Add(Below(folder, path), IsBroken(new FileInfo(path)) ? BrokenLink : Sha256(File.ReadAllBytes(path)));
        return all;
    }

    /// <summary>Everything below a folder with what a writer would change: kind, bytes, time, mode; folders too.</summary>
    public static SortedDictionary<string, string> Snapshot(string folder, params string[] except)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var info in Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything) : [])
        {
            if (except.Any(left => info.FullName.StartsWith(left, StringComparison.Ordinal)))
                continue;
            all.Add(Below(folder, info.FullName), info switch
            {
                { LinkTarget: { } target } => $"link {target} {Time(info)}",
                DirectoryInfo => "folder",
                _ => $"{Sha256(File.ReadAllBytes(info.FullName))} {Time(info)} {info.UnixFileMode}",
            });
        }

        return all;

        static string Time(FileSystemInfo info) => info.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What came, went or changed between two snapshots, short enough to read.</summary>
    public static List<string> Differences(SortedDictionary<string, string> before, SortedDictionary<string, string> after) =>
    [
        .. before.Where(one => !after.ContainsKey(one.Key)).Select(one => $"- {one.Key}"),
        .. after.Where(one => !before.ContainsKey(one.Key)).Select(one => $"+ {one.Key}"),
        .. after.Where(one => before.TryGetValue(one.Key, out var was) && was != one.Value).Select(one => $"{one.Key}: {before[one.Key]} -> {one.Value}"),
    ];

    /// <summary>What an encoded file decodes to, or nothing where it is none.</summary>
    public static byte[]? Decode(string suffix, byte[] bytes)
    {
        try
        {
            using var from = new MemoryStream(bytes);
            using Stream decoder = suffix == ".gz" ? new GZipStream(from, CompressionMode.Decompress) : new BrotliStream(from, CompressionMode.Decompress);
            using var to = new MemoryStream();
            decoder.CopyTo(to);
            return to.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or IOException)
        {
            return null;
        }
    }

    public static byte[] Encode(string suffix, byte[] bytes, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var to = new MemoryStream();
        using (Stream encoder = suffix == ".gz" ? new GZipStream(to, level, leaveOpen: true) : new BrotliStream(to, level, leaveOpen: true))
            encoder.Write(bytes);
        return to.ToArray();
    }

    private static bool IsBroken(FileInfo file) => file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true)?.Exists != true;

    private static string Below(string folder, string path) => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
