using System.Collections.Concurrent;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>
/// Carries a plan out. Every file is made under a temporary name beside its place and renamed into it, so a reader of
/// the static root sees the old file or the new one and never half of one, whenever the process dies.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="trustedBefore">Sources whose time (UTC ticks) lies before this are trusted by the next run.</param>
public sealed class RootWriter(CollectSettings settings, long trustedBefore)
{
    // More workers than this only queue up in the file system.
    private const int MostWorkers = 8;

    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private int _copiedInPlaceOfLinks;
    private int _hasFailed;

    /// <summary>Does what the plan says.</summary>
    /// <returns>The files that are in the root now, and what went wrong.</returns>
    public Written Run(CollectPlan plan, CancellationToken cancellation = default)
    {
        var problems = new ConcurrentQueue<Diagnostic>();
        var entries = new RecordEntry?[plan.Steps.Count];
        Remove(plan.Removals.Where(removal => removal.IsInTheWay), problems);
        foreach (var folder in plan.EmptiedFolders.Reverse())
            RemoveEmpty(Path.Combine(settings.Root, folder));
        MakeFolders(plan, problems);
        Write(plan, isLast: false, entries, problems, cancellation);
        Write(plan, isLast: true, entries, problems, cancellation);

        if (problems.All(problem => problem.Severity != Severity.Error))
            Remove(plan.Removals.Where(removal => !removal.IsInTheWay), problems);
        if (_copiedInPlaceOfLinks > 0)
        {
            problems.Enqueue(Diagnostic.Warning(Codes.HardLinkImpossible,
                $"{_copiedInPlaceOfLinks} static files were copied, since no hard link leads from '{settings.Root}' to their sources: both must lie on one volume that knows hard links. Use StaticCollectLink=Symbolic or None."));
        }

        return new Written([.. entries.OfType<RecordEntry>(), .. plan.Retired], [.. problems]);
    }

