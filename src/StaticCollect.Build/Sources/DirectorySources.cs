using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="DirectoryFinder"/> finds static files.</summary>
internal static class DirectorySources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(DirectoryFinder finder, CollectSettings settings, Action<Diagnostic> report)
    {
        foreach (var directory in finder.Directories)
        {
            if (File.Exists(directory.Path))
            {
                report(Diagnostic.Error(Codes.SourceFolderMissing,
                    $"The StaticCollectDirectory '{directory.Path}' is a file. Name the folder that holds it, without a wildcard ('static', not 'static/*'), or make it a StaticCollectFile."));
            }
            else if (!Directory.Exists(directory.Path))
            {
                report(Diagnostic.Error(Codes.SourceFolderMissing,
                    $"The StaticCollectDirectory '{directory.Path}' is not there. Make the folder, or mend or remove the item."));
            }
            else
            {
                yield return new Source(directory.App ?? settings.ProjectName, directory.Path) { Prefix = directory.Prefix };
            }
        }
    }
}
