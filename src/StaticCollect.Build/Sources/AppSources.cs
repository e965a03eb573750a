using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Sources;

/// <summary>Where an <see cref="AppFinder"/> finds static files.</summary>
internal static class AppSources
{
    // wwwroot belongs to the SDK, which publishes it; taking wwwroot/static here as well would write each file twice.
    private static readonly string[] NeverApps = ["bin", "obj", "node_modules", "wwwroot"];

    /// <inheritdoc cref="FinderSources.Sources"/>
    public static IEnumerable<Source> Of(AppFinder finder, CollectSettings settings, Action<Diagnostic> report) =>
        (finder.Named.Count > 0 ? Named(finder, report) : Discovered(settings, report))
            .Select(app => new Source(FilePath.Show(app, settings.ProjectFolder), Path.Combine(app, settings.FolderName)))
            .Where(source => Directory.Exists(source.Path));

    private static IEnumerable<string> Named(AppFinder finder, Action<Diagnostic> report)
    {
        foreach (var app in finder.Named)
        {
            if (Directory.Exists(app))
                yield return app;
            else
                report(Diagnostic.Error(Codes.SourceFolderMissing,
                    $"The StaticCollectApp '{app}' is not there. Make the folder, or mend or remove the item."));
        }
    }

    private static IEnumerable<string> Discovered(CollectSettings settings, Action<Diagnostic> report) =>
        Children(settings.ProjectFolder, settings, report)
            .Concat(Children(Path.Combine(settings.ProjectFolder, "Areas"), settings, report))
            .OrderBy(app => FilePath.Show(app, settings.ProjectFolder), StringComparer.Ordinal);

    private static IEnumerable<string> Children(string folder, CollectSettings settings, Action<Diagnostic> report)
    {
        if (!Directory.Exists(folder))
            return [];
        var apps = Directory.EnumerateDirectories(folder);
        return apps.Where(app => IsApp(app, settings, report));
    }

    private static bool IsApp(string folder, CollectSettings settings, Action<Diagnostic> report)
    {
        var name = Path.GetFileName(folder);
        if (NeverApps.Contains(name, StringComparer.OrdinalIgnoreCase) || name.Equals(settings.FolderName, FilePath.Comparison) || settings.Ignore.IgnoresName(name))
            return false;
        var hasSources = Directory.Exists(Path.Combine(folder, settings.FolderName));
        if (!hasSources)
            FolderSpelling.Check(folder, settings, TellOfApp);
        return hasSources && MayBeApp(folder, settings);

        void TellOfApp(Diagnostic problem)
        {
            if (MayBeApp(folder, settings))
                report(problem);
        }
    }

    private static bool MayBeApp(string folder, CollectSettings settings) =>
        !settings.OutputFolders.Append(settings.PublishFolder).Any(output => IsOutput(folder, output, settings))
        && !IsOwnOutput(folder, settings)
        && !IsProject(folder);

    // Who publishes into the project folder itself (dotnet publish -o .) has apps all the same.
    private static bool IsOutput(string folder, string output, CollectSettings settings) =>
        FilePath.IsAtOrBelow(folder, output) && !FilePath.IsAtOrBelow(settings.ProjectFolder, output);

    // A static root such as deploy/static looks like an app once it is filled. It is known by the record of the run that
    // filled it; without one the folder is somebody's source, and the root is refused for it.
    private static bool IsOwnOutput(string folder, CollectSettings settings) =>
        FilePath.IsAtOrBelow(Path.Combine(folder, settings.FolderName), settings.Root) && File.Exists(settings.LastRunPath);

    // A nested project's static folder is its own: it is collected where that project is referenced or published.
    // No dot in the pattern: systems with Windows' file calls have rules of their own for it.
    private static bool IsProject(string folder) => FileSystem.Files(folder, "*proj").Any(Path.HasExtension);
}
