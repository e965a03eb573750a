using System.Text;
using StaticCollect.Build.Content;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

/// <summary>What holds for what any language finds in any file. It is asked millions of times, so it asserts by hand.</summary>
internal static class ReferenceLaws
{
    /// <summary>The references of a file; <see langword="null"/> where it is not of the language, which says where.</summary>
    public static FoundReferences? Find(IReferenceLanguage language, byte[] file)
    {
        try
        {
            return language.Find(file);
        }
        catch (UnparsableException error)
        {
            Must(error.Offset >= 0 && error.Offset <= file.Length, "the place of an unparsable file lies in it");
            return null;
        }
    }

    /// <summary>References lie in the file, in order, and what they say stands there; so do the edits that follow from them.</summary>
    public static void Hold(byte[] file, FoundReferences found)
    {
        var end = 0;
        var edits = new List<Edit>();
        foreach (var reference in found)
        {
            Must(reference.Start >= end, "references come in ascending order without overlaps");
            Must(reference.Length > 0, "a reference is not empty");
            end = reference.Start + reference.Length;
            Must(end <= file.Length, "a reference lies in the file");
            SaysWhatStandsThere(file, reference);
            edits.Add(new Edit(reference.ByteOf(UrlTarget.InsertionPoint(reference.Url)), 0, ".0123456789ab"));
            if (reference.Integrity is { } integrity)
                edits.Add(new Edit(integrity.Start, integrity.Length, "sha256-"));
        }

        Lie(file, edits);
        var at = 0;
        foreach (var computed in found.Computed)
        {
            Must(computed.Start >= at && computed.Start < file.Length, "computed imports lie in the file in ascending order");
            at = computed.Start;
        }

        Must(found.Base is not { } pageBase || (pageBase.At >= 0 && pageBase.At <= file.Length), "the base of a page lies in it");
    }

    /// <summary>
    /// With a fingerprint in each name, other references are found in a file only where the name changed: each is the old one with that.
    /// </summary>
    public static void HoldAfterRewriting(IReferenceLanguage language, byte[] file, FoundReferences before)
    {
        if (before.Count == 0)
            return;
        var rewritten = Reading.Rewritten(file, before);
        var after = Find(language, rewritten);

        // Only a script that may import is read whole, and the name of its map can make one look so.
        if (after is null && rewritten.AsSpan().IndexOf("import.h1"u8) >= 0)
            return;
        Must(after is not null, "a rewritten file can be read");
        Must(
            after!.Select(Shown).SequenceEqual(before.Select(reference => Shown(reference with { Url = Reading.WithFingerprint(reference.Url) })), StringComparer.Ordinal),
            "a fingerprint in a name changes that URL and nothing else");
    }

    /// <summary>Fails where something does not hold.</summary>
    public static void Must(bool holds, string law)
    {
        if (!holds)
            throw new BrokenLawException(law);
    }

    private static string Shown(Reference reference) => $"{reference.Kind} {reference.Url}";

    private static void Lie(byte[] file, List<Edit> edits)
    {
        var end = 0;
        edits.Sort((a, b) => (a.Start, a.Length).CompareTo((b.Start, b.Length)));
        foreach (var edit in edits)
        {
            Must(edit.Start >= end && edit.Length >= 0, "edits do not overlap");
            end = edit.Start + edit.Length;
        }

        Must(end <= file.Length, "edits lie in the file");
        Must(
            Edit.Apply(file, edits).Length == file.Length + edits.Sum(edit => Encoding.UTF8.GetByteCount(edit.Text) - edit.Length),
            "edits change nothing but what they say");
    }

    private static void SaysWhatStandsThere(byte[] file, Reference reference)
    {
        Must(reference.ByteOf(reference.Url.Length) == reference.Start + reference.Length, "a reference ends where its text does");
        for (var i = 0; i < reference.Url.Length; i++)
        {
            var at = reference.ByteOf(i);
            Must(at >= reference.Start && at <= reference.ByteOf(i + 1), "the characters of a reference stand in order");

            // Whatever is not the start of an escape stands for itself.
            var value = file[at];
            Must(value is >= 0x80 or (byte)'\\' or (byte)'&' || value == reference.Url[i], "a reference says what stands there");
        }
    }
}

/// <summary>Something that must hold does not.</summary>
internal sealed class BrokenLawException(string law) : Exception(law);
