namespace StaticCollect.Build.Content;

/// <summary>Bytes, known by their hash and length, and where to have them from.</summary>
/// <param name="Hash">Their SHA-256.</param>
/// <param name="Length">How many they are.</param>
/// <param name="From">Where to have them from.</param>
internal sealed record FileContent(Sha256 Hash, long Length, ByteSource From);

/// <summary>Where bytes come from: one of the records below, and nothing else.</summary>
internal abstract record ByteSource
{
    private ByteSource()
    {
    }

    /// <summary>A source file as it is.</summary>
    /// <param name="Path">Full path of it.</param>
    /// <param name="Stamp">Its stamp when it was read.</param>
    public sealed record Source(string Path, FileStamp Stamp) : ByteSource;

    /// <summary>A source file with edits.</summary>
    /// <param name="Path">Full path of it.</param>
    /// <param name="SourceHash">The hash of its own bytes.</param>
    /// <param name="Edits">What is changed.</param>
    public sealed record Edited(string Path, Sha256 SourceHash, IReadOnlyList<Edit> Edits) : ByteSource;

    /// <summary>An encoding of other bytes, in a file of the cache or of a source; made again where that is gone.</summary>
    /// <param name="Path">Full path of the file.</param>
    /// <param name="Original">What is encoded.</param>
    /// <param name="Encoding">The encoding.</param>
    /// <param name="Level">How it was made.</param>
    public sealed record Encoded(string Path, FileContent Original, IContentEncoding Encoding, CompressLevel Level) : ByteSource;

    /// <summary>Bytes that were made here.</summary>
    /// <param name="Bytes">The bytes.</param>
    public sealed record Generated(byte[] Bytes) : ByteSource;

    /// <summary>Bytes that lie in the store already, and nowhere else: those of an earlier release.</summary>
    public sealed record Stored : ByteSource
    {
        private Stored()
        {
        }

        /// <summary>The one there is: it says nothing more.</summary>
        public static Stored Instance { get; } = new();
    }
}
