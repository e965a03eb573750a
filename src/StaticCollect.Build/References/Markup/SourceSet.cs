namespace StaticCollect.Build.References.Markup;

/// <summary>The candidates of <c>srcset</c>: <c>a.png 1x, b.png 2x</c>.</summary>
internal sealed class SourceSet : IReferenceLanguage
{
    /// <inheritdoc/>
    public FoundReferences Find(ReadOnlySpan<byte> file)
    {
        var found = new FoundReferences();
        for (var at = 0; at < file.Length;)
        {
            while (at < file.Length && (IsBlank(file[at]) || file[at] == ','))
            {
                at++;
            }

            var start = at;
            while (at < file.Length && !IsBlank(file[at]))
            {
                at++;
            }

            // Commas inside belong to the URL; at its end they part it from the next one, and it has no descriptors.
            var end = at;
            while (end > start && file[end - 1] == ',')
            {
                end--;
            }

            if (UrlText.Plain(ReferenceKind.HtmlLink, file, start, end) is { } reference)
            {
                found.Add(reference);
            }

            if (end == at)
            {
                at = EndOfDescriptors(file, at);
            }
        }

        return found;
    }

    private static int EndOfDescriptors(ReadOnlySpan<byte> file, int at)
    {
        for (var inBrackets = false; at < file.Length; at++)
        {
            if (file[at] == ',' && !inBrackets)
            {
                return at + 1;
            }

            inBrackets = inBrackets ? file[at] != ')' : file[at] == '(';
        }

        return at;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f';
}
