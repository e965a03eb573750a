using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Sources;

/// <summary>
/// The projects behind a project, as the restore wrote them (<c>{project}.nuget.dgspec.json</c>), which is much cheaper than to
/// ask MSBuild for each of them. What is written there is believed only where the project files say the same: whoever
/// changed one since the restore, or says anything in it that only MSBuild understands, is asked.
/// </summary>
internal sealed class RestoredReferences
{
    // What decides which projects count, and which of their folders, and what may hide it.
    private static readonly string[] OnlyMSBuildUnderstands =
        ["StaticCollectFolderName", "StaticCollect=", "<StaticCollect>", "CustomAfterMicrosoftCommon", "CustomBeforeMicrosoftCommon"];

    private readonly JsonElement _projects;
    private readonly string _targetFramework;
    private readonly Dictionary<string, bool> _isPlainFolder = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.FromComparison(FilePath.Comparison));
    private readonly List<string> _closure = [];

    private readonly bool _isSure;

    private RestoredReferences(JsonElement projects, string targetFramework, bool isSure) =>
        (_projects, _targetFramework, _isSure) = (projects, targetFramework, isSure);

    /// <summary>The projects behind some references and these themselves, dependencies first, then in the order of the project files.</summary>
    /// <param name="path">Full path of what the restore wrote.</param>
    /// <param name="targetFramework">The target framework of the project that refers to them, as it spells it.</param>
    /// <param name="references">Full paths of the referenced projects, in the order of the project.</param>
    /// <param name="isSure">Whether MSBuild is asked in case of doubt; else what is known must do, as in a build, where that takes too long.</param>
    /// <returns>Full paths; <see langword="null"/> where MSBuild must be asked.</returns>
    public static IReadOnlyList<string>? Closure(string path, string targetFramework, IEnumerable<string> references, bool isSure = true)
    {
        try
        {
            using var json = JsonDocument.Parse(FileSystem.ReadAllBytes(path));
            var restored = new RestoredReferences(json.RootElement.GetProperty("projects"), targetFramework, isSure);
            return references.All(restored.Visit) ? restored._closure : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or XmlException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Adds the projects behind one, then that.</summary>
    /// <returns>Whether that is known.</returns>
    private bool Visit(string project)
    {
        if (project.Length == 0)
            return false;
        if (!_seen.Add(project))
            return true;
        var isKnown = _projects.TryGetProperty(project, out var restored);
        if (_isSure && (!isKnown || !IsPlain(Path.GetDirectoryName(project)!)))
            return false;
        var known = isKnown ? References(restored).ToHashSet(StringComparer.FromComparison(FilePath.Comparison)) : [];
        var references = known.Count == 0 && !_isSure ? [] : InOrder(project, known);
        if (_isSure && references?.Count != known.Count)
            return false;
        if (!(references ?? []).Union(known, known.Comparer).All(Visit))
            return false;
        _closure.Add(project);
        return true;
    }

    /// <summary>The references of a project for the framework that is published, or for its first.</summary>
    private IEnumerable<string> References(JsonElement project)
    {
        var restore = project.GetProperty("restore");
        var frameworks = restore.GetProperty("frameworks").EnumerateObject().ToList();
        if (frameworks.Count == 0)
            return [];
        var first = restore.GetProperty("originalTargetFrameworks").EnumerateArray().Select(name => name.GetString()).FirstOrDefault();
        var chosen = Of(_targetFramework) ?? Of(first ?? "") ?? frameworks[0].Value;
        return chosen.TryGetProperty("projectReferences", out var references) ? references.EnumerateObject().Select(reference => reference.Name) : [];

        JsonElement? Of(string name) => frameworks
            .Where(framework => framework.NameEquals(name) || (framework.Value.TryGetProperty("targetAlias", out var alias) && alias.ValueEquals(name)))
            .Select(framework => (JsonElement?)framework.Value)
            .FirstOrDefault();
    }

    /// <summary>
    /// The references of a project in the order of its file, which decides who wins and is not that of the restore;
    /// <see langword="null"/> where the file says something else, or what only MSBuild understands.
    /// </summary>
    private static List<string>? InOrder(string project, HashSet<string> known)
    {
        var text = FileSystem.ReadAllText(project);
        if (OnlyMSBuildUnderstands.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return null;
        var ordered = new List<string>();
        foreach (var element in XDocument.Parse(text).Descendants())
        {
            if (element.Name.LocalName == "Import")
                return null;
            if (element.Name.LocalName != "ProjectReference")
                continue;
            var forOutputOnly = Value(element, "ReferenceOutputAssembly")?.Trim();
            if (Value(element, "Include") is not { } include || include.AsSpan().IndexOfAny("$@%*?") >= 0 || forOutputOnly?.Contains('$', StringComparison.Ordinal) == true)
                return null;
            if (string.Equals(forOutputOnly, "false", StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var one in include.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var path = FilePath.Full(one, Path.GetDirectoryName(project)!);
                if (!known.Contains(path) && !element.AncestorsAndSelf().Any(above => above.Attribute("Condition") is not null || above.Name.LocalName == "Choose"))
                    return null;
                if (known.Contains(path) && !ordered.Contains(path))
                    ordered.Add(path);
            }
        }

        return ordered;
    }

    private static string? Value(XElement element, string name) =>
        element.Attribute(name)?.Value ?? element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    /// <summary>Whether the files that MSBuild imports by itself, here and above, say nothing of references and folders.</summary>
    private bool IsPlain(string folder)
    {
        if (_isPlainFolder.TryGetValue(folder, out var known))
            return known;
        var isPlain = new[] { "Directory.Build.props", "Directory.Build.targets" }.Select(name => Path.Combine(folder, name)).Where(File.Exists).All(IsPlainFile)
            && (Path.GetDirectoryName(folder) is not { } above || IsPlain(above));
        _isPlainFolder.Add(folder, isPlain);
        return isPlain;
    }

    private static bool IsPlainFile(string path)
    {
        var text = FileSystem.ReadAllText(path);
        return !OnlyMSBuildUnderstands.Append("<ProjectReference").Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            && XDocument.Parse(text).Descendants()
                .Where(element => element.Name.LocalName == "Import")
                .All(import => import.Attribute("Project")?.Value.Contains("OfFileAbove", StringComparison.Ordinal) == true);
    }
}
