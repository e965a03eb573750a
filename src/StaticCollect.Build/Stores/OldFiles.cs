using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Stores;

/// <summary>
/// The files that a plan takes away, and when: what is in the way before others take their places, what the release before
/// names after nothing speaks of it any more, and either of them earlier where the disk is full.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
internal sealed class OldFiles(CollectSettings settings)
{
    private readonly RootRemover _remover = new(settings, new RootFolders(settings.Root));
    private readonly HashSet<PlannedRemoval> _removed = [];

    /// <summary>Takes away what runs that did not end have left.</summary>
    public void RemoveLeftovers(StorePlan plan, ConcurrentQueue<Diagnostic> problems) =>
        _remover.Remove(plan.Removals.Where(removal => IsLeftover(removal.Path)), problems);

    /// <summary>Takes away what is in the way of others.</summary>
    public void RemoveFirst(StorePlan plan, ConcurrentQueue<Diagnostic> problems)
    {
        var first = plan.Removals.Where(removal => removal.GoesFirst && !IsLeftover(removal.Path) && !_removed.Contains(removal)).ToList();
        if (TryWithdraw(plan, first, problems))
            _remover.Remove(first.Concat(OldEncodings(plan)), problems);
    }

    /// <summary>Takes away what the release before had and this one has not, once nothing speaks of it any more.</summary>
    /// <returns>What went wrong.</returns>
    public IReadOnlyList<Diagnostic> RemoveLast(StorePlan plan)
    {
        var problems = new ConcurrentQueue<Diagnostic>();
        _remover.Remove(plan.Removals.Where(removal => !removal.GoesFirst && !_removed.Contains(removal)), problems);
        return [.. problems, .. _remover.Left];
    }

    /// <summary>
    /// Removes something that is to go: first what no page of the release before asks for, and then, where that gives more room
    /// than is wanted, the rest of what is to go at the end.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wanted">How many bytes are still to be written.</param>
    /// <param name="problems">Gets what cannot be removed.</param>
    /// <returns>Whether there was anything.</returns>
    public bool TryMakeRoom(StorePlan plan, long wanted, ConcurrentQueue<Diagnostic> problems)
    {
        var old = plan.Removals.Where(removal => !removal.GoesFirst && !_removed.Contains(removal)).ToList();
        var going = old.Where(removal => !removal.IsOfLast).ToList();
        if (going.Count == 0 && old.Sum(removal => removal.Seen?.Length ?? 0) > wanted)
            going = old;
        var before = problems.Count;
        if (TryWithdraw(plan, going, problems))
            _remover.Remove(going, problems);
        _removed.UnionWith(going);
        return going.Count > 0 && problems.Count == before;
    }

    /// <summary>
    /// What speaks of files goes before them, and comes again with those of this release: unless a run that did not end has already
    /// brought the manifest of this one.
    /// </summary>
    private bool TryWithdraw(StorePlan plan, IReadOnlyList<PlannedRemoval> going, ConcurrentQueue<Diagnostic> problems)
    {
        if (!going.Any(removal => removal.IsNamed) || settings.Fingerprint?.ManifestPath is not { } path || plan.Steps.Any(step => step is { File.Role: Role.Generated, MustWrite: false }))
            return true;
        try
        {
            FileSystem.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Enqueue(RootRemover.Describe(path, "", e));
            return false;
        }
    }

    private static bool IsLeftover(string path) => RootView.IsTemporary(path[(path.LastIndexOf('/') + 1)..]);

    // Servers send an encoding in place of its file. So one of other bytes goes before the file changes, and for a moment there is none.
    private static IEnumerable<PlannedRemoval> OldEncodings(StorePlan plan) =>
        plan.Steps.Where(step => step.MustWrite && step.File.Role == Role.Encoding && step.Present != default).Select(step => new PlannedRemoval(step.File.Path, GoesFirst: true));
}
