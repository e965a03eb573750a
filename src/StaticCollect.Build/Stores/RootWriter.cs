using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>
/// Carries a plan out. Every file is made under a temporary name beside its place and renamed into it, so a reader of
/// the static root sees the old file or the new one and never half of one, whenever the process dies.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="reader">Gives the bytes that were announced, or none.</param>
internal sealed class RootWriter(CollectSettings settings, ContentReader reader)
{
    // More workers than this only queue up in the file system.
    private const int MostWorkers = 8;

    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly RootFolders _folders = new(settings.Root);
    private readonly Dictionary<string, bool> _inRoot = new(StringComparer.Ordinal);
    private readonly Queue<string> _left = new();
    private readonly Lazy<string> _realRoot = new(() => FilePath.Real(settings.Root));
    private int _copiedInPlaceOfLinks;
    private int _hasFailed;

    /// <summary>
    /// Does what the plan says: first every file is made, beside the others and under a name of its own, then all take
    /// their places. So what goes wrong with a source, or for want of room, leaves the release before as it was.
    /// </summary>
    /// <returns>The files that are in the root now, and what went wrong.</returns>
    public Written Run(StorePlan plan, CancellationToken cancellation = default)
    {
        var problems = new ConcurrentQueue<Diagnostic>();
        var made = new RootEntry?[plan.Steps.Count];
        var temporary = new string?[plan.Steps.Count];
        var isDone = false;
        try
        {
            Remove(plan.Removals.Where(removal => IsLeftover(removal.Path)), problems);
            var workplaces = Workplaces(plan);
            MakeFolders(plan.Writes ? [.. workplaces, ""] : [], problems);
            if (!problems.IsEmpty)
                return new Written([], [.. problems]);
            ForEach(plan, i => TryMake(plan.Steps[i], workplaces, out temporary[i], out made[i], problems), cancellation);
            if (problems.IsEmpty)
                PrepareWhatGoes(plan, problems);
            if (!problems.IsEmpty)
                return new Written([], [.. problems]);

            Remove(plan.Removals.Where(removal => removal.GoesFirst && !IsLeftover(removal.Path)), problems);
            foreach (var folder in plan.EmptiedFolders.Reverse())
                _folders.RemoveEmpty(Path.Combine(settings.Root, folder));
            MakeFolders(FoldersOf(plan), problems);

            // What speaks of the others comes after them.
            foreach (var isLast in new[] { false, true })
            {
                if (problems.IsEmpty)
                    ForEach(plan, i => plan.Steps[i].File.Role == Role.Generated != isLast || TryPlace(plan.Steps[i], ref temporary[i], problems), cancellation);
            }

            if (problems.IsEmpty)
                Remove(plan.Removals.Where(removal => !removal.GoesFirst), problems);
            isDone = true;
        }
        finally
        {
            // What cannot be taken away goes with the next run; an exception here would hide why it is still there.
            foreach (var path in temporary)
            {
                if (path is not null && File.Exists(path))
                    AtomicFile.TryDelete(path);
            }

            if (!isDone)
                _folders.RemoveNew();
        }

        foreach (var path in _left)
        {
            problems.Enqueue(Diagnostic.Warning(Codes.NotAsLeft,
                $"'{path}' in the static root '{settings.Show(settings.Root)}' was to go, and has become another file meanwhile: it stays. Delete it if nobody needs it."));
        }

        if (_copiedInPlaceOfLinks > 0)
        {
            problems.Enqueue(Diagnostic.Warning(Codes.HardLinkImpossible,
                $"{_copiedInPlaceOfLinks} static files were copied, since no hard link leads from '{settings.Root}' to their sources: both must lie on one volume that knows hard links. Use StaticCollectLink=Symbolic or None."));
        }

        return new Written([.. plan.Steps.Select((step, i) => made[i] ?? Entry(step, step.Kind, step.Present))], [.. problems]);
    }

    private static bool IsLeftover(string path) => RootView.IsTemporary(path[(path.LastIndexOf('/') + 1)..]);

