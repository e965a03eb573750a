using System.Text.Json;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// The static folder of each package in the restore graph, dependencies before dependents, then by id. The assets file
/// of the restore lists every file of every package, so a package that brings nothing is never looked at on disk.
/// </summary>
/// <param name="assetsFile">Full path of <c>project.assets.json</c>.</param>
/// <param name="targetFramework">The target framework being published, as the project spells it.</param>
/// <param name="runtimeIdentifier">The runtime identifier being published for; empty for none.</param>
internal sealed class PackageFinder(string assetsFile, string targetFramework, string runtimeIdentifier) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.Package;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        if (!File.Exists(assetsFile))
        {
            report(Diagnostic.Error(Codes.AssetsFileMissing,
                $"The packages of the project are not known, since '{assetsFile}' is not there. Run 'dotnet restore' first."));
            return [];
        }

        try
        {
            using var assets = AssetsFile.Open(assetsFile, targetFramework, runtimeIdentifier);
            return [.. Sources(assets, settings)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            report(Diagnostic.Error(Codes.AssetsFileMissing,
                $"The packages of the project are not known, since its assets file cannot be read. Run 'dotnet restore' again. ({e.Message})",
                assetsFile));
            return [];
        }
    }

    private static IEnumerable<Source> Sources(AssetsFile assets, CollectSettings settings)
    {
        var folders = assets.PackageFolders;
        foreach (var library in assets.Libraries())
        {
            if (library.ProjectFile is not null || !library.HasFilesIn(settings.FolderName + "/"))
                continue;
            var root = folders
                .Select(folder => FilePath.Full(Path.Combine(folder, library.Path), settings.ProjectFolder))
                .FirstOrDefault(Directory.Exists);
            if (root is not null)
                yield return new Source(library.Id, Path.Combine(root, settings.FolderName)) { MayFollowLinks = false };
        }
    }
}
