using Microsoft.Win32.SafeHandles;

#pragma warning disable RS0030 // This is the place where the framework's own calls are made.

namespace StaticCollect.Build.Content;

/// <summary>What can be done with files and folders, and what may be refused or end half-way.</summary>
internal enum FileOperation
{
    /// <summary>Opens a file to read it.</summary>
    Open,

    /// <summary>Reads from an open file.</summary>
    Read,

    /// <summary>Reads what lies in a folder.</summary>
    List,

    /// <summary>Makes a file that was not there.</summary>
    Make,

    /// <summary>Writes to a file that was made.</summary>
    Write,

    /// <summary>Gives a file its mode or its time.</summary>
    Mark,

    /// <summary>Gives a file another name, that of another file too.</summary>
    Move,

    /// <summary>Removes a file.</summary>
    Delete,

    /// <summary>Makes a symbolic or a hard link.</summary>
    Link,

    /// <summary>Makes a folder, and those it lies in.</summary>
    MakeFolder,

    /// <summary>Removes a folder.</summary>
    DeleteFolder,
}

/// <summary>
/// The one place where files are opened, written, renamed and removed. Each of these calls may fail, and the process may end
/// before any: that every run mends what such a run left is shown by letting each of them fail, in turn.
/// </summary>
internal static class FileSystem
{
    private const int PieceLength = 1 << 18;
    private const int NoSpace = 28;
    private const int Quota = 122;
    private const int QuotaOnMac = 69;
    private const int HandleDiskFull = 39;
    private const int DiskFull = 112;
    private const int DiskQuota = 1295;

    private static readonly AsyncLocal<Action<FileOperation, string>?> Watcher = new();

    /// <summary>
    /// Is called before each operation of this flow of control, with the path where it is known; what it throws comes in place of
    /// the operation. Nobody watches but tests, which is why it does not travel through the signatures of all that write.
    /// </summary>
    public static Action<FileOperation, string>? Before
    {
        get => Watcher.Value;
        set => Watcher.Value = value;
    }

    /// <summary>Whether an operation failed for want of room, or of what somebody may take of it.</summary>
    public static bool IsFull(Exception e) => e is IOException && (OperatingSystem.IsWindows()
        ? (e.HResult & 0xffff) is DiskFull or HandleDiskFull or DiskQuota
        : e.HResult is NoSpace || e.HResult == (OperatingSystem.IsMacOS() ? QuotaOnMac : Quota));

