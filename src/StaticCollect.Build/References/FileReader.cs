using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;

namespace StaticCollect.Build.References;

/// <summary>Reads a file once: hashes it and, where its language has references, finds them.</summary>
internal static class FileReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="trustedBefore">Times (UTC ticks) before this are old enough to be trusted by the next run.</param>
    /// <param name="withReferences">Whether references are looked for.</param>
    /// <exception cref="SourceException">It cannot be read.</exception>
    public static FileAnalysis Read(StaticFile file, long trustedBefore, bool withReferences)
    {
        var language = withReferences ? ReferenceLanguages.Of(file.LogicalPath) : null;
        var isTooLarge = language is not null && file.Stamp.Length > Array.MaxLength;
        if (isTooLarge)
            language = null;
        ReadOnlySpan<byte> text = [];
        var (stamp, hash) = language is null ? ContentReader.ReadFirst(file.SourcePath, file.Stamp) : ContentReader.ReadFirst(file.SourcePath, file.Stamp, out text);
        var analysis = new FileAnalysis(file.SourcePath, stamp, stamp.Ticks < trustedBefore, hash, [], null);
        if (isTooLarge)
            return analysis with { Problem = new ParseProblem("it is larger than 2 GB", 1, 1) };
        if (language is null)
            return analysis;
        analysis = analysis with { HasWindowsLineEnds = text.IndexOf("\r\n"u8) >= 0 };
        try
        {
            var references = language.Find(text);
            return analysis with { Sites = Sites(text, references), Base = references.Base, Computed = Computed(text, references.Computed) };
        }
        catch (UnparsableException e)
        {
            var place = new Lines(text).At(Math.Clamp(e.Offset, 0, text.Length));
            return analysis with { Problem = new ParseProblem(e.Message, place.Line, place.Column) };
        }
    }

    private static ComputedSite[] Computed(ReadOnlySpan<byte> text, List<ComputedImport> imports)
    {
        var lines = new Lines(text);
        var sites = new ComputedSite[imports.Count];
        for (var i = 0; i < sites.Length; i++)
        {
            var (line, column) = lines.At(imports[i].Start);
            sites[i] = new ComputedSite(imports[i].Prefix, imports[i].Suffix, imports[i].Start, line, column);
        }

        return sites;
    }

    private static ReferenceSite[] Sites(ReadOnlySpan<byte> text, FoundReferences references)
    {
        var lines = new Lines(text);
        var sites = new ReferenceSite[references.Count];
        for (var i = 0; i < sites.Length; i++)
        {
            var reference = references[i];
            var (line, column) = lines.At(reference.Start);
            var (start, length) = reference.Integrity ?? (-1, 0);
            sites[i] = new ReferenceSite(
                reference.Kind, reference.Url, reference.ByteOf(UrlTarget.InsertionPoint(reference.Url)), line, column, start, length);
        }

        return sites;
    }
}
