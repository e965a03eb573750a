using System.Buffers;
using System.IO.Compression;

namespace StaticCollect.Build.Content;

/// <summary>Brotli (RFC 7932) by the framework's encoder; byte for byte what the <c>brotli</c> command writes.</summary>
internal sealed class BrotliEncoding : IContentEncoding
{
    private const int PieceLength = 1 << 16;
    private const int MinimumWindow = 10;
    private const int UsualWindow = 22;

    public string Name => "br";

    public string Suffix => ".br";

    public string Parameters(CompressLevel level, long length)
    {
        var (quality, window) = Choose(level, length);
        return $"q{quality}w{window}";
    }

    public void Compress(ReadOnlyMemory<byte> file, CompressLevel level, Stream output, CancellationToken cancellationToken)
    {
        var (quality, window) = Choose(level, file.Length);
        var chunkLength = ChunkLength(quality);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        var encoder = new BrotliEncoder(quality, window);
        try
        {
            var rest = file.Span;
            for (var done = false; !done;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var chunk = rest[..Math.Min(chunkLength, rest.Length)];
                var isLast = chunk.Length == rest.Length;
                var status = encoder.Compress(chunk, piece, out var consumed, out var written, isLast);
                if (status == OperationStatus.InvalidData)
                    throw new InvalidOperationException("The Brotli encoder failed.");
                output.Write(piece, 0, written);
                rest = rest[consumed..];
                done = isLast && status == OperationStatus.Done;
            }
        }
        finally
        {
            encoder.Dispose();
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    public IEnumerable<ReadOnlyMemory<byte>> Decompress(Stream compressed)
    {
        // Not BrotliStream: it does not tell a file that breaks off, or goes on behind its end, from a good one.
        var input = ArrayPool<byte>.Shared.Rent(PieceLength);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        var (start, end) = (0, 0);
        var decoder = new BrotliDecoder();
        try
        {
            for (var status = OperationStatus.NeedMoreData; status != OperationStatus.Done;)
            {
                if (status == OperationStatus.NeedMoreData)
                {
                    (start, end) = (0, compressed.Read(input, 0, input.Length));
                    if (end == 0) throw new InvalidDataException("The Brotli file breaks off.");
                }

                status = decoder.Decompress(input.AsSpan(start, end - start), piece, out var consumed, out var written);
                if (status == OperationStatus.InvalidData) throw new InvalidDataException("The file is not Brotli.");
                start += consumed;
                if (written > 0) yield return piece.AsMemory(0, written);
            }

            if (start < end || compressed.Read(input, 0, 1) > 0)
                throw new InvalidDataException("The Brotli file has bytes behind its end.");
        }
        finally
        {
            decoder.Dispose();
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(input);
        }
    }

    /// <summary>
    /// A window no larger than the file needs makes quality 9 two to five times as fast, at equal size or smaller.
    /// It gains nothing at 5, and costs bytes at 11.
    /// </summary>
    private static (int Quality, int Window) Choose(CompressLevel level, long length) => level switch
    {
        CompressLevel.Balanced => (9, FittedWindow(length)),
        CompressLevel.Fastest => (5, UsualWindow),
        _ => (11, UsualWindow),
    };

    private static int FittedWindow(long length)
    {
        var window = MinimumWindow;
        while (window < UsualWindow && (1L << window) - 16 < length) window++;
        return window;
    }

    /// <summary>
    /// How much to give the encoder between two looks at the cancellation token: what takes it a fraction of a second.
    /// Below quality 10 the first chunk also tells the encoder how long the file will be; from 1 MiB on it does not
    /// tell lengths apart, so that a chunk of that length gives the bytes that the whole file at once would give.
    /// </summary>
    private static int ChunkLength(int quality) => quality >= 10 ? 1 << 17 : 1 << 20;
}
