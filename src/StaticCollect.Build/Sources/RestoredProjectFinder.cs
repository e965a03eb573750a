using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// The static folder of each referenced project as far as the restore knows them. It takes the place of
/// <see cref="ProjectFinder"/> in a build, which must not pay for asking every project; what it leaves out, projects
/// behind <c>PrivateAssets</c>, is collected by the publish all the same.
/// </summary>
/// <param name="assetsFile">Full path of <c>project.assets.json</c>.</param>
/// <param name="targetFramework">The target framework being built, as the project spells it.</param>
internal sealed class RestoredProjectFinder(string assetsFile, string targetFramework) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.Project;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        if (!File.Exists(assetsFile))
            return [];
        try
        {
            using var assets = AssetsFile.Open(assetsFile, targetFramework, "");
            var projects = assets.Libraries()
                .Where(library => library.ProjectFile is not null)
                .Select(library => FilePath.Full(library.ProjectFile!, settings.ProjectFolder))
                .Select(path => new ReferencedProject(Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path)!, FolderName: null))
                .ToList();
            return new ProjectFinder(projects).Sources(settings, report);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The publish says what is wrong with it; a build goes on.
            return [];
        }
    }
}
