using StaticCollect.Build.Content;

namespace StaticCollect.Build.Stores;

/// <summary>How a file of the static root came to be there.</summary>
internal enum EntryKind : byte
{
    /// <summary>Not known: the run that was to write it did not end. Always written again.</summary>
    Unfinished,

    /// <summary>Its bytes were written.</summary>
    Copy,

    /// <summary>A symbolic link to a source file.</summary>
    SymbolicLink,

    /// <summary>A hard link to a source file.</summary>
    HardLink,
}

/// <summary>One file that a run left in the static root.</summary>
/// <param name="Path">Its path below the root, <c>/</c>-separated.</param>
/// <param name="Kind">How it came there.</param>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Stamp">Its stamp after it was written; of a symbolic link, the link's own.</param>
/// <param name="Target">Full path of the source that a link leads to; else empty.</param>
internal sealed record RootEntry(string Path, EntryKind Kind, Sha256 Hash, FileStamp Stamp, string Target);
