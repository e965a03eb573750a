using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Encodings;

/// <summary>What the SDK publishes below the static root, files that lie there already: those that stay, and those that do not.</summary>
/// <param name="Files">The files that no other source replaces, by logical path.</param>
/// <param name="Encodings">The compressed forms that the SDK makes of them: full path of each, by its path below the root.</param>
/// <param name="Replaced">Paths of all other files of it, and of their compressed forms.</param>
internal sealed record PublishedBySdk(
    IReadOnlyDictionary<string, StaticFile> Files, IReadOnlyDictionary<string, string> Encodings, IReadOnlySet<string> Replaced)
{
    private Spellings? _spellings;

    /// <summary>Nothing at all.</summary>
    public static PublishedBySdk Nothing { get; } = new(
        new Dictionary<string, StaticFile>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Paths of the names with fingerprints that the web root has below the static root, earlier ones and encodings among them.</summary>
    public IReadOnlySet<string> Names { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What it is where these files win.</summary>
    /// <param name="settings">The settings of the collection.</param>
    /// <param name="winners">The winner of each logical path.</param>
    public static PublishedBySdk Of(CollectSettings settings, IReadOnlyList<StaticFile> winners)
    {
        if (settings.Finders.OfType<WebRootFinder>().FirstOrDefault() is not { } finder)
            return Nothing;
        var files = winners.Where(file => file.Finder == FinderKind.WebRoot).ToDictionary(file => file.LogicalPath, StringComparer.Ordinal);
        var sources = files.Values.Select(file => file.SourcePath).ToHashSet(StringComparer.Ordinal);
        var encodings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var asset in finder.Assets.Where(asset => asset.IsEncoding && sources.Contains(asset.RelatedAsset)))
            encodings.TryAdd(finder.PathOf(asset), asset.SourcePath);
        var replaced = finder.Assets.Where(asset => asset.IsPublished || asset.IsEncoding).Select(finder.PathOf)
            .Where(path => !files.ContainsKey(path) && !encodings.ContainsKey(path));
        return new PublishedBySdk(files, encodings, replaced.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The file of the web root that servers would send a collected one in place of, for its name.</summary>
    public StaticFile? OriginalOf(StaticFile collected) =>
        Files.Count > 0 && Precompressed.EncodingOf(collected.LogicalPath) is { } encoding
        && (_spellings ??= Precompressed.Spellings(Files.Values)).Find(Precompressed.Stem(collected.LogicalPath, encoding)) is { } original
            ? Files[original]
            : null;

    /// <summary>Whether a collected file decodes to the file of the web root that it stands beside.</summary>
    public static bool IsEncodingOf(StaticFile original, StaticFile collected, CancellationToken cancellation)
    {
        using var stream = FileSystem.OpenStream(original.SourcePath);
        var hash = Sha256.Of(stream);
        return Precompressed.DecodesTo(Precompressed.EncodingOf(collected.LogicalPath)!, collected.SourcePath, hash, stream.Length, cancellation);
    }

    /// <summary>Full path of the file that the SDK publishes at a path below the static root, or <see langword="null"/>.</summary>
    public string? SourceOf(string path) => Files.TryGetValue(path, out var file) ? file.SourcePath : Encodings.GetValueOrDefault(path);
}
