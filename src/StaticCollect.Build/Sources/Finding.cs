using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Runs the finders and reads what they point to: the first stage of a collection.</summary>
internal static class Finding
{
    /// <summary>Scans all sources in order.</summary>
    /// <returns>Each source with its files, and what is wrong with them.</returns>
    public static Found Run(CollectSettings settings, CancellationToken cancellation = default)
    {
        var sources = new List<ScannedSource>();
        var diagnostics = new List<Diagnostic>();
        foreach (var finder in settings.Finders)
        {
            foreach (var source in finder.Sources(settings, diagnostics.Add))
            {
                cancellation.ThrowIfCancellationRequested();
                var files = source.Files is null
                    ? new FolderWalk(source, finder.Kind, settings, diagnostics.Add, cancellation).Run()
                    : SingleFiles(source, finder.Kind, settings, diagnostics.Add);
                if (finder.Kind == FinderKind.Package && settings.IsSiteRoot)
                    files = PackageAtRoot.Allowed(source.App, files, settings, diagnostics.Add);
                sources.Add(new ScannedSource(finder.Kind, source, files));
            }
        }

        return new Found(sources, diagnostics);
    }

    /// <summary>
    /// Tells of a full path whether it lies in a source folder of the project or of a referenced one. Folders that the
    /// user named are left out: what else is done with them is the user's decision.
    /// </summary>
    public static Predicate<string> InSourceFolder(CollectSettings settings)
    {
        var folders = settings.Finders
            .Where(finder => finder.Kind is FinderKind.App or FinderKind.Own or FinderKind.Project)
            .SelectMany(finder => finder.Sources(settings, static _ => { }))
            .Select(source => source.Path)
            .ToList();
        return path => folders.Exists(folder => FilePath.IsAtOrBelow(path, folder));
    }

    private static List<StaticFile> SingleFiles(Source source, FinderKind finder, CollectSettings settings, Action<Diagnostic> report)
    {
        var files = new List<StaticFile>();
        foreach (var file in source.Files!)
        {
            // What the SDK publishes lies there, whatever is left out of the collection.
            if (finder != FinderKind.WebRoot && settings.Ignore.IgnoresOnDemand(source, file.LogicalPath, file.SourcePath))
                continue;
            if (FileStamp.Of(file.SourcePath) is { } stamp)
                files.Add(new StaticFile(file.LogicalPath, file.SourcePath, stamp, source.App, finder) { IsNamedByHash = file.IsNamedByHash, IsForeign = file.IsForeign });
            else if (finder != FinderKind.WebRoot && DiskEntry.Of(file.SourcePath, followLinks: true) is { IsFolder: false })
                report(SourceProblems.NoFile(file.SourcePath, source.App, settings));
            else if (finder != FinderKind.WebRoot)
                report(Diagnostic.Warning(Codes.BrokenLink, $"'{settings.Show(file.SourcePath)}' of '{source.App}' is not there and is left out."));
        }

        return files;
    }
}

/// <summary>What the finders found, in scan order.</summary>
/// <param name="Sources">Each source that was scanned.</param>
/// <param name="Diagnostics">What is wrong with them.</param>
internal sealed record Found(IReadOnlyList<ScannedSource> Sources, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>A source after it was read.</summary>
/// <param name="Finder">The finder that named it.</param>
/// <param name="Source">The source.</param>
/// <param name="Files">Its files in ordinal order of logical path.</param>
internal sealed record ScannedSource(FinderKind Finder, Source Source, IReadOnlyList<StaticFile> Files);
