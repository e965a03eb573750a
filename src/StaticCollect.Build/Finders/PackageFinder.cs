using System.Text.Json;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Finders;

/// <summary>
/// The static folder of each package in the restore graph, dependencies before dependents, then by id. The assets file
/// of the restore lists every file of every package, so a package that brings nothing is never looked at on disk.
/// </summary>
/// <param name="assetsFile">Full path of <c>project.assets.json</c>.</param>
/// <param name="targetFramework">The target framework being published, as the project spells it.</param>
/// <param name="runtimeIdentifier">The runtime identifier being published for; empty for none.</param>
public sealed class PackageFinder(string assetsFile, string targetFramework, string runtimeIdentifier) : IFinder
{
    /// <inheritdoc/>
    public FinderKind Kind => FinderKind.Package;

    /// <inheritdoc/>
    public IEnumerable<Source> Sources(CollectSettings settings, Action<Diagnostic> report)
    {
        if (!File.Exists(assetsFile))
        {
            report(Diagnostic.Error(Codes.AssetsFileMissing,
                $"The packages of the project are not known, since '{assetsFile}' is not there. Run 'dotnet restore' first."));
            return [];
        }

        try
        {
            using var stream = File.OpenRead(assetsFile);
            using var assets = JsonDocument.Parse(stream);
            return Sources(assets.RootElement, settings).ToList();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            report(Diagnostic.Error(Codes.AssetsFileMissing,
                $"The packages of the project are not known, since its assets file cannot be read. Run 'dotnet restore' again. ({e.Message})",
                assetsFile));
            return [];
        }
    }

    private IEnumerable<Source> Sources(JsonElement assets, CollectSettings settings)
    {
        var graph = Target(assets);
        if (graph is null)
            yield break;

        var folders = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = assets.GetProperty("libraries");
        var prefix = settings.FolderName + "/";
        foreach (var key in DependenciesFirst(graph.Value))
        {
            if (!libraries.TryGetProperty(key, out var library) || !Brings(library, prefix))
                continue;
            var path = library.GetProperty("path").GetString()!;
            var root = folders
                .Select(folder => FilePath.Full(Path.Combine(folder, path), settings.ProjectFolder))
                .FirstOrDefault(Directory.Exists);
            if (root is not null)
                yield return new Source(Id(key), Path.Combine(root, settings.FolderName)) { MayFollowLinks = false };
        }
    }

    private static bool Brings(JsonElement library, string prefix) =>
        library.TryGetProperty("files", out var files)
        && files.EnumerateArray().Any(file => file.GetString()!.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The resolved graph of this framework and runtime; the keys are spelled in several ways by several SDKs.</summary>
    private JsonElement? Target(JsonElement assets)
    {
        var names = new List<string> { targetFramework };
        if (assets.TryGetProperty("project", out var project) && project.TryGetProperty("frameworks", out var frameworks))
        {
            names.AddRange(frameworks.EnumerateObject()
                .Where(framework => framework.Value.TryGetProperty("targetAlias", out var alias) && alias.ValueEquals(targetFramework))
                .Select(framework => framework.Name));
        }

        var targets = assets.GetProperty("targets");
        foreach (var suffix in runtimeIdentifier.Length > 0 ? [$"/{runtimeIdentifier}", ""] : new[] { "" })
        {
            foreach (var name in names)
            {
                if (targets.TryGetProperty(name + suffix, out var target))
                    return target;
            }
        }

        return targets.EnumerateObject().Select(target => (JsonElement?)target.Value).FirstOrDefault();
    }

    /// <summary>
    /// The keys (<c>id/version</c>) of the graph, each after those it depends on; where that leaves a choice, by id.
    /// </summary>
    private static IEnumerable<string> DependenciesFirst(JsonElement graph)
    {
        var byId = graph.EnumerateObject().ToDictionary(entry => Id(entry.Name), StringComparer.OrdinalIgnoreCase);
        var dependents = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, entry) in byId)
        {
            open[id] = 0;
            if (!entry.Value.TryGetProperty("dependencies", out var dependencies))
                continue;
            foreach (var dependency in dependencies.EnumerateObject().Where(dependency => byId.ContainsKey(dependency.Name)))
            {
                open[id]++;
                if (!dependents.TryGetValue(dependency.Name, out var list))
                    dependents[dependency.Name] = list = [];
                list.Add(id);
            }
        }

        var ready = new PriorityQueue<string, string>(
            open.Where(entry => entry.Value == 0).Select(entry => (entry.Key, entry.Key)), StringComparer.OrdinalIgnoreCase);
        while (ready.TryDequeue(out var id, out _))
        {
            yield return byId[id].Name;
            foreach (var dependent in dependents.GetValueOrDefault(id, []))
            {
                if (--open[dependent] == 0)
                    ready.Enqueue(dependent, dependent);
            }
        }
    }

    private static string Id(string key) => key[..key.IndexOf('/', StringComparison.Ordinal)];
}
