using StaticCollect.Build.Content;
using StaticCollect.Build.Diagnostics;
using StaticCollect.Build.Settings;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>What is told about references whose target is not collected.</summary>
internal sealed class MissingReferencesTests : IDisposable
{
    private readonly Site _site = new();

    [Test]
    public void All_of_them_are_told_in_one_run_each_with_its_place()
    {
        _site.Write("css/a.css", "a{b:url(x.png);\n  c:url('../y.png?v=1')}").Write("b.js", "import './c.js'\n\n\timport './d.js'");
        Assert.That(Told(), Is.EqualTo(new[]
        {
            "Warning SC3001 b.js(1,9): './c.js' in 'b.js' leads to 'c.js', which is not collected; the reference is left as it is. Did you mean 'b.js'?",
            "Warning SC3001 b.js(3,10): './d.js' in 'b.js' leads to 'd.js', which is not collected; the reference is left as it is. Did you mean 'b.js'?",
            "Warning SC3001 a.css(1,9): 'x.png' in 'css/a.css' leads to 'css/x.png', which is not collected; the reference is left as it is.",
            "Warning SC3001 a.css(2,10): '../y.png?v=1' in 'css/a.css' leads to 'y.png', which is not collected; the reference is left as it is.",
        }));
    }

    [TestCase("/* é \U0001F600 */a{b:url(x.png)}", 1, 19, Description = "Columns are counted in UTF-16 units")]
    [TestCase("\uFEFFa{b:url(x.png)}", 1, 9, Description = "A byte order mark is no character")]
    [TestCase("a{\r\n\r\n b:url(x.png)}", 3, 8)]
    public void The_place_is_the_one_that_an_editor_shows(string text, int line, int column)
    {
        var told = _site.Write("a.css", text).Name().All.Diagnostics.Single();
        Assert.That((told.Line, told.Column, told.File), Is.EqualTo((line, column, _site.PathOf("a.css"))));
    }

    [Test]
    public void Many_references_in_one_line_have_their_columns_each()
    {
        _site.Write("a.css", "/*é*/a{" + string.Concat(Enumerable.Range(0, 50).Select(i => $"b:url(x{i:D2}.png);")) + "}\n a{b:url(y.png)}");
        var columns = _site.Name().All.Diagnostics.Select(one => (one.Line, one.Column));
        Assert.That(columns, Is.EqualTo(Enumerable.Range(0, 50).Select(i => (1, 14 + (15 * i))).Append((2, 10))));
    }

    [Test]
    public void Thousands_of_them_are_told_without_comparing_each_with_every_file()
    {
        for (var i = 0; i < 1000; i++)
            _site.Write($"some{i:D4}.png", "");
        _site.Write("a.css", string.Concat(Enumerable.Range(0, 500).Select(i => $"a{{b:url(same{i:D4}.png)}}\n")));

        var told = Told().ToList();

        Assert.That(told, Has.Count.EqualTo(500));
        Assert.That(told.TakeWhile(one => one.Contains("Did you mean", StringComparison.Ordinal)).Count(), Is.InRange(50, 300));
        Assert.That(told[^1], Does.EndWith("the reference is left as it is."));
    }

    [Test]
    public void A_name_in_latin1_is_told_with_its_cure()
    {
        _site.Write("a.css", [.. "a{b:url(c.png)}\nd{e:url(bl"u8, 0xFC, .. ".png)}"u8]).Write("c.png", "c").Write("bl\u00FC.png", "b");
        Assert.That(Told(), Is.EqualTo(new[]
        {
            "Warning SC3001 a.css(2,9): 'bl\uFFFD.png' in 'a.css' leads to 'bl\uFFFD.png', which is not collected; the reference is left as it is. It holds bytes that are no UTF-8; save the file as UTF-8. Did you mean 'bl\u00FC.png'?",
        }));
    }

