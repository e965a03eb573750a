using System.Text;
using StaticCollect.Build.References.JavaScript;
using StaticCollect.Build.References.Json;

namespace StaticCollect.Build.References.Markup;

/// <summary>
/// References of HTML documents: the attributes that load something, inline styles, inline modules and import maps.
/// What they count from is told, where a <c>base</c> element moves it.
/// </summary>
internal sealed class HtmlLanguage : IReferenceLanguage
{
    private static readonly JavaScriptLanguage JavaScript = new();
    private static readonly ImportMapLanguage ImportMap = new();
    private static readonly SourceSet Sources = new();

    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var found = new FoundReferences();
        var tokens = new HtmlTokenizer(file, FileText.Start(file));
        while (tokens.Next() is { } tag)
        {
            var element = tag.Name.ToLowerInvariant();
            if (element is "base" && found.Base is null && tag.Find("href") is { } href)
            {
                // The first one counts.
                found.Base = new PageBase(UrlText.Trimmed(CharacterReferences.InHtml(file, href).Text), href.Start);
            }

            ReadAttributes(found, file, tag, element);
            ReadContent(found, file, tag, element, tokens.Content);
        }

        return found;
    }

    private static void ReadAttributes(FoundReferences found, ReadOnlySpan<byte> file, MarkupTag tag, string element)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (Styled.Holds(attribute.Name))
            {
                CharacterReferences.InHtml(file, attribute).Find(Styled.Css, found);
            }
            else if (IsSourceSet(element, attribute.Name))
            {
                CharacterReferences.InHtml(file, attribute).Find(Sources, found);
            }
            else if (IsLink(element, attribute.Name) && Loads(file, tag, element))
            {
                AddLink(found, file, attribute, attribute.Name == CheckedLink(tag, element) ? tag.Find("integrity") : null);
            }
        }
    }

    private static void AddLink(FoundReferences found, ReadOnlySpan<byte> file, MarkupAttribute attribute, MarkupAttribute? integrity)
    {
        var value = CharacterReferences.InHtml(file, attribute);
        if (UrlText.Plain(ReferenceKind.HtmlLink, value.Text, 0, value.Text.Length) is { } reference)
        {
            found.Add(value.InFile(reference) with
            {
                Integrity = integrity is { } range && range.End > range.Start ? (range.Start, range.End - range.Start) : null,
            });
        }
    }

    // An integrity is that of one file, however many a tag names: of the one that a browser loads and compares.
    private static string? CheckedLink(MarkupTag tag, string element) => element switch
    {
        "link" => "href",
        "script" => tag.Find("src") is not null ? "src" : tag.Find("href") is not null ? "href" : "xlink:href",
        _ => null,
    };

    private static void ReadContent(FoundReferences found, ReadOnlySpan<byte> file, MarkupTag tag, string element, Range content)
    {
        IReferenceLanguage? language = element switch
        {
            "style" => Styled.Css,
            "script" when tag.Find("src") is null => (tag.Find("type") is { } type ? Value(file, type) : "") switch
            {
                "module" => JavaScript,
                "importmap" => ImportMap,

                // A classic script has no declarations, but may import in a call.
                "" or "text/javascript" or "application/javascript" when ScriptPrefilter.MayHoldImports(file[content]) => JavaScript,
                _ => null,
            },
            _ => null,
        };
        if (language is not null)
        {
            new Inset(file[content], content.Start.Value).Find(language, found);
        }
    }

    /// <summary>Whether an attribute of an element names a file.</summary>
    public static bool IsLink(string element, string attribute) => (element, attribute) switch
    {
        ("link", "href") => true,
        ("script", "src" or "href" or "xlink:href") => true,
        ("img" or "source" or "video" or "audio" or "track" or "iframe" or "embed" or "input", "src") => true,
        ("video", "poster") => true,
        ("object", "data") => true,
        ("image" or "use" or "feimage", "href" or "xlink:href") => true,
        _ => false,
    };

    /// <summary>Whether an attribute of an element names several files.</summary>
    public static bool IsSourceSet(string element, string attribute) =>
        (element, attribute) is ("img" or "source", "srcset") or ("link", "imagesrcset");

    /// <summary>Whether what a tag names is loaded: not so what links to other pages.</summary>
    public static bool Loads(ReadOnlySpan<byte> file, MarkupTag tag, string element) => element switch
    {
        "input" => tag.Find("type") is { } type && Value(file, type) is "image",
        "link" => tag.Find("rel") is not { } rel || !IsAboutPages(Value(file, rel)),
        _ => true,
    };

    // Links to pages and hosts load no file; an alternate style sheet or icon does.
    private static bool IsAboutPages(string relation)
    {
        var words = relation.Split([' ', '\t', '\n', '\r', '\f'], StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(words, word => word is not "stylesheet" && !word.Contains("icon", StringComparison.Ordinal))
            && Array.Exists(words, word => word is "alternate" or "author" or "canonical" or "dns-prefetch" or "help"
                or "license" or "me" or "next" or "pingback" or "preconnect" or "prev" or "privacy-policy" or "search" or "shortlink" or "terms-of-service");
    }

    private static string Value(ReadOnlySpan<byte> file, MarkupAttribute attribute) =>
        Encoding.Latin1.GetString(CharacterReferences.InHtml(file, attribute).Text).Trim().ToLowerInvariant();
}
