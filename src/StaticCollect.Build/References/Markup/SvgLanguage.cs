namespace StaticCollect.Build.References.Markup;

/// <summary>
/// References of SVG documents: the links of images, of elements that are used, and of scripts; CSS in <c>style</c> elements, <c>style</c>
/// attributes and presentation attributes; style sheet instructions. A document in UTF-16 cannot be read.
/// </summary>
internal sealed class SvgLanguage : IReferenceLanguage
{
    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        // Icons are many and mostly nothing but paths.
        var mayHold = file.IndexOf("href"u8) >= 0 || file.IndexOf("style"u8) >= 0 || file.Contains((byte)'(');
        return mayHold || FileText.IsUtf16(file) ? new Reader().Read(file) : [];
    }

    private sealed class Reader
    {
        private readonly FoundReferences _found = [];

        // The content of the style element being read, put together from text and CDATA sections.
        private readonly List<byte> _style = [];
        private readonly List<int> _places = [];
        private bool _inStyle;

        public FoundReferences Read(ReadOnlySpan<byte> file)
        {
            for (var at = FileText.Start(file); at < file.Length;)
            {
                var length = file[at..].IndexOf((byte)'<');
                var open = length < 0 ? file.Length : at + length;
                if (_inStyle)
                {
                    CharacterReferences.Add(_style, _places, file, at, open, isHtml: false);
                }

                if (length < 0)
                {
                    break;
                }

                at = ReadMarkup(file, open);
            }

            return _found;
        }

        private int ReadMarkup(ReadOnlySpan<byte> file, int open)
        {
            var rest = file[open..];
            if (rest.StartsWith("<!--"u8))
            {
                return EndOf(file, open, 4, "-->"u8, "a comment");
            }

            if (rest.StartsWith("<![CDATA["u8))
            {
                return ReadCharacterData(file, open);
            }

            if (rest.StartsWith("<!"u8))
            {
                return EndOfDoctype(file, open);
            }

            if (rest.StartsWith("<?"u8))
            {
                return ReadInstruction(file, open);
            }

            if (rest.StartsWith("</"u8))
            {
                EndStyle(file, open);
                return EndOf(file, open, 2, ">"u8, "a tag");
            }

            return ReadTag(file, open);
        }

        private int ReadCharacterData(ReadOnlySpan<byte> file, int open)
        {
            var end = EndOf(file, open, 9, "]]>"u8, "a CDATA section");
            for (var at = open + 9; _inStyle && at < end - 3; at++)
            {
                _style.Add(file[at]);
                _places.Add(at);
            }

            return end;
        }

        private int ReadInstruction(ReadOnlySpan<byte> file, int open)
        {
            var end = EndOf(file, open, 2, "?>"u8, "an instruction");
            var tag = MarkupTag.Read(file[..end], open + 2);
            if (!_inStyle && tag is { Name: "xml-stylesheet" } && tag.Find("href") is { } href)
            {
                AddLink(file, href);
            }

            return end;
        }

        private int ReadTag(ReadOnlySpan<byte> file, int open)
        {
            var tag = MarkupTag.Read(file, open + 1) ?? throw new UnparsableException("a tag is not closed", open);
            var name = tag.Name[(tag.Name.IndexOf(':') + 1)..];

            // A style has no elements inside; one that does ends there, so that what it names comes first.
            EndStyle(file, open);
            var links = name is "image" or "use" or "feImage" or "script";
            foreach (var attribute in tag.Attributes)
            {
                if (links && (attribute.Name is "href" || attribute.Name.EndsWith(":href", StringComparison.Ordinal)))
                {
                    AddLink(file, attribute);
                }
                else if (Styled.Holds(attribute.Name))
                {
                    CharacterReferences.InXml(file, attribute).Find(Styled.Css, _found);
                }
            }

            _inStyle = name is "style" && !tag.IsEmpty;
            return tag.End;
        }

        private void EndStyle(ReadOnlySpan<byte> file, int open)
        {
            if (_inStyle && file.Length > 0)
            {
                _places.Add(open);
                new Inset(_style, _places).Find(Styled.Css, _found);
            }

            _inStyle = false;
            _style.Clear();
            _places.Clear();
        }

        private void AddLink(ReadOnlySpan<byte> file, MarkupAttribute attribute)
        {
            var value = CharacterReferences.InXml(file, attribute);
            if (UrlText.Plain(ReferenceKind.XmlLink, value.Text, 0, value.Text.Length) is { } reference)
            {
                _found.Add(value.InFile(reference));
            }
        }

        private static int EndOf(ReadOnlySpan<byte> file, int open, int skip, ReadOnlySpan<byte> close, string what)
        {
            var inside = Math.Min(open + skip, file.Length);
            var length = file[inside..].IndexOf(close);
            return length >= 0 ? inside + length + close.Length : throw new UnparsableException($"{what} is not closed", open);
        }

        // A document type can hold declarations in brackets, with quoted texts and comments.
        private static int EndOfDoctype(ReadOnlySpan<byte> file, int open)
        {
            var depth = 0;
            for (var at = open + 2; at < file.Length; at++)
            {
                switch (file[at])
                {
                    case (byte)'"' or (byte)'\'':
                        at = EndOf(file, at, 1, file.Slice(at, 1), "a quoted text") - 1;
                        break;
                    case (byte)'<' when file[at..].StartsWith("<!--"u8):
                        at = EndOf(file, at, 4, "-->"u8, "a comment") - 1;
                        break;
                    case (byte)'<' when file[at..].StartsWith("<?"u8):
                        at = EndOf(file, at, 2, "?>"u8, "an instruction") - 1;
                        break;
                    case (byte)'[' or (byte)'<':
                        depth++;
                        break;
                    case (byte)']':
                        depth--;
                        break;
                    case (byte)'>' when depth == 0:
                        return at + 1;
                    case (byte)'>':
                        depth--;
                        break;
                    default:
                        break;
                }
            }

            throw new UnparsableException("the document type is not closed", open);
        }
    }
}
