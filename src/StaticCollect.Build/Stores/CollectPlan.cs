using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>
/// What is to be done in the static root, decided as a whole before anything is written. A dry run ends with it.
/// </summary>
/// <param name="Steps">Each file that shall be there, and whether it must be written, in ordinal order of path.</param>
/// <param name="Removals">
/// Paths below the root that shall not be there (any more), in ordinal order, with whether they stand in the way of a
/// file that is to be written.
/// </param>
/// <param name="EmptiedFolders">Folders that shall go once they are empty, a folder before those in it.</param>
/// <param name="Diagnostics">What stands in the way.</param>
public sealed record CollectPlan(
    IReadOnlyList<PlannedStep> Steps,
    IReadOnlyList<PlannedRemoval> Removals,
    IReadOnlyList<string> EmptiedFolders,
    IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>Files of earlier releases that stay, as the next record has them.</summary>
    public IReadOnlyList<RecordEntry> Retired { get; init; } = [];

    /// <summary>Whether anything must be written or removed.</summary>
    public bool HasWork => Removals.Count > 0 || EmptiedFolders.Count > 0 || Steps.Any(step => step.MustWrite);
}

/// <summary>One file that shall be in the static root.</summary>
/// <param name="Output">The file.</param>
/// <param name="MustWrite">Whether it is not there yet as it shall be.</param>
/// <param name="Present">Its stamp in the root where it need not be written.</param>
public sealed record PlannedStep(Output Output, bool MustWrite, FileStamp Present);

/// <summary>One file that shall go.</summary>
/// <param name="Path">Path below the static root.</param>
/// <param name="IsInTheWay">Whether it must go before files are written, not after.</param>
public sealed record PlannedRemoval(string Path, bool IsInTheWay);
