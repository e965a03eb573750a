using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Planning;

/// <summary>How long objects stay that no page names any more: both must be over.</summary>
/// <param name="Releases">How many releases after the last that had it.</param>
/// <param name="Time">How long after it stopped being current.</param>
internal sealed record Retention(int Releases, TimeSpan Time);

/// <summary>Makes the plan: a function of release, ledger, store and rules, and of nothing else.</summary>
internal static class UploadPlanner
{
    /// <summary>The plan, and what forbids to carry it out.</summary>
    /// <param name="release">The id of the release.</param>
    /// <param name="wanted">Its objects.</param>
    /// <param name="store">The store as it was seen.</param>
    /// <param name="retention">How long objects stay.</param>
    /// <param name="at">The time.</param>
    public static (UploadPlan Plan, IReadOnlyList<Diagnostic> Problems) Plan(
        string release, IReadOnlyDictionary<string, WantedObject> wanted, StoreView store, Retention retention, DateTimeOffset at)
    {
        var steps = new List<UploadStep>();
        var problems = new List<Diagnostic>();
        foreach (var one in wanted.Values)
        {
            var entry = store.Ledger.Entries.GetValueOrDefault(one.Path);
            if (store.Objects.GetValueOrDefault(one.Path) is { } stored && BreaksPromise(one, stored, entry))
                problems.Add(Diagnostic.Error(Codes.ImmutableOverwritten, $"'{one.Path}' in '{store.Name}' has other bytes than the release, and its name says that it never changes: browsers and caches keep it for ever. Give the file another name; or delete the object, where no upload has put it there; or upload to another prefix."));
            steps.Add(Step(one, store.Objects.GetValueOrDefault(one.Path), entry));
        }

        var ours = store.Ledger.Entries.Where(pair => !wanted.ContainsKey(pair.Key) && store.Objects.TryGetValue(pair.Key, out var stored) && pair.Value.IsStill(stored)).ToList();
        steps.AddRange(ours.Where(pair => pair.Value.Retired is null).Select(pair => new UploadStep(Do.Retire, pair.Key, "the release does not have it", 0, Stage.Retirement)));

        // Whatever makes the release another one makes it count.
        var number = store.Ledger.Number + (store.Ledger.Claim is not null || steps.Exists(step => step.Do != Do.Keep) ? 1 : 0);
        // A page that goes, or that is overwritten after it was not current, is served until now: what it may name stays.
        var overwritten = steps.Where(step => step.Do == Do.Put).Select(step => step.Path).ToHashSet(StringComparer.Ordinal);
        var namers = new Namers(store.Ledger.Entries
            .Where(pair => !wanted.ContainsKey(pair.Key) || pair.Value.ETag is null || (pair.Value.Retired is not null && overwritten.Contains(pair.Key)))
            .Select(pair => pair.Value));
        foreach (var (path, entry) in ours)
        {
            if (entry.Retired is { } since && number - entry.Last > retention.Releases && at - since >= retention.Time && !namers.MayName(entry))
                steps.Add(new UploadStep(Do.Delete, path, $"not current since {since:yyyy-MM-dd}, and not in the last {retention.Releases + 1} releases", entry.Length, entry.Kind >= Kind.Plain ? Stage.OldPages : Stage.OldFiles));
        }

        steps.Sort(static (a, b) => a.Stage != b.Stage ? a.Stage.CompareTo(b.Stage) : string.CompareOrdinal(a.Path, b.Path));
        var plan = new UploadPlan(release, store.Name, at, number, steps)
        {
            Ledger = store.LedgerETag,
            MustWriteLedger = store.Ledger.Claim is not null || wanted.Keys.Any(path => !store.Ledger.Entries.TryGetValue(path, out var entry) || entry.ETag != store.Objects.GetValueOrDefault(path)?.ETag),
        };
        return (plan, problems);
    }

    private static UploadStep Step(WantedObject one, StoredObject? stored, LedgerEntry? entry)
    {
        if (stored is null)
            return Put(entry is null ? "new" : "gone from the store");
        if (!HasBytes(one, stored, entry))
            return Put("other bytes");
        return (stored.Headers?.Digest ?? entry?.Headers) == one.Headers.Digest
            ? new UploadStep(Do.Keep, one.Path, "as it should be", 0, StageOf(one.Kind, isNew: false))
            : new UploadStep(Do.PutHeaders, one.Path, "other headers", 0, StageOf(one.Kind, isNew: false)) { Headers = one.Headers, Seen = stored.ETag };

        UploadStep Put(string why) => new(Do.Put, one.Path, why, one.Length, StageOf(one.Kind, stored is null)) { Headers = one.Headers, Seen = stored?.ETag };
    }

    private static bool HasBytes(WantedObject one, StoredObject stored, LedgerEntry? entry) =>
        stored.Length == one.Length && (stored.Hash.IsKnown ? stored.Hash : entry?.ETag == stored.ETag ? entry.Hash : default) == one.Hash;

    // An encoding made otherwise is other bytes for the same content, which is what a name promises.
    private static bool BreaksPromise(WantedObject one, StoredObject stored, LedgerEntry? entry) =>
        one.Promise.IsKnown && !HasBytes(one, stored, entry) && !(entry is not null && entry.IsStill(stored) && entry.Promise == one.Promise);

    private static Stage StageOf(Kind kind, bool isNew) => kind switch
    {
        Kind.Immutable => Stage.Immutable,
        Kind.Encoding => Stage.Encodings,
        Kind.Plain => isNew ? Stage.NewFiles : Stage.ChangedFiles,
        Kind.Page => isNew ? Stage.NewPages : Stage.ChangedPages,
        _ => Stage.Manifest,
    };
}
