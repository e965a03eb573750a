using StaticCollect.Build.Content;

namespace StaticCollect.Build.Encodings;

/// <summary>
/// What the last run found out about encodings, by what decides them, so that neither files nor cache are
/// looked into again.
/// </summary>
/// <param name="Results">The encoded bytes; <see langword="null"/> where they do not pay.</param>
internal sealed record LastEncodings(IReadOnlyDictionary<string, LastEncoding?> Results)
{
    // Any change of the format, or of what a key says, takes a new number.
    private const string Version = "StaticCollect.LastEncodings.1";

    /// <summary>What no run at all knows.</summary>
    public static LastEncodings Empty { get; } = new(new Dictionary<string, LastEncoding?>(StringComparer.Ordinal));

    /// <summary>Reads what a run left; nothing where that is missing, damaged or of another version.</summary>
    public static LastEncodings Read(string path) => RecordStream.Read(path, Version, Parse) ?? Empty;

    /// <summary>Writes it for the next run, unless it is there already as it is.</summary>
    public void Write(string path) => RecordStream.Write(path, Version, writer =>
    {
        writer.Write7BitEncodedInt(Results.Count);
        foreach (var (key, result) in Results)
        {
            writer.Write(key);
            writer.Write(result is not null);
            if (result is null)
                continue;
            result.Hash.Write(writer);
            writer.Write7BitEncodedInt64(result.Length);
            writer.Write(result.Path);
        }
    });

    private static LastEncodings Parse(BinaryReader reader)
    {
        var results = new Dictionary<string, LastEncoding?>(StringComparer.Ordinal);
        for (var left = RecordStream.ReadCount(reader); left > 0; left--)
            results.Add(reader.ReadString(), reader.ReadBoolean() ? new LastEncoding(Sha256.Read(reader), reader.Read7BitEncodedInt64(), reader.ReadString()) : null);
        return new LastEncodings(results);
    }
}

/// <summary>Encoded bytes that a run found or made.</summary>
/// <param name="Hash">Their hash.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Path">Full path of the file that held them: of the cache, or of a source.</param>
internal sealed record LastEncoding(Sha256 Hash, long Length, string Path);
