using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>The static folder of each referenced project.</summary>
/// <param name="projects">The projects in scan order: dependencies before those that refer to them.</param>
internal sealed class ProjectFinder(IReadOnlyList<ReferencedProject> projects) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.Project;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        var seen = new HashSet<string>(StringComparer.FromComparison(FilePath.Comparison))
        {
            // Two project files in one folder share its static folder; it is scanned once, as the project's own.
            Path.Combine(settings.ProjectFolder, settings.FolderName),
        };
        foreach (var project in projects)
        {
            var folder = FilePath.Full(project.FolderName ?? settings.FolderName, project.Folder);
            if (seen.Add(folder) && Directory.Exists(folder))
                yield return new Source(project.Name, folder);
        }
    }
}

/// <summary>A project that the published one refers to, directly or through others.</summary>
/// <param name="Name">Name of the project, without extension.</param>
/// <param name="Folder">Full path of its folder.</param>
/// <param name="FolderName">The folder name it sets for itself, or <see langword="null"/>.</param>
internal sealed record ReferencedProject(string Name, string Folder, string? FolderName);
