using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>The folders of <c>StaticCollectDirectory</c> items, under their prefix.</summary>
/// <param name="directories">The items in their order.</param>
internal sealed class DirectoryFinder(IReadOnlyList<NamedDirectory> directories) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.Directory;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        foreach (var directory in directories)
        {
            if (!Directory.Exists(directory.Path))
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

/// <summary>A source folder that the user named.</summary>
/// <param name="Path">Full path of the folder.</param>
/// <param name="Prefix">Logical path under which its files are put; empty for none.</param>
/// <param name="App">The app its files count to; <see langword="null"/> for the project.</param>
internal sealed record NamedDirectory(string Path, string Prefix, string? App);
