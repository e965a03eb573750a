using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>A static file with the names and the content under which it is published: one content under all its names.</summary>
/// <param name="File">The static file.</param>
/// <param name="Content">Its bytes, rewritten references included.</param>
internal sealed record PublishedFile(StaticFile File, FileContent Content)
{
    /// <summary>Its name with a hash, below the static root; <see langword="null"/> where it has its plain name only.</summary>
    public string? FingerprintedPath { get; init; }

    /// <summary>The fingerprint: 12 hexadecimal digits; <see langword="null"/> where its name holds none of ours.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Whether its plain name promises the same bytes for ever: a bundler put a hash into it.</summary>
    public bool IsNamedByBundler { get; init; }

    /// <summary>Full path of the bundler's manifest that says so; <see langword="null"/> where a setting does.</summary>
    public string? BundlerManifest { get; init; }

    /// <summary>Whether a line of it ends as on Windows; of files that are read for references.</summary>
    public bool HasWindowsLineEnds { get; init; }

    /// <summary>Logical paths of the files it refers to, in ordinal order.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Where it names what is not collected, in the order of the places.</summary>
    public IReadOnlyList<MissingReference> Missing { get; init; } = [];

    /// <summary>Its path below the static root under the name that holds its fingerprint, where it has that.</summary>
    public string Path => FingerprintedPath ?? File.LogicalPath;

    /// <summary>Whether other bytes would have another name.</summary>
    public bool IsImmutable => FingerprintedPath is not null || IsNamedByBundler;

    /// <summary>Whether some of its bytes are not those of its source.</summary>
    public bool IsRewritten => Content.From is ByteSource.Edited;
}
