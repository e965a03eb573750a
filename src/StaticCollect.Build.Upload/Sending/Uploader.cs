using System.Collections.Concurrent;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;

namespace StaticCollect.Build.Upload.Sending;

/// <summary>
/// Carries out a plan: just its steps, stage after stage. The ledger is written before the first of them, so that a
/// second upload sees this one and whatever this one leaves behind has an owner, and again when the pages are out.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="files">The bytes of the release.</param>
/// <param name="log">Is told how far it is.</param>
/// <param name="time">The clock.</param>
internal sealed class Uploader(IObjectStore store, LocalFiles files, ICollectLog log, TimeProvider time)
{
    // Of the form that S3 has, and of no object.
    private const string NoETag = "00000000000000000000000000000000";

    private static readonly ObjectHeaders LedgerHeaders = new("application/json", "no-store");

    /// <summary>Does what the plan says.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="wanted">The objects of the release.</param>
    /// <param name="view">The store as the plan saw it.</param>
    /// <param name="claim">What this upload is known by: a text that no other has.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(UploadPlan plan, IReadOnlyDictionary<string, WantedObject> wanted, StoreView view, string claim, CancellationToken cancellation)
    {
        var objects = new ConcurrentDictionary<string, StoredObject>(view.Objects, StringComparer.Ordinal);
        var ledger = view.Ledger;
        var etag = view.LedgerETag;
        if (plan.Changes.Any())
        {
            ledger = ledger.Begin(plan, wanted, view.Objects, claim);
            etag = await WriteAsync(ledger, etag, cancellation).ConfigureAwait(false);
            if (view.Ledger.Number == 0)
                await TryConditionsAsync(ledger, cancellation).ConfigureAwait(false);
        }

        using (var progress = new Progress(log, time, "Uploading", "objects", plan.Changes.Count(), plan.Changes.Where(step => step.Do == Do.Put).Sum(step => step.Bytes)))
        {
            var isChecked = false;
            foreach (var stage in plan.Changes.Where(step => step.Do != Do.Delete).GroupBy(step => step.Stage))
            {
                // From here on names of objects go out: now they must be there.
                if (stage.Key >= Stage.ChangedFiles && !isChecked)
                {
                    await CheckAsync(plan, objects, etag!, cancellation).ConfigureAwait(false);
                    isChecked = true;
                }
                else if (isChecked)
                {
                    await CheckLedgerAsync(etag!, cancellation).ConfigureAwait(false);
                }

                await Connections.ForEachAsync(
                    stage,
                    async (step, token) =>
                    {
                        objects[step.Path] = await PutAsync(step, wanted[step.Path], token).ConfigureAwait(false);
                        progress.Done(step.Bytes);
                    },
                    cancellation).ConfigureAwait(false);
            }
        }

        ledger = ledger.Commit(plan, wanted, objects);
        etag = await WriteAsync(ledger, etag, cancellation).ConfigureAwait(false);
        await DeleteAsync(plan, ledger, etag, cancellation).ConfigureAwait(false);
    }

    private async Task DeleteAsync(UploadPlan plan, Ledger ledger, string etag, CancellationToken cancellation)
    {
        var deletions = plan.Steps.Where(step => step.Do == Do.Delete).ToList();
        if (deletions.Count == 0)
            return;

        // Pages go before what they name.
        foreach (var stage in deletions.GroupBy(step => step.Stage))
        {
            await CheckLedgerAsync(etag, cancellation).ConfigureAwait(false);
            await Connections.ForEachAsync(
                stage.Select(step => step.Path).Chunk(store.ObjectsPerDelete),
                store.DeleteAsync,
                cancellation).ConfigureAwait(false);
        }

        await WriteAsync(ledger.Without([.. deletions.Select(step => step.Path)], plan.At), etag, cancellation).ConfigureAwait(false);
    }

