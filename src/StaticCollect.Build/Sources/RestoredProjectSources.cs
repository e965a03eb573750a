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
            var projects = AssetsFile.Read<List<ReferencedProject>>(finder.AssetsFile, finder.TargetFramework, "", assets =>
            [
                .. assets.Libraries()
                    .Where(library => library.ProjectFile is not null)
                    .Select(library => FilePath.Full(library.ProjectFile!, settings.ProjectFolder))
                    .Select(path => new ReferencedProject(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path) ?? path, FolderName: null)),
            ]);
            return [.. ProjectSources.Of(new ProjectFinder(projects), settings)];
        }
        catch (InvalidDataException)
        {
            // The publish says what is wrong with it; a build goes on.
            return [];
        }
    }
}
