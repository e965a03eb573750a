using System.Xml;
using System.Xml.Linq;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Settings;

/// <summary>A project file as its author wrote it, before MSBuild made anything of it.</summary>
internal sealed class ProjectFile
{
    private readonly Lazy<XDocument> _document;

    private ProjectFile(string path)
    {
        Path = path;
        Text = FileSystem.ReadAllText(path);
        _document = new Lazy<XDocument>(() => Parse(Text));
    }

    /// <summary>Full path of it.</summary>
    public string Path { get; }

    /// <summary>Its text.</summary>
    public string Text { get; }

    /// <summary>All elements in it; XML is slow to read, so that whoever can tell by the text that he wants none asks for none.</summary>
    public IEnumerable<XElement> Elements => _document.Value.Descendants();

    /// <summary>Reads files; those that are not there are left out.</summary>
    public static IReadOnlyList<ProjectFile> Read(IEnumerable<string> paths) => [.. paths.Where(File.Exists).Select(path => new ProjectFile(path))];

    /// <summary>The value of an attribute; case does not count.</summary>
    public static string? Attribute(XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute => attribute.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    private static XDocument Parse(string text)
    {
        try
        {
            return XDocument.Parse(text, LoadOptions.SetLineInfo);
        }
        catch (XmlException)
        {
            // MSBuild itself has read the file, so this is something like a text that merely looks like a project.
            return new XDocument();
        }
    }
}
