using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Content;

public class FilePathTests
{
    [TestCase("/a/b", "/a/b", true)]
    [TestCase("/a/b/c", "/a/b", true)]
    [TestCase("/a/bc", "/a/b", false)]
    [TestCase("/a", "/a/b", false)]
    [TestCase("/a", "/", true)]
    [TestCase("/", "/", true)]
    public void A_path_lies_below_a_folder_only_at_a_separator(string path, string folder, bool below) =>
        Assert.That(FilePath.IsAtOrBelow(Here.Full(path), Here.Full(folder)), Is.EqualTo(below));

    [TestCase("/p/static/a.css", "/p", "static/a.css")]
    [TestCase("/p", "/p", "/p")]
    [TestCase("/q/a.css", "/p", "/q/a.css")]
    [TestCase("/static/a.css", "/", "static/a.css")]
    public void A_path_is_shown_relative_to_the_project_where_it_lies_below(string path, string folder, string shown) =>
        Assert.That(FilePath.Show(Here.Full(path), Here.Full(folder)), Is.EqualTo(Here.Full(shown)));

    [TestCase("out/", "/p/out")]
    [TestCase("../out", "/out")]
    [TestCase(@"bin\Release\", "/p/bin/Release")]
    [TestCase("/abs//x/./y/", "/abs/x/y")]
    [TestCase("", "/p")]
    [TestCase("/", "/")]
    public void A_full_path_has_no_separator_at_its_end(string path, string full) =>
        Assert.That(FilePath.Full(Here.Full(path), Here.Full("/p")), Is.EqualTo(Here.Full(full)));

    [Test]
    public void Links_on_the_way_are_resolved_and_what_is_not_there_is_kept()
    {
        using var tree = new TempTree();
        tree.Folder("real/in").Link("link", tree["real"]).Link("relative", "real/in");
        Assert.That(FilePath.Real(tree["link/in/not/there"]), Is.EqualTo(tree["real/in/not/there"]));
        Assert.That(FilePath.Real(tree["relative"]), Is.EqualTo(tree["real/in"]));
        Assert.That(FilePath.Real(Here.Full("/")), Is.EqualTo(Here.Full("/")));
    }

    [Test]
    public void A_link_to_a_path_that_has_links_itself_is_resolved_to_the_end()
    {
        using var tree = new TempTree();
        tree.Folder("real/in").Link("a", tree["real"]).Link("b", tree["a/in"]).Link("c", "b").Link("real/in/up", "../..");
        Assert.That(FilePath.Real(tree["b"]), Is.EqualTo(tree["real/in"]));
        Assert.That(FilePath.Real(tree["c/x"]), Is.EqualTo(tree["real/in/x"]));
        Assert.That(FilePath.Real(tree["c/up/real"]), Is.EqualTo(tree["real"]));
    }

    [Test]
    public void Links_in_a_circle_end()
    {
        using var tree = new TempTree();
        tree.Link("self", tree["self"]).Link("x", tree["y/1"]).Link("y", tree["x/2"]);
        Assert.That(() => FilePath.Real(tree["self/a"]), Throws.Nothing);
        Assert.That(() => FilePath.Real(tree["x/a"]), Throws.Nothing);
    }

    [TestCase("/www/Static", "/www/static", false, true, true)]
    [TestCase("/www/caf\u00e9", "/www/cafe\u0301", false, false, true)]
    [TestCase("/www/CAF\u00c9", "/www/cafe\u0301", false, false, true)]
    [TestCase("/www/a", "/www/a", true, true, true)]
    [TestCase("/www/a", "/www/b", false, false, false)]
    public void Paths_that_a_system_takes_for_one_have_one_identity(string a, string b, bool onLinux, bool onWindows, bool onMacOS) => Assert.Multiple(() =>
    {
        foreach (var (names, areOne) in new[] { (FileNames.AsWritten, onLinux), (FileNames.WithoutCase, onWindows), (FileNames.WithoutCaseAndForm, onMacOS) })
        {
            Assert.That(FilePath.Identity(a, names) == FilePath.Identity(b, names), Is.EqualTo(areOne), names.ToString());
            Assert.That(FilePath.Same(a, b, names), Is.EqualTo(areOne), names.ToString());
        }
    });

    [TestCase(@"C:\short/file.css", @"C:\short/file.css")]
    [TestCase(@"C:\{0}/file.css", @"\\?\C:\{0}\file.css")]
    [TestCase(@"\\machine\share\{0}/file.css", @"\\?\UNC\machine\share\{0}\file.css")]
    [TestCase(@"\\?\C:\{0}\file.css", @"\\?\C:\{0}\file.css")]
    public void Windows_is_told_long_paths_in_the_form_that_it_takes(string path, string told)
    {
        var longName = new string('n', 260);

        Assert.That(
            FilePath.ForWindows(path.Replace("{0}", longName, StringComparison.Ordinal)),
            Is.EqualTo(told.Replace("{0}", longName, StringComparison.Ordinal)));
    }
}
