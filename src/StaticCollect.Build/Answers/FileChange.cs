using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>Why a file is another one than in the release before.</summary>
internal enum ChangeKind
{
    /// <summary>It was not there.</summary>
    Added,

    /// <summary>It is not there any more.</summary>
    Removed,

    /// <summary>Its source has other bytes.</summary>
    Edited,

    /// <summary>Its source is the same, and a file that it refers to has another name or other bytes.</summary>
    Follows,

    /// <summary>Its source is the same and so is all that it refers to: a setting changed, or a file of the web root that it names.</summary>
    Otherwise,

    /// <summary>Bytes and name are the same: how it is sent changed, its cache policy or its encodings.</summary>
    Sent,
}

/// <summary>One static file that is another one than in the release before.</summary>
/// <param name="LogicalPath">Its logical path.</param>
/// <param name="Kind">Why.</param>
/// <param name="Before">What was published; <see langword="null"/> where it was not there.</param>
/// <param name="After">What is published; <see langword="null"/> where it is not there any more.</param>
internal sealed record FileChange(string LogicalPath, ChangeKind Kind, PublishedForms? Before, PublishedForms? After)
{
    /// <summary>
    /// The logical paths from this file to the one at fault, each of which refers to the next; this file alone where it is that
    /// one itself.
    /// </summary>
    public IReadOnlyList<string> Chain { get; init; } = [LogicalPath];

    /// <summary>How many bytes somebody downloads again who has all of the release before.</summary>
    public long Again => Before is not null && After is not null && Kind != ChangeKind.Sent ? After.Sent : 0;
}

/// <summary>A static file as it is published, in all its forms.</summary>
/// <param name="File">The file, under the name with its fingerprint where it has that.</param>
/// <param name="HasPlainName">Whether it is there under its logical path.</param>
/// <param name="Encodings">Its encodings.</param>
internal sealed record PublishedForms(ReleaseFile File, bool HasPlainName, IReadOnlyList<ReleaseFile> Encodings)
{
    /// <summary>How many bytes a browser downloads that takes every encoding.</summary>
    public long Sent => Encodings.Select(encoding => encoding.Content.Length).Append(File.Content.Length).Min();

    /// <summary>The files of a release by logical path.</summary>
    public static Dictionary<string, PublishedForms> Of(Release release) => release.Collected.ToDictionary(
        file => file.LogicalPath,
        file => new PublishedForms(file.Published, file.Plain is not null, [.. release.EncodingsOf(file.Published)]),
        StringComparer.Ordinal);

    /// <summary>Whether it is sent as another one is.</summary>
    public bool IsSentAs(PublishedForms other) =>
        File.Cache == other.File.Cache
        && HasPlainName == other.HasPlainName
        && Encodings.Select(encoding => (encoding.Path, encoding.Content.Hash)).SequenceEqual(other.Encodings.Select(encoding => (encoding.Path, encoding.Content.Hash)));
}
