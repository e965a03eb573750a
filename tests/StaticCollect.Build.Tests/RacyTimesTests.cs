using StaticCollect.Build.Settings;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests;

/// <summary>Stamps that are equal although the bytes are not.</summary>
internal sealed class RacyTimesTests
{
    [TestCase(LinkMode.None)]
    [TestCase(LinkMode.Hard)]
    [TestCase(LinkMode.Symbolic)]
    public void A_source_changed_right_after_a_run_is_seen_although_size_and_time_are_the_same(LinkMode link)
    {
        Here.Needs(link);
        using var work = new Workspace();
        var settings = work.Settings with { Link = link };
        var now = DateTime.UtcNow;
        work.Write("static/a.css", "one", now);
        work.Collect(settings);
        work.Tree.Delete("App/static/a.css");
        work.Write("static/a.css", "two", now);
        work.Collect(settings);
        Assert.That(work.Collected["a.css"], Is.EqualTo("two"));
    }

    [Test]
    public void A_clash_is_decided_again_although_size_and_time_are_the_same()
    {
        using var work = new Workspace();
        var now = DateTime.UtcNow;
        work.Write("app1/static/a.css", "one", now).Write("app2/static/a.css", "two", now);
        Assert.That(work.Collect().Clashes, Has.Count.EqualTo(1));
        work.Write("app1/static/a.css", "two", now);
        Assert.That(work.Collect().Clashes, Is.Empty);
    }

    [Test]
    public void A_time_in_the_future_is_never_trusted()
    {
        using var work = new Workspace();
        var future = DateTime.UtcNow.AddYears(1);
        foreach (var text in new[] { "one", "two", "six" })
        {
            work.Write("static/a.css", text, future);
            work.Collect();
            Assert.That(work.Collected["a.css"], Is.EqualTo(text));
        }
    }

    [Test]
    public void An_old_source_is_trusted_and_not_even_opened()
    {
        using var work = new Workspace();
        work.Write("static/a.css", "one");
        work.Collect();
        work.Write("static/a.css", "two");
        work.Collect();
        Assert.That(work.Collected["a.css"], Is.EqualTo("one"), "only who opens the file could know");
    }

    [Test]
    public void A_source_that_was_untrusted_is_trusted_once_it_was_looked_into_again()
    {
        using var work = new Workspace();
        var soon = DateTime.UtcNow.AddSeconds(-1.9);
        work.Write("static/a.css", "one", soon);
        work.Collect();
        Assert.That(work.Last.Inputs.IsKnown, Is.False);
        Thread.Sleep(150);
        work.Collect();
        Assert.That(work.Last.Inputs.IsKnown, Is.True);
    }

    [TestCase(-400)]
    [TestCase(400)]
    public void An_older_source_that_differs_replaces_a_newer_copy(int days)
    {
        using var work = new Workspace();
        work.Write("static/a.css", "one");
        work.Collect();
        work.Write("static/a.css", "two", TempTree.Old.AddDays(days));
        work.Collect();
        Assert.That(work.Collected["a.css"], Is.EqualTo("two"));
    }

    [Test]
    public void A_copy_whose_time_was_changed_is_looked_into_and_left()
    {
        using var work = new Workspace();
        work.Write("static/a.css", "one");
        work.Collect();
        work.Tree.Write($"{Workspace.RootBelowTree}/a.css", "one");
        Assert.That(work.Collect().Files.Single().Status, Is.EqualTo(FileStatus.Unchanged));
        work.Tree.Write($"{Workspace.RootBelowTree}/a.css", "two", TempTree.Old.AddDays(1));
        Assert.That(work.Collect().Files.Single().Status, Is.EqualTo(FileStatus.Copied));
        Assert.That(work.Collected["a.css"], Is.EqualTo("one"));
    }
}
