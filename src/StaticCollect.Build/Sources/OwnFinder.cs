using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>The project's own static folder.</summary>
internal sealed class OwnFinder : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.Own;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        var folder = Path.Combine(settings.ProjectFolder, settings.FolderName);
        if (Directory.Exists(folder))
            yield return new Source(settings.ProjectName, folder);
    }
}
