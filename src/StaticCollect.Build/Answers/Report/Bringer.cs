using StaticCollect.Build.Content;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Answers.Report;

/// <summary>Who brings files, and from where: what lies below <paramref name="Source"/> is published below <paramref name="Prefix"/>.</summary>
/// <param name="Finder">The finder.</param>
/// <param name="App">The app; a package with its version.</param>
/// <param name="Source">The folder of the sources, ending in <c>/</c>; the source itself where it has another name.</param>
/// <param name="Prefix">The part of the logical paths that stands for it.</param>
internal sealed record Bringer(FinderKind? Finder, string App, string Source, string Prefix)
{
    /// <summary>Who brings a file of a release that was read.</summary>
    public static Bringer Of(ReleaseFile file)
    {
        var (source, path) = (file.Origin.SourcePath, file.LogicalPath);
        var common = 0;
        for (var i = 1; i <= Math.Min(source.Length, path.Length) && source[^i] == path[^i]; i++)
        {
            // Only whole names count.
            if ((i == source.Length || source[^(i + 1)] == '/') && (i == path.Length || path[^(i + 1)] == '/'))
                common = i;
        }

        return new Bringer(file.Origin.Finder, AppOf(file.Origin), source[..^common], path[..^common]);
    }

    private static string AppOf(Origin origin) =>
        origin.Finder == FinderKind.Package && PackagePath.VersionIn(origin.SourcePath, origin.App) is { } version ? $"{origin.App} {version}" : origin.App;
}
