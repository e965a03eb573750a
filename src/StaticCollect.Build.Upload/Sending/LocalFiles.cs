using System.Security.Cryptography;
using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload.Sending;

/// <summary>The bytes of a release in the static root, and none but those.</summary>
/// <param name="root">Full path of the static root.</param>
internal sealed class LocalFiles(string root)
{
    private const int LongestHeld = 1 << 20;
    private const int PieceLength = 1 << 18;

    /// <summary>Opens the bytes of an object, as the release knows them; small ones are read once.</summary>
    /// <exception cref="LocalFileException">They are not there, or others.</exception>
    public async Task<ObjectBody> OpenAsync(WantedObject wanted, CancellationToken cancellation)
    {
        try
        {
            var file = FileSystem.OpenToSend(Path.Combine(root, wanted.Source.Replace('/', Path.DirectorySeparatorChar)), PieceLength);
            try
            {
                if (file.Length != wanted.Length)
                    throw new LocalFileException(wanted.Source, $"It has {file.Length} bytes, and the release says {wanted.Length}.");
                if (file.Length <= LongestHeld)
                    file = await HoldAsync(file, cancellation).ConfigureAwait(false);
                var (hash, md5) = await HashAsync(file, cancellation).ConfigureAwait(false);
                if (hash != wanted.Hash)
                    throw new LocalFileException(wanted.Source, "It has other bytes than the release says.");
                file.Position = 0;
                return new ObjectBody(file, hash, md5);
            }
            catch
            {
                await file.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LocalFileException(wanted.Source, "It is not there.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalFileException(wanted.Source, e.Message, e);
        }
    }

    private static async Task<Stream> HoldAsync(Stream file, CancellationToken cancellation)
    {
        await using (file.ConfigureAwait(false))
        {
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellation).ConfigureAwait(false);
            return new MemoryStream(bytes, writable: false);
        }
    }

    private static async Task<(Sha256 Hash, byte[] Md5)> HashAsync(Stream file, CancellationToken cancellation)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var piece = new byte[Math.Min(PieceLength, Math.Max(1, file.Length))];
        while (await file.ReadAsync(piece, cancellation).ConfigureAwait(false) is > 0 and var read)
        {
            sha256.AppendData(piece, 0, read);
            md5.AppendData(piece, 0, read);
        }

        return (Sha256.Of(sha256), md5.GetHashAndReset());
    }
}

/// <summary>A file of the static root is not what the release says.</summary>
/// <param name="path">Its path below the static root.</param>
/// <param name="reason">A sentence on what is wrong.</param>
/// <param name="inner">What was caught.</param>
internal sealed class LocalFileException(string path, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Its path below the static root.</summary>
    public string Path { get; } = path;
}
