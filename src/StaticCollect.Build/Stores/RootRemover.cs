using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Stores;

/// <summary>Takes files out of a static root, as long as they are those that were to go.</summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="folders">Takes the folders that are empty then.</param>
internal sealed class RootRemover(CollectSettings settings, RootFolders folders)
{
    private readonly Dictionary<string, bool> _inRoot = new(StringComparer.Ordinal);
    private readonly List<string> _left = [];
    private readonly Lazy<string> _realRoot = new(() => FilePath.Real(settings.Root));

    /// <summary>Tells of the files that have become others meanwhile, and so were left.</summary>
    public IEnumerable<Diagnostic> Left => _left.Select(path => Diagnostic.Warning(Codes.NotAsLeft,
        $"'{path}' in the static root '{settings.Show(settings.Root)}' was to go, and has become another file meanwhile: it stays. Delete it if nobody needs it."));

    /// <summary>Removes files, and the folders that are empty then.</summary>
    public void Remove(IEnumerable<PlannedRemoval> removals, ConcurrentQueue<Diagnostic> problems)
    {
        var emptied = new HashSet<string>(StringComparer.Ordinal);
        var failed = new List<(string Path, Exception Why)>();
        foreach (var removal in removals)
        {
            var path = Path.Combine(settings.Root, removal.Path);
            try
            {
                // Somebody may have put another file there meanwhile, or a link to another folder in place of this one.
                if (removal.Seen is { } seen && (!IsInRoot(Path.GetDirectoryName(path)!) || (DiskEntry.Of(path, followLinks: false) is { } there && there.Stamp != seen)))
                {
                    _left.Add(removal.Path);
                    continue;
                }

                FileSystem.Delete(path);
                emptied.Add(Path.GetDirectoryName(path)!);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                failed.Add((path, e));
            }
        }

        foreach (var folder in emptied)
            folders.RemoveEmpty(folder);
        if (failed.Count > 0)
        {
            var others = failed.Count == 1 ? "" : $" and {failed.Count - 1} more";
            problems.Enqueue(Describe(failed[0].Path, others, failed[0].Why));
        }
    }

    /// <summary>Tells that a file cannot be removed.</summary>
    public static Diagnostic Describe(string path, string others, Exception why) =>
        Diagnostic.Error(Codes.WriteFailed, $"'{path}'{others} cannot be removed: {Diagnostic.Reason(why)} Mend this and publish again.");

    /// <summary>Whether a folder is where its path says, and no link on the way leads elsewhere.</summary>
    private bool IsInRoot(string folder)
    {
        if (!_inRoot.TryGetValue(folder, out var isInRoot))
            _inRoot.Add(folder, isInRoot = FilePath.Real(folder) == _realRoot.Value + folder[settings.Root.Length..]);
        return isInRoot;
    }
}
