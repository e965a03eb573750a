using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Content;

public class FileStampTests
{
    [Test]
    public void It_tells_length_and_time()
    {
        using var tree = new TempTree();
        tree.Write("a", "123");
        var stamp = FileStamp.Of(tree["a"])!.Value;
        Assert.That((stamp.Length, stamp.Ticks), Is.EqualTo((3, TempTree.Old.Ticks)));
        Assert.That(FileStamp.Of(tree["a"]), Is.EqualTo(stamp));
    }

    [Test]
    public void A_time_is_told_to_the_last_digit_that_the_framework_knows()
    {
        using var tree = new TempTree();
        foreach (var time in new[] { TempTree.Old.AddTicks(1), TempTree.Old.AddTicks(9_999_999), new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(5) })
        {
            tree.Write("a", time: time);
            Assert.That(FileStamp.Of(tree["a"])!.Value.Ticks, Is.EqualTo(File.GetLastWriteTimeUtc(tree["a"]).Ticks).And.EqualTo(time.Ticks));
        }
    }

    [Test]
    [NotUnderWine("it has no times of birth")]
    public void Another_file_of_equal_length_and_time_has_another_stamp()
    {
        using var tree = new TempTree();
        tree.Write("a", "one");
        var first = FileStamp.Of(tree["a"])!.Value;
        if (first.Birth == 0)
            Assert.Ignore("The file system of the temporary folder has no times of birth.");
        Thread.Sleep(20);
        tree.Write("b", "two");
        File.Move(tree["b"], tree["a"], overwrite: true);
        var second = FileStamp.Of(tree["a"])!.Value;
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(second with { Birth = first.Birth }, Is.EqualTo(first), "only the birth tells");
    }

    [Test]
    [NotUnderWine("it has no times of birth")]
    public void Other_bytes_in_the_same_file_keep_its_birth_and_so_does_a_rename()
    {
        using var tree = new TempTree();
        tree.Write("a", "one");
        var birth = FileStamp.Of(tree["a"])!.Value.Birth;
        File.WriteAllText(tree["a"], "three");
        File.Move(tree["a"], tree["b"]);
        Assert.That(FileStamp.Of(tree["b"])!.Value.Birth, Is.EqualTo(birth));
    }

    [Test]
    public void Links_are_followed()
    {
        using var tree = new TempTree();
        tree.Write("a", "123").Link("link", "a").Link("again", "link").Link("broken", "gone");
        Assert.That(FileStamp.Of(tree["again"]), Is.EqualTo(FileStamp.Of(tree["a"])));
        Assert.That(FileStamp.Of(tree["broken"]), Is.Null);
    }

    [Test]
    public void What_is_no_file_has_none()
    {
        using var tree = new TempTree();
        Assert.That(FileStamp.Of(tree["gone"]), Is.Null);
        Assert.That(FileStamp.Of(tree.Folder("folder")["folder"]), Is.Null);
        Assert.That(FileStamp.Of("/dev/null"), Is.Null);
    }

    [Test]
    public void A_walk_tells_the_same()
    {
        using var tree = new TempTree();
        tree.Write("a", "123").Link("link", "a");
        var entries = FolderListing.Of(tree.Path).ToDictionary(entry => entry.Name, entry => entry.Status, StringComparer.Ordinal);
        Assert.That(entries["a"].Stamp, Is.EqualTo(FileStamp.Of(tree["a"])));
        Assert.That((entries["link"].IsLink, entries["link"].IsRegular), Is.EqualTo((true, false)));
    }
}
