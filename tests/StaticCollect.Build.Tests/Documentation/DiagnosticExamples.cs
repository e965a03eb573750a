using System.Text.RegularExpressions;

namespace StaticCollect.Build.Tests.Documentation;

/// <summary>The lines that the pages of the diagnostics show.</summary>
internal static partial class DiagnosticExamples
{
    /// <summary>Where the pages let the project lie.</summary>
    public const string ProjectFolder = "/home/me/Shop";

    /// <summary>The lines of the page of one code.</summary>
    public static string[] Lines(string code) =>
        Example().Match(Pages.Read($"docs/diagnostics/{code}.md")).Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex("^```text\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
