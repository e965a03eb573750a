using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;
using StaticCollect.Build.Upload.Objects;
using StaticCollect.Build.Upload.Planning;
using StaticCollect.Build.Upload.Sending;
using StaticCollect.Build.Upload.Verifying;

namespace StaticCollect.Build.Upload;

/// <summary>Plans and uploads: the way from a release on disk to a store.</summary>
/// <param name="settings">The settings.</param>
/// <param name="store">The store.</param>
/// <param name="log">Is told what happens.</param>
/// <param name="time">The clock.</param>
internal sealed class Uploads(UploadSettings settings, IObjectStore store, ICollectLog log, TimeProvider time)
{
    private readonly LocalFiles _files = new(settings.Collect.Root);

    /// <summary>Writes the plan, for people to read and for <see cref="UploadAsync"/> to carry out.</summary>
    public async Task PlanAsync(CancellationToken cancellation)
    {
        if (await PrepareAsync(time.GetUtcNow(), cancellation).ConfigureAwait(false) is not { } prepared)
            return;
        Write(prepared);
        log.Summary($"Upload to '{store.Name}': {PlanSummary.Of(prepared.Plan)}. The plan is '{settings.Collect.Show(settings.PlanPath)}'.");
    }

    /// <summary>Uploads by the plan that the user names, or else by a new one.</summary>
    public async Task UploadAsync(CancellationToken cancellation)
    {
        PlanOnDisk? given = null;
        if (settings.IsPlanGiven && (given = ReadPlan()) is null)
            return;
        if (await PrepareAsync(given?.At ?? time.GetUtcNow(), cancellation).ConfigureAwait(false) is not { } prepared)
            return;
        if (given?.Difference(PlanFile.Read(Format(prepared))!) is { } difference)
        {
            log.Report(Diagnostic.Error(Codes.PlanOutdated, $"The plan '{settings.Collect.Show(settings.PlanPath)}' does not fit any more: {difference}. Run PlanUploadStatic again.", settings.PlanPath));
            return;
        }

        if (given is null)
            Write(prepared);
        if (prepared.Plan.Count(Do.Delete) is var deletions && deletions > settings.MaxDeletes)
        {
            log.Report(Diagnostic.Error(Codes.TooManyDeletions, $"The upload would delete {deletions} objects from '{store.Name}', and StaticCollectUploadMaxDeletes allows {settings.MaxDeletes}. Look into '{settings.Collect.Show(settings.PlanPath)}'; where they may go, raise it."));
            return;
        }

        if (settings.Collect.DryRun)
        {
            log.Summary($"Upload to '{store.Name}': {PlanSummary.Of(prepared.Plan)}. Dry run: nothing was uploaded.");
            return;
        }

        await CarryOutAsync(prepared, cancellation).ConfigureAwait(false);
    }

    /// <summary>Compares the store, and the live site where there is one, with the release; tells every difference.</summary>
    public async Task VerifyAsync(CancellationToken cancellation)
    {
        if (ReadRelease() is not { } read)
            return;
        var (release, id, wanted) = read;
        var sample = Sample.Of(wanted.Values, id, settings.VerifySample);
        if (log.Tell(await new StoreVerifier(store).VerifyAsync([.. wanted.Values], sample, cancellation).ConfigureAwait(false)))
            log.Summary($"'{store.Name}' holds the release: names, lengths and headers of {Wording.Count(wanted.Count, "object")}, and the bytes of {sample.Count}.");
        if (settings.VerifyUrl is not { } site)
            return;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        if (log.Tell(await new SiteVerifier(client, site, release, settings.Encoding is not null).VerifyAsync(sample, cancellation).ConfigureAwait(false)))
            log.Summary($"'{site.AbsoluteUri}' serves the release: {Wording.Count(sample.Count, "object")} asked for, in each encoding.");
    }

