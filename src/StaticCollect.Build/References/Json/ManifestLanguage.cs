using System.Text.Json;

namespace StaticCollect.Build.References.Json;

/// <summary>
/// References of web app manifests: the images of <c>icons</c>, <c>screenshots</c> and <c>shortcuts</c>. Many other things
/// are called <c>manifest.json</c>; of those only what has icons at its top counts.
/// </summary>
internal sealed class ManifestLanguage(bool mayBeAnother) : IReferenceLanguage
{
    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var start = FileText.Start(file);
        return mayBeAnother && file.IndexOf("icons"u8) < 0 ? [] : Read(file, start);
    }

    private FoundReferences Read(ReadOnlySpan<byte> file, int start)
    {
        var found = new FoundReferences();
        var inset = new Inset(file[start..], start);
        var reader = JsonText.Reader(inset.Text);
        var hasIcons = false;

        // Where the reader is, as "{icons[{src": what is open, and the names that lead there.
        var open = new Stack<string>();
        var here = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        here = open.Peek() + Name(reader);
                        continue;
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        // Nothing of interest lies that deep.
                        here = here.Length > 40 ? "?" : here;
                        open.Push(here += reader.TokenType == JsonTokenType.StartObject ? "{" : "[");
                        hasIcons |= here is "{icons[";
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        open.Pop();
                        break;
                    case JsonTokenType.String when here is "{icons[{src" or "{screenshots[{src" or "{shortcuts[{icons[{src":
                        if (JsonText.ToReference(ReferenceKind.ManifestImage, inset.Text, reader) is { } reference)
                        {
                            found.Add(inset.InFile(reference));
                        }

                        break;
                    default:
                        break;
                }

                here = open.TryPeek(out var outer) ? outer : "";
            }
        }
        catch (JsonException error)
        {
            throw new UnparsableException($"the manifest is no JSON: {error.Message}", start + (int)reader.BytesConsumed);
        }

        return hasIcons || !mayBeAnother ? found : [];
    }

    private static string Name(in Utf8JsonReader reader) =>
        JsonText.Says(reader, "src"u8) ? "src"
        : JsonText.Says(reader, "icons"u8) ? "icons"
        : JsonText.Says(reader, "screenshots"u8) ? "screenshots"
        : JsonText.Says(reader, "shortcuts"u8) ? "shortcuts" : "?";
}
