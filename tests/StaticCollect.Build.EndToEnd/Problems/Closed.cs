namespace StaticCollect.Build.EndToEnd.Problems;

/// <summary>Changes the mode of a file or folder for a while.</summary>
internal sealed class Closed : IDisposable
{
    private readonly string _path;
    private readonly UnixFileMode _before;

    public Closed(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Windows has no file modes; leave the test out there.");
        _path = path;
        _before = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, _before);
    }
}
