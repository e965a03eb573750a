using StaticCollect.Build.Stores;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Stores;

public class RootLockTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Test]
    public void A_second_collection_waits_until_the_first_one_ends()
    {
        using var tree = new TempTree();
        using var waits = new ManualResetEventSlim();
        var first = Take(tree["root"], Long)!;
        var tookAfterRelease = false;
        var released = false;
        var second = new Thread(() =>
        {
            using var mine = RootLock.Take(tree["root"], Long, waits.Set, CancellationToken.None);
            tookAfterRelease = mine is not null && Volatile.Read(ref released);
        });
        second.Start();
        Assert.That(waits.Wait(Long), Is.True, "it tells that it waits");
        Volatile.Write(ref released, true);
        first.Dispose();
        second.Join();
        Assert.That(tookAfterRelease, Is.True);
    }

    [Test]
    public void Patience_ends()
    {
        using var tree = new TempTree();
        using var held = Take(tree["root"], Long);
        var told = 0;
        RootLock? second = null;
        OnAnotherThread(() => second = RootLock.Take(tree["root"], TimeSpan.FromMilliseconds(250), () => told++, CancellationToken.None));
        Assert.That(second, Is.Null);
        Assert.That(told, Is.EqualTo(1), "once, however long it waits");
    }

    [Test]
    public void Waiting_can_be_cancelled()
    {
        using var tree = new TempTree();
        using var held = Take(tree["root"], Long);
        using var cancellation = new CancellationTokenSource();
        Exception? thrown = null;
        OnAnotherThread(() => thrown = Assert.Catch(() => RootLock.Take(tree["root"], Long, cancellation.Cancel, cancellation.Token)));
        Assert.That(thrown, Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_lock_whose_holder_died_is_free()
    {
        using var tree = new TempTree();
        OnAnotherThread(() => Take(tree["root"], Long));
        using var second = Take(tree["root"], TimeSpan.Zero);
        Assert.That(second, Is.Not.Null);
    }

    [Test]
    public void Other_roots_are_not_waited_for_but_other_names_of_the_same_are()
    {
        using var tree = new TempTree();
        tree.Folder("root").Link("alias", tree["root"]);
        using var held = Take(tree["root"], Long);
        RootLock? alias = null;
        OnAnotherThread(() =>
        {
            using var other = Take(tree["other"], TimeSpan.Zero);
            Assert.That(other, Is.Not.Null);
            alias = Take(tree["alias"], TimeSpan.Zero);
        });
        Assert.That(alias, Is.Null);
    }

    [Test]
    public void Two_collections_at_once_leave_what_one_leaves()
    {
        using var work = new Workspace();
        for (var i = 0; i < 20; i++)
            work.Write($"static/{i}/a.css");
        var results = new CollectResult[4];
        var threads = results.Select((_, i) => new Thread(() => results[i] = Collector.Collect(work.Settings, new RecordingLog()))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(results.Select(result => result.Succeeded), Is.All.True);
        Assert.That(results.Sum(result => result.Files.Count(file => file.Status == FileStatus.Copied)), Is.EqualTo(20), "each file is written once");
        Assert.That(work.Collected, Has.Count.EqualTo(20));
        Assert.That(work.Collect().Files.Select(file => file.Status), Is.All.EqualTo(FileStatus.Unchanged));
    }

    private static RootLock? Take(string root, TimeSpan patience) =>
        RootLock.Take(root, patience, () => { }, CancellationToken.None);

    private static void OnAnotherThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.That(failure, Is.Null);
    }
}
