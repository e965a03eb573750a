using System.Text;
using CsCheck;
using StaticCollect.Build.References;

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
    private static readonly string[] Pieces =
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
    public void Reading_ends_in_references_or_an_unparsable_file() =>
        Files.Sample(file => { _ = Find(file); }, iter: 30_000);

    [Test]
    public void References_lie_in_the_file_in_ascending_order_without_overlaps() =>
        Files.Sample(
            file =>
            {
                var end = 0;
                foreach (var reference in Find(file) ?? [])
                {
                    Assert.That(reference.Start, Is.GreaterThanOrEqualTo(end));
                    Assert.That(reference.Length, Is.GreaterThan(0));
                    end = reference.Start + reference.Length;
                    Assert.That(end, Is.LessThanOrEqualTo(file.Length));
                    AssertOffsets(file, reference);
                }
            },
            iter: 30_000);

    [Test]
    public void A_fingerprint_in_a_name_changes_that_url_and_nothing_else() =>
        Files.Sample(
            file =>
            {
                if (Find(file) is not { Count: > 0 } before)
                {
                    return;
                }

                var rewritten = Reading.Rewritten(file, before);
                var after = Find(rewritten);

                // Only a script that may import is read whole, and the name of its map can make one look so.
                if (after is null && rewritten.AsSpan().IndexOf("import.h1"u8) >= 0)
                {
                    return;
                }

                Assert.That(after?.Select(Shown), Is.EqualTo(before.Select(reference => Shown(reference with { Url = Reading.WithFingerprint(reference.Url) }))));
            },
            iter: 60_000);

    private static string Shown(Reference reference) => $"{reference.Kind} {reference.Url}";

    private static void AssertOffsets(byte[] file, Reference reference)
    {
        Assert.That(reference.ByteOf(reference.Url.Length), Is.EqualTo(reference.Start + reference.Length));
        for (var i = 0; i < reference.Url.Length; i++)
        {
            Assert.That(reference.ByteOf(i), Is.InRange(reference.Start, reference.ByteOf(i + 1)));

            // Whatever is not the start of an escape stands for itself.
            var value = file[reference.ByteOf(i)];
            if (value < 0x80 && value is not ((byte)'\\' or (byte)'&'))
            {
                Assert.That((char)value, Is.EqualTo(reference.Url[i]));
            }
        }
    }

    private FoundReferences? Find(byte[] file)
    {
        try
        {
            return Reading.Language(name).Find(file);
        }
        catch (UnparsableException error)
        {
            Assert.That(error.Offset, Is.InRange(0, file.Length));
            return null;
        }
    }
}
