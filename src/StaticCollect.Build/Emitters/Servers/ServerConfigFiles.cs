using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>
/// The configuration files on disk, beside the static root: never in it, as that holds exactly the collected files. No
/// record tells which of them are ours; the first line of each does.
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
                var path = settings.Root + suffix;
                var bytes = Encoding.UTF8.GetBytes(text);
                if (!File.Exists(path))
                    AtomicFile.Write(path, bytes);
                else if (!IsOurs(path))
                    yield return Foreign(settings, path);
                else if (!bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
                    AtomicFile.Write(path, bytes);
            }
        }

        foreach (var server in Enum.GetValues<WebServer>())
        {
            if (!settings.ServerConfigs.Contains(server))
                Remove(settings.Root, [KnownServers.Of(server)]);
        }
    }

    /// <summary>Full paths of the files that are wanted.</summary>
    public static IEnumerable<string> PathsOf(CollectSettings settings) =>
        settings.ServerConfigs.Select(KnownServers.Of).SelectMany(server => server.Suffixes).Select(suffix => settings.Root + suffix);

    /// <summary>Removes the files of all servers.</summary>
    public static void Remove(string root) => Remove(root, KnownServers.All);

    private static void Remove(string root, IEnumerable<IServerConfig> servers)
    {
        foreach (var path in servers.SelectMany(server => server.Suffixes).Select(suffix => root + suffix))
        {
            if (File.Exists(path) && IsOurs(path))
                File.Delete(path);
        }
    }

    private static bool IsOurs(string path)
    {
        using var reader = new StreamReader(path);
        return reader.ReadLine()?.StartsWith(KnownServers.Marker, StringComparison.Ordinal) == true;
    }

    private static Diagnostic Foreign(CollectSettings settings, string path) => Diagnostic.Error(Codes.WriteFailed,
        $"'{settings.Show(path)}' is where StaticCollectServerConfig writes, but this package did not write it: its first line says otherwise. Move it away, or leave its server out of StaticCollectServerConfig.");
}
