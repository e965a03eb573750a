using System.Buffers;
using System.Text.Json;

namespace StaticCollect.Build.References.Json;

/// <summary>
/// References of import maps: the URLs that modules are mapped to, the keys that are URLs themselves, those of scopes
/// among them, and the keys of <c>integrity</c>, whose values follow the bytes of what the key names.
/// </summary>
internal sealed class ImportMapLanguage : IReferenceLanguage
{
    private static readonly SearchValues<byte> Between = SearchValues.Create("\": \t\r\n"u8);

    private enum Section
    {
        Other,
        Imports,
        Scopes,
        Integrity,
    }

    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var found = new FoundReferences();

        // An empty one is a placeholder, which the SDK fills when it publishes.
        if (file.Trim(" \t\r\n"u8).IsEmpty)
        {
            return found;
        }

        var reader = JsonText.Reader(file);
        var section = Section.Other;
        try
        {
            while (reader.Read())
            {
                var isName = reader.TokenType == JsonTokenType.PropertyName;
                var depth = section == Section.Scopes ? 3 : 2;

                // The name of a scope is the URL of a module, or of a folder of them.
                var isScope = isName && section == Section.Scopes && reader.CurrentDepth == 2;
                if (isName && reader.CurrentDepth == 1)
                {
                    section = SectionOf(reader);
                }
                else if (isScope || (section != Section.Other && reader.CurrentDepth == depth && (isName || reader.TokenType == JsonTokenType.String)))
                {
                    Add(found, file, reader, isName, isUrl: isScope, isValueOfIntegrity: !isName && section == Section.Integrity);
                }
            }
        }
        catch (JsonException error)
        {
            throw new UnparsableException($"the import map is no JSON: {error.Message}", (int)reader.BytesConsumed);
        }

        return found;
    }

    private static Section SectionOf(in Utf8JsonReader reader) =>
        JsonText.Says(reader, "imports"u8) ? Section.Imports
        : JsonText.Says(reader, "scopes"u8) ? Section.Scopes
        : JsonText.Says(reader, "integrity"u8) ? Section.Integrity : Section.Other;

    private static void Add(FoundReferences found, ReadOnlySpan<byte> file, in Utf8JsonReader reader, bool isKey, bool isUrl, bool isValueOfIntegrity)
    {
        var range = JsonText.Range(reader);
        if (isValueOfIntegrity)
        {
            // It belongs to the key right before it: name, quote, colon, and white space at most.
            if (found.Count > 0 && file[(found[^1].Start + found[^1].Length)..(range.Start - 1)].IndexOfAnyExcept(Between) < 0)
            {
                found[^1] = found[^1] with { Integrity = range };
            }
        }
        else if (JsonText.ToReference(isKey ? ReferenceKind.ImportMapKey : ReferenceKind.ScriptImport, file, reader) is { } reference
            && (isUrl || UrlRules.IsPathSpecifier(reference.Url)))
        {
            found.Add(reference);
        }
    }
}
