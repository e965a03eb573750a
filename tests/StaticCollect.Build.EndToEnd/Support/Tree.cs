using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>What tests ask of files on disk, and do to them, beside reading and writing.</summary>
public static class Tree
{
    /// <summary>Where runs keep their records.</summary>
    public static string Records(this TestProject project) => Path.Combine(project.Folder, "obj/staticcollect");

    /// <summary>Gives every file of the project a time long ago, so that its time alone proves that it is unchanged.</summary>
    public static TestProject Aged(this TestProject project)
    {
        foreach (var path in Directory.EnumerateFiles(project.Folder, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return project;
    }

    /// <summary>Every file below a folder with its time and its bytes: two equal snapshots, and nothing was written.</summary>
    public static string[] Snapshot(string folder) =>
    [
        .. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => Directory.Exists(path)
                ? path
                : $"{path} {File.GetLastWriteTimeUtc(path).Ticks} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];

    /// <summary>The number of a file within its file system: names with one number are hard links of each other.</summary>
    public static string FileNumber(string path) => Command.Run("/", "stat", ["-c", "%d:%i", path]).Output.Trim();

    /// <summary>The access rights of a file, as in <c>644</c>.</summary>
    [UnsupportedOSPlatform("windows")]
    public static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
