using System.Collections.Concurrent;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>
/// Files that were born a while ago. No call sets the time of birth, and a collection distrusts what is younger than two
/// seconds: the sources of a law are made of these, so that they are trusted and that one put in the place of another is
/// known to have another birth.
/// </summary>
[SetUpFixture]
public sealed class Inodes : IDisposable
{
    private const int Ticks = 150;
    private const int EachTick = 54;

    // More than the clock of a file system needs to go on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(7);

    // After this a collection trusts what a stamp says.
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(2.1);

    private static readonly ConcurrentQueue<(string Path, int Tick)> Waiting = new();

    private TempTree? _tree;

    [OneTimeSetUp]
    public void Make()
    {
        var tree = _tree = new TempTree("/dev/shm");
        var files = new List<(string Path, int Tick, int Which)>();
        for (var tick = 0; tick < Ticks; tick++)
        {
            for (var i = 0; i < EachTick; i++)
            {
                var path = tree[$"{tick}-{i}"];
                File.Create(path).Dispose();
                files.Add((path, tick, i));
            }

            Thread.Sleep(Tick);
        }

        Thread.Sleep(Age);
        foreach (var (path, tick, _) in files.OrderBy(file => file.Which).ThenBy(file => file.Tick))
            Waiting.Enqueue((path, tick));
    }

    [OneTimeTearDown]
    public void Dispose()
    {
        Waiting.Clear();
        _tree?.Dispose();
        _tree = null;
    }

    /// <summary>Puts an old file with these bytes in a place.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="bytes">What it shall hold.</param>
    /// <param name="time">Its time.</param>
    /// <param name="notOf">The birth it must not have.</param>
    /// <returns>When it was born; -1 for now, where no old file is left.</returns>
    public static int Put(string path, byte[] bytes, DateTime time, int notOf = -1)
    {
        File.Delete(path);
        var birth = -1;
        while (birth < 0 && Waiting.TryDequeue(out var file))
        {
            if (file.Tick == notOf)
                continue;
            File.Move(file.Path, path);
            birth = file.Tick;
        }

        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, time);
        return birth;
    }
}
