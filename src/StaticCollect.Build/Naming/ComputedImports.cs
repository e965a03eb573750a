using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.References;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Naming;

/// <summary>
/// Tells of imports that are put together at run time, where they find a module by its plain name that others import by
/// the one with its fingerprint: a browser takes these for two modules, and runs both.
/// </summary>
/// <param name="settings">The settings of the collection.</param>
/// <param name="rules">The settings of fingerprints.</param>
internal sealed class ComputedImports(CollectSettings settings, FingerprintSettings rules)
{
    /// <summary>Tells of each place once, with one such module.</summary>
    /// <param name="files">The files.</param>
    /// <param name="analyses">What reading each of them told.</param>
    /// <param name="targets">For each file the target of each of its sites; -1 where there is none.</param>
    /// <param name="isRenamed">Whether each file gets a name with a fingerprint.</param>
    public IEnumerable<Diagnostic> Describe(
        IReadOnlyList<StaticFile> files, IReadOnlyList<FileAnalysis> analyses, IReadOnlyList<int[]> targets, IReadOnlyList<bool> isRenamed)
    {
        if (rules.MissingReference == MissingReferencePolicy.Ignore || analyses.All(analysis => analysis.Computed.Count == 0))
            return [];

        // Without plain names each module that is renamed is out of reach.
        var renamed = Enumerable.Range(0, files.Count).Where(i => isRenamed[i]);
        var modules = (rules.KeepOriginals ? renamed.Intersect(Imported(analyses, targets)) : renamed)
            .Select(i => files[i].LogicalPath)
            .Where(path => Path.GetExtension(path).ToLowerInvariant() is ".js" or ".mjs")
            .Order(StringComparer.Ordinal)
            .ToList();
        return
            from i in Enumerable.Range(0, files.Count)
            from site in analyses[i].Computed
            let module = Find(modules, files[i].LogicalPath, analyses[i].Base, site)
            where module is not null
            select Describe(files[i], site, module);
    }

    private static IEnumerable<int> Imported(IReadOnlyList<FileAnalysis> analyses, IReadOnlyList<int[]> targets) =>
        from i in Enumerable.Range(0, analyses.Count)
        from j in Enumerable.Range(0, targets[i].Length)
        where targets[i][j] >= 0 && analyses[i].Sites[j].Kind is ReferenceKind.ScriptImport
        select targets[i][j];

    private string? Find(List<string> modules, string from, PageBase? pageBase, ComputedSite site)
    {
        // Any name stands for what comes behind the prefix.
        var path = "";
        if (UrlBase.Of(from, settings.Url).At(pageBase, site.At)?.Resolve(site.Prefix + "_", out path) != UrlPlace.Below)
            return null;
        var prefix = path[..^1];
        return modules.Find(module =>
            module.Length > prefix.Length + site.Suffix.Length
            && module.StartsWith(prefix, StringComparison.Ordinal)
            && module.EndsWith(site.Suffix, StringComparison.Ordinal));
    }

    private Diagnostic Describe(StaticFile file, ComputedSite site, string module)
    {
        var what = $"'{site.Prefix}...{site.Suffix}' in '{file.LogicalPath}' is put together at run time and finds '{module}' by its plain name";
        return new Diagnostic(
            Codes.ComputedImport,
            rules.KeepOriginals || !MissingReferences.IsOwn(file) ? Severity.Message : Severity.Warning,
            rules.KeepOriginals
                ? $"{what}, while others import it by the one with its fingerprint: it may run twice. Import it by literals only, or let it keep its name with StaticCollectKeepName."
                : $"{what}, which is not published (StaticCollectKeepOriginals=false). Import it by literals only, or let it keep its name with StaticCollectKeepName.",
            file.SourcePath,
            site.Line,
            site.Column);
    }
}
