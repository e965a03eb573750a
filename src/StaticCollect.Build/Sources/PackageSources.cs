using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// Where a <see cref="PackageFinder"/> finds static files. The assets file of the restore lists every file of every
/// package, so a package that brings nothing is never looked at on disk.
/// </summary>
internal static class PackageSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(PackageFinder finder, CollectSettings settings, Action<Diagnostic> report)
    {
        if (!File.Exists(finder.AssetsFile))
        {
            report(Diagnostic.Error(Codes.AssetsFileMissing,
                $"The packages of the project are not known, since '{finder.AssetsFile}' is not there. Run 'dotnet restore' first."));
            return [];
        }

        try
        {
            return AssetsFile.Read<List<Source>>(finder.AssetsFile, finder.TargetFramework, finder.RuntimeIdentifier, assets => [.. Folders(assets, settings)]);
        }
        catch (InvalidDataException e)
        {
            report(Diagnostic.Error(Codes.AssetsFileMissing,
                $"The packages of the project are not known, since its assets file cannot be read. Run 'dotnet restore' again. ({Diagnostic.OneLine(e.Message)})",
                finder.AssetsFile));
            return [];
        }
    }

    private static IEnumerable<Source> Folders(AssetsFile assets, CollectSettings settings)
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
