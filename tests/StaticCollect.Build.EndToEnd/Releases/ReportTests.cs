using System.Globalization;
using System.Text;
using OpenQA.Selenium;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Releases;

/// <summary>The page about a release, as somebody opens it from the disk.</summary>
public sealed class ReportTests
{
    private const string Evil = "<img src=x onerror=window.evil=1></script><script>window.evil=1</script>.js";

    [Test]
    public void The_report_of_the_shop_can_be_walked_through_with_the_mouse_the_keyboard_and_a_screen_reader()
    {
        using var project = Shop();
        project.CollectNow();
        project.Write("static/css/layout.css", ".new { background: url(../img/gone.png) }\n" + File.ReadAllText(Path.Combine(project.Folder, "static/css/layout.css")));
        File.Copy(Path.Combine(project.Folder, "static/img/icon-192.png"), Path.Combine(project.Folder, "static/img/again.png"));
        var collected = project.CollectNow();
        var path = Path.Combine(project.Folder, collected.Lines("The report is '").Single().Split('\'')[1]);

        using var browser = new Browser();
        browser.Prefer("light");
        var visit = browser.Open(new Uri(path), withFonts: false, "document.documentElement.dataset.ready === 'true'");
        Assert.Multiple(() =>
        {
            Assert.That(visit.Problems, Is.Empty);
            Assert.That(visit.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)), Is.EqualTo(new[] { new Uri(path).AbsoluteUri }), "nothing is fetched");
            Assert.That(browser.Run("return document.title"), Is.EqualTo("Static files of App, release 2"));
            Assert.That(Texts(browser, "#totals dt"), Is.EqualTo(new[] { "Files", "Size", "gzip", "Brotli", "Missing references", "Downloaded again" }));
        });
        Assert.That(browser.Barriers(Axe), Is.Empty);
        browser.KeepScreenshot("report-light");

        WalkThroughSizes(browser, project);
        SortAndSearch(browser);
        LookAtFiles(browser);

        Assert.Multiple(() =>
        {
            Assert.That(Card(browser, "Missing references"), Does.Contain("css/layout.css:1:24 names ../img/gone.png, which is img/gone.png"));
            Assert.That(Card(browser, "Duplicates"), Does.Contain("img/again.png").And.Contain("img/icon-192.png"));
            Assert.That(Card(browser, "Edited"), Does.Contain("css/layout.css"));
            Assert.That(Card(browser, "Only because of others"), Does.Contain("css/site.css").And.Contain("refers to css/layout.css"));
            Assert.That(Card(browser, "Added"), Does.Contain("img/again.png"));
        });

        browser.Prefer("dark");
        browser.Run("window.scrollTo(0, 0)");
        Assert.That(browser.Run("return getComputedStyle(document.body).backgroundColor"), Is.EqualTo("rgb(16, 21, 28)"));
        Assert.That(browser.Barriers(Axe), Is.Empty);
        browser.KeepScreenshot("report-dark");
        Assert.That(browser.Errors(), Is.Empty);
    }

    [Test]
    public void Ten_thousand_files_draw_no_more_than_fifty_do_no_name_is_markup_and_a_release_of_nothing_says_so()
    {
        using var project = Restored.Console().Write("static/a.css", "a { }");
        project.CollectNow();
        var release = Directory.GetFiles(Path.Combine(project.Folder, "obj/staticcollect"), "release.json", SearchOption.AllDirectories).Single();
        project.Write("many.json", Many()).Write("none.json", """{"version":1,"id":"","url":"/static/","files":[]}""");
        project.RunNow("ReportStatic", "-p:StaticCollectReport=many.html", "-p:StaticCollectReleaseAfter=many.json", $"-p:StaticCollectReleaseBefore={release}");
        var told = project.RunNow("ReportStatic", "-p:StaticCollectReport=none.html", "-p:StaticCollectReleaseAfter=none.json", "-p:StaticCollectReleaseBefore=none.json");
        Assert.That(told.Lines("App -> "), Is.EqualTo(new[] { "App -> The report of 'none.json' is 'none.html'." }));

        using var browser = new Browser();
        var visit = Open("many.html");
        var drawn = Elements(browser);
        Assert.Multiple(() =>
        {
            Assert.That(visit.Problems, Is.Empty);
            Assert.That(drawn, Is.LessThan(4000));
            Assert.That(Texts(browser, "[role=status]"), Is.EqualTo(new[] { "1 to 50 of 10,001 files" }));
            Assert.That(Texts(browser, "#treemap button").Count, Is.InRange(40, 450));
        });
        Press(browser, "#table .pager button:last-child", Keys.Enter);
        Assert.That(Texts(browser, "[role=status]"), Is.EqualTo(new[] { "10,001 to 10,001 of 10,001 files" }));
        Press(browser, "#treemap button", Keys.Enter);
        Press(browser, "#table input[type=search]", "component-04321");
        Assert.That(Texts(browser, "#table tbody th"), Is.EqualTo(new[] { "areas/area21/components/component-04321.js" }));
        browser.Run("location.hash = '#file=areas/area00/hub.js'");
        Assert.That(browser.Eventually("return document.querySelectorAll('dialog[open] button.node').length > 10", "True"), Is.EqualTo("True"));
        Assert.That(Texts(browser, "dialog h4"), Is.EqualTo(new[] { "Referred to by 10,000 files" }));
        browser.Press(Keys.Escape);
        Assert.That(Elements(browser), Is.LessThan(drawn + 200), "what was looked at leaves nothing behind");

        Press(browser, "#table input[type=search]", "onerror");
        Assert.That(Texts(browser, "#table tbody th"), Is.EqualTo(new[] { Evil }));
        browser.Run("document.querySelector('#table tbody th a').click()");
        Assert.That(browser.Eventually("return document.querySelector('dialog[open] h2')?.textContent", Evil), Is.EqualTo(Evil));
        Assert.That(browser.Run("return [window.evil, document.querySelectorAll('img').length].join()"), Is.EqualTo(",0"));
        Assert.That(browser.Errors(), Is.Empty);

        var empty = Open("none.html");
        Assert.Multiple(() =>
        {
            Assert.That(empty.Problems, Is.Empty);
            Assert.That(Texts(browser, "#treemap .empty, #table .empty"), Is.EqualTo(new[] { "The release has no static file.", "The release has no static file." }));
            Assert.That(Texts(browser, "#difference"), Is.EqualTo(new[] { "No release before this one is kept, so there is nothing to compare with." }));
            Assert.That(Texts(browser, "#encoding"), Is.Empty);
            Assert.That(browser.Barriers(Axe), Is.Empty);
        });

        Visit Open(string name) => browser.Open(new Uri(Path.Combine(project.Folder, name)), withFonts: false, "document.documentElement.dataset.ready === 'true'");
    }

    private static void WalkThroughSizes(Browser browser, TestProject project)
    {
        Assert.That(Texts(browser, "#inside .name"), Is.EqualTo(new[] { "App", "Catalog", "Theme", "Checkout" }));
        browser.Run("document.querySelector('#treemap button[aria-label^=\"Catalog \"]').click()");
        Assert.That(Texts(browser, "#crumbs li"), Is.EqualTo(new[] { "All files", "Catalog" }));
        Assert.That(Focused(browser), Does.StartWith("catalog "), "the first tile has the focus");
        browser.Press(Keys.ArrowDown);
        var below = Focused(browser);
        Assert.That(below, Is.Not.Empty.And.Not.StartsWith("catalog "));
        browser.Press(Keys.Backspace);
        Assert.That(Texts(browser, "#crumbs li"), Is.EqualTo(new[] { "All files" }));
        Assert.That(browser.Run("return document.querySelectorAll('#treemap button[tabindex=\"0\"]').length"), Is.EqualTo(1), "one stop for Tab");

        // The same bytes as on the disk, however they are told.
        var root = new DirectoryInfo(project.Root);
        var files = root.GetFiles("*", SearchOption.AllDirectories).Where(file => Path.GetFileNameWithoutExtension(file.Name).Length > 0 && file.Name != "staticfiles.json").ToList();
        var plain = files.Where(file => file.Extension is not (".gz" or ".br") && !Path.GetFileNameWithoutExtension(file.Name).Split('.')[^1].All(char.IsAsciiHexDigit)).ToList();
        Assert.That(Texts(browser, "#inside .inside-sum").Single(), Does.StartWith($"{plain.Count} files, "));
        var (identity, brotli) = (plain.Sum(file => file.Length), plain.Sum(file => File.Exists(file.FullName + ".br") ? new FileInfo(file.FullName + ".br").Length : file.Length));
        Assert.That(Kilobytes(Texts(browser, "#inside .inside-sum").Single()), Is.EqualTo(identity / 1000.0).Within(0.51));
        browser.Run("document.querySelectorAll('#encoding input')[2].click()");
        Assert.That(Kilobytes(Texts(browser, "#inside .inside-sum").Single()), Is.EqualTo(brotli / 1000.0).Within(0.51));
        browser.Run("document.querySelectorAll('#grouping input')[1].click()");
        Assert.That(Texts(browser, "#inside .name"), Does.Contain("fonts").And.Contain("robots.txt").And.Not.Contain("Theme"));

        static double Kilobytes(string text) => double.Parse(text.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static void SortAndSearch(Browser browser)
    {
        Assert.That(Sorted(), Is.EqualTo("Size descending"));
        Press(browser, "#table thead th:first-child button", Keys.Enter);
        Assert.That(Sorted(), Is.EqualTo("File ascending"));
        var paths = Texts(browser, "#table tbody th");
        Assert.That(paths, Is.Ordered.Using((System.Collections.IComparer)StringComparer.Ordinal));
        Press(browser, "#table input[type=search]", "catalog", Keys.Space, "svg");
        Assert.That(Texts(browser, "#table tbody th"), Is.EqualTo(paths.Where(path => path.StartsWith("catalog/", StringComparison.Ordinal) && path.EndsWith(".svg", StringComparison.Ordinal))));
        Assert.That(Texts(browser, "[role=status]").Single(), Does.StartWith("1 to 8 of 8 files"));

        string Sorted() => (string)browser.Run("const th = document.querySelector('#table th:not([aria-sort=none])[aria-sort]'); return th.textContent + ' ' + th.getAttribute('aria-sort')")!;
    }

    private static void LookAtFiles(Browser browser)
    {
        browser.Run("location.hash = '#file=css/site.css'");
        Assert.That(browser.Eventually("return document.querySelector('dialog[open] h2')?.textContent", "css/site.css"), Is.EqualTo("css/site.css"));
        Assert.Multiple(() =>
        {
            Assert.That(Texts(browser, "dialog button.node"), Is.SupersetOf(new[] { "site.css", "fonts.css", "layout.css", "theme.css", "tokens.css" }));
            Assert.That(browser.Run("return document.querySelectorAll('dialog path.edge').length >= document.querySelectorAll('dialog button.node').length - 1"), Is.True, "all of them are joined");
            Assert.That(Texts(browser, "dialog .facts dd"), Does.Contain("its source is the same; another name because css/layout.css changed"));
            Assert.That(Texts(browser, "dialog .weights tbody th"), Is.EqualTo(new[] { "As it is", "gzip", "Brotli" }));
            Assert.That(browser.Barriers(Axe), Is.Empty);
        });
        browser.KeepScreenshot("report-file");

        Press(browser, "dialog button.node.self", Keys.ArrowRight);
        var next = Focused(browser);
        Assert.That(next, Is.Not.EqualTo("site.css"));
        browser.Press(Keys.Enter);
        Assert.That(browser.Eventually("return document.querySelector('dialog[open] .node.self')?.textContent", next), Is.EqualTo(next));
        browser.Run("history.back()");
        Assert.That(browser.Eventually("return document.querySelector('dialog[open] h2')?.textContent", "css/site.css"), Is.EqualTo("css/site.css"));
        browser.Press(Keys.Escape);
        Assert.That(browser.Eventually("return document.querySelector('dialog').open + location.hash", "false"), Is.EqualTo("false"));
    }

    private static string Axe
    {
        get
        {
            var path = Path.Combine(PackedPackage.Repository, "src/report/node_modules/axe-core/axe.min.js");
            if (!File.Exists(path))
                Machine.Lacks("axe-core is missing: npm ci --ignore-scripts --prefix report");
            return File.ReadAllText(path);
        }
    }

    /// <summary>The static files of the sample, with all that makes a report rich.</summary>
    private static TestProject Shop()
    {
        var project = Restored.Console("""
            <PropertyGroup>
              <StaticCollectFingerprint>true</StaticCollectFingerprint>
              <StaticCollectCompress>gzip;br</StaticCollectCompress>
              <StaticCollectReport>true</StaticCollectReport>
            </PropertyGroup>
            <ItemGroup>
              <StaticCollectDirectory Include="theme" App="Theme" />
            </ItemGroup>
            """);
        foreach (var (from, to) in new[] { ("Shop/Catalog/static", "Catalog/static"), ("Shop/Checkout/static", "Checkout/static"), ("Shop/static", "static"), ("Shop.Theme/static", "theme") })
        {
            var folder = Path.Combine(PackedPackage.Repository, "samples", from);
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(project.Folder, to, Path.GetRelativePath(folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }

        return project;
    }

    /// <summary>A release of ten thousand files, all of which but one name that one, and one more whose name is no name.</summary>
    private static string Many()
    {
        var hub = "areas/area00/hub.js";
        var paths = Enumerable.Range(1, 9_999).Select(i => $"areas/area{i % 50:D2}/components/component-{i:D5}.js").Append(hub).Append(Evil).Order(StringComparer.Ordinal);
        var lines = paths.Select((path, i) => $$"""
            {"path":"{{path}}","logicalPath":"{{path}}","role":"Plain","sha256":"{{i:x64}}","length":{{1000 + (i * 7919L % 90_000)}},"mediaType":"text/javascript","cache":"Revalidate","finder":"App","app":"Area{{i % 50}}","source":"Area{{i % 50}}/static/{{path}}","references":[{{(path == hub ? "" : $"\"{hub}\"")}}]}
            """);
        return new StringBuilder("""{"version":1,"id":"many","url":"/static/","files":[""").Append('\n').AppendJoin(",\n", lines).Append("\n]}\n").ToString();
    }

    private static long Elements(Browser browser) => (long)browser.Run("return document.querySelectorAll('*').length")!;

    private static string Focused(Browser browser) => (string)browser.Run("const one = document.activeElement; return one.getAttribute('aria-label') ?? one.textContent")!;

    private static string Card(Browser browser, string title) =>
        (string)browser.Run("return [...document.querySelectorAll('.card')].find(card => card.querySelector('h3').firstChild.textContent === arguments[0])?.textContent ?? ''", title)!;

    /// <summary>Puts the focus on an element and presses keys there.</summary>
    private static void Press(Browser browser, string selector, params string[] keys)
    {
        browser.Run("const one = document.querySelector(arguments[0]); one.focus(); one.select?.()", selector);
        browser.Press(keys);
    }

    private static IReadOnlyList<string> Texts(Browser browser, string selector) =>
        [.. ((IEnumerable<object>)browser.Run("return [...document.querySelectorAll(arguments[0])].map(one => one.textContent)", selector)!).Select(text => (string)text)];
}
