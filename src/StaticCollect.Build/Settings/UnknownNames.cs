using System.Xml;
using System.Xml.Linq;
using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Settings;

/// <summary>
/// Finds names in project files that begin as those of this package do and are none of them: MSBuild takes every name, and
/// one with a slip in it does nothing. A name that some project file reads is its author's own, and no slip.
/// </summary>
internal static class UnknownNames
{
    /// <summary>Tells of each one with the nearest name that there is.</summary>
    /// <param name="files">The project files of the user.</param>
    /// <param name="globalProperties">The names of properties that the command line sets.</param>
    /// <param name="more">Further names that are known: those of packages that add to this one.</param>
    /// <param name="report">Takes a warning for each.</param>
    public static void Check(
        IReadOnlyList<ProjectFile> files, IEnumerable<string> globalProperties, IReadOnlyCollection<string> more, Action<Diagnostic> report)
    {
        var known = new HashSet<string>(more, StringComparer.OrdinalIgnoreCase);
        // XML is slow to read, and nearly no file is wrong.
        foreach (var file in files.Where(file => ProjectText.Elements(file.Text, KnownNames.Prefix).Any(IsDoubtful)))
        {
            foreach (var element in file.Elements.Where(element => element.Name.LocalName.StartsWith(KnownNames.Prefix, StringComparison.OrdinalIgnoreCase)))
            {
                foreach (var text in Mistakes(element))
                    report(new Diagnostic(Codes.UnknownName, Severity.Warning, text, file.Path, ((IXmlLineInfo)element).LineNumber, ((IXmlLineInfo)element).LinePosition));
            }
        }

        foreach (var name in globalProperties.Where(IsUnknownProperty))
            report(Diagnostic.Warning(Codes.UnknownName, NoProperty(name)));

        bool IsDoubtful(TextElement element) => !known.Contains(element.Name) && !(
            KnownNames.Properties.Contains(element.Name) ? element.Attributes.All(KnownNames.PropertyAttributes.Contains)
            : KnownNames.Items.TryGetValue(element.Name, out var metadata) && element.IsClosed && element.Attributes.All(name => KnownNames.ItemAttributes.Contains(name) || metadata.Contains(name, StringComparer.OrdinalIgnoreCase)));

        bool IsUnknownProperty(string name) =>
            name.Length > KnownNames.Prefix.Length
            && name.StartsWith(KnownNames.Prefix, StringComparison.OrdinalIgnoreCase)
            && !KnownNames.Properties.Contains(name) && !known.Contains(name) && !IsRead('$', name);

        bool IsRead(char sign, string name) => files.Any(file => ProjectText.Reads(file.Text, sign, name));

        IEnumerable<string> Mistakes(XElement element)
        {
            var name = element.Name.LocalName;
            switch (element.Parent?.Name.LocalName)
            {
                case "PropertyGroup" when KnownNames.Items.ContainsKey(name):
                    return [$"'{name}' is an item and no property, so it does nothing here. Write <ItemGroup><{name} Include='...' /></ItemGroup>."];
                case "PropertyGroup" when IsUnknownProperty(name):
                    return [NoProperty(name)];
                case "ItemGroup" or "ItemDefinitionGroup" when KnownNames.Items.TryGetValue(name, out var metadata):
                    return MetadataOf(element).Where(given => IsSlip(given, metadata)).Select(given => $"{name} has no metadata '{given}', so it does nothing here.{DidYouMean(given, metadata)}");
                case "ItemGroup" or "ItemDefinitionGroup" when KnownNames.Properties.Contains(name):
                    return [$"'{name}' is a property and no item, so it does nothing here. Write <PropertyGroup><{name}>...</{name}></PropertyGroup>."];
                case "ItemGroup" or "ItemDefinitionGroup" when name.Length > KnownNames.Prefix.Length && !known.Contains(name) && !IsRead('@', name) && !IsRead('%', name):
                    return [$"'{name}' is no item of StaticCollect.Build, and no project file reads it.{DidYouMean(name, KnownNames.Items.Keys)}"];
                default:
                    return [];
            }
        }

        // What is near to no metadata of ours may be for targets of others, which read it where nobody sees.
        bool IsSlip(string given, string[] metadata) =>
            !metadata.Contains(given, StringComparer.OrdinalIgnoreCase)
            && !IsRead('%', given)
            && (KnownNames.Items.Values.Any(others => others.Contains(given, StringComparer.OrdinalIgnoreCase)) || Nearest(given, metadata) is not null);
    }

    private static string NoProperty(string name) =>
        $"'{name}' is no property of StaticCollect.Build, and no project file reads it.{DidYouMean(name, KnownNames.Properties)}";

    private static string DidYouMean(string name, IEnumerable<string> names) => Nearest(name, names) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    private static string? Nearest(string name, IEnumerable<string> names) =>
        NearestNames.Of(WithoutPrefix(name), names.Order(StringComparer.Ordinal), WithoutPrefix).FirstOrDefault();

    private static string WithoutPrefix(string name) =>
        (name.StartsWith(KnownNames.Prefix, StringComparison.OrdinalIgnoreCase) ? name[KnownNames.Prefix.Length..] : name).ToUpperInvariant();

    private static IEnumerable<string> MetadataOf(XElement item) =>
        item.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name.LocalName).Where(name => !KnownNames.ItemAttributes.Contains(name))
            .Concat(item.Elements().Select(child => child.Name.LocalName));
}