    [Test]
    public void What_an_import_map_only_speaks_of_need_not_be_there()
    {
        _site.Write("a.html", """
            <script type="importmap">{
            "imports": { "./old.js": "./new.js", "x": "./gone.js" }, "scopes": { "./vendor/": {}, "./x.js": {} }, "integrity": { "./y.js": "" } }
            </script>
            """).Write("new.js", "");
        Assert.That(_site.Name().All.Diagnostics.Select(one => (one.Code, one.Text.Contains("'./gone.js'", StringComparison.Ordinal))), Is.EqualTo(new[] { (Codes.MissingReference, true) }));
    }

    [TestCase("css/a.css", "../../x.png")]
    [TestCase("a.css", "../x.png")]
    [TestCase("a.css", "../css.png")]
    public void A_reference_that_climbs_above_the_static_root_is_told(string path, string url) =>
        Assert.That(
            _site.Write(path, $"a{{}}\n b{{c:url({url})}}").Write("x.png", "x").Name().All.Diagnostics.Select(one => $"{one.Severity} {one.Code} ({one.Line},{one.Column}): {one.Text}"),
            Is.EqualTo(new[] { $"Warning SC3001 (2,10): '{url}' in '{path}' leads above the static root, where nothing is collected; the reference is left as it is." }));

    [TestCase("/x.png", Description = "Someone else serves it")]
    [TestCase("https://host/x.png")]
    public void What_leads_out_of_the_static_url_outright_is_not_told(string url) =>
        Assert.That(_site.Write("a.css", $"a{{b:url({url})}}").Name().All.Diagnostics, Is.Empty);

    [Test]
    public void A_reference_above_the_static_root_can_be_ignored_as_it_stands()
    {
        _site.Rules = _site.Rules with { IgnoredReferences = [new IgnoredReference(new Glob("a.css"), new Glob("../*.png"))] };
        Assert.That(_site.Write("a.css", "a{b:url(../x.png)}").Name().All.Diagnostics, Is.Empty);
    }

    [TestCase("img/Logo.png", "img/logo.png", Description = "Another case")]
    [TestCase("logo.png", "img/logo.png", Description = "Another folder")]
    [TestCase("img/lgo.png", "img/logo.png", Description = "A letter forgotten")]
    [TestCase("img/logo.jpg", "img/logo.png")]
    [TestCase("img/other.png", null)]
    public void The_nearest_name_is_offered(string url, string? nearest)
    {
        var told = _site.Write("a.css", $"a{{b:url({url})}}").Write("img/logo.png", "x").Name().All.Diagnostics.Single();
        Assert.That(told.Text, nearest is null ? Does.Not.Contain("Did you mean") : Does.EndWith($" Did you mean '{nearest}'?"));
    }

    [Test]
    public void A_name_that_differs_in_case_is_offered_first() =>
        Assert.That(_site.Write("a.css", "a{b:url(x/Logo.png)}").Write("Logo.png", "x").Write("x/logo.png", "x").Name().All.Diagnostics.Single().Text,
            Does.EndWith("Did you mean 'x/logo.png'?"));

    [Test]
    public void A_source_map_that_is_not_there_is_no_more_than_a_message()
    {
        _site.Rules = _site.Rules with { MissingReference = MissingReferencePolicy.Error };
        _site.Write("a.js", "1\n//# sourceMappingURL=a.js.map").Write("b.css", "a{}\n/*# sourceMappingURL=b.css.map */");
        Assert.That(_site.Name().All.Diagnostics.Select(one => one.Severity), Is.EqualTo(new[] { Severity.Message, Severity.Message }));
    }

    [Test]
    public void What_comes_with_a_package_is_no_more_than_a_message_that_names_it()
    {
        using var site = new Site { Finder = FinderKind.Package };
        site.Rules = site.Rules with { MissingReference = MissingReferencePolicy.Error };
        var told = site.Write("a.css", "a{b:url(x.png)}").Name().All.Diagnostics.Single();
        Assert.That(told.Severity, Is.EqualTo(Severity.Message));
        Assert.That(told.Text, Does.StartWith("'x.png' in 'a.css' of Package 'App' leads to 'x.png'"));
    }

