namespace StaticCollect.Build.References.JavaScript;

/// <summary>
/// Tells cheaply which files need no lexer: nearly all classic scripts. It may say yes too often, never no too often.
/// </summary>
internal static class ScriptPrefilter
{
    /// <summary>Whether "import" or "export" stands anywhere as a word that could be the keyword.</summary>
    public static bool MayHoldImports(ReadOnlySpan<byte> file)
    {
        return HasKeyword(file, "import"u8, "(.\"'{*/"u8, beforeName: true) || HasKeyword(file, "export"u8, "{*/"u8, beforeName: false);
    }

    /// <summary>
    /// Whether the map comment is the last line and nothing else. Then it is a comment in any script that ends properly:
    /// no string, template or longer comment could be closed behind it.
    /// </summary>
    /// <param name="file">A file that holds <see cref="SourceMapComment.Key"/>.</param>
    /// <param name="inside">The inside of the comment.</param>
    public static bool IsLastLine(ReadOnlySpan<byte> file, out Range inside)
    {
        var key = file.LastIndexOf(SourceMapComment.Key);
        var start = file[..key].LastIndexOfAny((byte)'\r', (byte)'\n') + 1;
        var end = ScriptText.EndOfLine(file, key);
        while (start < key && file[start] is (byte)' ' or (byte)'\t')
        {
            start++;
        }

        inside = (start + 2)..end;
        return start + 2 < key
            && file[start..].StartsWith("//"u8)
            && file[start..end].IndexOfAny("\"'`"u8) < 0
            && file[start..end].IndexOf("*/"u8) < 0
            && file[end..].IndexOfAnyExcept(" \t\r\n"u8) < 0;
    }

    private static bool HasKeyword(ReadOnlySpan<byte> file, ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> behind, bool beforeName)
    {
        for (var at = 0; ;)
        {
            var next = file[at..].IndexOf(keyword);
            if (next < 0)
            {
                return false;
            }

            var start = at + next;
            at = start + keyword.Length;
            if (start > 0 && IsNamePart(file[start - 1]))
            {
                continue;
            }

            var value = ScriptText.At(file, at);
            if (IsNamePart(value))
            {
                continue;
            }

            while (ScriptText.BlankLength(file, at) is > 0 and var blank)
            {
                at += blank;
                value = ScriptText.At(file, at);
            }

            if (behind.Contains(value) || (beforeName && ScriptText.IsWord(value)))
            {
                return true;
            }
        }
    }

    // Bytes that are not ASCII may be white space, so they bind no word here.
    private static bool IsNamePart(byte value) => value < 0x80 && value != '\\' && ScriptText.IsWord(value);
}
