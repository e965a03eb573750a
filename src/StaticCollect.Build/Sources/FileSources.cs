using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where a <see cref="FileFinder"/> finds static files.</summary>
internal static class FileSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(FileFinder finder, CollectSettings settings, Action<Diagnostic> report)
    {
        foreach (var file in finder.Files)
        {
            if (!File.Exists(file.Path))
            {
                report(Diagnostic.Error(Codes.SourceFileMissing,
                    $"The StaticCollectFile '{file.Path}' is not there. Make the file, or mend or remove the item."));
            }
            else
            {
                yield return new Source(file.App ?? settings.ProjectName, Path.GetDirectoryName(file.Path)!)
                {
                    Files = [new SingleFile(file.LogicalPath, file.Path)],
                };
            }
        }
    }
}