    [Test]
    public void What_lies_under_node_modules_is_no_more_than_a_message()
    {
        _site.Rules = _site.Rules with { MissingReference = MissingReferencePolicy.Error };
        Assert.That(_site.Write("node_modules/x/a.css", "a{b:url(x.png)}").Name().All.Diagnostics.Single().Severity, Is.EqualTo(Severity.Message));
    }

    [TestCase(FinderKind.App)]
    [TestCase(FinderKind.Own)]
    [TestCase(FinderKind.Project)]
    [TestCase(FinderKind.Directory)]
    [TestCase(FinderKind.File)]
    public void What_is_the_users_own_is_an_error_where_errors_are_wanted(FinderKind finder)
    {
        using var site = new Site { Finder = finder };
        site.Rules = site.Rules with { MissingReference = MissingReferencePolicy.Error };
        Assert.That(site.Write("a.css", "a{b:url(x.png)}").Name().All.Diagnostics.Single().Severity, Is.EqualTo(Severity.Error));
    }

    [Test]
    public void Errors_fail_the_collection_before_anything_is_written()
    {
        _site.Rules = _site.Rules with { MissingReference = MissingReferencePolicy.Error };
        var told = _site.Write("a.css", "a{b:url(x.png) url(y.png)}").CollectAndFail();
        Assert.That(told.Count(one => one.Severity == Severity.Error), Is.EqualTo(2));
        Assert.That(_site.Tree(), Is.Empty);
    }

    [Test]
    public void Nothing_is_told_where_nobody_wants_to_hear()
    {
        _site.Rules = _site.Rules with { MissingReference = MissingReferencePolicy.Ignore };
        Assert.That(_site.Write("a.css", "a{b:url(x.png)}").Name().All.Diagnostics, Is.Empty);
    }

    [TestCase("a.css", "x.png", false)]
    [TestCase("css/*.css", "x.png", false)]
    [TestCase("*.css", "css/x.png", false, Description = "The logical path will do")]
    [TestCase("*.css", "*.png", false)]
    [TestCase("**", null, false)]
    [TestCase("b.css", "x.png", true)]
    [TestCase("a.css", "y.png", true)]
    public void Known_ones_are_ignored(string file, string? reference, bool isTold)
    {
        _site.Rules = _site.Rules with { IgnoredReferences = [new IgnoredReference(new Glob(file), reference is null ? null : new Glob(reference))] };
        Assert.That(_site.Write("css/a.css", "a{b:url(x.png)}").Name().All.Diagnostics, Has.Count.EqualTo(isTold ? 1 : 0));
    }

    [Test]
    public void A_reference_with_wildcards_in_its_own_text_can_be_ignored_as_it_stands()
    {
        _site.Rules = _site.Rules with { IgnoredReferences = [new IgnoredReference(new Glob("a.css"), new Glob("f.eot?#iefix"))] };
        Assert.That(_site.Write("a.css", "a{b:url(f.eot?#iefix)}").Name().All.Diagnostics, Is.Empty);
    }

    [Test]
    public void A_reference_that_leads_nowhere_is_left_as_it_is_beside_one_that_does_not()
    {
        var named = _site.Write("a.css", "a{b:url(x.png) url(y.png)}").Write("y.png", "y").Name();
        Assert.That(named.Text("a.css"), Is.EqualTo($"a{{b:url(x.png) url({named["y.png"].Path})}}"));
    }

    [Test]
    public void The_target_coming_later_makes_it_a_reference()
    {
        var before = _site.Write("a.css", "a{b:url(x.png)}").Name();
        var after = _site.Write("x.png", "x").Name(before.All.Learnt);
        Assert.That(after.All.Diagnostics, Is.Empty);
        Assert.That(after.Text("a.css"), Is.EqualTo($"a{{b:url({after["x.png"].Path})}}"));
    }

    public void Dispose() => _site.Dispose();

    private IEnumerable<string> Told() => _site.Name().All.Diagnostics.Select(one =>
        $"{one.Severity} {one.Code} {Path.GetFileName(one.File)}({one.Line},{one.Column}): {one.Text}");
}
