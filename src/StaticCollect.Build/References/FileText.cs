namespace StaticCollect.Build.References;

/// <summary>Where the text of a file begins, and whether it can be read as bytes at all.</summary>
internal static class FileText
{
    /// <summary>The length of a UTF-8 byte order mark, or 0.</summary>
    /// <exception cref="UnparsableException">The file is UTF-16 or UTF-32.</exception>
    public static int Start(ReadOnlySpan<byte> file)
    {
        if (IsUtf16(file))
        {
            throw new UnparsableException("the file is UTF-16; save it as UTF-8", 0);
        }

        return file is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
    }

    /// <summary>Whether a byte order mark says UTF-16 (that of UTF-32, little-endian, starts the same).</summary>
    public static bool IsUtf16(ReadOnlySpan<byte> file) => file is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
}
