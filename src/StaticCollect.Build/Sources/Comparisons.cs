using StaticCollect.Build.Content;

namespace StaticCollect.Build.Sources;

/// <summary>
/// Compares the bytes of files, and remembers the answers for pairs whose stamps prove that neither has changed since:
/// a run with nothing to do opens no file.
/// </summary>
/// <param name="known">The answers of the last run.</param>
/// <param name="trustedBefore">Times from here on (UTC ticks) prove nothing: the file may still be being written.</param>
internal sealed class Comparisons(IReadOnlyList<Comparison> known, long trustedBefore)
{
    private readonly Dictionary<(string, FileStamp, string, FileStamp), bool> _known =
        known.DistinctBy(Key).ToDictionary(Key, answer => answer.Equal);

    // A source folder that is named twice has the same pair compared twice; the record keeps one answer.
    private readonly HashSet<Comparison> _asked = [];
    private readonly List<Comparison> _answers = [];

    /// <summary>The answers given, for the next record.</summary>
    public IReadOnlyList<Comparison> Answers => _answers;

    private static (string, FileStamp, string, FileStamp) Key(Comparison answer) => (answer.PathA, answer.StampA, answer.PathB, answer.StampB);

    /// <summary>Whether two files hold the same bytes.</summary>
    public bool AreEqual(StaticFile a, StaticFile b)
    {
        if (a.Stamp.Length != b.Stamp.Length)
            return false;
        var key = (a.SourcePath, a.Stamp, b.SourcePath, b.Stamp);
        if (!_known.TryGetValue(key, out var equal))
            equal = EqualBytes.AreEqual(a.SourcePath, b.SourcePath);
        var answer = new Comparison(a.SourcePath, a.Stamp, b.SourcePath, b.Stamp, equal);
        if (a.Stamp.Ticks < trustedBefore && b.Stamp.Ticks < trustedBefore && _asked.Add(answer))
            _answers.Add(answer);
        return equal;
    }
}

/// <summary>The answer to "do these two files hold the same bytes".</summary>
/// <param name="PathA">Full path of the one.</param>
/// <param name="StampA">Its stamp when it was read.</param>
/// <param name="PathB">Full path of the other.</param>
/// <param name="StampB">Its stamp when it was read.</param>
/// <param name="Equal">The answer.</param>
internal sealed record Comparison(string PathA, FileStamp StampA, string PathB, FileStamp StampB, bool Equal);
