using StaticCollect.Build.Content;

namespace StaticCollect.Build.Encodings;

/// <summary>
/// The content-addressed cache of encodings. An entry is named by what decides its bytes,
/// <c>ab/abcd....q11w22-net10.0.br</c>, and is two files: that one holds exactly the encoded bytes, so that it can be
/// copied and tested as it is; <c>....br.note</c> holds their length and hash, against which they are checked before
/// every use. A note without bytes says what an encoding would take that did not pay: the minimum saving is thus no part
/// of the name.
/// </summary>
/// <remarks>
/// Any number of processes may use one cache without a lock. A file appears by a rename, whole; the last writer wins,
/// and as both wrote the same bytes nobody minds. Bytes are written before their note, and a note never makes wrong
/// bytes right, so that every other order of events, a crash and a copy by hand included, ends in an entry that is made
/// again. Nothing is forced to the disk: that costs more than the rare entry lost to a power cut.
/// </remarks>
/// <param name="directory">Absolute path of its folder; made when needed.</param>
/// <param name="utcNow">The time at which entries are used.</param>
internal sealed class CompressionCache(string directory, DateTime utcNow)
{
    /// <summary>What the name of a note adds to that of its entry.</summary>
    private const string NoteSuffix = ".note";

    /// <summary>
    /// The encoder comes with the runtime, and may give other bytes in the next version; within one version fixes that
    /// change bytes are rare, and the entries made before them are as good.
    /// </summary>
    private static readonly string Encoder = $"net{Environment.Version.Major}.{Environment.Version.Minor}";

    /// <summary>The name of an entry.</summary>
    public static string Name(Sha256 hash, long length, IContentEncoding encoding, CompressLevel level) =>
        $"{hash}.{encoding.Parameters(level, length)}-{Encoder}{encoding.Suffix}";

    /// <summary>Where the encoded bytes of an entry lie, if the cache holds them.</summary>
    public string PathOf(string name) => Path.Combine(directory, name[..2], name);

    /// <summary>The note of an entry, or <see langword="null"/> where there is none that can be trusted.</summary>
    public CacheNote? Find(string name) =>
        Use(PathOf(name) + NoteSuffix, handle =>
        {
            var buffer = new byte[CacheNote.MaximumTextLength];
            var read = FileSystem.Read(handle, buffer, 0, name);
            return CacheNote.Parse(name, System.Text.Encoding.ASCII.GetString(buffer, 0, read));
        });

    /// <summary>The encoded bytes that a note tells of, undamaged; <see langword="null"/> where the cache does not hold them.</summary>
    public byte[]? Read(string name, CacheNote note) =>
        Use(PathOf(name), handle =>
        {
            if (FileSystem.LengthOf(handle) != note.Length || note.Length > Array.MaxLength)
                return null;
            var bytes = new byte[note.Length];
            var filled = 0;
            while (filled < bytes.Length && FileSystem.Read(handle, bytes.AsSpan(filled), filled, name) is > 0 and var read)
                filled += read;
            return filled == bytes.Length && Sha256.Of(bytes) == note.Hash ? bytes : null;
        });

    /// <summary>Adds an entry, or replaces it.</summary>
    /// <param name="name">The name of the entry.</param>
    /// <param name="encoded">The encoded bytes.</param>
    /// <param name="keepBytes">Whether to keep the bytes too, or only to note what they would take.</param>
    /// <exception cref="IOException">The cache cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache cannot be written to.</exception>
    public void Store(string name, ReadOnlySpan<byte> encoded, bool keepBytes)
    {
        var path = PathOf(name);
        var note = CacheNote.Of(encoded);
        FileSystem.MakeFolder(Path.GetDirectoryName(path)!);
        if (keepBytes) Write(path, encoded, () => Read(name, note) is not null);
        Write(path + NoteSuffix, System.Text.Encoding.ASCII.GetBytes(note.ToText(name)), () => note.Equals(Find(name)));
    }

    // Windows refuses to replace a file that another process has open. That is fine where it is the same entry, and passes where
    // it was trimmed just then.
    private static int Attempts => OperatingSystem.IsWindows() ? 5 : 1;

    private void Write(string path, ReadOnlySpan<byte> bytes, Func<bool> isThere)
    {
        for (var attempt = 1; ; attempt++)
        {
            var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
            try
            {
                using (var handle = FileSystem.Make(temporary))
                {
                    FileSystem.Write(handle, bytes, 0);
                    FileSystem.SetTime(handle, utcNow);
                }

                FileSystem.Move(temporary, path);
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                AtomicFile.TryDelete(temporary);
                if (isThere())
                    return;
                if (attempt >= Attempts)
                    throw;
                Thread.Sleep(attempt);
            }
        }
    }

    /// <summary>Reads a file of the cache, and keeps it from being trimmed; what cannot be read is not there.</summary>
    private T? Use<T>(string path, Func<Microsoft.Win32.SafeHandles.SafeFileHandle, T> read)
    {
        try
        {
            T result;
            DateTime lastUse;
            using (var handle = FileSystem.Open(path))
            {
                lastUse = File.GetLastWriteTimeUtc(handle);
                result = read(handle);
            }

            Touch(path, lastUse);
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <summary>
    /// Marks an entry as used now, by its last write time, but only once a day: a hit should read, not write. The cache
    /// may be read-only, which is none of the reader's business. An entry that somebody trims at this moment is gone.
    /// </summary>
    private void Touch(string path, DateTime lastUse)
    {
        if ((utcNow - lastUse).Duration() < CacheTrimming.Day) return;
        try
        {
            FileSystem.SetTime(path, utcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            && exception is not FileNotFoundException)
        {
        }
    }
}
