using System.Buffers;
using System.IO.Enumeration;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Encodings;

/// <summary>Removes what nobody has used for long from the cache of encodings.</summary>
internal static class CacheTrimming
{
    /// <summary>How exactly the cache knows when an entry was used, and how often it is looked through.</summary>
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private const string MarkerName = "last-trimmed";
    private const int ShardLength = 2;
    private const int HashLength = 64;
    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// Removes entries that were not used for some days, and what killed processes left behind. Does nothing when the
    /// cache was trimmed less than a day ago. Only touches files whose names are those of entries: the folder may be one
    /// that holds other things. Never throws for what other processes do to the cache meanwhile, nor for what it may not
    /// delete.
    /// </summary>
    /// <param name="directory">Absolute path of the cache; need not exist.</param>
    /// <param name="days">The days, 0 or more. What was used within the last day always stays.</param>
    /// <param name="utcNow">The time it is.</param>
    /// <param name="cancellationToken">Looked at for each file.</param>
    /// <returns>The number of files removed.</returns>
    public static int Trim(string directory, int days, DateTime utcNow, CancellationToken cancellationToken)
    {
        try
        {
            if (!Directory.Exists(directory) || !IsDue(Path.Combine(directory, MarkerName), utcNow)) return 0;

            // A use sets the time of a file only when that is a day old: it may be a day younger than it looks.
            var unusedSince = days + 1.0 < (utcNow - DateTime.MinValue).TotalDays ? utcNow.AddDays(-1.0 - days) : DateTime.MinValue;
            return DeleteOlder(directory, unusedSince, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>
    /// The mark is set before the work and not after it, so that processes that start together do not all do it.
    /// </summary>
    private static bool IsDue(string marker, DateTime utcNow)
    {
        if (File.Exists(marker) && (utcNow - File.GetLastWriteTimeUtc(marker)).Duration() < Day) return false;
        using var handle = FileSystem.Mark(marker);
        FileSystem.SetTime(handle, utcNow);
        return true;
    }

    private static int DeleteOlder(string directory, DateTime limit, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = 1,
            AttributesToSkip = FileAttributes.None,
        };
        var old = new FileSystemEnumerable<string>(
            directory, static (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            ShouldRecursePredicate = static (ref FileSystemEntry entry) => entry.FileName.Length == ShardLength,
            ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                !entry.IsDirectory && IsEntry(ref entry) && entry.LastWriteTimeUtc.UtcDateTime < limit,
        };
        var deleted = 0;
        foreach (var path in old)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (AtomicFile.TryDelete(path)) deleted++;
        }

        return deleted;
    }

    private static bool IsEntry(ref FileSystemEntry entry)
    {
        var name = entry.FileName;
        return name.Length > HashLength
            && name[HashLength] == '.'
            && !name[..HashLength].ContainsAnyExcept(HexadecimalDigits)
            && name.StartsWith(Path.GetFileName(entry.Directory), StringComparison.Ordinal)
            && Path.GetFileName(entry.Directory).Length == ShardLength;
    }
}
