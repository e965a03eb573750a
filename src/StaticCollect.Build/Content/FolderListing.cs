using System.IO.Enumeration;

namespace StaticCollect.Build.Content;

/// <summary>What lies in a folder: one <c>stat</c> for each entry, no file opened, no link followed.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>The entries of a folder, in no order.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="onUnreadable">Takes the names that cannot be spelled: they are no UTF-8, and so no path leads there.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a permission.</exception>
    public static List<ListedEntry> Of(string folder, Action<string>? onUnreadable = null)
    {
        FileSystem.Before?.Invoke(FileOperation.List, folder);
        if (!OperatingSystem.IsLinux())
            return [.. new FileSystemEnumerable<ListedEntry>(folder, Entry, Everything)];

        // Nothing is asked of the framework's entries but names: anything else would be a second stat.
        var entries = new List<ListedEntry>();
        foreach (var name in new FileSystemEnumerable<string>(folder, static (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything))
        {
            if (DiskEntry.Of(Path.Join(folder, name), followLinks: false) is { } status)
                entries.Add(new ListedEntry(name, status));

            // What is gone since has a name like any other.
            else if (onUnreadable is not null && name.Contains('\ufffd', StringComparison.Ordinal))
                onUnreadable(name);
        }

        return entries;
    }

    private static ListedEntry Entry(ref FileSystemEntry entry)
    {
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        var isFolder = entry.IsDirectory;
        var stamp = isFolder
            ? default
            : new FileStamp(isLink ? 0 : entry.Length, entry.LastWriteTimeUtc.UtcTicks, entry.CreationTimeUtc.UtcTicks);
        return new ListedEntry(entry.FileName.ToString(), new DiskEntry(isFolder && !isLink, isLink, !isFolder && !isLink, stamp));
    }
}

/// <summary>One entry of a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Status">What it is.</param>
internal readonly record struct ListedEntry(string Name, DiskEntry Status);
