using StaticCollect.Build.Content;

namespace StaticCollect.Build.Naming;

/// <summary>
/// A file that is named elsewhere: one of the web root as the files of the static root see it, or the other way round.
/// </summary>
/// <param name="Path">Its plain path from the root of the host, without a slash at the front.</param>
internal sealed record Neighbour(string Path)
{
    /// <summary>The path with its fingerprint; <see langword="null"/> where it has its plain name only.</summary>
    public string? FingerprintedPath { get; init; }

    /// <summary>The fingerprint in that path.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The hash of its bytes where references in it are rewritten; not known where they are those of its source.</summary>
    public Sha256 Rewritten { get; init; }

    /// <summary>Whether its name is not known yet: a reference to it is left as it is, for now.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether nobody knows yet that it is there at all.</summary>
    public bool IsGuess { get; init; }

    /// <summary>What stands behind the fingerprint.</summary>
    public string After => FingerprintedPath![(FingerprintedPath!.LastIndexOf(Fingerprint, StringComparison.Ordinal) + Fingerprint.Length)..];
}

/// <summary>
/// The files beside those that are named, which these may refer to. The web root is named while the SDK publishes it and
/// the static root after that, so each sees the other as neighbours.
/// </summary>
internal sealed class Neighbours
{
    private readonly IReadOnlyDictionary<string, Neighbour> _files;
    private readonly string? _awaited;

    private Neighbours(IReadOnlyDictionary<string, Neighbour> files, string? awaited) => (_files, _awaited) = (files, awaited);

    /// <summary>There are none.</summary>
    public static Neighbours None { get; } = new(new Dictionary<string, Neighbour>(StringComparer.Ordinal), awaited: null);

    /// <summary>Nothing is known but that they lie below a path: whatever is there may be one.</summary>
    /// <param name="below">The path from the root of the host, without a slash at the front; empty, or ending in one.</param>
    public static Neighbours Below(string below) => new(None._files, below);

    /// <summary>These, and no others.</summary>
    public static Neighbours Of(IReadOnlyCollection<Neighbour> files) =>
        files.Count == 0 ? None : new(files.ToDictionary(file => file.Path, StringComparer.Ordinal), awaited: null);

    /// <summary>The one at a path from the root of the host, without a slash at the front.</summary>
    public Neighbour? Find(string path) =>
        _awaited is not null
            ? path.StartsWith(_awaited, StringComparison.Ordinal) ? new Neighbour(path) { IsAwaited = true, IsGuess = true } : null
            : _files.GetValueOrDefault(path);
}
