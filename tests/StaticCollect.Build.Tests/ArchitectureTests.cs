using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>
/// The folders stand in the order of the data, and MSBuild appears only at the edge, so that everything else can be
/// understood, tested and used without it.
/// </summary>
public sealed class ArchitectureTests
{
    // The way of the data: each refers only to those before it.
    private static readonly string[] Order =
        ["Diagnostics", "Content", "Settings", "Sources", "References", "Naming", "Encodings", "Releases", "Views", "Stores", "Emitters", "Answers", "", "Tasks"];

    [Test]
    public void Each_namespace_refers_only_to_those_before_it()
    {
        var types = typeof(Collector).Assembly.GetTypes().Where(type => FolderOf(type) is not null).ToList();
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
    public void Only_the_tasks_are_public() =>
        Assert.That(
            typeof(Collector).Assembly.GetExportedTypes().Where(type => FolderOf(type) != "Tasks").Select(type => type.FullName),
            Is.Empty);

    [Test]
    public void Only_the_tasks_know_MSBuild()
    {
        var types = typeof(Collector).Assembly.GetTypes().Where(TypeUse.KnowsMSBuild).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(types.Select(type => type.Name), Does.Contain("CollectStaticFiles"), "What knows MSBuild is found.");
            Assert.That(
                types.Where(type => type.Namespace != "StaticCollect.Build.Tasks").Select(type => type.FullName),
                Is.SubsetOf(new[] { "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute" }));
        });
    }

    /// <summary>The folder below the project that a type of ours lies in; of one that is not ours nothing.</summary>
    private static string? FolderOf(Type? type)
    {
        while (type?.HasElementType == true)
            type = type.GetElementType();
        return type?.Assembly == typeof(Collector).Assembly && type.Namespace?.StartsWith("StaticCollect.Build", StringComparison.Ordinal) == true
            ? type.Namespace.Split('.').ElementAtOrDefault(2) ?? ""
            : null;
    }
}
