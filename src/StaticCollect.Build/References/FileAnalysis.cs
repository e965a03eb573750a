using StaticCollect.Build.Content;

namespace StaticCollect.Build.References;

/// <summary>What reading one file told: a function of its bytes and its name, so it holds as long as they do.</summary>
/// <param name="SourcePath">Full path of the file.</param>
/// <param name="Stamp">Its stamp when it was read.</param>
/// <param name="IsTrusted">Whether the stamp proves that the file has not changed since.</param>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Sites">The places where it names another file, in ascending order.</param>
/// <param name="Problem">Why its references are not known, or <see langword="null"/>.</param>
internal sealed record FileAnalysis(
    string SourcePath, FileStamp Stamp, bool IsTrusted, Sha256 Hash, IReadOnlyList<ReferenceSite> Sites, ParseProblem? Problem)
{
    /// <summary>The <c>base</c> of a page; <see langword="null"/> where its URLs count from itself.</summary>
    public PageBase? Base { get; init; }

    /// <summary>Whether a line of it ends as on Windows; of files that are read for references.</summary>
    public bool HasWindowsLineEnds { get; init; }

    /// <summary>The imports whose URL is put together at run time, in ascending order.</summary>
    public IReadOnlyList<ComputedSite> Computed { get; init; } = [];

    /// <summary>That of a file whose bytes do not matter.</summary>
    public static FileAnalysis NotRead(string sourcePath, FileStamp stamp) => new(sourcePath, stamp, IsTrusted: false, default, [], null);
}

/// <summary>A place that imports what is only known at run time.</summary>
/// <param name="Prefix">What the URL begins with.</param>
/// <param name="Suffix">What it ends with; may be empty.</param>
/// <param name="At">Where it stands, in bytes from the start of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal readonly record struct ComputedSite(string Prefix, string Suffix, int At, int Line, int Column);

/// <summary>A place in a file that names another file.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Url">The URL, escapes of the language undone.</param>
/// <param name="InsertAt">Where a fingerprint goes, in bytes from the start of the file.</param>
/// <param name="Line">Line of the reference, from 1.</param>
/// <param name="Column">Column in the line, from 1, in UTF-16 units as editors count.</param>
/// <param name="IntegrityStart">Start of the integrity value that follows the target's bytes; -1 for none.</param>
/// <param name="IntegrityLength">Its length in bytes.</param>
internal readonly record struct ReferenceSite(
    ReferenceKind Kind, string Url, int InsertAt, int Line, int Column, int IntegrityStart, int IntegrityLength)
{
    /// <summary>The fingerprint that stands there already and gives way; <see langword="null"/> where the name has none.</summary>
    public string? Standing { get; init; }
}

/// <summary>Why and where a file could not be understood.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
internal sealed record ParseProblem(string Message, int Line, int Column);
