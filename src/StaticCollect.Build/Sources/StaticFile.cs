using StaticCollect.Build.Content;

namespace StaticCollect.Build.Sources;

/// <summary>One static file that a finder found.</summary>
/// <param name="LogicalPath">Its path below the static root, <c>/</c>-separated, e.g. <c>css/site.css</c>.</param>
/// <param name="SourcePath">Full path of the file on disk.</param>
/// <param name="Stamp">Size and time of the file when it was found.</param>
/// <param name="App">The app that brings it: a folder of the project, a project, a package id.</param>
/// <param name="Finder">The finder that found it.</param>
public sealed record StaticFile(string LogicalPath, string SourcePath, FileStamp Stamp, string App, FinderKind Finder);

/// <summary>
/// What one <c>stat</c> tells of a file. Two stamps are only ever compared for equality: an older time is a change too.
/// </summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="Ticks">Time of the last write in UTC ticks (100 ns).</param>
public readonly record struct FileStamp(long Length, long Ticks)
{
    /// <summary>The stamp of a file that exists, links followed.</summary>
    public static FileStamp Of(FileInfo file) => new(file.Length, file.LastWriteTimeUtc.Ticks);
}
