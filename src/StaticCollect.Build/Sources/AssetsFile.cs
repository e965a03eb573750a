using System.Text.Json;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Sources;

/// <summary>
/// What the restore wrote of a project, <c>project.assets.json</c>: the packages and projects that one target framework
/// uses, dependencies first, then by id.
/// </summary>
internal sealed class AssetsFile : IDisposable
{
    private readonly JsonDocument _json;
    private readonly string _targetFramework;
    private readonly string _runtimeIdentifier;

    private AssetsFile(JsonDocument json, string targetFramework, string runtimeIdentifier) =>
        (_json, _targetFramework, _runtimeIdentifier) = (json, targetFramework, runtimeIdentifier);

    /// <summary>Reads something out of an assets file.</summary>
    /// <param name="path">Full path of it.</param>
    /// <param name="targetFramework">The target framework, as the project spells it.</param>
    /// <param name="runtimeIdentifier">The runtime identifier; empty for none.</param>
    /// <param name="read">What is read.</param>
    /// <exception cref="InvalidDataException">It cannot be read, or is not what a restore writes.</exception>
    public static T Read<T>(string path, string targetFramework, string runtimeIdentifier, Func<AssetsFile, T> read)
    {
        try
        {
            using var stream = FileSystem.OpenStream(path);
            using var assets = new AssetsFile(JsonDocument.Parse(stream), targetFramework, runtimeIdentifier);
            return read(assets);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            // Another form than that of a restore shows by what is not where it should be.
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>The package folders in the order in which they are looked into.</summary>
    public IReadOnlyList<string> PackageFolders =>
        [.. _json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];

    /// <summary>The packages and projects, each after those it depends on.</summary>
    public IEnumerable<Library> Libraries()
    {
        if (Target() is not { } graph)
            yield break;
        var libraries = _json.RootElement.GetProperty("libraries");
        foreach (var key in DependenciesFirst(graph))
        {
            if (libraries.TryGetProperty(key, out var library))
                yield return new Library(Id(key), library);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    /// <summary>The resolved graph of this framework and runtime; the keys are spelled in several ways by several SDKs.</summary>
    private JsonElement? Target()
    {
        var names = new List<string> { _targetFramework };
        if (_json.RootElement.TryGetProperty("project", out var project) && project.TryGetProperty("frameworks", out var frameworks))
        {
            names.AddRange(frameworks.EnumerateObject()
                .Where(framework => framework.Value.TryGetProperty("targetAlias", out var alias) && alias.ValueEquals(_targetFramework))
                .Select(framework => framework.Name));
        }

        var targets = _json.RootElement.GetProperty("targets");
        foreach (var suffix in _runtimeIdentifier.Length > 0 ? [$"/{_runtimeIdentifier}", ""] : new[] { "" })
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

/// <summary>A package or project of the assets file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Entry">Its entry in the file.</param>
internal readonly record struct Library(string Id, JsonElement Entry)
{
    /// <summary>Its project file, relative to the project; <see langword="null"/> for a package.</summary>
    public string? ProjectFile => Entry.TryGetProperty("msbuildProject", out var project) ? project.GetString() : null;

    /// <summary>Path of its folder in a package folder; of a package only.</summary>
    public string Path => Entry.GetProperty("path").GetString()!;

    /// <summary>Whether a file of it lies below a folder, given with a slash at its end.</summary>
    public bool HasFilesIn(string folder) =>
        Entry.TryGetProperty("files", out var files)
        && files.EnumerateArray().Any(file => file.GetString()?.StartsWith(folder, StringComparison.Ordinal) == true);
}
