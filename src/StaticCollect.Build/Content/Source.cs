namespace StaticCollect.Build.Content;

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
