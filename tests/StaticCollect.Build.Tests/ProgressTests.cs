using Microsoft.Extensions.Time.Testing;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>How far long work is.</summary>
public sealed class ProgressTests
{
    [Test]
    public void A_line_each_ten_seconds_with_number_bytes_rate_and_time_left()
    {
        var time = new FakeTimeProvider();
        var log = new RecordingLog();
        using (var progress = new Progress(log, time, "Uploading", "objects", count: 4, bytes: 4_000_000))
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
