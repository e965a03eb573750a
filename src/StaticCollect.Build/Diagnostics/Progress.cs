using System.Globalization;

namespace StaticCollect.Build.Diagnostics;

/// <summary>Tells people how far long work is, at fixed intervals.</summary>
internal sealed class Progress : IDisposable
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly string _work;
    private readonly string _things;
    private readonly long _start;
    private readonly int _count;
    private readonly long _bytes;
    private readonly ITimer _timer;
    private int _countDone;
    private long _bytesDone;

    /// <summary>Begins.</summary>
    /// <param name="log">Is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">What is done, e.g. <c>Uploading</c>.</param>
    /// <param name="things">To what, e.g. <c>objects</c>.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="bytes">How many bytes they have.</param>
    public Progress(ICollectLog log, TimeProvider time, string work, string things, int count, long bytes)
    {
        (_time, _work, _things, _count, _bytes) = (time, work, things, count, bytes);
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => log.Summary(Line()), null, Interval, Interval);
    }

    /// <summary>One more is done.</summary>
    public void Done(long bytes)
    {
        Interlocked.Increment(ref _countDone);
        Interlocked.Add(ref _bytesDone, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private string Line()
    {
        var seconds = _time.GetElapsedTime(_start).TotalSeconds;
        var (count, bytes) = (Volatile.Read(ref _countDone), Volatile.Read(ref _bytesDone));
        var rate = bytes / seconds;

        // Small things take as long as their number, large ones as long as their bytes: the slower of the two counts.
        var share = Math.Min((double)count / _count, _bytes == 0 ? 1 : (double)bytes / _bytes);
        var left = share > 0 ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Max(1, seconds / share * (1 - share)):0} s left") : "";
        return $"{_work}: {count} of {_count} {_things}, {Wording.Size(bytes)} of {Wording.Size(_bytes)}, {Wording.Size((long)rate)}/s{left}.";
    }
}
