using System.Text.RegularExpressions;

namespace StaticCollect.Build.EndToEnd.Ways;

/// <summary>A block of code in a page that is followed from top to bottom. docs/architecture.md says what each is for.</summary>
/// <param name="Line">Line of the page that it begins in.</param>
/// <param name="Language">What it is written in: <c>sh</c> is typed, <c>text</c> is printed, anything else is a file.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="File">The file that the line before it names; empty where none does.</param>
/// <param name="Stays">Whether its last command is a server, which goes on while the page does.</param>
internal sealed partial record PageBlock(int Line, string Language, string Text, string File, bool Stays)
{
    /// <summary>All blocks of a page, in order.</summary>
    public static IReadOnlyList<PageBlock> In(string page)
    {
        var text = System.IO.File.ReadAllText(Path.Combine(PackedPackage.Repository, page));
        return [.. Block().Matches(text).Select(match => new PageBlock(
            text.AsSpan(0, match.Index).Count('\n') + 1,
            match.Groups["language"].Value,
            match.Groups["text"].Value,
            match.Groups["file"].Value,
            match.Groups["stays"].Success))];
    }

    // A sentence before a block names its file last: "Write `a.css`:".
    [GeneratedRegex("(?:`(?<file>[^`\n]+)`:\n\n)?(?<stays><!-- stays -->\n)?^```(?<language>\\w*)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
