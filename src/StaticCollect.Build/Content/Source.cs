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

    /// <summary>Single files; <see langword="null"/> for a source folder.</summary>
    public IReadOnlyList<SingleFile>? Files { get; init; }
}

/// <summary>A file that is named by itself.</summary>
/// <param name="LogicalPath">Its path below the static root.</param>
/// <param name="SourcePath">Full path of it.</param>
internal sealed record SingleFile(string LogicalPath, string SourcePath)
{
    /// <summary>Whether its name holds a hash of its bytes already.</summary>
    public bool IsNamedByHash { get; init; }

    /// <summary>Whether somebody else wrote it, or a tool did: what is wrong in it is not the user's to mend there.</summary>
    public bool IsForeign { get; init; }
}
