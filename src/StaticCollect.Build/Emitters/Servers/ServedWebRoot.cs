using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>What a web server must know of the app's own web root: exactly which files there are.</summary>
/// <param name="Root">The web root as the server knows it, with <c>/</c> as separator and none at its end.</param>
/// <param name="Files">Its files by path below it, with the value of <c>Cache-Control</c>, in ordinal order.</param>
internal sealed record ServedWebRoot(string Root, IReadOnlyList<(string Path, string Cache)> Files)
{
    /// <summary>What is served of a web root; <see langword="null"/> where nothing is, or where on the server it lies is not known.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="webRoot">The files of the web root.</param>
    public static ServedWebRoot? Of(CollectSettings settings, Release webRoot)
    {
        if (webRoot.Files.Count == 0 || RootOf(settings) is not { } root)
            return null;
        return new ServedWebRoot(root,
        [
            .. webRoot.Files.Where(file => file.Encoding is null && ServedFiles.CanBeSaid(file.Path))
                .Select(file => (file.Path, file.Cache == CachePolicy.Immutable ? ServedFiles.ForEver : ServedFiles.AskFirst)),
        ]);
    }

    // The setting tells of the static root, which mostly lies below the web root, there as here.
    private static string? RootOf(CollectSettings settings)
    {
        var below = "/" + FilePath.Show(settings.Root, settings.PublishedWebRoot);
        return FilePath.IsAtOrBelow(settings.Root, settings.PublishedWebRoot) && settings.ServerRoot.EndsWith(below, StringComparison.Ordinal)
            ? settings.ServerRoot[..^below.Length]
            : null;
    }
}
