using CsCheck;
using StaticCollect.Build.Content;
using StaticCollect.Build.Tests.Support;

namespace StaticCollect.Build.Tests.Content;

public class LogicalPathTests
{
    [TestCase("css/site.css", "css/site.css")]
    [TestCase(@"lib\vendor/", "lib/vendor")]
    [TestCase("./a//b/./c", "a/b/c")]
    [TestCase("  a b/c  ", "a b/c")]
    [TestCase("", "")]
    [TestCase(".", "")]
    [TestCase("./", "")]
    [TestCase("...a/..b/c..", "...a/..b/c..")]
    [TestCase("console.css", "console.css")]
    [TestCase("%2F.txt", "%2F.txt")]
    [TestCase("⊗.txt", "⊗.txt")]
    public void A_path_below_the_root_is_brought_to_its_one_form(string text, string path)
    {
        Assert.That(LogicalPath.TryParse(text, out var parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(path));
    }

    [TestCase("..")]
    [TestCase("../a")]
    [TestCase(@"a\..\..\b")]
    [TestCase("a/../b")]
    [TestCase("a/..")]
    [TestCase(".. /a")]
    [TestCase("a/.. ./b")]
    [TestCase("...")]
    [TestCase("/a")]
    [TestCase(@"\a")]
    [TestCase(@"\\server\share")]
    [TestCase("C:/a")]
    [TestCase("c:a")]
    [TestCase("./c:a")]
    [TestCase("a\0b")]
    [TestCase("nul")]
    [TestCase("css/CON.css")]
    [TestCase("aux /x")]
    [TestCase("com1.tar.gz")]
    public void A_path_that_leads_out_of_the_root_is_refused(string text)
    {
        Assert.That(LogicalPath.TryParse(text, out var path), Is.False);
        Assert.That(path, Is.Empty);
    }

    [Test]
    public void Whatever_is_accepted_stays_below_the_root_and_parses_to_itself() =>
        Gen.Char["ab./\\: \0"].Array[0, 10].Select(chars => new string(chars)).Sample(text =>
        {
            if (!LogicalPath.TryParse(text, out var path))
                return;
            var full = Path.GetFullPath(path, Here.Full("/root/here"));
            Assert.That(full, Does.StartWith(Here.Full("/root/here")));
            Assert.That(path.Split('/'), Has.None.EqualTo("..").And.None.EqualTo("."));
            if (path.Trim() == path)
                Assert.That(LogicalPath.TryParse(path, out var again) ? again : null, Is.EqualTo(path));
        }, iter: 5_000);

    [TestCase("", "a", "a")]
    [TestCase("p", "", "p")]
    [TestCase("p/q", "a/b", "p/q/a/b")]
    public void A_prefix_goes_before_the_path(string prefix, string path, string combined) =>
        Assert.That(LogicalPath.Combine(prefix, path), Is.EqualTo(combined));

    [TestCase("css/Site.css", "CSS/site.CSS", true)]
    [TestCase("caf\u00e9.css", "cafe\u0301.css", true)]
    [TestCase("CAFE\u0301.css", "caf\u00e9.css", true)]
    [TestCase("cafe.css", "caf\u00e9.css", false)]
    [TestCase("a/b", "a-b", false)]
    public void Paths_that_Windows_or_macOS_take_for_one_file_have_one_key(string a, string b, bool same) =>
        Assert.That(LogicalPath.KeyComparer.Equals(LogicalPath.Key(a), LogicalPath.Key(b)), Is.EqualTo(same));

    [TestCase("a:b.css", "character")]
    [TestCase("a/b?.css", "character")]
    [TestCase("a\\b", "character")]
    [TestCase("tab\there", "character")]
    [TestCase("dot./a.css", "dot or a blank")]
    [TestCase("a.css ", "dot or a blank")]
    [TestCase("css/aux", "device")]
    [TestCase("Lpt9.css", "device")]
    [TestCase("CONIN$", "device")]
    public void A_name_that_Windows_cannot_write_is_told_with_the_reason(string path, string why) =>
        Assert.That(LogicalPath.WhyNotOnWindows(path), Does.Contain(why));

    [TestCase("css/site.css")]
    [TestCase(".hidden/a b#&%;'.css")]
    [TestCase("auxiliary/com10/lpt")]
    [TestCase("⊗.txt")]
    public void An_ordinary_name_can_be_written_on_Windows(string path) =>
        Assert.That(LogicalPath.WhyNotOnWindows(path), Is.Null);
}
