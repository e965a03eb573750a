using System.Text.RegularExpressions;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>A diagnostic as the build shows it.</summary>
/// <param name="Place">What stands before it: a file, with line and column where they are known.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>message</c>.</param>
/// <param name="Code">Its code.</param>
/// <param name="Text">What it says, on one line.</param>
public sealed partial record ShownDiagnostic(string Place, string Severity, string Code, string Text)
{
    /// <summary>Severity and code, such as <c>error SC1001</c>.</summary>
    public string Kind => $"{Severity} {Code}";

    /// <summary>All that an output shows, each once: MSBuild repeats warnings and errors at the end.</summary>
    public static IReadOnlyList<ShownDiagnostic> Of(CommandResult result) =>
    [
        .. result.Output.Split('\n')
            .Select(line => Line().Match(line.Trim()))
            .Where(match => match.Success)
            .Select(match => new ShownDiagnostic(
                match.Groups["place"].Value, match.Groups["severity"].Value, match.Groups["code"].Value, match.Groups["text"].Value))
            .Distinct(),
    ];

    // Severity and code are English and fixed; every code counts, so that an error of MSBuild's own is not missed.
    [GeneratedRegex(@"^(\d+>)?(?<place>.*?)\s?:? ?\b(?<severity>error|warning|message) (?<code>[A-Z]+\d{4,}): (?<text>.*?)( \[[^\]]+\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();
}

/// <summary>Claims about what a build shows.</summary>
public static class ShownDiagnostics
{
    /// <summary>The diagnostics of an output, which holds no stack trace.</summary>
    public static IReadOnlyList<ShownDiagnostic> Diagnostics(this CommandResult result)
    {
        Assert.That(result.Output, Does.Not.Contain("   at "), "A user's mistake must not end in a stack trace.");
        return ShownDiagnostic.Of(result);
    }

    /// <summary>The one diagnostic of an output, of this kind (<c>error SC1001</c>).</summary>
    public static ShownDiagnostic Only(this CommandResult result, string kind)
    {
        var all = result.Diagnostics();
        Assert.That(all.Select(one => one.Kind), Is.EqualTo(new[] { kind }), result.Output);
        return all[0];
    }
}
