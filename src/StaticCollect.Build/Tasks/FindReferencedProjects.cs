using Microsoft.Build.Framework;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.Tasks;

/// <summary>
/// Finds the projects behind a project in what the restore wrote, so that MSBuild need not evaluate each of them once more.
/// Where that may not be the whole truth it finds nothing, and MSBuild is asked.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class FindReferencedProjects : Microsoft.Build.Utilities.Task
{
    /// <summary>Full path of <c>{project}.nuget.dgspec.json</c>; it may be missing.</summary>
    [Required]
    public string DependencyGraph { get; set; } = "";

    /// <summary>The target framework of the project, as it spells it.</summary>
    public string TargetFramework { get; set; } = "";

    /// <summary>The <c>ProjectReference</c> items that count.</summary>
    [Required]
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Whether what the restore knows must do in case of doubt: in a build nobody waits for MSBuild.</summary>
    public bool TrustsRestore { get; set; }

    /// <summary>The project files of all projects behind the references and of these, dependencies first.</summary>
    [Output]
    public ITaskItem[] Found { get; private set; } = [];

    /// <summary>Whether <see cref="Found"/> is all of them.</summary>
    [Output]
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (RestoredReferences.Closure(DependencyGraph, TargetFramework, References.Select(reference => reference.GetMetadata("FullPath")), isSure: !TrustsRestore) is { } closure)
        {
            IsComplete = true;
            Found = [.. closure.Select(path => Escaped.Item(path))];
        }

        return true;
    }
}
