using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where an <see cref="OwnFinder"/> finds static files.</summary>
internal static class OwnSources
{
    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(CollectSettings settings, Action<Diagnostic> report)
    {
        var folder = Path.Combine(settings.ProjectFolder, settings.FolderName);
        if (Directory.Exists(folder))
            yield return new Source(settings.ProjectName, folder);
        else
            FolderSpelling.Check(settings.ProjectFolder, settings, report);
    }
}
