using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Stores;

/// <summary>Refuses static roots in which a mistake would cost the user files.</summary>
internal static class RootGuard
{
    /// <summary>Why the root is refused, or nothing.</summary>
    public static IEnumerable<Diagnostic> Check(CollectSettings settings, Found found)
    {
        var why = Why(settings, found);
        return why is null
            ? []
            : [Diagnostic.Error(Codes.RootRefused, $"The static root '{settings.Root}' is refused: {why}. Set StaticCollectRoot to a folder of its own.")];
    }

    private static string? Why(CollectSettings settings, Found found)
    {
        var root = FilePath.Real(settings.Root);
        if (Path.GetDirectoryName(root) is null)
            return "it is the root of a file system";
        if (settings.HomeFolder.Length > 0 && FilePath.IsAtOrBelow(FilePath.Real(settings.HomeFolder), root))
            return "it is or contains the home folder";
        if (FilePath.IsAtOrBelow(FilePath.Real(settings.ProjectFolder), root))
            return "it is or contains the project folder";
        var files = found.Sources.Where(source => source.Source.Files is not null && source.Finder != FinderKind.WebRoot).SelectMany(source => source.Files);
        foreach (var folder in files.GroupBy(file => Path.GetDirectoryName(file.SourcePath)!, StringComparer.Ordinal))
        {
            if (FilePath.IsAtOrBelow(FilePath.Real(folder.Key), root))
                return $"it contains the source file '{settings.Show(folder.First().SourcePath)}' of {folder.First().Finder} '{folder.First().App}'";
        }

        foreach (var source in found.Sources.Where(source => source.Source.Files is null))
        {
            var folder = FilePath.Real(source.Source.Path);
            if (FilePath.Same(folder, root))
                return $"it is the source folder of {source.Finder} '{source.Source.App}'";
            if (FilePath.IsAtOrBelow(folder, root))
                return $"it contains the source folder '{settings.Show(source.Source.Path)}' of {source.Finder} '{source.Source.App}'";
            if (FilePath.IsAtOrBelow(root, folder))
                return $"it lies in the source folder '{settings.Show(source.Source.Path)}' of {source.Finder} '{source.Source.App}'";
        }

        if (settings.Clear && FilePath.IsAtOrBelow(FilePath.Real(settings.PublishFolder), root))
            return "StaticCollectClear would empty the publish folder with it";
        return null;
    }
}
