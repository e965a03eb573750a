using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace StaticCollect.Build.Tests;

/// <summary>
/// The package is compiled against a newer MSBuild than the oldest one it runs in (that of the .NET 8 SDK), and all
/// versions of it share one assembly version: a member that is too new would only fail when it is called.
/// </summary>
public sealed class HostFloorTests
{
    // Each of these is in MSBuild 17.8 and later. Look there before adding another.
    private static readonly string[] Known =
    [
        "ICancelableTask",
        "ICancelableTask.Cancel",
        "ITask",
        "ITaskItem",
        "ITaskItem.CloneCustomMetadata",
        "IBuildEngine",
        "IBuildEngine6",
        "IBuildEngine6.GetGlobalProperties",
        "ITaskItem.GetMetadata",
        "ITaskItem.SetMetadata",
        "ITaskItem.get_ItemSpec",
        "MessageImportance",
        "OutputAttribute",
        "OutputAttribute..ctor",
        "RequiredAttribute",
        "RequiredAttribute..ctor",
        "Task",
        "Task..ctor",
        "Task.Execute",
        "Task.get_BuildEngine",
        "Task.get_Log",
        "TaskItem",
        "TaskItem..ctor",
        "TaskItem.SetMetadata",
        "TaskItem.set_ItemSpec",
        "TaskLoggingHelper",
        "TaskLoggingHelper.LogError",
        "TaskLoggingHelper.LogMessage",
        "TaskLoggingHelper.LogWarning",
        "TaskLoggingHelper.LogsMessagesOfImportance",
        "TaskLoggingHelper.get_HasLoggedErrors",
    ];

    [Test]
    public void The_task_needs_nothing_that_old_hosts_do_not_have()
    {
        using var stream = File.OpenRead(typeof(Collector).Assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();

        var needed = Needed(metadata).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(needed, Does.Contain("Task..ctor"));
            Assert.That(needed.Except(Known, StringComparer.Ordinal), Is.Empty);
        });
    }

    [Test]
    public void The_task_refers_to_the_framework_and_MSBuild_only()
    {
        using var stream = File.OpenRead(typeof(Collector).Assembly.Location);
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();

        Assert.That(
            metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle))
                .Select(reference => (Name: metadata.GetString(reference.Name), reference.Version))
                .Where(reference => reference.Version.Major != 8 || !reference.Name.StartsWith("System.", StringComparison.Ordinal)),
            Is.EquivalentTo(new[]
            {
                ("Microsoft.Build.Framework", new Version(15, 1, 0, 0)),
                ("Microsoft.Build.Utilities.Core", new Version(15, 1, 0, 0)),
            }));
    }

    private static IEnumerable<string> Needed(MetadataReader metadata)
    {
        foreach (var handle in metadata.TypeReferences)
        {
            if (IsOfMSBuild(handle))
                yield return Name(handle);
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference && IsOfMSBuild((TypeReferenceHandle)member.Parent))
                yield return $"{Name((TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}";
        }

        string Name(TypeReferenceHandle handle) => metadata.GetString(metadata.GetTypeReference(handle).Name);

        bool IsOfMSBuild(TypeReferenceHandle handle)
        {
            var scope = metadata.GetTypeReference(handle).ResolutionScope;
            return scope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name)
                    .StartsWith("Microsoft.Build", StringComparison.Ordinal);
        }
    }
}
