using StaticCollect.Build.Content;
using StaticCollect.Build.Sources;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Sources;

public class ComparisonsTests
{
    [TestCase("same", "same", true)]
    [TestCase("same", "samE", false)]
    [TestCase("same", "longer", false)]
    [TestCase("", "", true)]
    public void Files_are_equal_when_their_bytes_are(string a, string b, bool equal)
    {
        using var tree = new TempTree();
        Assert.That(new Comparisons([], 0).AreEqual(Make(tree, "a", a), Make(tree, "b", b)), Is.EqualTo(equal));
    }

    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(300_000)]
    public void Long_files_are_compared_to_the_last_byte(int length)
    {
        using var tree = new TempTree();
        var a = Make(tree, "a", new string('x', length));
        Assert.That(new Comparisons([], 0).AreEqual(a, Make(tree, "b", new string('x', length))), Is.True);
        Assert.That(new Comparisons([], 0).AreEqual(a, Make(tree, "c", new string('x', length - 1) + "y")), Is.False);
    }

    [Test]
    public void An_answer_of_the_last_run_is_taken_without_opening_a_file()
    {
        using var tree = new TempTree();
        var (a, b) = (Make(tree, "a", "1"), Make(tree, "b", "2"));
        var first = new Comparisons([], long.MaxValue);
        Assert.That(first.AreEqual(a, b), Is.False);
        tree.Delete("a").Write("b", "1");
        var second = new Comparisons(first.Answers, long.MaxValue);
        Assert.That(second.AreEqual(a, b), Is.False);
        Assert.That(second.Answers, Is.EqualTo(first.Answers), "and is handed on");
        Assert.That(second.AreEqual(a with { Stamp = a.Stamp with { Ticks = 7 } }, b), Is.False, "another stamp asks the disk, where a is gone");
        tree.Write("a", "1");
        Assert.That(second.AreEqual(a with { Stamp = a.Stamp with { Ticks = 8 } }, b), Is.True);
    }

    [TestCase(1, true)]
    [TestCase(0, false)]
    public void Answers_about_files_that_may_still_be_being_written_are_not_kept(int ticks, bool kept)
    {
        using var tree = new TempTree();
        tree.Write("old", "1", TempTree.Old.AddDays(-1));
        var old = new StaticFile("x", tree["old"], FileStamp.Of(tree["old"])!.Value, "app", FinderKind.App);
        var young = Make(tree, "young", "1");
        foreach (var (a, b) in new[] { (old, young), (young, old) })
        {
            var comparisons = new Comparisons([], TempTree.Old.Ticks + ticks);
            comparisons.AreEqual(a, b);
            Assert.That(comparisons.Answers, Has.Count.EqualTo(kept ? 1 : 0));
        }
    }

    [Test]
    public void A_pair_that_is_asked_for_twice_is_kept_once()
    {
        using var tree = new TempTree();
        var (a, b) = (Make(tree, "a", "1"), Make(tree, "b", "1"));
        var comparisons = new Comparisons([], long.MaxValue);
        Assert.That(comparisons.AreEqual(a, b) && comparisons.AreEqual(a, b), Is.True);
        Assert.That(() => new Comparisons(comparisons.Answers, long.MaxValue), Throws.Nothing);
    }

    private static StaticFile Make(TempTree tree, string path, string text)
    {
        tree.Write(path, text);
        return new StaticFile("x", tree[path], FileStamp.Of(tree[path])!.Value, "app", FinderKind.App);
    }
}
