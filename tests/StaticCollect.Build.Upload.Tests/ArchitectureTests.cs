using System.Reflection;
using StaticCollect.Build.AzureStorage;
using StaticCollect.Build.S3;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>
/// The folders of what the stores share stand in the order of the data; MSBuild appears only at the edge, and a store's
/// SDK only in its own package.
/// </summary>
public sealed class ArchitectureTests
{
    // The way of the data: each refers only to those before it.
    private static readonly string[] Order = ["Objects", "Planning", "Sending", "Verifying", "", "Tasks"];

    private static readonly Assembly Shared = typeof(Uploads).Assembly;

    private static readonly Assembly[] Stores = [typeof(UploadToS3).Assembly, typeof(UploadToAzure).Assembly];

    [Test]
    public void Each_namespace_refers_only_to_those_before_it()
    {
        var types = Shared.GetTypes().Where(type => FolderOf(type) is not null).ToList();
        var backwards = types
            .SelectMany(type => TypeUse.Of(type).Select(used => (From: type, To: used, Place: FolderOf(used))))
            .Where(use => use.Place is not null && Array.IndexOf(Order, use.Place) > Array.IndexOf(Order, FolderOf(use.From)))
            .Select(use => $"{use.From.FullName} -> {use.To!.FullName}")
            .Distinct(StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(types.Select(FolderOf).Distinct(StringComparer.Ordinal), Is.EquivalentTo(Order), "Every folder has its place.");
            Assert.That(backwards, Is.Empty);
        });
    }

    [Test]
    public void Only_the_tasks_are_public_and_know_MSBuild() => Assert.Multiple(() =>
    {
        foreach (var assembly in Stores.Prepend(Shared))
        {
            var tasks = assembly.GetTypes().Where(type => !type.IsNested && TypeUse.KnowsMSBuild(type)).Select(type => type.Name);
            Assert.That(tasks, Is.EqualTo(new[] { assembly == Shared ? "UploadTask" : $"UploadTo{assembly.GetName().Name!.Split('.')[^1].Replace("Storage", "", StringComparison.Ordinal)}" }));
            Assert.That(assembly.GetExportedTypes().Select(type => type.Name), Is.EqualTo(tasks));
        }
    });

    [Test]
    public void A_stores_SDK_is_named_in_its_own_package_only()
    {
        string[] host = ["StaticCollect.Build", "StaticCollect.Build.Upload", "Microsoft.Build.Framework", "Microsoft.Build.Utilities.Core"];
        Assert.Multiple(() =>
        {
            Assert.That(Foreign(typeof(Collector).Assembly), Is.Empty);
            Assert.That(Foreign(Shared), Is.Empty);
            Assert.That(Foreign(typeof(UploadToS3).Assembly), Is.EquivalentTo(new[] { "AWSSDK.Core", "AWSSDK.S3" }));
            Assert.That(Foreign(typeof(UploadToAzure).Assembly), Is.EquivalentTo(new[] { "Azure.Core", "Azure.Storage.Blobs", "Azure.Storage.Common" }));
        });

        IEnumerable<string> Foreign(Assembly assembly) => assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal) && !host.Contains(name, StringComparer.Ordinal));
    }

    [Test]
    public void The_tasks_need_nothing_that_old_hosts_do_not_have()
    {
        var needed = Stores.Prepend(Shared).SelectMany(HostFloor.Needed).ToList();
        Assert.That(needed, Does.Contain("ITaskItem"));
        Assert.That(needed.Except(HostFloor.Known, StringComparer.Ordinal), Is.Empty);
    }

    private static string? FolderOf(Type? type)
    {
        while (type?.HasElementType == true)
            type = type.GetElementType();
        return type?.Assembly == Shared && type.Namespace?.StartsWith("StaticCollect.Build.Upload", StringComparison.Ordinal) == true
            ? type.Namespace.Split('.').ElementAtOrDefault(3) ?? ""
            : null;
    }
}
