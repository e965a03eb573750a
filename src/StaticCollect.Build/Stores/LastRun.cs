using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>What the last run into a static root knew when it ended, and the next one need not find out again.</summary>
internal sealed record LastRun
{
    /// <summary>What no run at all knows.</summary>
    public static LastRun None { get; } = new();

    /// <summary>Identifies everything that the release follows from; not known where a source may still be being written.</summary>
    public Sha256 Inputs { get; init; }

    /// <summary>The release, without the places that its bytes came from.</summary>
    public Release Release { get; init; } = Release.Empty;

    /// <summary>What was told about references, names and encodings: a run that does not look again tells it again.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Each file it left in the root, in ordinal order of path.</summary>
    public IReadOnlyList<RootEntry> Entries { get; init; } = [];

    /// <summary>Foreign files in the root that it found to be encodings of what lies beside them.</summary>
    public IReadOnlyList<CheckedSibling> Siblings { get; init; } = [];

    /// <summary>The files that it found equal or different where two wanted one place.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; init; } = [];

    /// <summary>The files outside the root that it wrote for readers, with their stamps.</summary>
    public IReadOnlyList<EmittedFile> Emitted { get; init; } = [];

    /// <summary>What a release tells by itself: its files that are in the root, whose bytes must prove that they are.</summary>
    public static LastRun Of(Release release, RootView root) => new()
    {
        Release = release,

        // A plain file may be a link to its source, a hard one too, which nobody sees: only names that promise their bytes never are.
        Entries = [.. release.Files.Where(file => root.Files.ContainsKey(file.Path)).Select(file => new RootEntry(
            file.Path, file.Role == Role.Plain && file.Cache != CachePolicy.Immutable ? EntryKind.Unfinished : EntryKind.Copy, file.Content.Hash, default, ""))],
    };

    /// <summary>
    /// The same, with files as ones that a run began to write: should it be killed, the next one knows that they are
    /// ours, and trusts none of them.
    /// </summary>
    public LastRun Begin(IEnumerable<ReleaseFile> files) => this with
    {
        Inputs = default,
        Emitted = [],

        // Of each it has the old bytes or the new ones, and may then be found with either.
        Entries = [.. Entries, .. files.Select(file => new RootEntry(file.Path, EntryKind.Unfinished, file.Content.Hash, default, ""))],
    };
}

/// <summary>A file outside the root that a run wrote for readers.</summary>
/// <param name="Path">Full path of it.</param>
/// <param name="Stamp">Its stamp when the run ended.</param>
internal sealed record EmittedFile(string Path, FileStamp Stamp);
