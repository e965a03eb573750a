using System.Diagnostics.CodeAnalysis;
using Microsoft.Build.Framework;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using Task = Microsoft.Build.Utilities.Task;

namespace StaticCollect.Build.Tasks;

/// <summary>
/// What the tasks have in common: the settings, as text, and the border at which what can go wrong on a machine becomes
/// one line of the log. A value that is not allowed is reported as SC1001, naming the property.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "MSBuild disposes no task, and a source without a timer holds nothing that needs it.")]
public abstract class StaticCollectTask : Task, ICancelableTask
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>
    /// One item: the full path of the project file. Its metadata are the <c>StaticCollect</c> properties under their own
    /// names, and what the build knows of the project: <c>PublishFolder</c>, <c>IntermediateFolder</c>,
    /// <c>OutputFolders</c>, <c>HomeFolder</c>, <c>AssetsFile</c>, <c>TargetFramework</c>, <c>RuntimeIdentifier</c>,
    /// <c>Imports</c> (project files in which patterns of items are read back), <c>WarningsAsErrors</c> (<c>true</c> for
    /// all) and <c>WarningsNotAsErrors</c> (codes that stay warnings). Paths may be relative to the project.
    /// </summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary><c>StaticCollectDirectory</c> items with <c>Prefix</c> and <c>App</c>.</summary>
    public ITaskItem[] Directories { get; set; } = [];

    /// <summary><c>StaticCollectFile</c> items with <c>LogicalPath</c>, <c>App</c> and <c>Order</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary><c>StaticCollectApp</c> items: app folders.</summary>
    public ITaskItem[] Apps { get; set; } = [];

    /// <summary><c>StaticCollectIgnore</c> items with <c>Source</c>: patterns to leave out.</summary>
    public ITaskItem[] Ignore { get; set; } = [];

    /// <summary><c>StaticCollectKeepName</c> items: patterns of logical paths that keep their plain name.</summary>
    public ITaskItem[] KeepName { get; set; } = [];

    /// <summary><c>StaticCollectAlreadyFingerprinted</c> items: patterns of logical paths that a bundler has named.</summary>
    public ITaskItem[] AlreadyFingerprinted { get; set; } = [];

    /// <summary><c>StaticCollectIgnoreReference</c> items with <c>Reference</c>: references known to lead nowhere.</summary>
    public ITaskItem[] IgnoreReference { get; set; } = [];

    /// <summary>
    /// The referenced projects as full paths of their project files, dependencies first, with the metadata
    /// <c>FolderName</c> where a project sets <c>StaticCollectFolderName</c> for itself.
    /// </summary>
    public ITaskItem[] Projects { get; set; } = [];

    /// <summary>The SDK's <c>StaticWebAsset</c> items as resolved for publish; for the StaticWebAsset finder.</summary>
    public ITaskItem[] WebAssets { get; set; } = [];

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public override bool Execute()
    {
        var problems = new List<Diagnostic>();
        var settings = SettingsReader.Read(Raw(problems.Add), out var mistakes);
        var log = new BuildLog(Log, settings.Verbosity, IsError);
        foreach (var problem in problems.Concat(mistakes).Where(problem => TellsWarnings || problem.Severity == Severity.Error))
            log.Report(problem);
        if (Log.HasLoggedErrors)
            return false;

        try
        {
            Run(settings, log, _cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Report(Diagnostic.Error(Codes.WriteFailed, $"The static files cannot be collected: {Diagnostic.Reason(e)}"));
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Whether what is merely doubtful about the settings is told; a publish that runs two tasks tells it once.</summary>
    private protected virtual bool TellsWarnings => true;

    /// <summary>Does the work of the task.</summary>
    private protected abstract void Run(CollectSettings settings, BuildLog log, CancellationToken cancellation);

    /// <summary>
    /// Whether <c>TreatWarningsAsErrors</c> makes an error of a warning. MSBuild does so by itself for
    /// <c>MSBuildTreatWarningsAsErrors</c>, <c>WarningsAsErrors</c> and the command line, but leaves this one to the tools.
    /// </summary>
    private bool IsError(string code) =>
        bool.TryParse(Project.GetMetadata("WarningsAsErrors"), out var areErrors)
        && areErrors
        && !Project.GetMetadata("WarningsNotAsErrors")
            .Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Contains(code, StringComparer.OrdinalIgnoreCase);

    private RawSettings Raw(Action<Diagnostic> report)
    {
        var project = Value(Project);
        return new RawSettings(project)
        {
            Directories = Values(Directories),
            Files = Values(Files),
            Apps = Values(Apps),
            Ignore = Patterns(project, "StaticCollectIgnore", Ignore, "Source", report),
            KeepName = Patterns(project, "StaticCollectKeepName", KeepName, null, report),
            AlreadyFingerprinted = Patterns(project, "StaticCollectAlreadyFingerprinted", AlreadyFingerprinted, null, report),
            IgnoreReference = Patterns(project, "StaticCollectIgnoreReference", IgnoreReference, "Reference", report),
            Projects = Values(Projects),
            WebAssets = Values(WebAssets),
        };
    }

    /// <summary>Items that hold patterns, with those whose wildcards MSBuild took for files.</summary>
    private static IReadOnlyList<RawItem> Patterns(
        RawItem project, string itemName, ITaskItem[] items, string? metadata, Action<Diagnostic> report)
    {
        var files = (project["Imports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        return [.. Values(items), .. PatternItems.ReadBack([.. files, project.Include], itemName, metadata, report)];
    }

    private static IReadOnlyList<RawItem> Values(ITaskItem[] items) => [.. items.Select(Value)];

    private static RawItem Value(ITaskItem item)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["RecursiveDir"] = item.GetMetadata("RecursiveDir"),
        };
        foreach (string name in item.CloneCustomMetadata().Keys)
            metadata[name] = item.GetMetadata(name);
        return new RawItem(item.ItemSpec, metadata);
    }
}
