using System.Diagnostics;
using System.Text;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>
/// What a process prints, gathered while it runs. Its two streams arrive on two threads, and a test may ask on a third:
/// a bare <see cref="StringBuilder"/> that is read while one of them appends throws, and ends the whole test run with it.
/// </summary>
public sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _all = new();
    private readonly StringBuilder _standard = new();

    /// <summary>Begins to read both streams of a process.</summary>
    /// <param name="process">The process, started with both streams redirected.</param>
    /// <param name="seen">Called with each line of the standard output, and with null at its end.</param>
    public static ProcessOutput Of(Process process, Action<ProcessOutput, string?>? seen = null)
    {
        var output = new ProcessOutput();
        process.OutputDataReceived += (_, line) =>
        {
            output.Append(line.Data, isStandard: true);
            seen?.Invoke(output, line.Data);
        };
        process.ErrorDataReceived += (_, line) => output.Append(line.Data, isStandard: false);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return output;
    }

    /// <summary>The standard output so far.</summary>
    public string Standard
    {
        get
        {
            lock (_lock)
                return _standard.ToString();
        }
    }

    /// <summary>Both streams so far, in the order in which their lines arrived.</summary>
    public override string ToString()
    {
        lock (_lock)
            return _all.ToString();
    }

    private void Append(string? line, bool isStandard)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _all.AppendLine(line);
            if (isStandard)
                _standard.AppendLine(line);
        }
    }
}
