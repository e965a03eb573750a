using System.Security.Cryptography;
using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Encodings;

/// <summary>
/// A precompressed file: one that lies beside another in a source under the name of an encoding of it, e.g. <c>site.css.br</c>.
/// </summary>
/// <param name="Encoding">The encoding its name promises.</param>
/// <param name="File">The file.</param>
internal sealed record Precompressed(IContentEncoding Encoding, StaticFile File)
{
    /// <summary>
    /// Takes the precompressed files out of those that are published: <c>site.css.br</c> is an encoding of <c>site.css</c>
    /// where that is collected, worth compressing, and Brotli is asked for. Any other is a file like any other. As with clashes,
    /// spelling does not count: on Windows and macOS <c>Site.css.br</c> is sent in place of <c>site.css</c> as well.
    /// </summary>
    public static (IReadOnlyList<StaticFile> Files, ILookup<string, Precompressed> Precompressed) TakeOut(
        IReadOnlyList<StaticFile> files, CompressionSettings? settings)
    {
        var taken = new Dictionary<StaticFile, (IContentEncoding Encoding, string Original)>(ReferenceEqualityComparer.Instance);
        if (settings is not null)
        {
            var compressed = Spellings(files.Where(file => settings.Includes(file.LogicalPath, file.Stamp.Length)));
            foreach (var file in files)
            {
                if (EncodingOf(file.LogicalPath) is { } encoding && settings.Encodings.Contains(encoding) && compressed.Find(Stem(file.LogicalPath, encoding)) is { } original)
                    taken.Add(file, (encoding, original));
            }
        }

        return (
            taken.Count == 0 ? files : [.. files.Where(file => !taken.ContainsKey(file))],
            taken.ToLookup(pair => pair.Value.Original, pair => new Precompressed(pair.Value.Encoding, pair.Key), StringComparer.Ordinal));
    }

    /// <summary>Finds files by logical path, whatever the spelling.</summary>
    public static Spellings Spellings(IEnumerable<StaticFile> files) => new(files.Select(file => file.LogicalPath), FileNames.WithoutCaseAndForm);

    /// <summary>The encoding that the end of a name promises; case does not count.</summary>
    public static IContentEncoding? EncodingOf(string path)
    {
        // Each path in the root is asked about: there is no enumerator for each.
        for (var i = 0; i < ContentEncodings.All.Count; i++)
        {
            if (path.EndsWith(ContentEncodings.All[i].Suffix, StringComparison.OrdinalIgnoreCase))
                return ContentEncodings.All[i];
        }

        return null;
    }

    /// <summary>The name of the file that one with the name of an encoding stands beside.</summary>
    public static string Stem(string path, IContentEncoding encoding) => path[..^encoding.Suffix.Length];

    /// <summary>
    /// Whether a file is a whole, well-formed encoding of exactly the given bytes. Whatever the file holds, no more
    /// than the expected length and one piece (64 KB) are decoded, and none are kept.
    /// </summary>
    /// <param name="encoding">The encoding the file should be in.</param>
    /// <param name="path">Absolute path of the encoded file.</param>
    /// <param name="hash">The hash of what it must decode to.</param>
    /// <param name="length">The number of bytes it must decode to.</param>
    /// <param name="cancellation">Looked at for each piece.</param>
    /// <returns><see langword="false"/> too where the file is missing or cannot be read.</returns>
    public static bool DecodesTo(IContentEncoding encoding, string path, Sha256 hash, long length, CancellationToken cancellation = default)
    {
        // What stands where others write may be a pipe, which is never read to its end.
        if (FileStamp.Of(path) is null)
            return false;
        try
        {
            using var file = FileSystem.OpenStream(path);
            return DecodesTo(encoding, file, hash, length, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc cref="DecodesTo(IContentEncoding, string, Sha256, long, CancellationToken)"/>
    public static bool DecodesTo(IContentEncoding encoding, Stream encoded, Sha256 hash, long length, CancellationToken cancellation = default)
    {
        try
        {
            using var decoded = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var rest = length;
            foreach (var piece in encoding.Decompress(encoded))
            {
                cancellation.ThrowIfCancellationRequested();
                rest -= piece.Length;
                if (rest < 0)
                    return false;
                decoded.AppendData(piece.Span);
            }

            return rest == 0 && Sha256.Of(decoded) == hash;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return false;
        }
    }
}
