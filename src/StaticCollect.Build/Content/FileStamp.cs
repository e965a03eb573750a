namespace StaticCollect.Build.Content;

/// <summary>
/// What one <c>stat</c> tells of a file. Stamps are only ever compared for equality: an older time is a change too. The
/// time of birth tells a new file at an old place where length and time are equal: archives and builds that
/// normalise times give them to every file.
/// </summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="Ticks">Time of the last write in UTC ticks (100 ns).</param>
/// <param name="Birth">Time of creation in UTC ticks; 0 where the file system has none, which then counts as equal.</param>
internal readonly record struct FileStamp(long Length, long Ticks, long Birth = 0)
{
    /// <summary>The stamp of a file that exists, links followed; <see langword="null"/> where there is no such file.</summary>
    public static FileStamp? Of(string path) => DiskEntry.Of(path, followLinks: true) is { IsRegular: true } status ? status.Stamp : null;
}
