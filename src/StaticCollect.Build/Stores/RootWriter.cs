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
    private readonly OldFiles _old = new(settings);
    private bool _wantsRoom;
    private int _copiedInPlaceOfLinks;
    private int _hasFailed;

    /// <summary>Does all that the plan says.</summary>
    /// <inheritdoc cref="Place"/>
    public Written Run(StorePlan plan, CancellationToken cancellation = default)
    {
        var written = Place(plan, cancellation);
        return written.HasFailed ? written : written with { Problems = [.. written.Problems, .. RemoveOld(plan)] };
    }

    /// <summary>
    /// Brings the files of the release to their places: first every file is made, beside the others and under a name of its
    /// own, then all take their places. So what goes wrong with a source, or for want of room, leaves the release before as
    /// it was. What that one names goes only where it is in the way; the rest is for <see cref="RemoveOld"/>.
    /// </summary>
    /// <returns>The files that are in the root now, and what went wrong.</returns>
    public Written Place(StorePlan plan, CancellationToken cancellation = default)
    {
        var problems = new ConcurrentQueue<Diagnostic>();
        var made = new RootEntry?[plan.Steps.Count];
        var temporary = new string?[plan.Steps.Count];
        var isDone = false;
        try
        {
            _old.RemoveLeftovers(plan, problems);
            if (!problems.IsEmpty)
                return new Written([], [.. problems]);
            var workplaces = Workplaces(plan);
            do
            {
                Forget(problems);
                MakeFolders(plan.Writes ? [.. workplaces, ""] : [], problems);
                if (problems.IsEmpty)
                    ForEach(plan, (i, buffer) => made[i] is not null || TryMake(plan.Steps[i], workplaces, buffer, ref temporary[i], out made[i], problems), cancellation);
            }
            while (_wantsRoom && _old.TryMakeRoom(plan, Enumerable.Range(0, made.Length).Where(i => plan.Steps[i].MustWrite && made[i] is null).Sum(i => plan.Steps[i].File.Content.Length), problems));
            if (problems.IsEmpty)
                PrepareWhatGoes(plan, problems);
            if (!problems.IsEmpty)
                return new Written([], [.. problems]);

            _old.RemoveFirst(plan, problems);
            foreach (var folder in plan.EmptiedFolders.Reverse())
                _folders.RemoveEmpty(Path.Combine(settings.Root, folder));
            if (problems.IsEmpty)
                MakeFolders(FoldersOf(plan), problems);

            // An encoding comes after its file, and what speaks of the others after them.
            foreach (var turn in new[] { 0, 1, 2 })
            {
                if (problems.IsEmpty)
                    ForEach(plan, (i, _) => Turn(plan.Steps[i].File.Role) != turn || TryPlace(plan.Steps[i], ref temporary[i], problems), cancellation, WorkersToPlace(plan));
            }

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

        if (_copiedInPlaceOfLinks > 0)
        {
            problems.Enqueue(Diagnostic.Warning(Codes.HardLinkImpossible,
                $"{_copiedInPlaceOfLinks} static files were copied, since no hard link leads from '{settings.Root}' to their sources: both must lie on one volume that knows hard links. Use StaticCollectLink=Symbolic or None."));
        }

        return new Written([.. plan.Steps.Select((step, i) => made[i] ?? Entry(step, step.Kind, step.Present))], [.. problems]);
    }

    /// <inheritdoc cref="OldFiles.RemoveLast"/>
    public IReadOnlyList<Diagnostic> RemoveOld(StorePlan plan) => _old.RemoveLast(plan);

    /// <summary>
    /// Writes something that lies beside the files. Where the disk is full, what is to go anyhow goes before it: a disk could
    /// never be helped otherwise, since a smaller release, too, takes room before it gives any.
    /// </summary>
    public void WithRoom(StorePlan plan, Action write)
    {
        while (true)
        {
            try
            {
                write();
                return;
            }
            catch (IOException e) when (FileSystem.IsFull(e) && _old.TryMakeRoom(plan, plan.Steps.Where(step => step.MustWrite).Sum(step => step.File.Content.Length), []))
            {
                // Again.
            }
        }
    }

    private void Forget(ConcurrentQueue<Diagnostic> problems)
    {
        problems.Clear();
        (_hasFailed, _wantsRoom) = (0, false);
    }

    private static int Turn(Role role) => role switch
    {
        Role.Encoding => 1,
        Role.Generated => 2,
        _ => 0,
    };

    // Windows replaces no file that somebody has open, and who moves another name of it has: with hard links two names of ours may
    // be those of one source.
    private static int WorkersToPlace(StorePlan plan) =>
        OperatingSystem.IsWindows() && plan.Steps.Any(step => step is { MustWrite: true, Kind: EntryKind.HardLink }) ? 1 : MostWorkers;

    /// <summary>Does something for each file that must be written, on all cores, until it fails for one.</summary>
    private static void ForEach(StorePlan plan, Func<int, CopyBuffer, bool> tryDo, CancellationToken cancellation, int workers = MostWorkers) => Parallel.For(
        0,
        plan.Steps.Count,
        new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, workers) },
        () => new CopyBuffer(),
        (i, loop, buffer) =>
        {
            if (plan.Steps[i].MustWrite && !tryDo(i, buffer))
                loop.Stop();
            return buffer;
        },
        buffer => buffer.Dispose());

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
                _wantsRoom |= FileSystem.IsFull(e);
                Fail(Describe(_folders.PathOf(folder), e), problems);
                return;
            }
        }
    }

    private bool TryMake(PlannedStep step, HashSet<string> workplaces, CopyBuffer buffer, ref string? temporary, out RootEntry? entry, ConcurrentQueue<Diagnostic> problems)
    {
        entry = null;
        try
        {
            var folder = FolderOf(step);
            var isAgain = temporary is not null;
            var path = temporary ??= Path.Combine(settings.Root, workplaces.Contains(folder) ? folder : "", RootView.TemporaryName());
            var kind = Make(step, path, buffer, isAgain);
            var there = DiskEntry.Of(path, followLinks: false) ?? throw new FileNotFoundException($"'{path}' went away while it was written.");
            entry = Entry(step, kind, there.Stamp);
            return true;
        }
        catch (SourceException e)
        {
            return Fail(SourceProblems.Describe(e, settings), problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _wantsRoom |= FileSystem.IsFull(e);
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
            FileSystem.Move(temporary!, target);

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

    private EntryKind Make(PlannedStep step, string temporary, CopyBuffer buffer, bool isAgain)
    {
        var source = step.File.Origin.SourcePath;
        switch (step.Kind)
        {
            case EntryKind.SymbolicLink:
                FileSystem.Link(temporary, source);
                CheckLinked(step.File.Content);
                return EntryKind.SymbolicLink;
            case EntryKind.HardLink when FileSystem.TryLinkHard(temporary, FilePath.Real(source)):
                CheckLinked(step.File.Content);
                return EntryKind.HardLink;
            case EntryKind.HardLink:
                Interlocked.Increment(ref _copiedInPlaceOfLinks);
                break;
        }

        // What could not be written to its end, for want of room, is begun again.
        using (var file = FileSystem.Make(temporary, replaces: isAgain))
        {
            reader.Write(step.File.Content, file, buffer);

            // What a server shall read it must be allowed to read, whatever the process leaves out of modes.
            if (!OperatingSystem.IsWindows())
                FileSystem.SetMode(file, Mode);
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
}

/// <summary>What is in the static root after a plan was carried out.</summary>
/// <param name="Entries">The files, in the order of the plan; those that failed are left out.</param>
/// <param name="Problems">What went wrong.</param>
internal sealed record Written(IReadOnlyList<RootEntry> Entries, IReadOnlyList<Diagnostic> Problems)
{
    /// <summary>Whether it does not hold the release.</summary>
    public bool HasFailed => Problems.Any(problem => problem.Severity == Severity.Error);
}
