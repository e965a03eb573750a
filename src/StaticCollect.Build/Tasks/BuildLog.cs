using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tasks;

/// <summary>The log of a collection as the log of the build: the one way to a terminal, on which no name does anything.</summary>
/// <param name="log">The log of the build.</param>
/// <param name="verbosity">How much is told.</param>
/// <param name="isError">Whether a warning of a code counts as an error.</param>
internal sealed class BuildLog(TaskLoggingHelper log, Verbosity verbosity, Predicate<string> isError) : ICollectLog
{
    private readonly MessageImportance _details =
        verbosity == Verbosity.Detailed ? MessageImportance.High : MessageImportance.Low;

    /// <inheritdoc/>
    public bool WantsDetails => verbosity != Verbosity.Quiet && log.LogsMessagesOfImportance(_details);

    /// <summary>
    /// Tells what the user asked for, even when the rest is quiet. In one message that begins with the name of the project
    /// and an arrow: the terminal logger of the SDK shows no other one, and this where else it would tell what was built.
    /// </summary>
    /// <param name="project">Path of the project file.</param>
    /// <param name="lines">The lines of the answer; none where there is no answer.</param>
    public void Answer(string project, IReadOnlyList<string> lines)
    {
        if (lines.Count > 0)
            log.LogMessage(MessageImportance.High, "{0}", $"{Path.GetFileNameWithoutExtension(project)} -> {string.Join('\n', lines.Select(Printable.Of))}");
    }

    /// <inheritdoc/>
    public void Detail(string text)
    {
        if (verbosity != Verbosity.Quiet)
            log.LogMessage(_details, "{0}", Printable.Of(text));
    }

    /// <inheritdoc/>
    public void Summary(string text)
    {
        if (verbosity != Verbosity.Quiet)
            log.LogMessage(MessageImportance.High, "{0}", Printable.Of(text));
    }

    /// <summary>Tells where a fault of ours happened, for whoever mends it: with <c>-v:detailed</c> and in binary logs.</summary>
    public void Stack(Exception fault) => log.LogMessage(MessageImportance.Low, "{0}", fault.ToString());

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic)
    {
        var (code, file, line, column, text) =
            (diagnostic.Code, diagnostic.File is { } blamed ? Printable.Of(blamed) : null, diagnostic.Line, diagnostic.Column, Printable.Of(diagnostic.Text));
        switch (diagnostic.Severity)
        {
            case Severity.Error:
            case Severity.Warning when isError(code):
                log.LogError(null, code, null, file, line, column, 0, 0, "{0}", text);
                break;
            case Severity.Warning:
                log.LogWarning(null, code, null, file, line, column, 0, 0, "{0}", text);
                break;
            default:
                log.LogMessage(null, code, null, file, line, column, 0, 0, verbosity == Verbosity.Detailed ? MessageImportance.High : MessageImportance.Normal, "{0}", text);
                break;
        }
    }
}
