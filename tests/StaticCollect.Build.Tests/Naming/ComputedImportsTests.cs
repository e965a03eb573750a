using StaticCollect.Build.Diagnostics;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Imports that are put together at run time find plain names: where that makes one module two, it is told.</summary>
internal sealed class ComputedImportsTests : IDisposable
{
    private readonly Site _site = new();

    public void Dispose() => _site.Dispose();

    [TestCase("import(`./pages/${page}.js`)", true)]
    [TestCase("import(`./pages/${page({ a: 1 })}.js`)", true)]
    [TestCase("import('./pages/' + page + '.js')", true)]
    [TestCase("import ( /* lazily */ `/static/pages/${page}` )", true)]
    [TestCase("import(`./pages/${page}.mjs`)", false)]
    [TestCase("import(`./other/${page}.js`)", false)]
    [TestCase("import(`https://host/pages/${page}.js`)", false)]
    [TestCase("import(`${page}.js`)", false)]
    [TestCase("import(page)", false)]
    [TestCase("import('./pages/cart.js')", false)]
    [TestCase("`import(./pages/${page}.js)`", false)]
    public void A_module_that_is_reached_by_both_names_is_told(string import, bool isTold)
    {
        _site.Write("app.js", $"import './state.js';\n  {import};").Write("pages/cart.js", "import '../state.js'").Write("state.js", "").Write("shop.js", "import './pages/cart.js'");
        var told = _site.Collect();
        Assert.That(
            told.Select(one => (one.Code, one.Severity, one.Line)),
            Is.EqualTo(isTold ? [(Codes.ComputedImport, Severity.Message, 2)] : Array.Empty<(string, Severity, int)>()));
        Assert.That(_site.Collect(), Is.EqualTo(told), "from the record as well");
    }

    [TestCase("", "./pages/", true)]
    [TestCase("", "./other/", false)]
    [TestCase("<base href='/static/pages/'>", "./", true)]
    [TestCase("<base href='https://host/'>", "./pages/", false)]
    [TestCase("", "./pages/", true, "<base href='https://host/'>", Description = "A base counts from where it stands")]
    public void A_script_in_a_page_counts_as_well(string head, string folder, bool isTold, string tail = "")
    {
        _site.Write("a.html", $"{head}\n<script>\n import(`{folder}${{page}}.js`)</script>{tail}").Write("pages/cart.js", "").Write("shop.js", "import './pages/cart.js'");
        var told = _site.Collect();
        Assert.That(
            told.Select(one => (one.Code, one.Line, one.Column)),
            Is.EqualTo(isTold ? [(Codes.ComputedImport, 3, 9)] : Array.Empty<(string, int, int)>()));
    }

    [Test]
    public void Where_nobody_imports_it_by_its_other_name_there_is_nothing_to_tell()
    {
        _site.Write("app.js", "import(`./pages/${page}.js`)").Write("pages/cart.js", "");
        Assert.That(_site.Collect(), Is.Empty);
    }

    [Test]
    public void Without_plain_names_it_leads_nowhere()
    {
        _site.Rules = _site.Rules with { KeepOriginals = false };
        _site.Write("app.js", "import(`./pages/${page}.js`)").Write("pages/cart.js", "");
        var told = _site.Collect().Single();
        Assert.That((told.Code, told.Severity), Is.EqualTo((Codes.ComputedImport, Severity.Warning)));
        Assert.That(told.Text, Does.Contain("'pages/cart.js'"));
    }
}
