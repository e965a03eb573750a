using System.Runtime.InteropServices;

namespace StaticCollect.Build.Content;

/// <summary>Hard links, which the framework does not make on .NET 8.</summary>
internal static partial class HardLink
{
    /// <summary>Makes <paramref name="path"/> another name of the file <paramref name="target"/>.</summary>
    /// <returns>Whether the file system could do it: both must be on one volume that knows hard links.</returns>
    public static bool TryCreate(string path, string target) =>
        OperatingSystem.IsWindows() ? CreateHardLink(FilePath.ForWindows(path), FilePath.ForWindows(target), IntPtr.Zero) : Link(target, path) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string target, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string target, IntPtr security);
}
