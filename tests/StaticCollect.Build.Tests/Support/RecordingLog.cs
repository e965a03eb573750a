using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Tests.Support;

/// <summary>A log that keeps what it is told.</summary>
internal sealed class RecordingLog : ICollectLog
{
    public bool WantsDetails { get; init; } = true;

    public List<string> Details { get; } = [];

    public List<string> Summaries { get; } = [];

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Everything in the order in which it was told.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The codes of what is more than a message.</summary>
    public IEnumerable<string> Codes => Diagnostics.Where(one => one.Severity != Severity.Message).Select(one => one.Code);

    public void Detail(string text)
    {
        Details.Add(text);
        Lines.Add(text);
    }

    public void Summary(string text)
    {
        Summaries.Add(text);
        Lines.Add(text);
    }

    public void Report(Diagnostic diagnostic)
    {
        Diagnostics.Add(diagnostic);
        Lines.Add($"{diagnostic.Severity} {diagnostic.Code}: {diagnostic.Text}");
    }
}
