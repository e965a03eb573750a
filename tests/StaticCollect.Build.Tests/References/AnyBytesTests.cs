using System.Text;
using CsCheck;

namespace StaticCollect.Build.Tests.References;

/// <summary>What holds for every language and every input, however broken.</summary>
[TestFixture("a.css")]
[TestFixture("a.js")]
[TestFixture("a.svg")]
[TestFixture("a.html")]
[TestFixture("a.webmanifest")]
public class AnyBytesTests(string name)
{
    // Pieces of all languages: random bytes alone would never get past the first bracket.
    internal static readonly string[] Pieces =
    [
        "url(", "src(", "image-set(", "@import", "@namespace", "a.png", "./b.js", "../é.svg", "/s/\U0001F600.css", "\"", "'", "`", "(", ")", "[", "]", "{", "}",
        ";", ":", ",", "?", "#", "=", "=>", "/", "//", "/*", "*/", "\\", "\\66 ", "\\2e", "\\x2e", "\\u{2e}", "\\u0061", "\\\n", "\n", "\r\n", " ", "\t", "${",
        "import", "export", "from", "import.meta.url", "import.meta.resolve(", "new URL(", "function", "class", "return", "if", "for", "of", "async", "*", "a", "1.5", "++",
        "# sourceMappingURL=", "//# sourceMappingURL=m.map", "/*# sourceMappingURL=m.map */", "\u2028", "\u00A0", "<!--", "-->", "data:x", "http://h/", "?q", "..", ".",
        "<", ">", "</", "<link rel=stylesheet href=", "<img srcset=", "<style>", "</style>", "<script type=module>", "<script type=importmap>", "</script>", "<base href=",
        "&amp;", "&#46;", "&#x2e", "&period;", "integrity=", "style=", "<image href=", "<![CDATA[", "]]>", "<?xml-stylesheet href=", "?>", "<!DOCTYPE ", " 1x, ", "/>",
        "{\"icons\":[{\"src\":\"", "\"}]}", "{\"imports\":{\"./x.js\":\"", "\"}}", "\\/", "\\u002e", "null", "1",
    ];

    private static readonly Gen<byte[]> Files =
        Gen.Frequency((9, Gen.Int[0, Pieces.Length - 1].Select(i => Encoding.UTF8.GetBytes(Pieces[i]))), (1, Gen.Byte.Select(value => new[] { value })))
            .Array[0, 40].Select(pieces => pieces.SelectMany(piece => piece).ToArray());

    [Test]
    public void References_lie_in_the_file_in_order_and_say_what_stands_there() =>
        Files.Sample(
            file =>
            {
                if (ReferenceLaws.Find(Reading.Language(name), file) is { } found)
                    ReferenceLaws.Hold(file, found);
            },
            iter: 30_000);

    [Test]
    public void A_fingerprint_in_a_name_changes_that_url_and_nothing_else() =>
        Files.Sample(
            file =>
            {
                if (ReferenceLaws.Find(Reading.Language(name), file) is { } found)
                    ReferenceLaws.HoldAfterRewriting(Reading.Language(name), file, found);
            },
            iter: 60_000);
}
