using StaticCollect.Build.Content;

namespace StaticCollect.Build.Stores;

/// <summary>Makes the folders of a static root and takes back those that nobody needs.</summary>
/// <param name="root">Full path of the static root.</param>
internal sealed class RootFolders(string root)
{
    private readonly List<string> _new = [];

    /// <summary>The full path of a folder; of the root itself where the path is empty.</summary>
    public string PathOf(string folder) => folder.Length == 0 ? root : Path.Combine(root, folder);

    /// <summary>Makes a folder, and those that it lies in.</summary>
    /// <exception cref="IOException">A file is in the way, or the system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Make(string folder)
    {
        for (var missing = PathOf(folder); missing.Length > root.Length && !Directory.Exists(missing); missing = Path.GetDirectoryName(missing)!)
            _new.Add(missing);
        FileSystem.MakeFolder(PathOf(folder));
    }

    /// <summary>Takes the folders back that were made and are empty: of a release that did not come to be nothing stays.</summary>
    public void RemoveNew()
    {
        foreach (var folder in _new.OrderByDescending(folder => folder.Length))
            TryRemove(folder);
    }

    /// <summary>Takes a folder away where it is empty, and those that it lies in.</summary>
    public void RemoveEmpty(string folder)
    {
        while (folder.Length > root.Length && TryRemove(folder))
            folder = Path.GetDirectoryName(folder)!;
    }

    // One that stays does no harm.
    private static bool TryRemove(string folder)
    {
        try
        {
            if (!FileSystem.IsEmpty(folder))
                return false;
            FileSystem.DeleteFolder(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
