using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>
/// Looks for folders that were meant to be source folders and are none, for a name such as <c>Static</c>: where case does not
/// count they are collected, and on the build server they are not.
/// </summary>
internal static class FolderSpelling
{
    private static readonly string[] ForBrowsers = ["text/css", "text/javascript", "text/html", "image/", "font/"];

    /// <summary>Tells of such a folder in one that has no source folder. Only the usual spellings are looked for, and nothing is listed for them.</summary>
    /// <param name="folder">Full path of the project or of an app.</param>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="report">Takes a warning.</param>
    public static void Check(string folder, CollectSettings settings, Action<Diagnostic> report)
    {
        foreach (var name in Spellings(settings.FolderName))
        {
            // A folder of classes may be called so, too.
            if (Directory.Exists(Path.Combine(folder, name)) && HasFilesForBrowsers(Path.Combine(folder, name)))
            {
                report(Diagnostic.Warning(Codes.FolderSpelling,
                    $"'{settings.Show(Path.Combine(folder, name))}' is not collected: case counts on this system, and its name is not '{settings.FolderName}'. Rename it, or set StaticCollectFolderName to '{name}'."));
            }
        }
    }

    private static IEnumerable<string> Spellings(string name) =>
        new[] { char.ToUpperInvariant(name[0]) + name[1..].ToLowerInvariant(), name.ToUpperInvariant(), name.ToLowerInvariant() }
            .Where(spelling => spelling != name).Distinct(StringComparer.Ordinal);

    private static bool HasFilesForBrowsers(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Any(path => ForBrowsers.Any(type => MediaTypes.Of(path).StartsWith(type, StringComparison.Ordinal)));
}
