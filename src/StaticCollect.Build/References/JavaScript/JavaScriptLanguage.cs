namespace StaticCollect.Build.References.JavaScript;

/// <summary>
/// References of modules and scripts: import and export declarations, <c>import()</c>, <c>import.meta.resolve()</c>,
/// <c>new URL(..., import.meta.url)</c>, and the source map comment.
/// </summary>
internal sealed class JavaScriptLanguage : IReferenceLanguage
{
    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var start = FileText.Start(file);
        if (ScriptPrefilter.MayHoldImports(file))
        {
            return Read(file, start);
        }

        // A script without modules holds a map at most, mostly in its last line.
        if (file.LastIndexOf(SourceMapComment.Key) < 0)
        {
            return [];
        }

        return ScriptPrefilter.IsLastLine(file, out var line)
            ? SourceMapComment.TryRead(file, line.Start.Value, line.End.Value, out var map) && map is not null ? [map] : []
            : Read(file, start);
    }

    private static FoundReferences Read(ReadOnlySpan<byte> file, int start)
    {
        var found = new FoundReferences();
        Reference? sourceMap = null;
        var lexer = new ScriptLexer(file, start);
        for (var token = lexer.Next(); token != ScriptToken.EndOfFile; token = lexer.Next())
        {
            switch (token)
            {
                case ScriptToken.Comment:
                    var end = file[lexer.Start..lexer.End].StartsWith("/*"u8) ? lexer.End - 2 : lexer.End;
                    if (SourceMapComment.TryRead(file, lexer.Start + 2, end, out var map))
                    {
                        sourceMap = map;
                    }

                    break;
                case ScriptToken.New:
                    Add(found, ReferenceKind.ScriptUrl, file, ScriptDeclarations.NewUrl(file, lexer.End));
                    break;
                default:
                    ReadModule(found, file, ref lexer, token == ScriptToken.Import);
                    break;
            }
        }

        // Only the last map comment counts; it stands at the end, but need not.
        if (sourceMap is not null)
        {
            found.Insert(found.FindLastIndex(reference => reference.Start < sourceMap.Start) + 1, sourceMap);
        }

        return found;
    }

    private static void ReadModule(FoundReferences found, ReadOnlySpan<byte> file, ref ScriptLexer lexer, bool isImport)
    {
        var literal = isImport ? ScriptDeclarations.ImportCall(file, lexer.End) : default;
        if (literal.End.Value == 0 && lexer.AtTopLevel)
        {
            literal = isImport ? ScriptDeclarations.Import(file, lexer.End) : ScriptDeclarations.Export(file, lexer.End);
            if (literal.End.Value > 0)
            {
                lexer.ContinueAt(literal.End.Value);
            }
        }

        Add(found, ReferenceKind.ScriptImport, file, literal);
        if (isImport && literal.End.Value == 0 && ScriptDeclarations.ComputedCall(file, lexer.End) is { } computed && UrlRules.IsPathSpecifier(computed.Prefix))
        {
            found.Computed.Add(computed);
        }
    }

    private static void Add(FoundReferences found, ReferenceKind kind, ReadOnlySpan<byte> file, Range literal)
    {
        if (literal.End.Value == 0
            || ScriptString.ToReference(kind, file, literal.Start.Value, literal.End.Value) is not { } reference)
        {
            return;
        }

        // White space before a specifier makes it a bare one.
        if (kind == ReferenceKind.ScriptUrl || (UrlRules.IsPathSpecifier(reference.Url) && file[literal.Start.Value + 1] > ' '))
        {
            found.Add(reference);
        }
    }
}
