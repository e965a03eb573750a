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

    private static readonly byte[] ProcessName = Guid.NewGuid().ToByteArray();
    private static int _names;

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

    /// <summary>
    /// The same with the names that files were given, where the system takes these for those on the disk: a folder is
    /// spelled as it was when it was made, whatever its files' paths say since; some systems compose and decompose names as
    /// they like; and some keep the spelling of a file that another one replaced.
    /// </summary>
    /// <param name="entries">The files that were written.</param>
    /// <param name="names">Which names the system takes for one.</param>
    public RootView KnownAs(IReadOnlyList<RootEntry> entries, FileNames names)
    {
        if (names == FileNames.AsWritten)
            return this;
        var known = entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        var missing = entries.Where(entry => !Files.ContainsKey(entry.Path) && !Links.ContainsKey(entry.Path))
            .ToLookup(entry => FilePath.Key(entry.Path, names), FilePath.Comparer(names));
        return missing.Count == 0 ? this : this with { Files = Renamed(Files), Links = Renamed(Links) };

        Dictionary<string, RootFile> Renamed(IReadOnlyDictionary<string, RootFile> listed)
        {
            var renamed = new Dictionary<string, RootFile>(listed.Count, StringComparer.Ordinal);
            foreach (var (path, file) in listed)
            {
                var key = FilePath.Key(path, names);
                var name = known.Contains(path) ? null : missing[key].FirstOrDefault(entry => NameOf(FilePath.Key(entry.Path, names)) == NameOf(key) || entry.Stamp == file.Stamp)?.Path;
                if (name is null || !renamed.TryAdd(name, file))
                    renamed.Add(path, file);
            }

            return renamed;
        }

        static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>A name for a file while it is written: hidden, and like no name that anyone else gives.</summary>
    public static string TemporaryName()
    {
        // Random for each process, as two may write to one place, and counted within it: asking the system each time costs more.
        Span<byte> name = stackalloc byte[16];
        ProcessName.CopyTo(name);
        BitConverter.TryWriteBytes(name, Interlocked.Increment(ref _names));
        return $".{new Guid(name):N}{TemporarySuffix}";
    }

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
