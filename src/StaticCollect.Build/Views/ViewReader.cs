using StaticCollect.Build.Content;
using StaticCollect.Build.References;
using StaticCollect.Build.References.Markup;

namespace StaticCollect.Build.Views;

/// <summary>Reads views; those that have not changed are taken from the last run.</summary>
internal static class ViewReader
{
    private static readonly RazorLanguage Page = new(isComponent: false);
    private static readonly RazorLanguage Component = new(isComponent: true);

    /// <summary>Reads views.</summary>
    /// <param name="paths">Full paths of them; what is not there is left out.</param>
    /// <param name="last">What the last run read.</param>
    /// <param name="trustedBefore">Times (UTC ticks) from here on prove nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static IReadOnlyList<View> Read(IReadOnlyList<string> paths, IReadOnlyList<View> last, long trustedBefore, CancellationToken cancellation)
    {
        var known = last.Where(view => view.IsTrusted).DistinctBy(view => view.Path, StringComparer.Ordinal).ToDictionary(view => view.Path, StringComparer.Ordinal);
        var views = new View?[paths.Count];
        Workers.For(paths.Count, i => views[i] = Read(paths[i], known.GetValueOrDefault(paths[i]), trustedBefore), cancellation);
        return [.. views.OfType<View>()];
    }

    /// <summary>What stands in a view.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="text">The view.</param>
    public static IReadOnlyList<ViewReference> ReferencesOf(string path, byte[] text)
    {
        // Nobody could show a view that is saved otherwise.
        if (FileText.IsUtf16(text))
            return [];
        var lines = new Lines(text);
        var references = new List<ViewReference>();
        foreach (var reference in (IsComponent(path) ? Component : Page).Find(text))
        {
            var (line, column) = lines.At(reference.Start);
            var isAsset = reference.Kind == ReferenceKind.ViewAsset;
            if (isAsset || IsFromRoot(reference.Url))
                references.Add(new ViewReference(reference.Url, isAsset, line, column));
        }

        return references;
    }

    private static View? Read(string path, View? known, long trustedBefore)
    {
        if (FileStamp.Of(path) is not { } stamp)
            return null;
        if (known is not null && known.Stamp == stamp)
            return known;
        try
        {
            return new View(path, stamp, stamp.Ticks < trustedBefore, ReferencesOf(path, FileSystem.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The compiler has told, where it matters.
            return null;
        }
    }

    private static bool IsComponent(string path) => path.EndsWith(".razor", StringComparison.OrdinalIgnoreCase);

    private static bool IsFromRoot(string url) => url[0] == '/' || url.StartsWith("~/", StringComparison.Ordinal) || url.StartsWith("http", StringComparison.OrdinalIgnoreCase);
}
