using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Sources;

public class GlobTests
{
    [TestCase("*.map", "site.css.map", true)]
    [TestCase("*.map", "a/b/site.css.map", true)]
    [TestCase("*.map", "site.css", false)]
    [TestCase("*.MAP", "site.map", false)]
    [TestCase("?.js", "a/b.js", true)]
    [TestCase("?.js", "ab.js", false)]
    [TestCase("vendor", "a/vendor", true)]
    [TestCase("vendor/", "a/vendor", true)]
    [TestCase("vendor", "a/vendor/b.js", false)]
    [TestCase("%2F.txt", "a/%2F.txt", true)]
    public void A_pattern_without_a_slash_is_about_names_at_any_depth(string pattern, string path, bool matches)
    {
        Assert.That(new Glob(pattern).IsName, Is.True);
        Assert.That(new Glob(pattern).Matches(path), Is.EqualTo(matches));
    }

    [TestCase("a/*.js", "a/b.js", true)]
    [TestCase("a/*.js", "x/a/b.js", false)]
    [TestCase("a/*.js", "a/b/c.js", false)]
    [TestCase("/a.txt", "a.txt", true)]
    [TestCase("/a.txt", "b/a.txt", false)]
    [TestCase("./a.txt", "a.txt", true)]
    [TestCase(@"a\b.js", "a/b.js", true)]
    [TestCase("a/**", "a", true)]
    [TestCase("a/**", "a/b/c.js", true)]
    [TestCase("a/**", "ab/c.js", false)]
    [TestCase("**/vendor/*.js", "vendor/m.js", true)]
    [TestCase("**/vendor/*.js", "test/vendor/m.js", true)]
    [TestCase("**/vendor/*.js", "test/vendor/x/m.js", false)]
    [TestCase("a/**/b/**/c", "a/b/c", true)]
    [TestCase("a/**/b/**/c", "a/x/b/y/z/c", true)]
    [TestCase("a/**/b/**/c", "a/x/c", false)]
    [TestCase("**", "a/b", true)]
    [TestCase("a", "b/a", true)]
    [TestCase("A/b", "a/b", false)]
    public void A_pattern_with_a_slash_is_about_the_whole_path(string pattern, string path, bool matches) =>
        Assert.That(new Glob(pattern).Matches(path), Is.EqualTo(matches));

    [Test]
    public void A_pattern_about_paths_never_matches_a_mere_name() =>
        Assert.That(new Glob("a/b").MatchesName("b"), Is.False);
}
