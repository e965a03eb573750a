// MSBuild looks for this attribute by its full name, in any assembly; hosts that do not know it ignore it. Having our
// own copy lets the task run in-process under 'dotnet build -mt' while it still loads in hosts that are older than that.
namespace Microsoft.Build.Framework;

/// <summary>Says that a task uses nothing that belongs to the whole process, such as the current directory.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
