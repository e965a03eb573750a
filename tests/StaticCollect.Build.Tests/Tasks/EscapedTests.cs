using CsCheck;
using Microsoft.Build.Utilities;
using StaticCollect.Build.Tasks;

namespace StaticCollect.Build.Tests.Tasks;

public class EscapedTests
{
    [Test]
    public void Whatever_goes_into_an_item_comes_out_again()
    {
        var texts = Gen.Char["ab/.%*?@$();'2a5#&\"=,<> é⊗\u0301"].Array[1, 12].Select(chars => new string(chars));
        Gen.Select(texts, texts).Sample((include, value) =>
        {
            var item = new TaskItem(Escaped.Item(include, ("M", value)));
            Assert.That(item.ItemSpec, Is.EqualTo(include));
            Assert.That(item.GetMetadata("M"), Is.EqualTo(value));
        }, iter: 2_000);
    }

    [Test]
    public void A_backslash_in_a_name_stays_one() =>
        Assert.That(Escaped.Item(@"/root/a\b.css").ItemSpec, Is.EqualTo(@"/root/a\b.css"));

    [Test]
    public void A_plain_text_is_not_made_anew() =>
        Assert.That(Escaped.Text("/a b/é.css"), Is.SameAs("/a b/é.css"));
}
