using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Releases;

namespace StaticCollect.Build.Answers;

/// <summary>Says in one message for each kind what is not portable, with the first names.</summary>
internal static class PortabilityText
{
    private const int MostNamed = 3;

    /// <summary>The messages about a release.</summary>
    public static IEnumerable<Diagnostic> Of(Release release) => Portability.Of(release).Select(finding => Of(finding, release)).OfType<Diagnostic>();

    /// <summary>The same for a page about the release, which also names what a collection tells of each file by itself.</summary>
    public static IReadOnlyList<string> Lines(Release release) =>
        [.. Portability.Of(release).Select(finding => Of(finding, release)?.Text ?? $"{Names(finding.Paths)} cannot be written on Windows.")];

    private static Diagnostic? Of(PortabilityFinding finding, Release release)
    {
        var names = Names(finding.Paths);
        var (are, have, follow, them) = finding.Paths.Count == 1 ? ("is", "has", "a name that follows", "it") : ("are", "have", "names that follow", "them");
        return finding.Kind switch
        {
            PortabilityKind.FoldersAlike => Message(Codes.FoldersAlike,
                $"The folders {names} differ in case or Unicode form only: Windows and macOS make one of them, and what is collected there has other URLs. Give them one spelling."),
            PortabilityKind.UrlName => Message(Codes.UrlName,
                $"{names} {have} a sign in the name that a URL cannot hold as it is (#, % or ?), or a letter in decomposed Unicode form: whoever writes the name as it looks asks for another file. Rename what you can."),
            PortabilityKind.LineEnds => Message(Codes.LineEnds,
                $"{names} {have} Windows line ends and {follow} from the bytes: where git converts line ends, another machine gives other names. Settle it in .gitattributes, with a line such as '*{Path.GetExtension(finding.Paths[0])} text eol=lf'."),
            PortabilityKind.LargeFile => Message(Codes.LargeFile,
                $"{names} {are} larger than {Wording.Size(Portability.Large)} (the largest has {Wording.Size(release.Collected.Max(file => file.Published.Content.Length))}): browsers wait for {them}, and some CDNs refuse {them}. Split {them}, or serve {them} from elsewhere."),
            _ => null,
        };
    }

    private static string Names(IReadOnlyList<string> paths)
    {
        var named = paths.Take(MostNamed).Select(path => $"'{path}'").ToList();
        return paths.Count > MostNamed ? $"{string.Join(", ", named)} and {paths.Count - MostNamed} more"
            : named.Count == 1 ? named[0]
            : $"{string.Join(", ", named[..^1])} and {named[^1]}";
    }

    private static Diagnostic Message(string code, string text) => new(code, Severity.Message, text);
}
