using StaticCollect.Build.Content;
using StaticCollect.Build.Emitters.Servers;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>Makes objects of the files of a release.</summary>
internal static class WantedObjects
{
    /// <summary>The objects of a release, in its order.</summary>
    /// <param name="release">The release.</param>
    /// <param name="encoding">The encoding that takes the place of each file that has it; <see langword="null"/> where encodings lie beside.</param>
    /// <param name="rules">Headers by pattern: a later one of a name wins.</param>
    public static IReadOnlyList<WantedObject> Of(Release release, IContentEncoding? encoding, IReadOnlyList<HeaderRule> rules) =>
    [
        .. encoding is null
            ? release.Files.Select(file => Wanted(file, file, rules))
            : release.Files.Where(file => file.Encoding is null)
                .Select(file => Wanted(file, release.EncodingsOf(file).FirstOrDefault(other => other.Encoding == encoding) ?? file, rules)),
    ];

    private static WantedObject Wanted(ReleaseFile file, ReleaseFile bytes, IReadOnlyList<HeaderRule> rules) => new(
        file.Path,
        KindOf(file),
        bytes.Path,
        bytes.Content.Hash,
        bytes.Content.Length,
        Headers(file, bytes.Encoding, rules),
        file is { Cache: CachePolicy.Immutable, Encoding: null } ? file.Content.Hash : default);

    private static Kind KindOf(ReleaseFile file) => file switch
    {
        { Role: Role.Generated } => Kind.Manifest,
        { Cache: CachePolicy.Immutable, Encoding: null } => Kind.Immutable,
        { Cache: CachePolicy.Immutable } => Kind.Encoding,
        { MediaType: "text/html" or "application/xhtml+xml" } => Kind.Page,
        _ => Kind.Plain,
    };

    private static ObjectHeaders Headers(ReleaseFile file, IContentEncoding? encoding, IReadOnlyList<HeaderRule> rules)
    {
        var headers = new ObjectHeaders(
            MediaTypes.Header(file.MediaType),
            file.Cache == CachePolicy.Immutable ? ServedFiles.ForEver : ServedFiles.AskFirst,
            encoding?.Name);
        foreach (var rule in rules)
        {
            // An encoding goes with what it encodes.
            if (rule.Pattern.Matches(file.LogicalPath) || rule.Pattern.Matches(file.Path))
                headers = rule.Apply(headers);
        }

        return headers;
    }
}
