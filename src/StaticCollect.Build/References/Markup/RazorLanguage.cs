namespace StaticCollect.Build.References.Markup;

/// <summary>
/// References of Razor views and components that stand there as they are: the attributes that load something, and
/// <c>@Assets["..."]</c>. What is put together by code is none, but for what comes behind the path.
/// </summary>
/// <param name="isComponent">Whether it is a component, in which elements with a capital are components, too.</param>
internal sealed class RazorLanguage(bool isComponent) : IReferenceLanguage
{
    private static readonly SourceSet Sources = new();

    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var found = new FoundReferences();
        var start = FileText.Start(file);
        ReadOnlySpan<byte> markup = RazorCode.Hide(file, start, out var assets);
        var tokens = new HtmlTokenizer(markup, start);
        while (tokens.Next() is { } tag)
        {
            if (isComponent && char.IsAsciiLetterUpper(tag.Name[0]))
                continue;
            ReadAttributes(found, markup, tag, tag.Name.ToLowerInvariant());
        }

        foreach (var (from, to) in isComponent ? assets : [])
        {
            if (UrlText.Plain(ReferenceKind.ViewAsset, file, from, to) is { } reference)
                found.Add(reference);
        }

        found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    private static void ReadAttributes(FoundReferences found, ReadOnlySpan<byte> markup, MarkupTag tag, string element)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (Styled.Holds(attribute.Name))
                AddStyle(found, markup, attribute);
            else if (HtmlLanguage.IsSourceSet(element, attribute.Name))
                CharacterReferences.InHtml(markup, attribute).Find(Sources, found);
            else if (HtmlLanguage.IsLink(element, attribute.Name) && HtmlLanguage.Loads(markup, tag, element) && Link(CharacterReferences.InHtml(markup, attribute)) is { } reference)
                found.Add(reference);
        }
    }

    private static void AddStyle(FoundReferences found, ReadOnlySpan<byte> markup, MarkupAttribute attribute)
    {
        var inStyle = new FoundReferences();
        try
        {
            CharacterReferences.InHtml(markup, attribute).Find(Styled.Css, inStyle);
        }
        catch (UnparsableException)
        {
            // Code may stand where CSS has something else.
            return;
        }

        foreach (var reference in inStyle)
        {
            if (!markup.Slice(reference.Start, reference.Length).Contains((byte)UrlText.Unknown))
                found.Add(reference);
        }
    }

    private static Reference? Link(Inset value)
    {
        var text = value.Text;
        var url = new UrlText();
        var at = 0;
        while (at < text.Length && text[at] is not ((byte)'?' or (byte)'#'))
        {
            // A sign that is written twice stands for itself.
            var isDouble = text[at] == '@' && at + 1 < text.Length && text[at + 1] == '@';
            at = url.AddCharacter(text, at) + (isDouble ? 1 : 0);
        }

        return url.ToReference(ReferenceKind.ViewLink, at) is { } reference ? value.InFile(reference) : null;
    }
}
