using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="RestoredProjectFinder"/> finds static files.</summary>
internal static class RestoredProjectSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(RestoredProjectFinder finder, CollectSettings settings)
    {
        if (!File.Exists(finder.AssetsFile))
            return [];
        try
        {
            using var assets = AssetsFile.Open(finder.AssetsFile, finder.TargetFramework, "");
            var projects = assets.Libraries()
                .Where(library => library.ProjectFile is not null)
                .Select(library => FilePath.Full(library.ProjectFile!, settings.ProjectFolder))
                .Select(path => new ReferencedProject(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, FolderName: null))
                .ToList();
            return [.. ProjectSources.Of(new ProjectFinder(projects), settings)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The publish says what is wrong with it; a build goes on.
            return [];
        }
    }
}
