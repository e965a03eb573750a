using StaticCollect.Build.Content;

namespace StaticCollect.Build.Sources;

/// <summary>One static file that a finder found.</summary>
/// <param name="LogicalPath">Its path below the static root, <c>/</c>-separated, e.g. <c>css/site.css</c>.</param>
/// <param name="SourcePath">Full path of the file on disk.</param>
/// <param name="Stamp">Size and time of the file when it was found.</param>
/// <param name="App">The app that brings it: a folder of the project, a project, a package id.</param>
/// <param name="Finder">The finder that found it.</param>
internal sealed record StaticFile(string LogicalPath, string SourcePath, FileStamp Stamp, string App, FinderKind Finder)
{
    /// <summary>Whether its name holds a hash of its bytes already.</summary>
    public bool IsNamedByHash { get; init; }

    /// <summary>Whether somebody else wrote it, or a tool did: what is wrong in it is not the user's to mend there.</summary>
    public bool IsForeign { get; init; }
}
