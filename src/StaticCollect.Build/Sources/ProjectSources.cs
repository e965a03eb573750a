using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="ProjectFinder"/> finds static files.</summary>
internal static class ProjectSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(ProjectFinder finder, CollectSettings settings)
    {
        var seen = new HashSet<string>(StringComparer.FromComparison(FilePath.Comparison))
        {
            // Two project files in one folder share its static folder; it is scanned once, as the project's own.
            Path.Combine(settings.ProjectFolder, settings.FolderName),
        };
        foreach (var project in finder.Projects)
        {
            var folder = FilePath.Full(project.FolderName ?? settings.FolderName, project.Folder);
            if (seen.Add(folder) && Directory.Exists(folder))
                yield return new Source(project.Name, folder);
        }
    }
}
