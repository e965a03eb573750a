using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>How a file of the static root came to be there.</summary>
public enum OutputKind : byte
{
    /// <summary>Not known: the run that was to write it did not end. Always written again.</summary>
    Unfinished,

    /// <summary>A copy of a source file.</summary>
    Copy,

    /// <summary>A symbolic link to a source file.</summary>
    SymbolicLink,

    /// <summary>A hard link to a source file.</summary>
    HardLink,

    /// <summary>Bytes that a stage made.</summary>
    Made,
}

/// <summary>What the last collection into a static root knew when it ended.</summary>
/// <param name="Entries">Each file it left in the root, in ordinal order of path.</param>
/// <param name="Comparisons">The files it found equal or different where two wanted one place.</param>
public sealed record CollectRecord(IReadOnlyList<RecordEntry> Entries, IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>The record of no run at all.</summary>
    public static CollectRecord Empty { get; } = new([], []);

    /// <summary>The same record, with these paths as ones that a run began to write.</summary>
    public CollectRecord WithUnfinished(IEnumerable<string> paths)
    {
        var unfinished = paths.ToHashSet(StringComparer.Ordinal);
        return this with
        {
            Entries =
            [
                .. Entries.Where(entry => !unfinished.Contains(entry.Path)),
                .. unfinished.Select(path => new RecordEntry(path, OutputKind.Unfinished, "", default, default, IsTrusted: false)),
            ],
        };
    }
}

/// <summary>One file that a collection left in the static root.</summary>
/// <param name="Path">Its path below the root, <c>/</c>-separated.</param>
/// <param name="Kind">How it came there.</param>
/// <param name="Source">Full path of its source; what identifies its bytes where they were made.</param>
/// <param name="SourceStamp">Stamp of the source when it was read; default where the bytes were made.</param>
/// <param name="Stamp">Stamp of the file itself after it was written.</param>
/// <param name="IsTrusted">
/// Whether the source was old enough when it was scanned for its stamp to prove that it has not changed since.
/// </param>
/// <param name="Age">
/// How many releases ago the file was last current: 0 while it is. <see cref="Mortal"/> for a file that goes as soon as
/// it is not wanted any more.
/// </param>
public sealed record RecordEntry(
    string Path, OutputKind Kind, string Source, FileStamp SourceStamp, FileStamp Stamp, bool IsTrusted, int Age = RecordEntry.Mortal)
{
    /// <summary>The age of files that do not outlive their release.</summary>
    public const int Mortal = -1;
}
