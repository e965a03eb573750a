using StaticCollect.Build.Content;
using StaticCollect.Build.Naming;

namespace StaticCollect.Build.Releases;

/// <summary>What a file of a release is.</summary>
internal enum Role : byte
{
    /// <summary>A static file under its own name.</summary>
    Plain,

    /// <summary>A static file under the name that holds its fingerprint.</summary>
    Fingerprinted,

    /// <summary>A precompressed form of one of those, beside it.</summary>
    Encoding,

    /// <summary>A file of an earlier release, for pages that were served before this one.</summary>
    Kept,

    /// <summary>A manifest.</summary>
    Generated,
}

/// <summary>One file of a release.</summary>
/// <param name="Path">Its path below the static root.</param>
/// <param name="LogicalPath">The logical path of the static file that it is, or is a form of.</param>
/// <param name="Role">What it is.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Cache">How long a browser may keep it.</param>
/// <param name="Origin">Who brought it.</param>
internal sealed record ReleaseFile(string Path, string LogicalPath, Role Role, FileContent Content, CachePolicy Cache, Origin Origin)
{
    /// <summary>What it is encoded in; of encodings, kept ones among them.</summary>
    public IContentEncoding? Encoding { get; init; }

    /// <summary>The fingerprint in its name; of fingerprinted files.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Logical paths of the files that it refers to, in ordinal order.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Where it names what is not collected, in the order of the places.</summary>
    public IReadOnlyList<MissingReference> Missing { get; init; } = [];

    /// <summary>Whether a line of it ends as on Windows; of files that are read for references, and not of their encodings.</summary>
    public bool HasWindowsLineEnds { get; init; }

    /// <summary>The hash of its source, where references in it are rewritten; not known where its bytes are those of the source, or of nobody's.</summary>
    public Sha256 RewrittenFrom { get; init; }

    /// <summary>The hash of what its author wrote: it changes with an edit, and with nothing else.</summary>
    public Sha256 SourceHash => RewrittenFrom.IsKnown ? RewrittenFrom : Content.Hash;

    /// <summary>Its media type: of an encoding that of what it encodes.</summary>
    public string MediaType => MediaTypes.Of(LogicalPath);

    /// <summary>The path of the file that an encoding stands beside; its own of any other.</summary>
    public string PathOfOriginal => Encoding is { } encoding ? Path[..^encoding.Suffix.Length] : Path;
}

/// <summary>Who brought a file of a release.</summary>
/// <param name="Finder">The finder that found it; <see langword="null"/> for what was generated.</param>
/// <param name="App">The app.</param>
/// <param name="SourcePath">Full path of the source file; empty for what was generated.</param>
internal sealed record Origin(FinderKind? Finder, string App, string SourcePath);