    private async Task<StoredObject> PutAsync(UploadStep step, WantedObject wanted, CancellationToken cancellation)
    {
        var stored = new StoredObject(step.Path, wanted.Length, "") { Hash = wanted.Hash, Headers = wanted.Headers };
        if (step.Do == Do.PutHeaders)
            return stored with { ETag = await store.PutHeadersAsync(step.Path, wanted.Hash, wanted.Headers, step.Seen!, cancellation).ConfigureAwait(false) };
        var body = await files.OpenAsync(wanted, cancellation).ConfigureAwait(false);
        await using (body.Bytes.ConfigureAwait(false))
        {
            try
            {
                return stored with { ETag = await store.PutAsync(step.Path, body, wanted.Headers, PutCondition.Seen(step.Seen), cancellation).ConfigureAwait(false) };
            }
            catch (StoreException e) when (e.Problem == StoreProblem.Moved)
            {
                // Where an answer was lost, a second try meets what the first one put.
                var there = await store.LookAsync(step.Path, cancellation).ConfigureAwait(false);
                if (there?.Hash != wanted.Hash || there.Headers?.Digest != wanted.Headers.Digest)
                    throw;
                return stored with { ETag = there.ETag };
            }
        }
    }

    private async Task<string> WriteAsync(Ledger ledger, string? seen, CancellationToken cancellation)
    {
        var body = ObjectBody.Of(LedgerFile.Format(ledger));
        try
        {
            return await store.PutAsync(Ledger.Path, body, LedgerHeaders, PutCondition.Seen(seen), cancellation).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Problem == StoreProblem.Moved)
        {
            var there = await store.LookAsync(Ledger.Path, cancellation).ConfigureAwait(false);
            if (there?.Hash != body.Hash)
                throw new AnotherUploadException(e);
            return there.ETag;
        }
    }

    /// <summary>Makes sure that the store looks at conditions, which some take and pass over: each of these must fail.</summary>
    private async Task TryConditionsAsync(Ledger ledger, CancellationToken cancellation)
    {
        foreach (var condition in new PutCondition[] { new PutCondition.IfAbsent(), new PutCondition.IfMatch(NoETag) })
        {
            try
            {
                // What is there already: nothing is lost where it is put.
                _ = await store.PutAsync(Ledger.Path, ObjectBody.Of(LedgerFile.Format(ledger)), LedgerHeaders, condition, cancellation).ConfigureAwait(false);
            }
            catch (StoreException e) when (e.Problem == StoreProblem.Moved)
            {
                continue;
            }

            throw new StoreException(StoreProblem.NoConditions, "");
        }
    }

    /// <summary>Makes sure that nobody has touched the store meanwhile, and that all is there that pages are going to name.</summary>
    private async Task CheckAsync(UploadPlan plan, ConcurrentDictionary<string, StoredObject> objects, string etag, CancellationToken cancellation)
    {
        var listed = await StoreReading.ListAsync(store, cancellation).ConfigureAwait(false);
        if (listed.GetValueOrDefault(Ledger.Path)?.ETag != etag)
            throw new AnotherUploadException();
        foreach (var step in plan.Steps.Where(step => step.Do == Do.Keep || (step.Do != Do.Delete && step.Stage < Stage.ChangedFiles)))
        {
            if (listed.GetValueOrDefault(step.Path)?.ETag != objects[step.Path].ETag)
                throw new StoreException(StoreProblem.Moved, $"'{step.Path}' has been changed or deleted while this upload ran.");
        }
    }

    private async Task CheckLedgerAsync(string etag, CancellationToken cancellation)
    {
        var there = await store.LookAsync(Ledger.Path, cancellation).ConfigureAwait(false);
        if (there?.ETag != etag)
            throw new AnotherUploadException();
    }
}

/// <summary>Another upload into the same store has begun meanwhile, and goes on in place of this one.</summary>
/// <param name="inner">What was caught.</param>
internal sealed class AnotherUploadException(Exception? inner = null) : Exception("Another upload into the same store has begun meanwhile.", inner);
