using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Stores;

/// <summary>
/// The difference between a release and what a store holds: what is to be done, decided as a whole before anything is
/// written. A dry run ends with it.
/// </summary>
/// <param name="Steps">Each file of the release, and whether it must be written, in ordinal order of path.</param>
/// <param name="Removals">What shall not be there (any more), in ordinal order of path.</param>
/// <param name="EmptiedFolders">Folders that shall go once they are empty, a folder before those in it.</param>
/// <param name="Diagnostics">What stands in the way, and what else the user should know.</param>
/// <param name="Siblings">Files beside those of the release, of nobody of ours, that are encodings of them.</param>
internal sealed record StorePlan(
    IReadOnlyList<PlannedStep> Steps,
    IReadOnlyList<PlannedRemoval> Removals,
    IReadOnlyList<string> EmptiedFolders,
    IReadOnlyList<Diagnostic> Diagnostics,
    IReadOnlyList<CheckedSibling> Siblings)
{
    /// <summary>Whether any file must be written.</summary>
    public bool Writes => Steps.Any(step => step.MustWrite);

    /// <summary>Whether anything must be written or removed.</summary>
    public bool HasWork => Removals.Count > 0 || EmptiedFolders.Count > 0 || Writes;
}

/// <summary>One file that shall be in the store.</summary>
/// <param name="File">The file.</param>
/// <param name="Kind">How it gets there.</param>
/// <param name="MustWrite">Whether it is not there yet as it shall be.</param>
/// <param name="Present">Its stamp in the root where it need not be written.</param>
internal sealed record PlannedStep(ReleaseFile File, EntryKind Kind, bool MustWrite, FileStamp Present);

/// <summary>One file that shall go.</summary>
/// <param name="Path">Path below the static root.</param>
/// <param name="GoesFirst">
/// Whether it must go before files are written: it is in their way, or in that of a file of the SDK, or would be sent in their place.
/// </param>
internal sealed record PlannedRemoval(string Path, bool GoesFirst)
{
    /// <summary>Its stamp when it was decided that it goes; <see langword="null"/> where any goes. What has another by then stays.</summary>
    public FileStamp? Seen { get; init; }

    /// <summary>What it is in the release before; <see langword="null"/> where that has it no more.</summary>
    public Role? Role { get; init; }

    /// <summary>Whether the release before names it in its manifest.</summary>
    public bool IsNamed => Role is Releases.Role.Plain or Releases.Role.Fingerprinted;

    /// <summary>Whether pages of the release before may ask for it.</summary>
    public bool IsOfLast => Role is not (null or Releases.Role.Kept);
}

/// <summary>A file that looks like an encoding of one beside it, was not written by a collection, and is one.</summary>
/// <param name="Path">Path below the static root.</param>
/// <param name="Stamp">Its stamp when it was looked into.</param>
/// <param name="Original">The hash of what it decodes to.</param>
internal sealed record CheckedSibling(string Path, FileStamp Stamp, Sha256 Original);
