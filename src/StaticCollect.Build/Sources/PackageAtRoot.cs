using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// What a package may bring where the static root is the root of the site. Any package of the restore could put a home page or
/// a service worker there, and nobody who adds a package expects that: it has folders of its own name.
/// </summary>
internal static class PackageAtRoot
{
    /// <summary>Those files of a package that it may bring.</summary>
    /// <param name="id">Id of the package.</param>
    /// <param name="files">All files that it has.</param>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="report">Takes what is left out.</param>
    public static List<StaticFile> Allowed(string id, List<StaticFile> files, CollectSettings settings, Action<Diagnostic> report)
    {
        if (settings.PackagesAtRoot.Contains(id, StringComparer.OrdinalIgnoreCase))
            return files;
        var isOwn = files.ToLookup(file =>
            file.LogicalPath.StartsWith($"{id}/", StringComparison.OrdinalIgnoreCase)
            || file.LogicalPath.StartsWith($"_content/{id}/", StringComparison.OrdinalIgnoreCase));
        var others = isOwn[false].ToList();
        if (others.Count == 0)
            return files;
        var are = others.Count == 1 ? $"of the package '{id}' is" : $"and {others.Count - 1} more of the package '{id}' are";
        report(Diagnostic.Warning(Codes.PackageAtRoot,
            $"'{others[0].LogicalPath}' {are} left out: the static root is the root of the site, and there a package brings files below '{id}/' and '_content/{id}/' only. Name it in StaticCollectPackagesAtRoot where it may bring any."));
        return [.. isOwn[true]];
    }
}