    private void Write(
        CollectPlan plan, bool isLast, RecordEntry?[] entries, ConcurrentQueue<Diagnostic> problems, CancellationToken cancellation)
    {
        if (problems.Any(problem => problem.Severity == Severity.Error))
            return;
        Parallel.For(
            0,
            plan.Steps.Count,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostWorkers) },
            (i, loop) =>
            {
                var step = plan.Steps[i];
                if (step.Output.IsLast != isLast)
                    return;
                if (!step.MustWrite)
                    entries[i] = Entry(step.Output, step.Output.Kind, step.Present);
                else if (!TryWrite(step.Output, out entries[i], problems))
                    loop.Stop();
            });
    }

    private bool TryWrite(Output output, out RecordEntry? entry, ConcurrentQueue<Diagnostic> problems)
    {
        var target = Path.Combine(settings.Root, output.Path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, RootView.TemporaryName());
        entry = null;
        try
        {
            var kind = Make(output, temporary);
            var stamp = kind == OutputKind.SymbolicLink
                ? new FileStamp(0, File.GetLastWriteTimeUtc(temporary).Ticks)
                : FileStamp.Of(new FileInfo(temporary));
            entry = Entry(output, kind, stamp);
            if (kind == OutputKind.Copy && stamp.Length != output.File.Stamp.Length)
            {
                // The bytes are neither the old nor surely the new ones; the next run looks again.
                entry = entry with { IsTrusted = false };
                problems.Enqueue(Diagnostic.Warning(Codes.SourceChanged,
                    $"'{settings.Show(output.File.SourcePath)}' changed while it was collected. Publish again once nothing writes to it."));
            }

            File.Move(temporary, target, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What stops one worker mostly stops the others in the same moment, and one line says it.
            if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
                problems.Enqueue(Describe(output, target, e));
            return false;
        }
        finally
        {
            // Also after success: renaming a hard link over another name of the same file leaves both names.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    private OutputKind Make(Output output, string temporary)
    {
        var source = output.File.SourcePath;
        switch (output.Kind)
        {
            case OutputKind.SymbolicLink:
                File.CreateSymbolicLink(temporary, source);
                return OutputKind.SymbolicLink;
            case OutputKind.HardLink when HardLink.TryCreate(temporary, FilePath.Real(source)):
                return OutputKind.HardLink;
            case OutputKind.HardLink:
                Interlocked.Increment(ref _copiedInPlaceOfLinks);
                break;
            case OutputKind.Made:
                output.Made!.WriteTo(temporary);
                MakeReadable(temporary);
                return OutputKind.Made;
        }

        File.Copy(source, temporary);
        MakeReadable(temporary);
        return output.Kind;
    }

    private static void MakeReadable(string temporary)
    {
        if (OperatingSystem.IsWindows())
        {
            if (File.GetAttributes(temporary).HasFlag(FileAttributes.ReadOnly))
                File.SetAttributes(temporary, FileAttributes.Normal);
        }
        else
        {
            // What a server shall read it must be allowed to read, and the next run must be able to replace it,
            // whatever the mode of the source.
            File.SetUnixFileMode(temporary, Mode);
        }
    }

    private RecordEntry Entry(Output output, OutputKind kind, FileStamp stamp) => new(
        output.Path, kind, output.Source, output.SourceStamp, stamp, output.Made is not null || output.File.Stamp.Ticks < trustedBefore, output.OutlivesRelease ? 0 : RecordEntry.Mortal);

    private Diagnostic Describe(Output output, string target, Exception e)
    {
        var source = output.File.SourcePath;
        if (output.Made is not null)
            return Describe(target, e);
        if (!File.Exists(source))
        {
            return Diagnostic.Error(Codes.SourceChanged,
                $"'{settings.Show(source)}' went away while it was collected. Publish again once nothing writes to its folder.");
        }

        if (!IsReadable(source))
            return Diagnostic.Error(Codes.Unreadable, $"The file '{settings.Show(source)}' cannot be read: {Diagnostic.Reason(e)} Grant access to it, or leave it out with StaticCollectIgnore.");
        return Describe(target, e);
    }

    private static Diagnostic Describe(string target, Exception e) => Diagnostic.Error(Codes.WriteFailed,
        $"'{target}' cannot be written: {Diagnostic.Reason(e)} Mend this and publish again; the next run finishes the work.");

    private static bool IsReadable(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void MakeFolders(CollectPlan plan, ConcurrentQueue<Diagnostic> problems)
    {
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in plan.Steps)
        {
            var folder = step.Output.Path[..Math.Max(0, step.Output.Path.LastIndexOf('/'))];
            if (!step.MustWrite || !made.Add(folder))
                continue;
            var path = Path.Combine(settings.Root, folder);
            try
            {
                Directory.CreateDirectory(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Enqueue(Describe(path, e));
                return;
            }
        }
    }

    private void Remove(IEnumerable<PlannedRemoval> removals, ConcurrentQueue<Diagnostic> problems)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var removal in removals)
        {
            var path = Path.Combine(settings.Root, removal.Path);
            try
            {
                File.Delete(path);
                folders.Add(Path.GetDirectoryName(path)!);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Enqueue(Diagnostic.Error(Codes.WriteFailed, $"'{path}' cannot be removed: {Diagnostic.Reason(e)} Mend this and publish again."));
            }
        }

        foreach (var folder in folders)
            RemoveEmpty(folder);
    }

    private void RemoveEmpty(string folder)
    {
        while (folder.Length > settings.Root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // An empty folder that stays does no harm.
                return;
            }

            folder = Path.GetDirectoryName(folder)!;
        }
    }
}

/// <summary>What is in the static root after a plan was carried out.</summary>
/// <param name="Entries">The files, in the order of the plan; those that failed are left out.</param>
/// <param name="Problems">What went wrong.</param>
public sealed record Written(IReadOnlyList<RecordEntry> Entries, IReadOnlyList<Diagnostic> Problems);
