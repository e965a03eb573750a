using System.Text;

namespace StaticCollect.Build.Content;

/// <summary>How long names and paths may be, in bytes: what file systems and the system calls allow.</summary>
internal static class PathLimits
{
    /// <summary>Bytes in a name.</summary>
    public const int Name = 255;

    // With the zero at its end.
    private const int WholePath = 4095;

    // A file is made under a name of its own in the same folder, which takes as many bytes.
    private const int TemporaryName = 51;

    /// <summary>Whether a file of the static root would have a name or a path that cannot be written.</summary>
    /// <param name="path">Its path below the root.</param>
    /// <param name="rootBytes">The bytes of the full path of the root.</param>
    public static bool IsTooLong(string path, int rootBytes)
    {
        // No character takes more than three bytes for each UTF-16 unit: most paths need not be counted.
        if (path.Length * 3 <= Math.Min(Name, WholePath - rootBytes - 1 - TemporaryName))
            return false;
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var nameBytes = Encoding.UTF8.GetByteCount(name);
        var folderBytes = Encoding.UTF8.GetByteCount(path) - nameBytes;
        return rootBytes + 1 + folderBytes + Math.Max(nameBytes, TemporaryName) > WholePath
            || path.Split('/').Any(one => Encoding.UTF8.GetByteCount(one) > Name);
    }
}
