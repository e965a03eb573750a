using System.Text;

namespace StaticCollect.Build.Content;

/// <summary>Writes files that others read meanwhile.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file by a temporary one and a rename; its folder is made where it is not there.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        FileSystem.MakeFolder(Path.GetDirectoryName(path)!);

        // Always the same name: one run at a time writes a file, and what a killed one left is written over.
        var temporary = TemporaryOf(path);
        try
        {
            using (var file = FileSystem.Make(temporary, replaces: true))
                FileSystem.Write(file, bytes, 0);
            FileSystem.Move(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static string TemporaryOf(string path)
    {
        var name = Path.GetFileName(path);
        return Encoding.UTF8.GetByteCount(name) + ".tmp".Length <= PathLimits.Name
            ? path + ".tmp"
            : Path.Combine(Path.GetDirectoryName(path)!, Sha256.OfTexts(name).Digits(12) + ".tmp");
    }

    /// <summary>Removes a file if it is there and can be removed.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            FileSystem.Delete(path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes a file unless it is there already as it is.</summary>
    public static void WriteIfOther(string path, ReadOnlySpan<byte> bytes)
    {
        using var there = FileSystem.TryReadAll(path);
        if (there is null || !bytes.SequenceEqual(there.Bytes))
            Write(path, bytes);
    }
}