    /// <summary>Opens a file that others may write to, replace or remove meanwhile.</summary>
    public static SafeFileHandle Open(string path)
    {
        Before?.Invoke(FileOperation.Open, path);
        return (OperatingSystem.IsLinux() ? LinuxFile.TryOpen(path) : null)
            ?? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The same as a stream, without a buffer.</summary>
    public static Stream OpenStream(string path)
    {
        Before?.Invoke(FileOperation.Open, path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
    }

    /// <summary>A stream of a file that others may remove meanwhile and not write to, to be read while others wait.</summary>
    public static Stream OpenToSend(string path, int bufferSize)
    {
        Before?.Invoke(FileOperation.Open, path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize, FileOptions.Asynchronous);
    }

    /// <summary>Reads from an open file; less than was asked for, or nothing, at its end.</summary>
    public static int Read(SafeFileHandle file, Span<byte> buffer, long at, string path)
    {
        Before?.Invoke(FileOperation.Read, path);
        return OperatingSystem.IsLinux() && LinuxFile.TryRead(file, buffer, at) is >= 0 and var read ? read : RandomAccess.Read(file, buffer, at);
    }

    /// <summary>How many bytes an open file has.</summary>
    public static long LengthOf(SafeFileHandle file) => RandomAccess.GetLength(file);

    /// <summary>All bytes of a file.</summary>
    public static byte[] ReadAllBytes(string path)
    {
        Before?.Invoke(FileOperation.Open, path);
        return File.ReadAllBytes(path);
    }

    /// <summary>The same as <see cref="TryReadAllBytes"/>, where they may be many and are not kept.</summary>
    public static NativeStream? TryReadAll(string path)
    {
        try
        {
            using var file = Open(path);
            var bytes = new NativeStream(LengthOf(file) + 1);
            try
            {
                int read;
                do
                {
                    var at = bytes.Length;
                    read = Read(file, bytes.Append(PieceLength), at, path);
                    bytes.SetLength(at + read);
                }
                while (read > 0);
                return bytes;
            }
            catch
            {
                bytes.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// All bytes of a file; <see langword="null"/> where there is none. One that is there and cannot be read is another matter:
    /// whoever took it for none would forget what it tells.
    /// </summary>
    public static byte[]? TryReadAllBytes(string path)
    {
        try
        {
            return ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>All characters of a file.</summary>
    public static string ReadAllText(string path)
    {
        Before?.Invoke(FileOperation.Open, path);
        return File.ReadAllText(path);
    }

    /// <summary>Full paths of the files in a folder whose names match a pattern.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*", SearchOption depth = SearchOption.TopDirectoryOnly)
    {
        Before?.Invoke(FileOperation.List, folder);
        return Directory.EnumerateFiles(folder, pattern, depth);
    }

    /// <summary>Whether nothing lies in a folder.</summary>
    public static bool IsEmpty(string folder)
    {
        Before?.Invoke(FileOperation.List, folder);
        return !Directory.EnumerateFileSystemEntries(folder).Any();
    }

    /// <summary>Makes a file that nobody else writes to.</summary>
    /// <param name="path">Full path of it.</param>
    /// <param name="replaces">Whether one that is there is written over; else there must be none.</param>
    public static SafeFileHandle Make(string path, bool replaces = false)
    {
        Before?.Invoke(FileOperation.Make, path);
        return (OperatingSystem.IsLinux() && !replaces ? LinuxFile.TryMake(path) : null)
            ?? File.OpenHandle(path, replaces ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Opens a file whose time alone matters; several processes may do so at once.</summary>
    public static SafeFileHandle Mark(string path)
    {
        Before?.Invoke(FileOperation.Make, path);
        return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
    }

    /// <summary>Writes to a file that was made.</summary>
    public static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at)
    {
        Before?.Invoke(FileOperation.Write, "");
        var written = OperatingSystem.IsLinux() ? Math.Max(0, LinuxFile.TryWrite(file, bytes, at)) : 0;
        if (written < bytes.Length)
            RandomAccess.Write(file, bytes[written..], at + written);
    }

    /// <summary>Gives a file its mode.</summary>
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public static void SetMode(SafeFileHandle file, UnixFileMode mode)
    {
        Before?.Invoke(FileOperation.Mark, "");
        File.SetUnixFileMode(file, mode);
    }

    /// <summary>Gives an open file its time.</summary>
    public static void SetTime(SafeFileHandle file, DateTime utc)
    {
        Before?.Invoke(FileOperation.Mark, "");
        File.SetLastWriteTimeUtc(file, utc);
    }

    /// <summary>Gives a file its time.</summary>
    public static void SetTime(string path, DateTime utc)
    {
        Before?.Invoke(FileOperation.Mark, path);
        File.SetLastWriteTimeUtc(path, utc);
    }

    /// <summary>Gives a file another name; one that has it goes in the same moment.</summary>
    public static void Move(string from, string to)
    {
        Before?.Invoke(FileOperation.Move, to);
        if (!OperatingSystem.IsLinux() || !LinuxFile.TryMove(from, to))
            File.Move(from, to, overwrite: true);
    }

    /// <summary>Copies a file, over one that may be there.</summary>
    public static void Copy(string from, string to)
    {
        Before?.Invoke(FileOperation.Make, to);
        Before?.Invoke(FileOperation.Write, to);
        File.Copy(from, to, overwrite: true);
    }

    /// <summary>Removes a file; one that is not there is none.</summary>
    public static void Delete(string path)
    {
        Before?.Invoke(FileOperation.Delete, path);
        File.Delete(path);
    }

    /// <summary>Makes a symbolic link.</summary>
    public static void Link(string path, string target)
    {
        Before?.Invoke(FileOperation.Link, path);
        File.CreateSymbolicLink(path, target);
    }

    /// <summary>Makes a hard link.</summary>
    /// <returns>Whether the file system could do it: both must be on one volume that knows hard links.</returns>
    public static bool TryLinkHard(string path, string target)
    {
        Before?.Invoke(FileOperation.Link, path);
        return HardLink.TryCreate(path, target);
    }

    /// <summary>Makes a folder, and those it lies in, where they are not there.</summary>
    public static void MakeFolder(string path)
    {
        Before?.Invoke(FileOperation.MakeFolder, path);
        Directory.CreateDirectory(path);
    }

    /// <summary>Removes a folder, and what is in it if that is asked for.</summary>
    public static void DeleteFolder(string path, bool recursive = false)
    {
        Before?.Invoke(FileOperation.DeleteFolder, path);
        Directory.Delete(path, recursive);
    }
}
