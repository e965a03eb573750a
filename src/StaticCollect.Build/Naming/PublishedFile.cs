using StaticCollect.Build.Encodings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>A static file with the names and bytes under which it is published.</summary>
/// <param name="File">The static file.</param>
public sealed record PublishedFile(StaticFile File)
{
    /// <summary>Its name with a hash, below the static root; <see langword="null"/> where it has its plain name only.</summary>
    public string? FingerprintedPath { get; init; }

    /// <summary>The fingerprint: 12 hexadecimal digits; <see langword="null"/> where its name holds none of ours.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>SHA-256 of the bytes of its source in lower-case hexadecimal; empty where nobody asked for it.</summary>
    public string SourceSha256 { get; init; } = "";

    /// <summary>SHA-256 of the published bytes in lower-case hexadecimal; empty where nobody asked for it.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>How many bytes are published.</summary>
    public long Length { get; init; } = File.Stamp.Length;

    /// <summary>Whether other bytes would have another name, so that servers may let browsers keep the file for ever.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>Logical paths of the files it refers to, in ordinal order.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Gives the published bytes where they differ from those of the source.</summary>
    public Func<byte[]>? Rewritten { get; init; }

    /// <summary>The encodings of the published bytes that pay.</summary>
    public IReadOnlyList<Encoded> Encodings { get; init; } = [];

    /// <summary>The same of the source's bytes, where the published ones differ from them.</summary>
    public IReadOnlyList<Encoded> SourceEncodings { get; init; } = [];

    /// <summary>The path of the published bytes below the static root.</summary>
    public string Path => FingerprintedPath ?? File.LogicalPath;

    /// <summary>The published bytes as the value of an <c>integrity</c> attribute; empty where the hash is not known.</summary>
    public string Integrity => Sha256.Length == 0 ? "" : IntegrityOf(Sha256);

    /// <summary>A hash as the value of an <c>integrity</c> attribute.</summary>
    public static string IntegrityOf(string sha256) => "sha256-" + Convert.ToBase64String(Convert.FromHexString(sha256));
}
