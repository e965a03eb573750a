using System.Buffers;

namespace StaticCollect.Build.Content;

/// <summary>Questions about the bytes of files.</summary>
internal static class EqualBytes
{
    private const int BufferLength = 64 * 1024;

    /// <summary>Whether two files hold the same bytes; <see langword="false"/> when one of them cannot be read.</summary>
    public static bool AreEqual(string a, string b)
    {
        try
        {
            using var handleA = FileSystem.Open(a);
            using var handleB = FileSystem.Open(b);
            return AreEqual(handleA, handleB);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever copies the file will fail on it and say so.
            return false;
        }
    }

    private static bool AreEqual(Microsoft.Win32.SafeHandles.SafeFileHandle a, Microsoft.Win32.SafeHandles.SafeFileHandle b)
    {
        var length = FileSystem.LengthOf(a);
        if (length != FileSystem.LengthOf(b))
            return false;

        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength * 2);
        try
        {
            var partA = buffer.AsSpan(0, BufferLength);
            var partB = buffer.AsSpan(BufferLength, BufferLength);
            for (long at = 0; at < length;)
            {
                var read = Fill(a, partA, at);
                if (read == 0 || read != Fill(b, partB, at) || !partA[..read].SequenceEqual(partB[..read]))
                    return false;
                at += read;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, long at)
    {
        var filled = 0;
        while (filled < buffer.Length && FileSystem.Read(file, buffer[filled..], at + filled, "") is > 0 and var read)
            filled += read;
        return filled;
    }
}
