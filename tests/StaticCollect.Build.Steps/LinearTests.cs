using System.Text;
using StaticCollect.Build.References;
using StaticCollect.Build.References.Css;
using StaticCollect.Build.References.JavaScript;
using StaticCollect.Build.References.Json;
using StaticCollect.Build.References.Markup;

namespace StaticCollect.Build.Steps;

/// <summary>
/// Whatever a file holds, four times as much of it takes four times as many looks at characters, and as much memory: no package
/// and no upload can keep a publish busy for hours. Nothing here is timed.
/// </summary>
public sealed class LinearTests
{
    private const int Small = 1500;
    private const int Times = 4;
    private const int Mixtures = 1000;

    // A quadratic reader takes sixteen times as many. What is said once for each file (a table, a message) weighs more in the
    // smaller one, so that the truth lies below; memory grows by doubling.
    private const double MostLooks = 5;
    private const double MostMemory = 9;
    private const int LooksForNothing = 200;
    private const int MemoryForNothing = 1 << 15;

    // What opens, closes, escapes, hides or ends something in each language: alone, by turns, and nested in each other.
    private static readonly string[] Css =
    [
        "/*", "*/", "*", "/", "url(", "src(", "image-set(", "@import ", "@import url(", "@namespace ", ")", "(", "{", "}", "[", "]", "\"", "'", "\\", "\\66 ",
        "\n", " ", ";", ":", ",", "<!--", "-->", "-", "#", "@", "a", "é", "1e", "u+", "a.png", "/*# sourceMappingURL=a.map */", "/*#", "\0", "\ud83d\ude00",
    ];

    private static readonly string[] JavaScript =
    [
        "/*", "*/", "//", "/", "`", "${", "{", "}", "(", ")", "[", "]", "\"", "'", "\\", "\\u{61}", "\n", " ", "import ", "import(", "import {", "import.meta", "export {", "export * ", " from ",
        "new URL(", "import.meta.url", "'./a.js'", "`./a${", ",", ";", ".", "?.", "=>", "=", "++", "<!--", "-->", "a", "é", "1", "#", "if(", "function ", "class ", "async ", "return ", "/[", "]/",
        "//# sourceMappingURL=a.map\n", "//#", "\u2028", "+",
    ];

    private static readonly string[] Html =
    [
        "<!--", "-->", "--!>", "<!--x--!>", "<!-->", "<!--->", "<!", "<?", "</", "</a", "<a ", "<a>", ">", "/>", "<script>", "<script type=module>", "<script type=importmap>", "</script>", "<style>", "</style>",
        "<base href=a>", "<title>", "</title>", "<textarea>", "<plaintext>", "<img srcset=\"", "<img src=", "<link rel=icon href=", "style=\"", "a=", "\"", "'", "&amp", "&amp;", "&#x41;", "&#", "&", "=", "/", " ", "\n", "-", "!",
        "a", "a.png 2x, ", ",", "url(", "integrity=\"", "{", "import('./a.js')", "<svg>", "\0",
    ];

    private static readonly string[] Svg =
    [
        "<!--", "-->", "<![CDATA[", "]]>", "]", "<?", "?>", "<?xml-stylesheet href=\"", "<!DOCTYPE ", "<!DOCTYPE a [", "<!ENTITY a \"b\">", "[", "<", "</", "<a>", "<a ", "</a>", ">", "/>", "<style>", "</style>", "<image href=\"", "<use xlink:href=\"",
        "style=\"", "fill=\"", "url(#a)", "url(", "\"", "'", "&amp;", "&#65;", "&#", "&", "=", "/", " ", "\n", "a", "-", "!", "<svg>", "<script>", "</script>", "\0",
    ];

    private static readonly string[] Json =
    [
        "{", "}", "[", "]", "\"", "\"a\":", "\"a\",", ",", ":", "\\u0041", "\\ud800", "\\", "1", " ", "\n", "\"icons\":[{\"src\":\"", "\"screenshots\":[", "\"shortcuts\":[", "{\"src\":\"a.png\"},", "\"src\":\"", "{\"icons\":[",
        "\"imports\":{", "\"scopes\":{", "\"./a/\":{", "\"./a.js\":\"./b.js\",", "\"integrity\":{", "{\"imports\":{", "{\"scopes\":{", "{\"integrity\":{", "true", "a", "é",
    ];

    private static readonly string[] Razor =
    [
        "@", "@@", "@(", "@{", "@*", "*@", "@:", "@<", "@<b>", "@if ", "@if(a){", "@if(a){}", "@do{}", "@code{", "@code ", "@using ", "@section A{", "@await ", "@attribute [", "@page ", "@a", "@a.b", "@Assets[\"", "Assets[", "Assets[ \"a\"", "\"]",
        "\"", "\"\"\"", "$\"", "$\"{", "@\"", "{{", "'", "'\\''", "\\", "\n", "\n#", "#", " ", "//", "/*", "*/", "else", "else{", "while", "{", "}", "(", ")", "[", "]", ";", ":", "?.", "!", "?[", "<b>", "</b>", "<b", "<b a=\"", "<br>", "<script>", "</script>", "</", "<", ">", "/>", "<!--", "-->", "<!", "-",
        "<img src=\"", "<img src='/a.png'>", "srcset=\"a.png 2x, ", "style=\"", "url(", "=", "a", "é", "\0",
    ];

