using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Stores;

/// <summary>
/// What Windows asks of a file that shall be replaced or removed, and other systems do not: no program has it open without
/// allowing that, and it is not read-only.
/// </summary>
internal static partial class ReplaceableFile
{
    private const uint Delete = 0x0001_0000;
    private const uint ReadAttributes = 0x80;
    private const uint OpenExisting = 3;
    private const uint LinkItselfOrFolder = 0x0220_0000;

    private const int FileNotFound = 2;
    private const int PathNotFound = 3;

    /// <summary>
    /// Makes sure of it; a file that is not there is none. Read-only is taken off, unless the file has other names: they
    /// would lose it, too.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="IOException">A program holds the file, or it may not be replaced.</exception>
    /// <exception cref="UnauthorizedAccessException">Its attributes cannot be changed.</exception>
    [SupportedOSPlatform("windows")]
    public static void Prepare(string path)
    {
        using (var file = CreateFile(FilePath.ForWindows(path), Delete | ReadAttributes, FileShare.ReadWrite | FileShare.Delete, IntPtr.Zero, OpenExisting, LinkItselfOrFolder, IntPtr.Zero))
        {
            if (file.IsInvalid)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error is FileNotFound or PathNotFound)
                    return;
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }

            if (!GetFileInformation(file, out var about) || about.NumberOfLinks > 1)
                return;
        }

        var attributes = File.GetAttributes(path);
        if ((attributes & FileAttributes.ReadOnly) != 0)
            File.SetAttributes(path, attributes & ~FileAttributes.ReadOnly);
    }

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    private static partial SafeFileHandle CreateFile(string path, uint access, FileShare share, IntPtr security, uint disposition, uint flags, IntPtr template);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetFileInformation(SafeFileHandle file, out FileInformation information);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private readonly struct FileInformation
    {
        public readonly uint Attributes;
        public readonly ulong Created;
        public readonly ulong Accessed;
        public readonly ulong Written;
        public readonly uint Volume;
        public readonly uint LengthHigh;
        public readonly uint LengthLow;
        public readonly uint NumberOfLinks;
        public readonly uint NumberHigh;
        public readonly uint NumberLow;
    }
}
