using StaticCollect.Build.Content;
using StaticCollect.Build.References;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>What the last run learnt about files and their names.</summary>
/// <param name="HasReferences">Whether references were looked for.</param>
/// <param name="Files">By logical path.</param>
/// <param name="Bundlers">The manifests of bundlers among the sources.</param>
internal sealed record LastNaming(
    bool HasReferences, IReadOnlyDictionary<string, NamedEntry> Files, IReadOnlyList<BundlerManifest> Bundlers)
{
    /// <summary>The record of no run at all.</summary>
    public static LastNaming Empty { get; } = new(HasReferences: false, new Dictionary<string, NamedEntry>(StringComparer.Ordinal), []);

    /// <summary>What reading a file told, if it surely has not changed since.</summary>
    public FileAnalysis? AnalysisOf(StaticFile file) =>
        Files.TryGetValue(file.LogicalPath, out var entry)
        && entry.Analysis.IsTrusted
        && entry.Analysis.Stamp == file.Stamp
        && entry.Analysis.SourcePath == file.SourcePath
            ? entry.Analysis
            : null;

    /// <summary>What became of a file; holds only while its <see cref="FinalFile.Key"/> does.</summary>
    public FinalFile? FinalOf(StaticFile file) => Files.TryGetValue(file.LogicalPath, out var entry) ? entry.Final : null;
}

/// <summary>What the last run learnt about one file.</summary>
/// <param name="Analysis">What reading it told.</param>
/// <param name="Final">What became of it.</param>
internal sealed record NamedEntry(FileAnalysis Analysis, FinalFile Final);

/// <summary>What became of a file.</summary>
/// <param name="Key">Identifies everything that the rest follows from; not known for a file that names no other.</param>
/// <param name="Fingerprint">12 hexadecimal digits.</param>
/// <param name="Hash">The hash of the final bytes.</param>
/// <param name="Length">How many they are.</param>
/// <param name="IsRewritten">Whether they differ from those of the source.</param>
internal sealed record FinalFile(Sha256 Key, string Fingerprint, Sha256 Hash, long Length, bool IsRewritten);

/// <summary>The manifest of a bundler.</summary>
/// <param name="Path">Full path of it.</param>
/// <param name="Stamp">Its stamp when it was read.</param>
/// <param name="Outputs">The files that it gives a name with a hash, as it writes them.</param>
internal sealed record BundlerManifest(string Path, FileStamp Stamp, IReadOnlyList<string> Outputs);
