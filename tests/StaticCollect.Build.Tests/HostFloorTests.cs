using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>
/// The package is compiled against a newer MSBuild than the oldest one it runs in (that of the .NET 8 SDK), and all
/// versions of it share one assembly version: a member that is too new would only fail when it is called.
/// </summary>
public sealed class HostFloorTests
{
    [Test]
    public void The_task_needs_nothing_that_old_hosts_do_not_have()
    {
        var needed = HostFloor.Needed(typeof(Collector).Assembly);
        Assert.Multiple(() =>
        {
            Assert.That(needed, Does.Contain("Task..ctor"));
            Assert.That(needed.Except(HostFloor.Known, StringComparer.Ordinal), Is.Empty);
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
}
