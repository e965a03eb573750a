using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>The files of <c>StaticCollectFile</c> items.</summary>
/// <param name="files">The items in their order.</param>
internal sealed class FileFinder(IReadOnlyList<NamedFile> files) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.File;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        foreach (var file in files)
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
                    Files = [(file.LogicalPath, file.Path)],
                };
            }
        }
    }
}

/// <summary>A single file that the user named.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="LogicalPath">Where it goes below the static root.</param>
/// <param name="App">The app it counts to; <see langword="null"/> for the project.</param>
internal sealed record NamedFile(string Path, string LogicalPath, string? App);
