using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Tasks;
using StaticCollect.Build.Upload.Objects;

namespace StaticCollect.Build.Upload.Tasks;

/// <summary>
/// What the tasks of all stores have in common: the settings, as text, and the border at which what can go wrong with a
/// store becomes one line of the log.
/// </summary>
public abstract class UploadTask : StaticCollectTask
{
    /// <summary>One item, whose metadata are the <c>StaticCollect</c> properties of uploads under their own names.</summary>
    [Required]
    public ITaskItem Upload { get; set; } = null!;

    /// <summary><c>StaticCollectUploadHeader</c> items with <c>Pattern</c> and <c>Value</c>.</summary>
    public ITaskItem[] Headers { get; set; } = [];

    /// <summary>What is done: <c>Plan</c>, <c>Upload</c> or <c>Verify</c>.</summary>
    [Required]
    public string Work { get; set; } = "";

    /// <inheritdoc/>
    private protected override bool TellsWarnings => false;

    /// <summary>The kind of store.</summary>
    private protected abstract StoreKind Kind { get; }

    /// <summary>Where credentials come from: a sentence for those who have given none.</summary>
    private protected abstract string Credentials { get; }

    /// <summary>Opens the store.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="properties">The properties of uploads.</param>
    /// <param name="raw">The same as texts.</param>
    private protected abstract IObjectStore? Open(StoreAddress address, PropertyReader properties, RawItem raw);

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "What is no problem of a store goes on its way.")]
    private protected override void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation)
    {
        var raw = Value(Upload);
        var mistakes = new List<Diagnostic>();
        var upload = UploadSettingsReader.Read(raw, [.. Headers.Select(Value)], settings, Kind, mistakes.Add);
        try
        {
            using var store = upload is null ? null : Open(upload.Address, new PropertyReader(raw, mistakes.Add), raw);
            if (log.Tell(mistakes) && store is not null)
                DoAsync(new Uploads(upload!, store, log, TimeProvider.System), cancellation).GetAwaiter().GetResult();
        }
        catch (Exception e) when (upload is not null && UploadProblems.Describe(e, upload, Credentials) is { } problem)
        {
            log.Report(problem);
        }
    }

    private Task DoAsync(Uploads uploads, CancellationToken cancellation) => Work switch
    {
        "Plan" => uploads.PlanAsync(cancellation),
        "Verify" => uploads.VerifyAsync(cancellation),
        _ => uploads.UploadAsync(cancellation),
    };
}
