using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace StaticCollect.Build.Content;

/// <summary>gzip (RFC 1952) by the framework's encoder: a header without time, name and system, one member.</summary>
internal sealed class GzipEncoding : IContentEncoding
{
    private const int ChunkLength = 1 << 20;
    private const int PieceLength = 1 << 16;

    /// <summary>Header and trailer of a member without any optional part.</summary>
    private const int MinimumLength = 18;

    /// <summary>Where the header names the system that made the file, and what it says where none is named.</summary>
    private const int SystemAt = 9;
    private const byte NoSystem = 255;

    public string Name => "gzip";

    public string Suffix => ".gz";

    public string Parameters(CompressLevel level, long length) => level == CompressLevel.Fastest ? "q6o255" : "q9o255";

    public void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken)
    {
        // Level 6 is what costs less than the Brotli 5 made beside it; level 1 would save little more time and be half
        // as large again.
        var effort = level == CompressLevel.Fastest ? CompressionLevel.Optimal : CompressionLevel.SmallestSize;
        using var made = new MemoryStream();
        using (var gzip = new GZipStream(made, effort, leaveOpen: true))
        {
            for (var at = 0; at < file.Length; at += ChunkLength)
            {
                cancellationToken.ThrowIfCancellationRequested();
                gzip.Write(file.Span.Slice(at, Math.Min(ChunkLength, file.Length - at)));
            }
        }

        // The framework writes the system it runs on, and a release would have other bytes on each.
        if (made.Length > SystemAt)
            made.GetBuffer()[SystemAt] = NoSystem;
        made.WriteTo(output);
    }

    public IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed)
    {
        var promised = ReadPromisedLength(compressed);
        using var gzip = new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        long total = 0;
        try
        {
            for (int read; (read = gzip.Read(piece, 0, piece.Length)) > 0;)
            {
                total += read;
                yield return piece.AsMemory(0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        // The framework's decoder does not mind bytes behind the end; browsers and gzip do. The length that ends the
        // file (modulo 4 GB) is then not ours, nor is it in a file of several members, which nobody ships.
        if ((uint)total != promised)
            throw new InvalidDataException("The gzip file has bytes behind its end.");
    }

    private static uint ReadPromisedLength(Stream compressed)
    {
        if (compressed.Length < MinimumLength)
            throw new InvalidDataException("The gzip file is shorter than its header and trailer.");
        Span<byte> promised = stackalloc byte[sizeof(uint)];
        compressed.Seek(-promised.Length, SeekOrigin.End);
        compressed.ReadExactly(promised);
        compressed.Seek(0, SeekOrigin.Begin);
        return BinaryPrimitives.ReadUInt32LittleEndian(promised);
    }
}
