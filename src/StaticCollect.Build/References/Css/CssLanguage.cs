using System.Text;

namespace StaticCollect.Build.References.Css;

/// <summary>
/// References of style sheets: <c>url()</c> and <c>src()</c>, <c>@import</c>, the strings of <c>image-set()</c>, and the
/// source map comment. A URL counts wherever CSS reads one, also in custom properties and unknown rules.
/// </summary>
internal sealed class CssLanguage : IReferenceLanguage
{
    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var start = FileText.Start(file);
        return MayHoldReferences(file) ? new Reader().Read(file, start) : [];
    }

    // Most style sheets name no other file; finding that out is far cheaper than reading tokens. Every reference needs
    // a function or an at-rule of one of these names, and only an escape can hide a name.
    private static bool MayHoldReferences(ReadOnlySpan<byte> file)
    {
        if (file.IndexOf(SourceMapComment.Key) >= 0)
        {
            return true;
        }

        for (var rest = file; ;)
        {
            var stop = rest.IndexOfAny((byte)'(', (byte)'@', (byte)'\\');
            if (stop < 0)
            {
                return false;
            }

            var before = rest[..stop];
            var after = rest[(stop + 1)..];
            var found = rest[stop] switch
            {
                (byte)'(' => EndsWith(before, "url"u8) || EndsWith(before, "src"u8) || EndsWith(before, "image-set"u8),
                (byte)'@' => after.Length >= 6 && Ascii.EqualsIgnoreCase(after[..6], "import"u8),
                _ => true,
            };
            if (found)
            {
                return true;
            }

            rest = after;
        }
    }

    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        text.Length >= name.Length && Ascii.EqualsIgnoreCase(text[^name.Length..], name);

    private sealed class Reader
    {
        private readonly FoundReferences _found = [];

        // What is open, innermost last: '(', '[', '{', or 's' for the brackets of an image set.
        private readonly Stack<char> _open = new();
        private Reference? _sourceMap;

        // The kind that a string right here would have.
        private ReferenceKind? _expected;

        // Namespaces and the rule of @document are names made of URLs, not files.
        private bool _inNames;

        public FoundReferences Read(ReadOnlySpan<byte> file, int start)
        {
            var tokens = new CssTokenizer(file, start);
            for (var token = tokens.Next(); token != CssToken.EndOfFile; token = tokens.Next())
            {
                switch (token)
                {
                    case CssToken.WhiteSpace:
                        continue;
                    case CssToken.Comment:
                        if (SourceMapComment.TryRead(file, tokens.ContentStart, tokens.ContentEnd, out var map))
                        {
                            _sourceMap = map;
                        }

                        continue;
                    case CssToken.String when _expected is { } kind:
                        Add(kind, file, tokens);
                        break;
                    case CssToken.String when _open.TryPeek(out var inside) && inside == 's':
                        Add(ReferenceKind.CssUrl, file, tokens);
                        break;
                    case CssToken.Url:
                        Add(_expected ?? ReferenceKind.CssUrl, file, tokens);
                        break;
                    case CssToken.Function:
                        OpenFunction(tokens);
                        continue;
                    case CssToken.AtKeyword:
                        _inNames = tokens.NameIs("namespace"u8) || tokens.NameIs("document"u8) || tokens.NameIs("-moz-document"u8);
                        _expected = tokens.NameIs("import"u8) ? ReferenceKind.CssImport : null;
                        continue;
                    case CssToken.Open:
                        _open.Push((char)file[tokens.Start]);
                        _inNames &= file[tokens.Start] != '{';
                        break;
                    case CssToken.Close:
                        Close((char)file[tokens.Start]);
                        _inNames &= file[tokens.Start] != '}';
                        break;
                    case CssToken.Semicolon:
                        _inNames = false;
                        break;
                    default:
                        break;
                }

                _expected = null;
            }

            // Only the last map comment counts; it stands at the end, but need not.
            if (_sourceMap is not null)
            {
                var place = _found.FindLastIndex(reference => reference.Start < _sourceMap.Start) + 1;
                _found.Insert(place, _sourceMap);
            }

            return _found;
        }

        private void Add(ReferenceKind kind, ReadOnlySpan<byte> file, in CssTokenizer tokens)
        {
            if (!_inNames && CssEscape.ToReference(kind, file, tokens.ContentStart, tokens.ContentEnd) is { } reference)
            {
                _found.Add(reference);
            }
        }

        private void OpenFunction(in CssTokenizer tokens)
        {
            var isUrl = tokens.NameIs("url"u8) || tokens.NameIs("src"u8);
            _expected = isUrl ? _expected ?? ReferenceKind.CssUrl : null;
            _open.Push(tokens.NameIs("image-set"u8) || tokens.NameIs("-webkit-image-set"u8) ? 's' : '(');
        }

        // A bracket that closes nothing stands for itself and changes nothing.
        private void Close(char bracket)
        {
            if (_open.TryPeek(out var open) && bracket == (open switch { '[' => ']', '{' => '}', _ => ')' }))
            {
                _open.Pop();
            }
        }
    }
}
