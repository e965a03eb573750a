using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// Turns one kind of source into places to read. A finder only says where files are; <see cref="Finding"/> reads them,
/// so every finder obeys the same rules about order, links and ignored names.
/// </summary>
internal interface IFinder
{
    /// <summary>Which finder this is, for messages and the <c>Finder</c> metadata.</summary>
    FinderKind Kind { get; }

    /// <summary>
    /// The sources in scan order. A source folder that is not there and that nobody named is left out; one that the
    /// user named is reported as an error.
    /// </summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="report">Takes what is wrong with the settings of this finder.</param>
    IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report);
}

/// <summary>A place that brings static files: a source folder, or a list of single files.</summary>
/// <param name="App">The app the files belong to.</param>
/// <param name="Path">Full path of the source folder; for single files, of the folder they are shown under.</param>
internal sealed record Source(string App, string Path)
{
    /// <summary>Logical path under which the files of the folder are put; empty for none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Whether symbolic links in the folder may be followed.</summary>
    public bool MayFollowLinks { get; init; } = true;

    /// <summary>Single files as logical path and full path; <see langword="null"/> for a source folder.</summary>
    public IReadOnlyList<(string LogicalPath, string SourcePath)>? Files { get; init; }
}
