using System.Xml;
using System.Xml.Linq;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Settings;

/// <summary>
/// Reads patterns back from project files. MSBuild takes a wildcard in an item's <c>Include</c> for files to look up
/// when the project is evaluated: of <c>&lt;StaticCollectIgnore Include="*.map" /&gt;</c> nothing is left where no such
/// file lies in the project folder. What the user means is the pattern, and it still stands in the file.
/// </summary>
internal static class PatternItems
{
    // The item types that hold patterns, with the metadata to read with each.
    private static readonly Dictionary<string, string> ItemTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["StaticCollectIgnore"] = "Source",
        ["StaticCollectKeepName"] = "",
        ["StaticCollectAlreadyFingerprinted"] = "",
        ["StaticCollectIgnoreReference"] = "Reference",
    };

    /// <summary>The patterns with wildcards, by item type. Each file is read once.</summary>
    /// <param name="projectFiles">The project files to look into.</param>
    /// <param name="report">Takes a warning for each pattern that cannot be understood without evaluating the project.</param>
    public static ILookup<string, RawItem> ReadBack(IReadOnlyList<ProjectFile> projectFiles, Action<Diagnostic> report) =>
        projectFiles.Where(file => ItemTypes.Keys.Any(name => file.Text.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(file => Patterns(file, report))
            .ToLookup(pattern => pattern.ItemType, pattern => pattern.Item, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<(string ItemType, RawItem Item)> Patterns(ProjectFile file, Action<Diagnostic> report)
    {
        foreach (var element in file.Elements)
        {
            var itemType = element.Name.LocalName;
            if (!ItemTypes.TryGetValue(itemType, out var metadata))
                continue;
            var value = metadata.Length == 0 ? "" : Value(element, metadata);
            foreach (var pattern in Wildcards(ProjectFile.Attribute(element, "Include") ?? ""))
            {
                if (IsPlain(element) && IsLiteral(pattern) && IsLiteral(value))
                    yield return (itemType, new RawItem(pattern, new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [metadata] = value }));
                else
                    report(Describe(file.Path, element, pattern));
            }
        }
    }

    private static string Value(XElement element, string metadata) =>
        ProjectFile.Attribute(element, metadata)
        ?? element.Elements().FirstOrDefault(child => child.Name.LocalName.Equals(metadata, StringComparison.OrdinalIgnoreCase))?.Value
        ?? "";

    private static IEnumerable<string> Wildcards(string include) =>
        include.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(pattern => pattern.AsSpan().ContainsAny('*', '?'));

    /// <summary>Whether an element holds however the project is evaluated.</summary>
    private static bool IsPlain(XElement element) =>
        element.AncestorsAndSelf().All(ancestor =>
            ProjectFile.Attribute(ancestor, "Condition") is null && ancestor.Name.LocalName is not ("When" or "Otherwise" or "Target"));

    private static bool IsLiteral(string text) =>
        !text.Contains("$(", StringComparison.Ordinal) && !text.Contains("@(", StringComparison.Ordinal) && !text.Contains("%(", StringComparison.Ordinal);

    private static Diagnostic Describe(string file, XElement element, string pattern)
    {
        var place = (IXmlLineInfo)element;
        var escaped = pattern.Replace("*", "%2A", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);
        return new Diagnostic(
            Codes.WildcardExpanded,
            Severity.Warning,
            $"MSBuild has expanded the pattern '{pattern}' of {element.Name.LocalName} to files of the project folder, and it cannot be read back from under a condition, a target or a property. Write it as '{escaped}'.",
            file,
            place.LineNumber,
            place.LinePosition);
    }
}
