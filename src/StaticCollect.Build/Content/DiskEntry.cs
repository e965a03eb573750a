using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StaticCollect.Build.Content;

/// <summary>What there is at a path.</summary>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
/// <param name="IsRegular">Whether it is a file with bytes of its own: no folder, link, pipe, socket or device.</param>
/// <param name="Stamp">Its stamp; of a link, its own times and no length.</param>
internal readonly partial record struct DiskEntry(bool IsFolder, bool IsLink, bool IsRegular, FileStamp Stamp)
{
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint Basic = 0x7ff;
    private const uint BirthTime = 0x800;
    private const uint KindMask = 0xf000;

    /// <summary>Looks at a path; <see langword="null"/> where there is nothing, or nothing that may be looked at.</summary>
    public static DiskEntry? Of(string path, bool followLinks) => OperatingSystem.IsLinux() ? OnLinux(path, followLinks) : Elsewhere(path, followLinks);

    // The framework does not ask Linux for the time of birth; one call for all that is wanted costs no more than its own.
    private static DiskEntry? OnLinux(string path, bool followLinks)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (Ask(CurrentFolder, path, followLinks ? 0 : DoNotFollow, Basic | BirthTime, buffer) != 0)
            return null;
        var kind = BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]) & KindMask;
        var isLink = kind == 0xa000;
        var length = kind == 0x8000 ? BinaryPrimitives.ReadInt64LittleEndian(buffer[40..]) : 0;
        var birth = (BinaryPrimitives.ReadUInt32LittleEndian(buffer) & BirthTime) != 0 ? Ticks(buffer[80..]) : 0;
        return new DiskEntry(kind == 0x4000, isLink, kind == 0x8000, new FileStamp(length, Ticks(buffer[112..]), birth));
    }

    private static DiskEntry? Elsewhere(string path, bool followLinks)
    {
        FileSystemInfo info = new FileInfo(path);
        if (followLinks && info.LinkTarget is not null)
            info = new FileInfo(FilePath.Real(path));
        if (!info.Exists && !Directory.Exists(info.FullName) && info.LinkTarget is null)
            return null;
        var isLink = info.LinkTarget is not null;
        var isFolder = (info.Attributes & FileAttributes.Directory) != 0;
        var isRegular = !isFolder && !isLink && (info.Attributes & FileAttributes.Device) == 0;
        var length = isRegular ? ((FileInfo)info).Length : 0;
        return new DiskEntry(isFolder && !isLink, isLink, isRegular, new FileStamp(length, info.LastWriteTimeUtc.Ticks, info.CreationTimeUtc.Ticks));
    }

    private static long Ticks(ReadOnlySpan<byte> time) =>
        DateTime.UnixEpoch.Ticks
        + (BinaryPrimitives.ReadInt64LittleEndian(time) * TimeSpan.TicksPerSecond)
        + (BinaryPrimitives.ReadUInt32LittleEndian(time[8..]) / TimeSpan.NanosecondsPerTick);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Ask(int folder, string path, int flags, uint mask, Span<byte> status);
}
