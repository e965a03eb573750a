using StaticCollect.Build.Content;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>
/// What uploads have put into a store, kept in the store itself: which object is whose, what it holds, and since when no
/// release has it any more.
/// </summary>
/// <param name="Release">The id of the release that was uploaded last; empty where none was.</param>
/// <param name="Number">How many releases were uploaded: each is counted that changed something.</param>
/// <param name="Entries">What was put, by path.</param>
internal sealed record Ledger(string Release, int Number, IReadOnlyDictionary<string, LedgerEntry> Entries)
{
    /// <summary>Where it lies from the prefix on. No release has such a name, unless someone ignores no dotted names.</summary>
    public const string Path = ".staticcollect/ledger.json";

    /// <summary>The ledger of a store that nothing was uploaded to.</summary>
    public static Ledger Empty { get; } = new("", 0, new Dictionary<string, LedgerEntry>(StringComparer.Ordinal));

    /// <summary>
    /// The mark of an upload that is under way, or did not end; <see langword="null"/> where the last one did. What it was
    /// about to put stands among the entries, without an ETag.
    /// </summary>
    public string? Claim { get; init; }

    /// <summary>The ledger while an upload is under way: with what it puts, so that none of it is ever nobody's.</summary>
    /// <param name="plan">What is to be done.</param>
    /// <param name="wanted">The objects of the release.</param>
    /// <param name="stored">The store as the plan saw it.</param>
    /// <param name="claim">What the upload is known by.</param>
    public Ledger Begin(UploadPlan plan, IReadOnlyDictionary<string, WantedObject> wanted, IReadOnlyDictionary<string, StoredObject> stored, string claim)
    {
        var entries = new Dictionary<string, LedgerEntry>(Entries, StringComparer.Ordinal);

        // What is kept is current from the first page on, and so it is where this upload does not end.
        foreach (var step in plan.Steps.Where(step => step.Do == Do.Keep && entries.ContainsKey(step.Path)))
            entries[step.Path] = entries[step.Path] with { Last = plan.Number, Retired = null };
        foreach (var step in plan.Steps.Where(step => step.Do is Do.Put or Do.PutHeaders))
        {
            var entry = Entry(wanted[step.Path], etag: null, plan.Number);
            entries[step.Path] = Entries.TryGetValue(step.Path, out var was) && stored.TryGetValue(step.Path, out var there) && was.IsStill(there)
                ? entry with { Was = there.Hash.IsKnown ? there.Hash : was.Hash, From = was.From }
                : entry;
        }

        return this with { Entries = entries, Claim = claim };
    }

    /// <summary>The ledger once the pages are out: what the release has is current, all else no longer.</summary>
    /// <param name="plan">What was done.</param>
    /// <param name="wanted">The objects of the release.</param>
    /// <param name="stored">The store as it is now.</param>
    public Ledger Commit(UploadPlan plan, IReadOnlyDictionary<string, WantedObject> wanted, IReadOnlyDictionary<string, StoredObject> stored)
    {
        var entries = new Dictionary<string, LedgerEntry>(StringComparer.Ordinal);
        var gone = new List<LedgerEntry>();
        foreach (var (path, entry) in Entries)
        {
            if (wanted.TryGetValue(path, out var one))
            {
                entries.Add(path, Entry(one, stored[path].ETag, plan.Number));
                if (entry.ETag is null)
                    gone.Add(entry);
            }
            else if (stored.TryGetValue(path, out var there) && entry.IsStill(there))
            {
                entries.Add(path, entry with
                {
                    Hash = there.Hash.IsKnown ? there.Hash : entry.Hash,
                    Was = default,
                    Length = there.Length,
                    Headers = there.Headers?.Digest ?? entry.Headers,
                    ETag = there.ETag,
                    Retired = entry.Retired ?? plan.At,
                });
            }
            else
            {
                // What is gone, or what others have put in its place, is not ours any more.
                gone.Add(entry);
            }
        }

        foreach (var (path, one) in wanted)
            entries.TryAdd(path, Entry(one, stored[path].ETag, plan.Number));
        return new Ledger(plan.Release, plan.Number, Stay(entries, gone, plan.At));
    }

    /// <summary>The ledger without objects that were deleted.</summary>
    /// <param name="paths">Their paths.</param>
    /// <param name="at">The time.</param>
    public Ledger Without(IReadOnlyCollection<string> paths, DateTimeOffset at)
    {
        var entries = new Dictionary<string, LedgerEntry>(Entries, StringComparer.Ordinal);
        foreach (var path in paths)
            entries.Remove(path);
        return this with { Entries = Stay(entries, paths.Select(path => Entries[path]), at) };
    }

    /// <summary>Until an object went, or was overwritten, somebody may have been served it: what it names stays as long from now on.</summary>
    private static Dictionary<string, LedgerEntry> Stay(Dictionary<string, LedgerEntry> entries, IEnumerable<LedgerEntry> gone, DateTimeOffset at)
    {
        var namers = new Namers(gone);
        foreach (var (path, entry) in entries.Where(pair => pair.Value.Retired is not null && namers.MayName(pair.Value)).ToList())
            entries[path] = entry with { Retired = at };
        return entries;
    }

    private static LedgerEntry Entry(WantedObject one, string? etag, int number) =>
        new(one.Hash, one.Length, one.Headers.Digest, etag, number) { Kind = one.Kind, Promise = one.Promise };
}

/// <summary>What was put under one path.</summary>
/// <param name="Hash">The SHA-256 of its bytes.</param>
/// <param name="Length">How many they are.</param>
/// <param name="Headers">The digest of its headers.</param>
/// <param name="ETag">What the store calls it; <see langword="null"/> where the upload that was to put it did not end.</param>
/// <param name="Last">The number of the release that had it last.</param>
internal sealed record LedgerEntry(Sha256 Hash, long Length, string Headers, string? ETag, int Last)
{
    /// <summary>The SHA-256 of what its name promises for ever; not known where it promises nothing.</summary>
    public Sha256 Promise { get; init; }

    /// <summary>
    /// The SHA-256 of what an upload was to overwrite, which is still there where that upload did not come so far; not known
    /// where there was nothing of ours.
    /// </summary>
    public Sha256 Was { get; init; }

    /// <summary>
    /// The number of the oldest release that what is there may be of: before <see cref="Last"/> where an upload was to overwrite
    /// it, and did not end.
    /// </summary>
    public int From { get; init; } = Last;

    /// <summary>What it is to pages.</summary>
    public Kind Kind { get; init; }

    /// <summary>When it stopped being current; <see langword="null"/> while it is.</summary>
    public DateTimeOffset? Retired { get; init; }

    /// <summary>Whether an object is what this tells of.</summary>
    public bool IsStill(StoredObject stored) => ETag == stored.ETag || (stored.Hash.IsKnown && (stored.Hash == Hash || stored.Hash == Was));
}

/// <summary>
/// Objects that may name others, which then stay until nobody has these any more: those nearer to visitors, and what they name
/// was current as long as they were themselves, or longer.
/// </summary>
internal sealed class Namers
{
    private readonly int[] _first = [.. Enum.GetValues<Kind>().Select(_ => int.MaxValue)];

    /// <summary>Takes them.</summary>
    public Namers(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
            _first[(int)entry.Kind] = Math.Min(_first[(int)entry.Kind], entry.From);
    }

    /// <summary>Whether one of them may name an object. What visitors keep for ever and its encodings are one thing.</summary>
    public bool MayName(LedgerEntry entry) => _first.Skip(1 + (int)(entry.Kind == Kind.Immutable ? Kind.Encoding : entry.Kind)).Any(first => first <= entry.Last);
}
