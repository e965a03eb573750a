using CsCheck;
using NUnit.Framework.Internal;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Laws;

/// <summary>
/// A source that changes while it is collected ends the collection with an error, or is published as one consistent
/// state: never other bytes under a fingerprinted name, never a length that is not the file's.
/// </summary>
public class ChangingSourceLaws
{
    private static readonly Gen<(Event[] First, int How, (int Call, int Which, int With)[] Disturbances)> Runs = Gen.Select(
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 16], Gen.Int[0, 1999], (where, which, how) => new Event(Happening.WriteSource, where, which, how)).Array[2, 9],
        Gen.Int[0, World.Hows - 1],
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 16], Gen.Int[0, 1999]).Array[1, 4]);

    [Test]
    public void One_that_changes_at_any_step_is_refused_or_published_whole() =>
        Runs.Sample((first, how, disturbances) =>
        {
            using var isolated = new TestExecutionContext.IsolatedContext();
            using var world = Make(first, how);
            Collect(world, how, new DisturbingLog(disturbances.Select(one => (one.Call, (Action)(() => world.Disturb(one.Which, one.With))))));
            AfterTheStorm(world, how);
        }, iter: CollectionLaws.Times(120));

    [Test]
    public void One_that_changes_all_the_time_is_refused_or_published_whole() =>
        Runs.Sample((first, how, disturbances) =>
        {
            using var isolated = new TestExecutionContext.IsolatedContext();
            using var world = Make(first, how);
            using (var end = new CancellationTokenSource())
            {
                var disturber = new Thread(() =>
                {
                    for (var i = 0; !end.IsCancellationRequested; i++)
                    {
                        var (call, which, with) = disturbances[i % disturbances.Length];
                        world.Disturb(which, with + i);
                        Thread.SpinWait(call * 200);
                    }
                });
                disturber.Start();
                try
                {
                    for (var i = 0; i < 3; i++)
                        Collect(world, how, new RecordingLog { WantsDetails = i % 2 == 0 });
                }
                finally
                {
                    end.Cancel();
                    disturber.Join();
                }
            }

            AfterTheStorm(world, how);
        }, iter: CollectionLaws.Times(45));

    // Small files are held from their first reading on; of these the bytes are read again where they are written.
    [TestCase("large.css", Description = "Rewritten")]
    [TestCase("large.png", Description = "Copied in pieces")]
    public void One_too_large_to_be_held_that_changes_at_any_step_is_refused_or_published_whole(string path)
    {
        var refused = 0;
        for (var call = 0; ; call++)
        {
            using var world = new World();
            world.Tree.Write("App/static/p.png").Write("App/static/a.css", "a{b:url(gone.png)}");
            Write('a');
            var log = new DisturbingLog(call, () => Write('b'));
            refused += Collect(world, how: 1, log) ? 0 : 1;
            if (!log.HasHappened)
                break;

            void Write(char filler) => world.Tree.Write($"App/static/{path}", $"a{{b:url(p.png)}}/*{new string(filler, 1 << 20)}*/", TempTree.Old.AddDays(filler));
        }

        Assert.That(refused, Is.Positive, "none changed between its first reading and its writing");
    }

    private static World Make(Event[] first, int how)
    {
        var world = new World();
        foreach (var e in first)
            world.Happen(e);
        if (how % 2 == 0)
            world.Collect(how, settings => settings with { Link = default });
        return world;
    }

    private static bool Collect(World world, int how, ICollectLog log)
    {
        // A link shows what its source holds now, whatever was collected.
        var settings = world.Settings(how) with { Link = default };
        try
        {
            if (Collector.Collect(settings, log).Succeeded)
            {
                world.AfterASuccess(settings);
                return true;
            }
        }
        catch (IOException)
        {
            // The task says it in one line.
        }

        if (ReleaseOnDisk.Find(settings) is null)
            return false;
        var release = ReleaseOnDisk.Read(settings);
        Oracle.HoldsTheRelease(settings.Root, release);
        Oracle.NamesAreOfTheirBytes(settings.Root, release);
        Oracle.SiblingsDecode(settings.Root, release.Files.Select(file => file.Path));
        return false;
    }

    // Where a stamp came back to what it was, as in an edit that sets the time, only a new time tells of it.
    private static void AfterTheStorm(World world, int how)
    {
        foreach (var (path, i) in world.SourcesSnapshot().Keys.Select((path, i) => (world.Tree[path], i)).Where(file => File.Exists(file.Item1)))
            File.SetLastWriteTimeUtc(path, TempTree.Old.AddYears(1).AddMinutes(i));
        world.Collect(how, settings => settings with { Link = default });
    }

    /// <summary>A log to which things happen at some of its calls.</summary>
    private sealed class DisturbingLog(IEnumerable<(int Call, Action Happening)> disturbances) : ICollectLog
    {
        private readonly ILookup<int, Action> _disturbances = disturbances.ToLookup(one => one.Call, one => one.Happening);
        private int _calls;

        public DisturbingLog(int call, Action happening)
            : this([(call, happening)])
        {
        }

        public bool HasHappened => _disturbances.All(one => one.Key < _calls);

        public bool WantsDetails => true;

        public void Detail(string text) => Count();

        public void Summary(string text) => Count();

        public void Report(Diagnostic diagnostic) => Count();

        private void Count()
        {
            foreach (var happening in _disturbances[_calls++])
                happening();
        }
    }
}
