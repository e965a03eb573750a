using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>What source files are called on every machine: those of a package by their path in it.</summary>
/// <param name="settings">The settings of the collection.</param>
internal sealed class SourceNames(CollectSettings settings)
{
    private const string Modules = "/node_modules/";

    // A package of npm may bring thousands of files that name what is not there.
    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal);

    /// <summary>A reference of a file.</summary>
    public LostReference Lost(StaticFile file, string reference)
    {
        var path = file.SourcePath.Replace('\\', '/');
        if (file.Finder == FinderKind.Package && PackagePath.Of(path, file.App, settings.FolderName) is { } inPackage)
            return new LostReference(file.App, inPackage.Version, inPackage.Inside, reference);

        if (path.LastIndexOf(Modules, StringComparison.Ordinal) is >= 0 and var modules)
        {
            var start = modules + Modules.Length;
            var end = path.IndexOf('/', start);
            if (path[start] == '@' && end > 0)
                end = path.IndexOf('/', end + 1);
            if (end > 0)
                return new LostReference(path[start..end], VersionOf(path[..end]), path[(end + 1)..], reference);
        }

        return Lost(file.SourcePath, reference);
    }

    /// <summary>A reference of a file of the project itself.</summary>
    public LostReference Lost(string path, string reference) => new("", "", settings.ShowSource(path, finder: null, app: ""), reference);

    private string VersionOf(string folder)
    {
        if (!_versions.TryGetValue(folder, out var version))
            _versions.Add(folder, version = Read(Path.Combine(folder, "package.json")));
        return version;
    }

    private static string Read(string path)
    {
        try
        {
            if (FileSystem.TryReadAllBytes(path) is not { } bytes)
                return "";
            using var json = JsonDocument.Parse(bytes);
            return json.RootElement.GetProperty("version").GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