    /// <summary>Does something for each file that must be written, on all cores, until it fails for one.</summary>
    private static void ForEach(StorePlan plan, Predicate<int> tryDo, CancellationToken cancellation) => Parallel.For(
        0,
        plan.Steps.Count,
        new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostWorkers) },
        (i, loop) =>
        {
            if (plan.Steps[i].MustWrite && !tryDo(i))
                loop.Stop();
        });

    private static string FolderOf(PlannedStep step) => step.File.Path[..Math.Max(0, step.File.Path.LastIndexOf('/'))];

    private static IEnumerable<string> FoldersOf(StorePlan plan) =>
        plan.Steps.Where(step => step.MustWrite).Select(FolderOf).Distinct(StringComparer.Ordinal);

    /// <summary>
    /// The folders in which files are made: those in which they will lie, since a rename within a folder is cheap and
    /// many in one folder wait for each other. Where something must go first, they are made in the root; also where it goes
    /// from that folder, which then comes again as the release spells it.
    /// </summary>
    private static HashSet<string> Workplaces(StorePlan plan)
    {
        var inTheWay = new PathSet(plan.Removals.Where(removal => removal.GoesFirst).Select(removal => removal.Path));
        return FoldersOf(plan).Where(folder => !inTheWay.IsFile(folder) && !inTheWay.IsFolder(folder) && !inTheWay.IsBelowFile(folder)).ToHashSet(StringComparer.Ordinal);
    }

    private void MakeFolders(IEnumerable<string> folders, ConcurrentQueue<Diagnostic> problems)
    {
        foreach (var folder in folders)
        {
            try
            {
                _folders.Make(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(Describe(_folders.PathOf(folder), e), problems);
                return;
            }
        }
    }

    private bool TryMake(PlannedStep step, HashSet<string> workplaces, out string? temporary, out RootEntry? entry, ConcurrentQueue<Diagnostic> problems)
    {
        temporary = null;
        entry = null;
        try
        {
            var folder = FolderOf(step);
            temporary = Path.Combine(settings.Root, workplaces.Contains(folder) ? folder : "", RootView.TemporaryName());
            var kind = Make(step, temporary);
            var there = DiskEntry.Of(temporary, followLinks: false) ?? throw new FileNotFoundException($"'{temporary}' went away while it was written.");
            entry = Entry(step, kind, there.Stamp);
            return true;
        }
        catch (SourceException e)
        {
            return Fail(SourceProblems.Describe(e, settings), problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(Describe(Path.Combine(settings.Root, step.File.Path), e), problems);
        }
    }

    /// <summary>
    /// On Windows a program that holds one file would end the work when half of the release is in its place: so this is
    /// looked for before. A program that comes later may still do it.
    /// </summary>
    private void PrepareWhatGoes(StorePlan plan, ConcurrentQueue<Diagnostic> problems)
    {
        if (!OperatingSystem.IsWindows())
            return;
        foreach (var path in plan.Steps.Where(step => step.MustWrite).Select(step => step.File.Path).Concat(plan.Removals.Select(removal => removal.Path)))
        {
            var target = Path.Combine(settings.Root, path);
            try
            {
                ReplaceableFile.Prepare(target);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(Describe(target, e), problems);
                return;
            }
        }
    }

    private bool TryPlace(PlannedStep step, ref string? temporary, ConcurrentQueue<Diagnostic> problems)
    {
        var target = Path.Combine(settings.Root, step.File.Path);
        try
        {
            File.Move(temporary!, target, overwrite: true);

            // Renaming a hard link over another name of the same file leaves both names.
            temporary = step.Kind == EntryKind.HardLink ? temporary : null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(Describe(target, e), problems);
        }
    }

    // What stops one worker mostly stops the others in the same moment, and one line says it.
    private bool Fail(Diagnostic diagnostic, ConcurrentQueue<Diagnostic> problems)
    {
        if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
            problems.Enqueue(diagnostic);
        return false;
    }

    private EntryKind Make(PlannedStep step, string temporary)
    {
        var source = step.File.Origin.SourcePath;
        switch (step.Kind)
        {
            case EntryKind.SymbolicLink:
                File.CreateSymbolicLink(temporary, source);
                CheckLinked(step.File.Content);
                return EntryKind.SymbolicLink;
            case EntryKind.HardLink when HardLink.TryCreate(temporary, FilePath.Real(source)):
                CheckLinked(step.File.Content);
                return EntryKind.HardLink;
            case EntryKind.HardLink:
                Interlocked.Increment(ref _copiedInPlaceOfLinks);
                break;
        }

        using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            reader.Write(step.File.Content, file);

            // What a server shall read it must be allowed to read, whatever the process leaves out of modes.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, Mode);
        }

        return step.Kind;
    }

    // A link has the bytes that its source has now: those that the release tells of, as long as nobody wrote to it.
    private static void CheckLinked(FileContent content)
    {
        if (content.From is ByteSource.Source source && FileStamp.Of(source.Path) != source.Stamp)
            throw new SourceException(source.Path, SourceProblem.Changed);
    }

    private static RootEntry Entry(PlannedStep step, EntryKind kind, FileStamp stamp) => new(
        step.File.Path, kind, step.File.Content.Hash, stamp, kind == EntryKind.Copy ? "" : step.File.Origin.SourcePath);

    private static Diagnostic Describe(string target, Exception e) => Diagnostic.Error(Codes.WriteFailed,
        $"'{target}' cannot be written: {Diagnostic.Reason(e)} Mend this and publish again; the next run finishes the work.");

    /// <summary>Whether a folder is where its path says, and no link on the way leads elsewhere.</summary>
    private bool IsInRoot(string folder)
    {
        if (!_inRoot.TryGetValue(folder, out var isInRoot))
            _inRoot.Add(folder, isInRoot = FilePath.Real(folder) == _realRoot.Value + folder[settings.Root.Length..]);
        return isInRoot;
    }

    private void Remove(IEnumerable<PlannedRemoval> removals, ConcurrentQueue<Diagnostic> problems)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var removal in removals)
        {
            var path = Path.Combine(settings.Root, removal.Path);
            try
            {
                // Somebody may have put another file there meanwhile, or a link to another folder in place of this one.
                if (removal.Seen is { } seen && (!IsInRoot(Path.GetDirectoryName(path)!) || (DiskEntry.Of(path, followLinks: false) is { } there && there.Stamp != seen)))
                {
                    _left.Enqueue(removal.Path);
                    continue;
                }

                File.Delete(path);
                folders.Add(Path.GetDirectoryName(path)!);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Enqueue(Diagnostic.Error(Codes.WriteFailed, $"'{path}' cannot be removed: {Diagnostic.Reason(e)} Mend this and publish again."));
            }
        }

        foreach (var folder in folders)
            _folders.RemoveEmpty(folder);
    }
}

/// <summary>What is in the static root after a plan was carried out.</summary>
/// <param name="Entries">The files, in the order of the plan; those that failed are left out.</param>
/// <param name="Problems">What went wrong.</param>
internal sealed record Written(IReadOnlyList<RootEntry> Entries, IReadOnlyList<Diagnostic> Problems);
