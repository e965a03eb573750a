using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace StaticCollect.Build.Content;

/// <summary>
/// The calls that a file takes on Linux, one for each thing that is done with it. The framework makes twice as many: it asks
/// what a file is, where it stands, and locks and unlocks new ones, too. With thousands of small files that counts. What fails
/// here is done again by the framework, which says why it cannot be done.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxFile
{
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int CloseOnExecute = 0x80000;
    private const int Mode = 0x1a4;
    private const int SharedLockAtOnce = 0x1 | 0x4;

    /// <summary>Opens a file to read it; <see langword="null"/> where that fails, or where a program of .NET has it for itself.</summary>
    public static SafeFileHandle? TryOpen(string path)
    {
        if (Handle(Open(path, CloseOnExecute, 0)) is not { } file)
            return null;

        // It ends with the handle.
        if (Lock(file, SharedLockAtOnce) == 0)
            return file;
        file.Dispose();
        return null;
    }

    /// <summary>Makes a file where there is none, which nobody knows of yet; <see langword="null"/> where that fails.</summary>
    public static SafeFileHandle? TryMake(string path) => Handle(Open(path, WriteOnly | Create | Exclusive | CloseOnExecute, Mode));

    /// <summary>Reads; gives how many bytes, 0 at the end of the file, and less where it fails.</summary>
    public static int TryRead(SafeFileHandle file, Span<byte> buffer, long at) => (int)Read(file, buffer, buffer.Length, at);

    /// <summary>Writes; gives how many bytes were, and less than 0 where it fails.</summary>
    public static int TryWrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at) => (int)Write(file, bytes, bytes.Length, at);

    /// <summary>Gives a file another name, in place of a file that has it.</summary>
    public static bool TryMove(string from, string to) => Rename(from, to) == 0;

    private static SafeFileHandle? Handle(int file) => file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "pread")]
    private static partial nint Read(SafeFileHandle file, Span<byte> buffer, nint length, long at);

    [LibraryImport("libc", EntryPoint = "pwrite")]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, nint length, long at);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
