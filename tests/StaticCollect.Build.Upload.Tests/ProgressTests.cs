using Microsoft.Extensions.Time.Testing;
using StaticCollect.Build.Tests.Support;
using StaticCollect.Build.Upload.Sending;

namespace StaticCollect.Build.Upload.Tests;

/// <summary>How far a long upload is.</summary>
public sealed class ProgressTests
{
    [Test]
    public void A_line_each_ten_seconds_with_objects_bytes_rate_and_time_left()
    {
        var time = new FakeTimeProvider();
        var log = new RecordingLog();
        using (var progress = new Progress(log, time, objects: 4, bytes: 4_000_000))
        {
            time.Advance(TimeSpan.FromSeconds(9));
            Assert.That(log.Lines, Is.Empty);
            time.Advance(TimeSpan.FromSeconds(1));
            progress.Done(1_000_000);
            progress.Done(1_000_000);
            time.Advance(TimeSpan.FromSeconds(10));
            progress.Done(0);
        }

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(log.Lines, Is.EqualTo(new[]
        {
            "Uploading: 0 of 4 objects, 0 bytes of 4 MB, 0 bytes/s.",
            "Uploading: 2 of 4 objects, 2 MB of 4 MB, 100 kB/s, about 20 s left.",
        }));
    }
}
