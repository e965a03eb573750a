namespace StaticCollect.Build.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
internal enum Severity
{
    /// <summary>Worth knowing, and as intended.</summary>
    Message,

    /// <summary>Probably not what the user wants; the collection goes on.</summary>
    Warning,

    /// <summary>The collection cannot go on; nothing more is written.</summary>
    Error,

    /// <summary>Counted, and not told: the baseline has it.</summary>
    Known,
}

/// <summary>One line to the user: what is wrong, where, and what cures it.</summary>
/// <param name="Code">One of <see cref="Codes"/>; each has its page in <c>docs/diagnostics</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Text">One sentence or two, without line breaks.</param>
/// <param name="File">Full path of the file to blame, or <see langword="null"/>.</param>
/// <param name="Line">Line in <paramref name="File"/>, from 1; 0 when unknown.</param>
/// <param name="Column">Column in <paramref name="Line"/>, from 1; 0 when unknown.</param>
internal sealed record Diagnostic(
    string Code, Severity Severity, string Text, string? File = null, int Line = 0, int Column = 0)
{
    /// <summary>The reference that leads nowhere, of those that a baseline can hold, where there is one.</summary>
    public LostReference? Lost { get; init; }

    /// <summary>An error.</summary>
    public static Diagnostic Error(string code, string text, string? file = null) => new(code, Severity.Error, text, file);

    /// <summary>A warning.</summary>
    public static Diagnostic Warning(string code, string text, string? file = null) => new(code, Severity.Warning, text, file);

    /// <summary>What the system said went wrong, as a sentence on one line: some of its messages end without a full stop.</summary>
    public static string Reason(Exception exception) => Sentence(OneLine(exception.Message));

    /// <summary>Words without line breaks.</summary>
    public static string OneLine(string words) => string.Join(' ', words.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Words with a full stop at their end.</summary>
    public static string Sentence(string words) => words.EndsWith('.') ? words : words + ".";
}
