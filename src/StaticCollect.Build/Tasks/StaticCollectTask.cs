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
    /// <c>WebRootFolder</c> (where rewritten files of the web root are made), <c>Imports</c> (project files in which patterns of items are read back), <c>WarningsAsErrors</c> (<c>true</c> for
    /// all) and <c>WarningsNotAsErrors</c> (codes that stay warnings). Paths may be relative to the project.
    /// </summary>
    [Required]
    public ITaskItem Project { get; set; } = null!;

    /// <summary>
    /// All lists of items in one, each after an item that is called <c>::</c> and the name of the list:
    /// <list type="bullet">
    /// <item><c>Directory</c>: <c>StaticCollectDirectory</c> items with <c>Prefix</c> and <c>App</c>.</item>
    /// <item><c>File</c>: <c>StaticCollectFile</c> items with <c>LogicalPath</c>, <c>App</c> and <c>Order</c>.</item>
    /// <item><c>App</c>: <c>StaticCollectApp</c> items, app folders.</item>
    /// <item><c>Ignore</c>: <c>StaticCollectIgnore</c> items with <c>Source</c>, patterns to leave out.</item>
    /// <item><c>KeepName</c>: <c>StaticCollectKeepName</c> items, patterns of logical paths that keep their plain name.</item>
    /// <item><c>AlreadyFingerprinted</c>: <c>StaticCollectAlreadyFingerprinted</c> items, patterns of logical paths that a
    /// bundler has named.</item>
    /// <item><c>IgnoreReference</c>: <c>StaticCollectIgnoreReference</c> items with <c>Reference</c>, references known to lead
    /// nowhere.</item>
    /// <item><c>Project</c>: the referenced projects as full paths of their project files, dependencies first, with the
    /// metadata <c>FolderName</c> where a project sets <c>StaticCollectFolderName</c> for itself.</item>
    /// <item><c>WebAsset</c>: the SDK's <c>StaticWebAsset</c> items as resolved for publish: for that finder, and for what the
    /// SDK publishes below the static root.</item>
    /// </list>
    /// A list that is not there is empty.
    /// </summary>
    public ITaskItem[] Items { get; set; } = [];

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "The one place where everything ends that nobody foresaw: MSBuild would show a user a stack.")]
    public override bool Execute()
    {
        var log = new BuildLog(Log, Verbosity.Normal, IsError);
        try
        {
            var problems = new List<Diagnostic>();
            var settings = SettingsReader.Read(Raw(problems.Add), out var mistakes);
            log = new BuildLog(Log, settings.Verbosity, IsError);
            foreach (var problem in problems.Concat(mistakes).Where(problem => TellsWarnings || problem.Severity == Severity.Error))
                log.Report(problem);
            if (!Log.HasLoggedErrors)
                Run(settings, log, _cancellation.Token);
        }
        catch (Exception e)
        {
            // What several threads met is told as what the first of them met.
            var cause = (e as AggregateException)?.Flatten().InnerExceptions[0] ?? e;
            if (cause is OperationCanceledException)
                return false;
            log.Report(cause is IOException or UnauthorizedAccessException
                ? Diagnostic.Error(Codes.WriteFailed, $"The static files cannot be collected: {Diagnostic.Reason(cause)}")
                : Fault.Describe(cause));
            if (cause is not (IOException or UnauthorizedAccessException))
                log.Stack(e);
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Whether what is merely doubtful about the settings is told; a publish that runs two tasks tells it once.</summary>
    private protected virtual bool TellsWarnings => true;

    /// <summary>Adds what only this task is told.</summary>
    private protected virtual RawSettings Complete(RawSettings raw) => raw;

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
        var lists = Lists(Items);
        var imports = (project["Imports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        var files = ProjectFile.Read([.. imports, project.Include]);
        var readBack = PatternItems.ReadBack(files, report);
        if (TellsWarnings)
            UnknownNames.Check(files, GlobalProperties, (project["MoreNames"] ?? "").Split(';', StringSplitOptions.TrimEntries), report);
        return Complete(new RawSettings(project)
        {
            Directories = List("Directory"),
            Files = List("File"),
            Apps = List("App"),
            Ignore = Patterns("Ignore"),
            KeepName = Patterns("KeepName"),
            AlreadyFingerprinted = Patterns("AlreadyFingerprinted"),
            IgnoreReference = Patterns("IgnoreReference"),
            Projects = List("Project"),
            WebAssets = List("WebAsset"),
        });

        IReadOnlyList<RawItem> List(string name) => [.. lists[name]];

        // Items that hold patterns, with those whose wildcards MSBuild took for files.
        IReadOnlyList<RawItem> Patterns(string name) => [.. lists[name], .. readBack["StaticCollect" + name]];
    }

    /// <summary>The names of what the command line sets, where the host tells them.</summary>
    private IEnumerable<string> GlobalProperties => (BuildEngine as IBuildEngine6)?.GetGlobalProperties().Keys ?? [];

    private static ILookup<string, RawItem> Lists(ITaskItem[] items)
    {
        var list = "";
        var named = new List<(string List, RawItem Item)>(items.Length);
        foreach (var item in items)
        {
            if (item.ItemSpec.StartsWith("::", StringComparison.Ordinal))
                list = item.ItemSpec[2..];
            else
                named.Add((list, Value(item)));
        }

        return named.ToLookup(one => one.List, one => one.Item, StringComparer.Ordinal);
    }

    /// <summary>An item as the core reads it.</summary>
    private protected static RawItem Value(ITaskItem item) => new(item.ItemSpec, item.GetMetadata);
}
