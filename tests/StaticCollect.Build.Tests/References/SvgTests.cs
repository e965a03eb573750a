using System.Text;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

public class SvgTests
{
    [TestCase("<svg><image href='c.png'/></svg>")]
    [TestCase("<svg><image xlink:href=\"c.png\"/></svg>")]
    [TestCase("<s:svg><s:image\n x:href = 'c.png' /></s:svg>")]
    [TestCase("<svg><use href='s.svg#icon'/></svg>", "s.svg#icon")]
    [TestCase("<svg><filter><feImage href='c.png'/></filter></svg>")]
    [TestCase("<svg><script href='c.js'/></svg>", "c.js")]
    [TestCase("<?xml-stylesheet type='text/css' href='c.css'?><svg/>", "c.css")]
    [TestCase("<svg><style>a{fill:url(c.png)}</style></svg>")]
    [TestCase("<svg><style><![CDATA[@import 'c.css';]]></style></svg>", "c.css")]
    [TestCase("<svg><style>@import &quot;c.css&quot;;</style></svg>", "c.css")]
    [TestCase("<svg><style>a{b:url(<!-- x -->c.png)}</style></svg>")]
    [TestCase("<svg><style>/*<![CDATA[*/a{b:url('c.png')}/*]]>*/</style></svg>")]
    [TestCase("<svg style='background:url(c.png)'/>")]
    [TestCase("<svg><g fill='url(a.svg#a)' stroke='url(b.svg#b)' filter='url(c.svg#c)' mask='url(d.svg#d)' clip-path='url(e.svg#e)'/></svg>",
        "a.svg#a", "b.svg#b", "c.svg#c", "d.svg#d", "e.svg#e")]
    [TestCase("<svg><g marker-start='url(a.svg#a)' marker-mid='url(b.svg#b)' marker-end='url(c.svg#c)' marker='url(d.svg#d)' cursor='url(e.png),auto'/></svg>",
        "a.svg#a", "b.svg#b", "c.svg#c", "d.svg#d", "e.png")]
    [TestCase("<!DOCTYPE svg [ <!ENTITY a \"]>\"> <!-- ]> --> ]><svg><image href='c.png'/></svg>")]
    public void A_reference_is_found(string svg, params string[] urls) =>
        Assert.That(Reading.Urls("a.svg", svg), Is.EqualTo(urls.Length == 0 ? ["c.png"] : urls));

    [TestCase("<svg><!-- <image href='c.png'/> --></svg>")]
    [TestCase("<svg><![CDATA[<image href='c.png'/>]]></svg>")]
    [TestCase("<svg><a href='c.html'/><g title='url(c.png)'/></svg>")]
    [TestCase("<svg><desc>url(c.png)</desc></svg>")]
    [TestCase("<svg><style/>url(c.png)</svg>")]
    [TestCase("<svg><use href='#icon'/><g fill='url(#a)' mask='none'/></svg>")]
    [TestCase("<!DOCTYPE svg [ <!ENTITY e 'x'> ]><svg><image href='&e;.png'/></svg>")]
    [TestCase("<?other href='c.css'?><svg/>")]
    [TestCase("<svg><image href='data:image/png;base64,x'/></svg>")]
    public void What_only_looks_like_a_reference_is_none(string svg) => Assert.That(Reading.Urls("a.svg", svg), Is.Empty);

    [TestCase("<image href='c&#46;png'/>", "c.png", "<image href='c.h1&#46;png'/>")]
    [TestCase("<image href='&#x63;.png?a&amp;b'/>", "c.png?a&b", "<image href='&#x63;.h1.png?a&amp;b'/>")]
    [TestCase("<image href=' é.png '/>", "é.png", "<image href=' é.h1.png '/>")]
    [TestCase("<g style='a:url(&quot;\\63&#46;png&quot;)'/>", "c.png", "<g style='a:url(&quot;\\63.h1&#46;png&quot;)'/>")]
    [TestCase("<style>a{b:url(c&#46;png)}</style>", "c.png", "<style>a{b:url(c.h1&#46;png)}</style>")]
    [TestCase("<style>a{b:url(c<![CDATA[.png)]]>}</style>", "c.png", "<style>a{b:url(c<![CDATA[.h1.png)]]>}</style>")]
    public void Entities_are_undone_and_the_fingerprint_lands_in_the_name(string svg, string url, string rewritten)
    {
        Assert.That(Reading.Urls("a.svg", svg), Is.EqualTo([url]));
        Assert.That(Reading.Rewritten("a.svg", svg), Is.EqualTo(rewritten));
    }

    [TestCase("<svg><style>a{b:url(a.png)}<image href='b.png'/>a{b:url(x.png)}</style><style>a{b:url(c.png)}</style></svg>", "a.png", "b.png", "c.png")]
    [TestCase("<svg><style>a{b:url(a.png)}<image href='b.png'/><style>a{b:url(c.png)}</style></svg>", "a.png", "b.png", "c.png")]
    [TestCase("<svg><style>a{b:url(<?xml-stylesheet href='x.css'?>a.png)}</style></svg>", "a.png")]
    public void A_style_that_holds_what_it_must_not_keeps_the_order(string svg, params string[] urls) =>
        Assert.That(Reading.Urls("a.svg", svg), Is.EqualTo(urls));

    [TestCase("<svg><image href='c.png'")]
    [TestCase("<svg><!-- href")]
    [TestCase("<svg><![CDATA[ href")]
    [TestCase("<?xml href")]
    [TestCase("<!DOCTYPE svg [ href")]
    public void A_text_that_is_not_closed_is_unparsable(string svg) =>
        Assert.That(() => Reading.Urls("a.svg", svg), Throws.TypeOf<UnparsableException>());

    [Test]
    public void A_utf16_document_is_unparsable() =>
        Assert.That(() => Reading.Urls("a.svg", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("<image href='c.png'/>")]), Throws.TypeOf<UnparsableException>());
}
