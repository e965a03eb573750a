using System.Globalization;

namespace StaticCollect.Build.Diagnostics;

/// <summary>Numbers as sentences have them.</summary>
internal static class Wording
{
    /// <summary>A number of things in words.</summary>
    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    /// <summary>A number of bytes with three digits at most, in units of a thousand: <c>54 bytes</c>, <c>1.2 kB</c>, <c>310 kB</c>.</summary>
    public static string Size(long bytes)
    {
        if (bytes < 1000)
            return bytes == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        var (size, unit) = ((double)bytes, 0);
        for (; Math.Round(size, size < 99.95 ? 1 : 0) >= 1000; unit++)
            size /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Round(size, size < 99.95 ? 1 : 0)} {"kMGTPE"[unit - 1]}B");
    }
}
