using StaticCollect.Build.Releases;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build;

/// <summary>What a collection did with one file.</summary>
internal enum FileStatus
{
    /// <summary>Copied, or made, in this run.</summary>
    Copied,

    /// <summary>Linked in this run.</summary>
    Linked,

    /// <summary>There already as it shall be.</summary>
    Unchanged,
}

/// <summary>One collected file.</summary>
/// <param name="File">The file as it is published: under its name with a fingerprint, where it has that.</param>
/// <param name="TargetPath">Full path in the static root: under its plain name, where it has that.</param>
/// <param name="Url">URL under which the server serves <paramref name="TargetPath"/>, percent-encoded.</param>
/// <param name="Encodings">The encodings that lie beside it, in ordinal order of their names.</param>
/// <param name="Status">What was done.</param>
internal sealed record CollectedFile(ReleaseFile File, string TargetPath, string Url, IReadOnlyList<ReleaseFile> Encodings, FileStatus Status);

/// <summary>The result of a collection.</summary>
/// <param name="Succeeded">Whether everything was done; <see langword="false"/> after an error was reported.</param>
/// <param name="Files">The collected files in ordinal order of logical path.</param>
/// <param name="Removed">How many files were removed from the static root.</param>
/// <param name="Clashes">The files that lost to another one.</param>
internal sealed record CollectResult(
    bool Succeeded, IReadOnlyList<CollectedFile> Files, int Removed, IReadOnlyList<Clash> Clashes)
{
    /// <summary>The result of a collection that stopped at an error.</summary>
    public static CollectResult Failed { get; } = new(Succeeded: false, [], 0, []);
}
