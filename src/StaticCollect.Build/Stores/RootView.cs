using StaticCollect.Build.Content;

namespace StaticCollect.Build.Stores;

/// <summary>What is in the static root now: one <c>stat</c> for each file, no file opened, no link followed.</summary>
/// <param name="Root">Full path of the static root.</param>
/// <param name="Files">Each file, and each link to a file, by its path below the root.</param>
/// <param name="Folders">Each folder below the root, a folder before those in it.</param>
/// <param name="Links">Links to folders, by their path below the root.</param>
/// <param name="Leftovers">Temporary files of a run that was killed.</param>
internal sealed record RootView(
    string Root,
    IReadOnlyDictionary<string, RootFile> Files,
    IReadOnlyList<string> Folders,
    IReadOnlyDictionary<string, RootFile> Links,
    IReadOnlyList<string> Leftovers)
{
    private const string TemporarySuffix = ".staticcollect-tmp";

    /// <summary>Reads the static root; one that is not there is empty.</summary>
    public static RootView Read(string root, CancellationToken cancellation = default)
    {
        var files = new Dictionary<string, RootFile>(StringComparer.Ordinal);
        var folders = new List<string>();
        var links = new Dictionary<string, RootFile>(StringComparer.Ordinal);
        var leftovers = new List<string>();
        if (Directory.Exists(root))
            Read("");
        return new RootView(root, files, folders, links, leftovers);

        void Read(string relative)
        {
            cancellation.ThrowIfCancellationRequested();
            var firstBelow = folders.Count;
            foreach (var (name, entry) in FolderListing.Of(Path.Combine(root, relative)))
            {
                var path = LogicalPath.Combine(relative, name);
                if (entry.IsFolder)
                    folders.Add(path);
                else if (entry.IsLink && Directory.Exists(Path.Combine(root, path)))
                    links.Add(path, new RootFile(entry.Stamp, IsLink: true));
                else if (IsTemporary(name))
                    leftovers.Add(path);
                else
                    files.Add(path, new RootFile(entry.Stamp, entry.IsLink));
            }

            var below = folders.GetRange(firstBelow, folders.Count - firstBelow);
            foreach (var folder in below)
                Read(folder);
        }
    }

    /// <summary>A name for a file while it is written: hidden, and like no name that anyone else gives.</summary>
    public static string TemporaryName() => $".{Guid.NewGuid():N}{TemporarySuffix}";

    /// <summary>Whether a name is one of those.</summary>
    public static bool IsTemporary(string name) =>
        name.StartsWith('.')
        && name.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.AsSpan(1..^TemporarySuffix.Length), "N", out _);

    /// <summary>The full path of a file of the root.</summary>
    public string FullPath(string path) => Path.Combine(Root, path);
}

/// <summary>A file in the static root.</summary>
/// <param name="Stamp">Its stamp; of a link, the link's own time and length 0.</param>
/// <param name="IsLink">Whether it is a symbolic link.</param>
internal sealed record RootFile(FileStamp Stamp, bool IsLink);
