using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>
/// The configuration files on disk, beside the web root that holds the static root, since what lies in it may be
/// downloaded; beside a static root that lies elsewhere. No record tells which of them are ours; the first line of each does.
/// </summary>
internal static class ServerConfigFiles
{
    /// <summary>Writes the files that are wanted, where they differ, and removes those that are not wanted any more.</summary>
    /// <returns>What went wrong.</returns>
    public static IEnumerable<Diagnostic> Write(CollectSettings settings, ServedFiles served)
    {
        foreach (var server in settings.ServerConfigs.Select(KnownServers.Of))
        {
            foreach (var (suffix, text) in server.Suffixes.Zip(server.Texts(served)))
            {
                var path = StemOf(settings) + suffix;
                var bytes = Encoding.UTF8.GetBytes(text);
                if (!File.Exists(path))
                    AtomicFile.Write(path, bytes);
                else if (!IsOurs(path))
                    yield return Foreign(settings, path);
                else if (!bytes.AsSpan().SequenceEqual(FileSystem.ReadAllBytes(path)))
                    AtomicFile.Write(path, bytes);
            }
        }

        foreach (var server in Enum.GetValues<WebServer>())
        {
            if (!settings.ServerConfigs.Contains(server))
                Remove(settings, [KnownServers.Of(server)]);
        }
    }

    /// <summary>Full paths of the files that are wanted.</summary>
    public static IEnumerable<string> PathsOf(CollectSettings settings) =>
        settings.ServerConfigs.Select(KnownServers.Of).SelectMany(server => server.Suffixes).Select(suffix => StemOf(settings) + suffix);

    /// <summary>
    /// Full path that the names of the files begin with on the server: where they are when the publish folder is copied as it is, or
    /// beside a static root that is copied alone.
    /// </summary>
    public static string StemOnServer(CollectSettings settings)
    {
        var stem = StemOf(settings);
        var inPublishFolder = "/" + FilePath.Show(settings.Root, Path.GetDirectoryName(stem)!);
        var root = settings.ServerRoot;
        var folder = root.EndsWith(inPublishFolder, StringComparison.Ordinal) ? root[..^inPublishFolder.Length] : root[..Math.Max(0, root.LastIndexOf('/'))];
        return $"{folder}/{Path.GetFileName(stem)}";
    }

    /// <summary>Removes the files of all servers.</summary>
    public static void Remove(CollectSettings settings) => Remove(settings, KnownServers.All);

    // With the path below the web root in the name: two static roots may lie in one.
    private static string StemOf(CollectSettings settings) =>
        settings.BelowWebRoot is { Length: > 0 } below
            ? Path.Combine(settings.PublishFolder, below.Replace('/', '.'))
            : settings.Root;

    private static void Remove(CollectSettings settings, IEnumerable<IServerConfig> servers)
    {
        foreach (var path in servers.SelectMany(server => server.Suffixes).Select(suffix => StemOf(settings) + suffix))
        {
            // What is empty may be anybody's, and tells no server anything.
            if (FileStamp.Of(path) is { Length: > 0 } && IsOurs(path))
                FileSystem.Delete(path);
        }
    }

    /// <summary>
    /// Whether a file begins as ours do, or breaks off before it could be told from ours: a full disk or a copy that ended early
    /// leaves such a file, and nothing of anybody's is lost with it.
    /// </summary>
    private static bool IsOurs(string path)
    {
        if (FileStamp.Of(path) is null)
            return false;
        var marker = Encoding.UTF8.GetBytes(KnownServers.Marker);
        var start = new byte[marker.Length];
        using var file = FileSystem.OpenStream(path);
        return marker.AsSpan().StartsWith(start.AsSpan(0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)));
    }

    private static Diagnostic Foreign(CollectSettings settings, string path) => Diagnostic.Error(Codes.WriteFailed,
        $"'{settings.Show(path)}' is where StaticCollectServerConfig writes, but this package did not write it: its first line says otherwise. Move it away, or leave its server out of StaticCollectServerConfig.");
}