    private async Task CarryOutAsync(Prepared prepared, CancellationToken cancellation)
    {
        var (plan, wanted, view) = prepared;
        if (log.WantsDetails)
        {
            foreach (var step in plan.Steps.Where(step => step.Do != Do.Keep))
                log.Detail($"  {step.Do} '{step.Path}': {step.Why}.");
        }

        if (view.Ledger.Claim is not null)
            log.Detail($"An upload to '{store.Name}' did not end, or still runs: this one goes on in its place.");
        if (!plan.IsNothing)
            await new Uploader(store, _files, log, time).RunAsync(plan, wanted, view, Guid.NewGuid().ToString("N"), cancellation).ConfigureAwait(false);
        log.Summary($"{Summary(plan)} '{store.Name}'.");
    }

    private static string Summary(UploadPlan plan) => !plan.Changes.Any() && plan.Count(Do.Retire) == 0
        ? $"Nothing to upload: {Wording.Count(plan.Count(Do.Keep), "object")} as it should be in"
        : $"{Wording.Count(plan.Count(Do.Put), "object")} put ({Wording.Size(plan.Steps.Where(step => step.Do == Do.Put).Sum(step => step.Bytes))}), {plan.Count(Do.PutHeaders)} with other headers, {plan.Count(Do.Keep)} unchanged, {plan.Count(Do.Retire)} retired, {plan.Count(Do.Delete)} deleted in";

    private async Task<Prepared?> PrepareAsync(DateTimeOffset at, CancellationToken cancellation)
    {
        if (ReadRelease() is not { } release)
            return null;
        var wanted = release.Wanted;
        if (!log.Tell(TooLarge(wanted.Values)))
            return null;
        var view = await StoreReading.ReadAsync(store, wanted, _files, settings.TrustsLedger, cancellation).ConfigureAwait(false);
        if (view is null)
        {
            log.Report(Diagnostic.Error(Codes.LedgerUnreadable, $"'{Ledger.Path}' in '{store.Name}', which tells what was uploaded, cannot be read: it is damaged, or a newer version of this package wrote it. Update the package, or bring back an earlier version of the object; without it nothing is ever deleted."));
            return null;
        }

        var (plan, problems) = UploadPlanner.Plan(release.Id, wanted, view, settings.Retention, at);
        return log.Tell(problems) ? new Prepared(plan, wanted, view) : null;
    }

    private IReadOnlyList<Diagnostic> TooLarge(IEnumerable<WantedObject> wanted) =>
    [
        .. wanted.Where(one => one.Length > store.LongestObject).Select(one => Diagnostic.Error(
            Codes.ObjectTooLarge, $"'{one.Path}' has {one.Length} bytes, and '{store.Name}' takes {store.LongestObject} in one piece. Make it smaller, or leave it out by StaticCollectIgnore and put it there by other means.")),
    ];

    private (Release Release, string Id, IReadOnlyDictionary<string, WantedObject> Wanted)? ReadRelease()
    {
        if (ReleaseJson.ReadPast(settings.ReleasePath) is { } read)
            return (read.Release, read.Id, WantedObjects.Of(read.Release, settings.Encoding, settings.Headers).ToDictionary(one => one.Path, StringComparer.Ordinal));
        log.Report(Diagnostic.Error(Codes.NoRelease, $"There is no release to upload at '{settings.Collect.Show(settings.ReleasePath)}'. Publish first, or set StaticCollectUploadRelease to the release.json of a publish."));
        return null;
    }

    private PlanOnDisk? ReadPlan()
    {
        if (File.Exists(settings.PlanPath) && PlanFile.Read(FileSystem.ReadAllBytes(settings.PlanPath)) is { } plan)
            return plan;
        log.Report(Diagnostic.Error(Codes.PlanOutdated, $"There is no plan at '{settings.Collect.Show(settings.PlanPath)}', or it cannot be read. Run PlanUploadStatic first, or leave StaticCollectUploadPlan out to upload without one.", settings.PlanPath));
        return null;
    }

    private byte[] Format(Prepared prepared) =>
        PlanFile.Format(prepared.Plan, PlanRequests.Of(prepared.Plan, store, prepared.View.Objects.Count));

    private void Write(Prepared prepared) => AtomicFile.Write(settings.PlanPath, Format(prepared));

    private sealed record Prepared(UploadPlan Plan, IReadOnlyDictionary<string, WantedObject> Wanted, StoreView View);
}
