using System.Diagnostics;
using System.Globalization;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Tests.Support;

/// <summary>A folder of its own for one test, gone when the test ends. Paths are relative to it and <c>/</c>-separated.</summary>
internal sealed class TempTree : IDisposable
{
    /// <summary>The time of files where none is given: old enough to be trusted.</summary>
    public static readonly DateTime Old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Makes the folder.</summary>
    /// <param name="below">Where to make it; the system's temporary folder where it is not there.</param>
    public TempTree(string? below = null)
    {
        var parent = Directory.Exists(below) ? below : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Combine(FilePath.Real(System.IO.Path.TrimEndingDirectorySeparator(parent)), $"staticcollect-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>The full path of something in the folder.</summary>
    public string this[string path] => FilePath.Full(path, Path);

    /// <summary>Writes a file; its text is its path where none is given.</summary>
    public TempTree Write(string path, string? text = null, DateTime? time = null, UnixFileMode? mode = null)
    {
        var full = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text ?? path);
        File.SetLastWriteTimeUtc(full, time ?? Old);
        if (mode is { } bits && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(full, bits);
        return this;
    }

    /// <summary>Makes a symbolic link; the target is written into it as it is given.</summary>
    public TempTree Link(string path, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        File.CreateSymbolicLink(this[path], target);
        return this;
    }

    /// <summary>Makes a pipe: who opens it to read waits for somebody who writes.</summary>
    public TempTree Pipe(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
        Shell("mkfifo \"$1\"", this[path]);
        return this;
    }

    /// <summary>Does what the framework cannot, by a script of the shell with one argument.</summary>
    public static void Shell(string script, string argument)
    {
        using var shell = Process.Start("sh", ["-c", script, "sh", argument]);
        shell.WaitForExit();
        Assert.That(shell.ExitCode, Is.Zero, script);
    }

    /// <summary>Makes a folder.</summary>
    public TempTree Folder(string path)
    {
        Directory.CreateDirectory(this[path]);
        return this;
    }

    /// <summary>Deletes a file, a link or a folder with all that it holds.</summary>
    public TempTree Delete(string path)
    {
        if (Directory.Exists(this[path]) && new DirectoryInfo(this[path]).LinkTarget is null)
            Directory.Delete(this[path], recursive: true);
        else
            File.Delete(this[path]);
        return this;
    }

    /// <summary>The text of a file.</summary>
    public string Read(string path) => File.ReadAllText(this[path]);

    /// <summary>The mode of a file.</summary>
    public UnixFileMode Mode(string path) => new FileInfo(this[path]).UnixFileMode;

    /// <summary>Whether something is there, be it a broken link.</summary>
    public bool Has(string path) => System.IO.Path.Exists(this[path]) || new FileInfo(this[path]).LinkTarget is not null;

    /// <summary>Each file and link below a folder, as paths relative to it, in ordinal order; links are not followed.</summary>
    public IReadOnlyList<string> Files(string path = "") => [.. Snapshot(this[path], withTimes: false).Keys];

    /// <summary>What is below a folder: kind, text and, where wanted, time and mode, by path.</summary>
    /// <param name="folder">Full path of the folder.</param>
    /// <param name="withTimes">Whether times, modes and folders count.</param>
    /// <param name="except">Full paths of what is left out with all that is below.</param>
    public static SortedDictionary<string, string> Snapshot(string folder, bool withTimes = true, params string[] except)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
            Read(new DirectoryInfo(folder));
        return all;

        void Read(DirectoryInfo from)
        {
            foreach (var info in from.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = 0 }))
            {
                if (except.Contains(info.FullName, StringComparer.Ordinal))
                    continue;
                var path = System.IO.Path.GetRelativePath(folder, info.FullName);
                if (info.LinkTarget is { } target)
                {
                    all.Add(path, $"link {target}");
                }
                else if (info is DirectoryInfo below)
                {
                    if (withTimes)
                        all.Add(path, "folder");
                    Read(below);
                }
                else
                {
                    var text = $"file {File.ReadAllText(info.FullName)}";
                    all.Add(path, withTimes ? string.Create(CultureInfo.InvariantCulture, $"{text} {info.LastWriteTimeUtc.Ticks} {info.UnixFileMode}") : text);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