    private static IEnumerable<TestCaseData> Languages()
    {
        yield return new TestCaseData(new CssLanguage(), Css).SetArgDisplayNames("CSS");
        yield return new TestCaseData(new JavaScriptLanguage(), JavaScript).SetArgDisplayNames("JavaScript");
        yield return new TestCaseData(new HtmlLanguage(), Html).SetArgDisplayNames("HTML");
        yield return new TestCaseData(new RazorLanguage(isComponent: true), Razor).SetArgDisplayNames("Razor");
        yield return new TestCaseData(new SvgLanguage(), Svg).SetArgDisplayNames("SVG");
        yield return new TestCaseData(new ManifestLanguage(mayBeAnother: true), Json).SetArgDisplayNames("web app manifest");
        yield return new TestCaseData(new ImportMapLanguage(), Json).SetArgDisplayNames("import map");
    }

    [TestCaseSource(nameof(Languages))]
    public void Four_times_as_much_takes_four_times_as_many_looks(object language, string[] parts)
    {
        var reader = (IReferenceLanguage)language;
        var slow = new List<string>();
        foreach (var (name, text) in Families(parts))
        {
            if (IsSlow(text, Small, out var what) && IsSlow(text, Small * Times, out what))
                slow.Add($"{name}: {what}");
        }

        Assert.That(slow, Is.Empty, $"{slow.Count} families");

        // An odd number of quotes may close what an even one leaves open, so that more is read: once, and not at each size.
        bool IsSlow(Func<int, string> text, int length, out string what)
        {
            var (looks, memory) = Read(reader, text(length));
            var (moreLooks, moreMemory) = Read(reader, text(length * Times));
            what = $"{looks} looks and {memory} bytes, then {moreLooks} and {moreMemory}";
            return moreLooks > (looks + LooksForNothing) * MostLooks || moreMemory > (memory + MemoryForNothing) * MostMemory;
        }
    }

    /// <summary>The count itself: a reader that searched to the end for each part would be seen.</summary>
    [Test]
    public void A_reader_that_looks_ahead_for_each_part_would_be_found() =>
        Assert.That(() => Four_times_as_much_takes_four_times_as_many_looks(new LooksAhead(), ["a", "b"]), Throws.InstanceOf<AssertionException>());

    private static IEnumerable<(string Name, Func<int, string> Text)> Families(string[] parts)
    {
        foreach (var a in parts)
        {
            yield return (Show(a), length => Repeat(a, length));
            foreach (var b in parts)
            {
                if (a == b)
                    continue;
                yield return ($"({Show(a)} {Show(b)})*", length => Repeat(a + b, length));
                yield return ($"{Show(a)}* {Show(b)}*", length => Repeat(a, length / 2) + Repeat(b, length / 2));
                yield return ($"{Show(a)} {Show(b)}*", length => a + Repeat(b, length));
            }
        }

        // Three and more are too many to try them all: the same ones each time.
        for (var seed = 0; seed < Mixtures; seed++)
        {
            var random = new Random(seed);
            var mix = Enumerable.Range(0, 5).Select(_ => parts[random.Next(parts.Length)]).ToArray();
            yield return ($"({string.Join(' ', mix.Select(Show))})*", length => Repeat(string.Concat(mix), length));
            yield return ($"{Show(mix[0])}{Show(mix[1])} ({string.Join(' ', mix[2..].Select(Show))})*", length => mix[0] + mix[1] + Repeat(string.Concat(mix[2..]), length));
        }

        static string Show(string part) => part.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
    }

    private static string Repeat(string part, int length) => string.Concat(Enumerable.Repeat(part, Math.Max(1, length / part.Length)));

    private static (long Looks, long Memory) Read(IReferenceLanguage reader, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var (looks, memory) = (Looks.Count, GC.GetAllocatedBytesForCurrentThread());
        try
        {
            _ = reader.Find(bytes);
        }
        catch (UnparsableException)
        {
            // That is an answer, too.
        }

        return (Looks.Count - looks, GC.GetAllocatedBytesForCurrentThread() - memory);
    }

    private sealed class LooksAhead : IReferenceLanguage
    {
        public FoundReferences Find(References.ReadOnlySpan<byte> file)
        {
            for (var at = 0; at < file.Length; at++)
                _ = file[at..].IndexOf((byte)'c');
            return [];
        }
    }
}
