using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>What is done about an object.</summary>
internal enum Do
{
    /// <summary>Its bytes and headers are put.</summary>
    Put,

    /// <summary>It gets other headers.</summary>
    PutHeaders,

    /// <summary>It is as it should be.</summary>
    Keep,

    /// <summary>No page names it any more: it stays for a while, for pages that were served before.</summary>
    Retire,

    /// <summary>It has stayed long enough, and goes.</summary>
    Delete,
}

/// <summary>When something is done: each stage begins when the one before has ended, so that nothing is named before it is there.</summary>
internal enum Stage
{
    /// <summary>Files whose names change with their bytes.</summary>
    Immutable,

    /// <summary>Their encodings.</summary>
    Encodings,

    /// <summary>Files under their own names that nothing names yet.</summary>
    NewFiles,

    /// <summary>Files under their own names that pages name already.</summary>
    ChangedFiles,

    /// <summary>Pages that nothing names yet.</summary>
    NewPages,

    /// <summary>Pages that are visited.</summary>
    ChangedPages,

    /// <summary>The manifest.</summary>
    Manifest,

    /// <summary>What the ledger says of objects that are no longer current.</summary>
    Retirement,

    /// <summary>Deletions of what may name others.</summary>
    OldPages,

    /// <summary>Deletions of all else.</summary>
    OldFiles,
}

/// <summary>One object, and what is done about it.</summary>
/// <param name="Do">What.</param>
/// <param name="Path">Its path from the prefix on.</param>
/// <param name="Why">Why, for people.</param>
/// <param name="Bytes">How many bytes are sent, or go.</param>
/// <param name="Stage">When.</param>
internal sealed record UploadStep(Do Do, string Path, string Why, long Bytes, Stage Stage)
{
    /// <summary>The headers that it gets.</summary>
    public ObjectHeaders? Headers { get; init; }

    /// <summary>What the store calls the state that was seen; <see langword="null"/> where there is nothing.</summary>
    public string? Seen { get; init; }
}

/// <summary>What an upload is to do.</summary>
/// <param name="Release">The id of the release.</param>
/// <param name="Store">Where to.</param>
/// <param name="At">The time that decides how long something has stayed.</param>
/// <param name="Number">The number of the release among those that were uploaded.</param>
/// <param name="Steps">What is done about each object, by stage and in ordinal order of path.</param>
internal sealed record UploadPlan(string Release, string Store, DateTimeOffset At, int Number, IReadOnlyList<UploadStep> Steps)
{
    /// <summary>What the store calls the state of the ledger that was seen; <see langword="null"/> where there was none.</summary>
    public string? Ledger { get; init; }

    /// <summary>Whether the ledger must be written even where no object is touched: it does not know all of them, or an upload did not end.</summary>
    public bool MustWriteLedger { get; init; }

    /// <summary>Whether all is as it should be.</summary>
    public bool IsNothing => Steps.All(step => step.Do == Do.Keep) && !MustWriteLedger;

    /// <summary>Those that change an object.</summary>
    public IEnumerable<UploadStep> Changes => Steps.Where(step => step.Do is Do.Put or Do.PutHeaders or Do.Delete);

    /// <summary>How many objects something is done about.</summary>
    public int Count(Do what) => Steps.Count(step => step.Do == what);
}
