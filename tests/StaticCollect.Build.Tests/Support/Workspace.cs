using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;
using StaticCollect.Build.Stores;

namespace StaticCollect.Build.Tests.Support;

/// <summary>A project on disk, <c>App/App.csproj</c> in a folder of its own, with what a collection of it needs.</summary>
internal sealed class Workspace : IDisposable
{
    public const string RootBelowTree = "App/bin/publish/wwwroot/static";

    public Workspace(string? below = null)
    {
        Tree = new TempTree(below);
        Tree.Write("App/App.csproj", "<Project />");
    }

    /// <summary>The folder of the whole test; <c>App</c> in it is the project.</summary>
    public TempTree Tree { get; }

    public string Project => Tree["App"];

    public string Root => Tree[RootBelowTree];

    /// <summary>What is in the static root, as path and text.</summary>
    public IReadOnlyDictionary<string, string> Collected =>
        Tree.Files(RootBelowTree).ToDictionary(path => path, path => Tree.Read($"{RootBelowTree}/{path}"), StringComparer.Ordinal);

    /// <summary>The settings of a project that sets nothing, without the finders that need a restore.</summary>
    public CollectSettings Settings => new()
    {
        ProjectFolder = Project,
        ProjectName = "App",
        Root = Root,
        Url = "/static/",
        RecordFolder = Tree["App/obj/staticcollect"],
        PublishFolder = Tree["App/bin/publish"],
        OutputFolders = [Tree["App/bin"], Tree["App/obj"]],
        Finders = [new AppFinder([]), new OwnFinder()],
    };

    /// <summary>What the last run knew.</summary>
    public LastRun Last => LastRunFile.Read(Settings.LastRunPath);

    /// <summary>Writes a file of the project.</summary>
    public Workspace Write(string path, string? text = null, DateTime? time = null, UnixFileMode? mode = null)
    {
        Tree.Write($"App/{path}", text ?? path, time, mode);
        return this;
    }

    /// <summary>Collects; fails the test when the collection fails.</summary>
    public CollectResult Collect(CollectSettings? settings = null, RecordingLog? log = null)
    {
        log ??= new RecordingLog();
        var result = Collector.Collect(settings ?? Settings, log);
        Assert.That(result.Succeeded, Is.True, () => string.Join('\n', log.Lines));
        return result;
    }

    /// <summary>Collects; returns the one error.</summary>
    public Diagnostic CollectAndFail(CollectSettings? settings = null)
    {
        var log = new RecordingLog();
        var result = Collector.Collect(settings ?? Settings, log);
        Assert.That(result.Succeeded, Is.False, "the collection was to fail");
        return log.Diagnostics.Single(one => one.Severity == Severity.Error);
    }

    /// <summary>The project with properties, as the task hands it over.</summary>
    public RawItem RawProject(params (string Name, string Value)[] properties) => Item(Tree["App/App.csproj"], Properties(properties));

    /// <summary>What the build knows of the project, with properties of it.</summary>
    public (string Name, string Value)[] Properties(params (string Name, string Value)[] properties) =>
    [
        ("PublishFolder", "bin/publish/"),
        ("IntermediateFolder", "obj/"),
        ("OutputFolders", "bin/;bin/Release/;obj/"),
        ("AssetsFile", "obj/project.assets.json"),
        .. properties,
    ];

    public static RawItem Item(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase));

    public void Dispose() => Tree.Dispose();
}
