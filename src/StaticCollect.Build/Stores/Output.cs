using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>
/// One file of the static root as it shall be. Plain collection wants one output for each static file; later stages
/// (fingerprints, encodings) want more, with bytes of their own.
/// </summary>
/// <param name="Path">Path below the static root, <c>/</c>-separated.</param>
/// <param name="File">The static file it stems from.</param>
/// <param name="Kind">How it gets there.</param>
public sealed record Output(string Path, StaticFile File, OutputKind Kind)
{
    /// <summary>The bytes, where they are not those of the source file.</summary>
    public MadeContent? Made { get; init; }

    /// <summary>
    /// Whether it stays for some releases after it was last wanted: pages that were served before still ask for it.
    /// </summary>
    public bool OutlivesRelease { get; init; }

    /// <summary>Whether it is written after all others: it speaks of them.</summary>
    public bool IsLast { get; init; }

    /// <summary>What its record calls its source.</summary>
    public string Source => Made?.Id ?? File.SourcePath;

    /// <summary>The stamp of its source; default where the bytes were made.</summary>
    public FileStamp SourceStamp => Made is null ? File.Stamp : default;
}

/// <summary>Bytes that a stage made.</summary>
/// <param name="Id">Identifies the bytes: equal ids, equal bytes. A hash of them, say.</param>
/// <param name="WriteTo">Writes them to a new file.</param>
public sealed record MadeContent(string Id, Action<string> WriteTo);
