using System.Globalization;
using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Upload.Sending;

/// <summary>Tells people how far a long upload is, at fixed intervals.</summary>
internal sealed class Progress : IDisposable
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ICollectLog _log;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly int _objects;
    private readonly long _bytes;
    private readonly ITimer _timer;
    private int _objectsDone;
    private long _bytesDone;

    /// <summary>Begins.</summary>
    /// <param name="log">Is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="objects">How many objects something is done about.</param>
    /// <param name="bytes">How many bytes are sent.</param>
    public Progress(ICollectLog log, TimeProvider time, int objects, long bytes)
    {
        (_log, _time, _objects, _bytes) = (log, time, objects, bytes);
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(_ => _log.Summary(Line()), null, Interval, Interval);
    }

    /// <summary>One more object is done.</summary>
    public void Done(long bytes)
    {
        Interlocked.Increment(ref _objectsDone);
        Interlocked.Add(ref _bytesDone, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private string Line()
    {
        var seconds = _time.GetElapsedTime(_start).TotalSeconds;
        var (objects, bytes) = (Volatile.Read(ref _objectsDone), Volatile.Read(ref _bytesDone));
        var rate = bytes / seconds;

        // Small objects take as long as their requests, large ones as long as their bytes: the slower of the two counts.
        var share = Math.Min((double)objects / _objects, _bytes == 0 ? 1 : (double)bytes / _bytes);
        var left = share > 0 ? string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(seconds / share * (1 - share)):0} s left") : "";
        return $"Uploading: {objects} of {_objects} objects, {Wording.Size(bytes)} of {Wording.Size(_bytes)}, {Wording.Size((long)rate)}/s{left}.";
    }
}
