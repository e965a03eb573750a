using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace StaticCollect.Build.Tests.Support;

/// <summary>What of MSBuild an assembly needs, and what the oldest host has.</summary>
internal static class HostFloor
{
    // Each of these is in MSBuild 17.8 and later. Look there before adding another.
    public static readonly string[] Known =
    [
        "ICancelableTask",
        "ICancelableTask.Cancel",
        "IBuildEngine",
        "IBuildEngine6",
        "IBuildEngine6.GetGlobalProperties",
        "ITask",
        "ITaskItem",
        "ITaskItem.CloneCustomMetadata",
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

    /// <summary>The types and members of MSBuild that an assembly names.</summary>
    public static IReadOnlyList<string> Needed(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var file = new PEReader(stream);
        return [.. Needed(file.GetMetadataReader()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
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
