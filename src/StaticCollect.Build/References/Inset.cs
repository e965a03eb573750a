using System.Runtime.InteropServices;

namespace StaticCollect.Build.References;

/// <summary>
/// A piece of a file in which another language stands, as that language reads it: an attribute with its character
/// references undone, the content of a <c>style</c> element. Knows where each byte stands in the file.
/// </summary>
internal readonly ref struct Inset
{
    private readonly int _start;
    private readonly ReadOnlySpan<int> _places;

    /// <summary>A piece that stands in the file as it is.</summary>
    public Inset(ReadOnlySpan<byte> text, int start)
    {
        Text = text;
        _start = start;
    }

    /// <summary>A piece that was put together, with the place of each byte and one more for the end.</summary>
    public Inset(List<byte> text, List<int> places)
    {
        Text = CollectionsMarshal.AsSpan(text);
        _places = CollectionsMarshal.AsSpan(places);
    }

    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Finds the references of the piece, as places of the file.</summary>
    public void Find(IReferenceLanguage language, FoundReferences found)
    {
        try
        {
            var references = language.Find(Text);
            foreach (var reference in references)
            {
                found.Add(InFile(reference));
            }

            foreach (var import in references.Computed)
            {
                found.Computed.Add(import with { Start = PlaceOf(import.Start) });
            }
        }
        catch (UnparsableException error)
        {
            throw new UnparsableException(error.Message, PlaceOf(error.Offset));
        }
    }

    /// <summary>A reference of the piece as one of the file.</summary>
    public Reference InFile(Reference reference)
    {
        var start = PlaceOf(reference.Start);
        var length = PlaceOf(reference.Start + reference.Length) - start;
        var offsets = reference.Offsets;
        if (!_places.IsEmpty)
        {
            offsets = new int[reference.Url.Length + 1];
            for (var i = 0; i < offsets.Length; i++)
            {
                offsets[i] = PlaceOf(reference.ByteOf(i)) - start;
            }
        }

        (int, int)? integrity = reference.Integrity is { } range
            ? (PlaceOf(range.Start), PlaceOf(range.Start + range.Length) - PlaceOf(range.Start))
            : null;
        return reference with { Start = start, Length = length, Offsets = offsets, Integrity = integrity };
    }

    private int PlaceOf(int at) => _places.IsEmpty ? _start + at : _places[at];
}
