using StaticCollect.Build.Content;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Sources;

public class IgnoreRulesTests
{
    private static readonly Source Plain = new("app1", "/p/app1/static");
    private static readonly Source Prefixed = new("App", "/p/lib") { Prefix = "vendor" };

    [TestCase("test/.hidden", true)]
    [TestCase(".git", true)]
    [TestCase("test/CVS", true)]
    [TestCase("test/backup~", true)]
    [TestCase("test/cvs", false)]
    [TestCase("CVS.txt", false)]
    [TestCase("a.b", false)]
    public void Hidden_files_and_backups_are_left_out_unless_switched_off(string path, bool ignored)
    {
        Assert.That(IgnoreRules.Default.Ignores(Plain, path, "/p/x"), Is.EqualTo(ignored));
        Assert.That(new IgnoreRules(useDefaults: false, [], []).Ignores(Plain, path, "/p/x"), Is.False);
        Assert.That(IgnoreRules.Default.IgnoresName(Path.GetFileName(path)), Is.EqualTo(ignored));
    }

    [Test]
    public void A_file_named_one_by_one_is_kept_from_the_default_patterns_only()
    {
        var rules = Rules(new IgnoreRule(new Glob("*.map")));
        Assert.That(rules.IgnoresOnDemand(Plain, ".well-known", "/p/.well-known"), Is.False);
        Assert.That(rules.IgnoresOnDemand(Plain, "a.map", "/p/a.map"), Is.True);
    }

    [Test]
    public void A_pattern_is_held_against_the_path_below_the_source_and_the_logical_path()
    {
        Assert.That(Rules(new IgnoreRule(new Glob("a/*.js"))).Ignores(Prefixed, "a/b.js", "/p/lib/a/b.js"), Is.True);
        Assert.That(Rules(new IgnoreRule(new Glob("vendor/a/*.js"))).Ignores(Prefixed, "a/b.js", "/p/lib/a/b.js"), Is.True);
        Assert.That(Rules(new IgnoreRule(new Glob("vendor/a/*.js"))).Ignores(Plain, "a/b.js", "/p/app1/static/a/b.js"), Is.False);
        Assert.That(Rules(new IgnoreRule(new Glob("vendor"))).Ignores(Prefixed, "a", "/p/lib/a"), Is.False);
    }

    [Test]
    public void A_pattern_for_one_app_leaves_the_others_alone()
    {
        var rules = Rules(new IgnoreRule(new Glob("*.map"), App: "APP1", Folder: "/p/APP1"));
        Assert.That(rules.Ignores(Plain, "a.map", "/x"), Is.True);
        Assert.That(rules.Ignores(Prefixed, "a.map", "/x"), Is.False);
        Assert.That(rules.IgnoresName("a.map"), Is.False, "a pattern about one source says nothing about app folders");
    }

    [Test]
    public void A_pattern_for_one_source_folder_leaves_the_others_alone()
    {
        var rules = Rules(new IgnoreRule(new Glob("*.map"), App: "lib", Folder: "/p/lib"));
        Assert.That(rules.Ignores(Prefixed, "a.map", "/x"), Is.True);
        Assert.That(rules.Ignores(Plain, "a.map", "/x"), Is.False);
    }

    [Test]
    public void A_general_pattern_leaves_out_app_folders_of_that_name() =>
        Assert.That(Rules(new IgnoreRule(new Glob("old*"))).IgnoresName("oldapp"), Is.True);

    [Test]
    public void Single_files_are_left_out_by_their_full_path()
    {
        var rules = new IgnoreRules(useDefaults: true, [], ["/p/app1/static/a.js"]);
        Assert.That(rules.Ignores(Plain, "a.js", "/p/app1/static/a.js"), Is.True);
        Assert.That(rules.Ignores(Plain, "a.js", "/p/app2/static/a.js"), Is.False);
    }

    private static IgnoreRules Rules(params IgnoreRule[] rules) => new(useDefaults: true, rules, []);
}
