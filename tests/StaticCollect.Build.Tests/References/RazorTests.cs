using System.Text;
using StaticCollect.Build.References.Markup;

namespace StaticCollect.Build.Tests.References;

/// <summary>What stands in views as it is, and what code puts together.</summary>
public sealed class RazorTests
{
    // What is found in all of these is wanted.png, and nothing else.
    [TestCase("""<img src="/static/wanted.png">""")]
    [TestCase("""<img src='~/static/wanted.png' alt="@Model.Name" />""")]
    [TestCase("""<img alt="@Html.Raw("<img src='/static/no.png'>")" src="/static/wanted.png">""")]
    [TestCase("""<img src="/static/wanted.png?v=@Model.Version">""")]
    [TestCase("""<img src="/static/wanted.png#@(id)">""")]
    [TestCase("""<img src="/static/@Model.Path"><img src="/static/wanted.png">""")]
    [TestCase("""<img src="@Model.Cdn/static/no.png"><img src="/static/wanted.png">""")]
    [TestCase("""<img src="/static/no-@(n).png"><img src="/static/wanted.png">""")]
    [TestCase("""<img src="/static/no.png@(query)"><img src="/static/wanted.png">""")]
    [TestCase("""@* <img src="/static/no.png"> *@<img src="/static/wanted.png">""")]
    [TestCase("""<!-- <img src="/static/no.png"> @* --> *@ --><img src="/static/wanted.png">""")]
    [TestCase("""@{ var a = "<img src='/static/no.png'>"; }<img src="/static/wanted.png">""")]
    [TestCase("""@{ <img src="/static/wanted.png"> }""")]
    [TestCase("""@{ var quote = '"'; var escape = '\''; <p>It's }</p> <img src="/static/wanted.png"> }""")]
    [TestCase("@if (a < b && \"}\" != @\"\"\"\") {\n <li class=\"@(x ? \"a\" : \"b\")\"><img src=\"/static/wanted.png\"><br></li>\n} else { var s = \"<img src='/static/no.png'>\"; }")]
    [TestCase("@if (a) { } @* b *@ else { var c = \"<img src='/static/no.png'>\"; } <img src=\"/static/wanted.png\">")]
    [TestCase("@foreach (var x in y) { if (x) { <p>@x</p> } else { <img src=\"/static/wanted.png\" /> } }")]
    [TestCase("@for (var i = 0; i < n; i++)\n{\n  @: <div>'\n <text>don't</text> <!-- it's --> <img src=\"/static/wanted.png\">\n}")]
    [TestCase("@switch (a) { case 1: <img src=\"/static/wanted.png\"> break; default: break; }")]
    [TestCase("@try { <b>a</b> } catch (Exception e) when (e.X) { } finally { <img src=\"/static/wanted.png\"> }")]
    [TestCase("@do { <b>a</b> } while (a(\"}\"));<img src=\"/static/wanted.png\">")]
    [TestCase("@using (Html.BeginForm()) { <img src=\"/static/wanted.png\"> }")]
    [TestCase("@await Html.PartialAsync(\"a\", new { b = \"<img src='/static/no.png'>\" })<img src=\"/static/wanted.png\">")]
    [TestCase("@await foreach (var a in b) { <img src=\"/static/wanted.png\"> }")]
    [TestCase("@section Scripts {\n <script>if (a) { b = '@c'; }</script><img src=\"/static/wanted.png\">\n}")]
    [TestCase("@page \"/it's\"\n@model List<int>\n@using System\n@inject Foo<Bar> \"quote\n<img src=\"/static/wanted.png\">")]
    [TestCase("@functions { string a = $\"<img src='/static/no.png'>{b(\"}\")}\"; void C() { <img src=\"/static/wanted.png\"> } }")]
    [TestCase("@code { RenderFragment A => @<img src=\"/static/wanted.png\" />; string B = @\"a\"\"<img src='/static/no.png'>\"; }")]
    [TestCase("@Grid(item => @<td><img src=\"/static/wanted.png\"></td>, \"<img src='/static/no.png'>\")")]
    [TestCase("@{\n#region It's\n// don't <img src='/static/no.png'>\n/* ' */ var r = \"\"\"a \" <img src='/static/no.png'>\"\"\"; }<img src=\"/static/wanted.png\">")]
    [TestCase("me@example.com <img src=\"/static/wanted.png\">")]
    [TestCase("<button @onclick=\"@(() => A(\"<img src='/static/no.png'>\"))\" @onclick:preventDefault @attributes=\"B\"><img src=\"/static/wanted.png\"></button>")]
    [TestCase("@a?.b!.c[0](\"'\").d <img src=\"/static/wanted.png\">")]
    [TestCase("@{ <script>if (a<b) { '</b>' }</script> <img src=\"/static/wanted.png\"> }")]
    [TestCase("@{ <ul><li>a<li>b</ul> var c = 'd'; } <img src=\"/static/wanted.png\">")]
    [TestCase("<script>var t = '<img src=\"/static/no.png\">';</script><img src=\"/static/wanted.png\">")]
    [TestCase("<a href=\"/static/no.png\" data-src=\"/static/no.png\"><img src=\"/static/wanted.png\">")]
    [TestCase("<link rel=\"canonical\" href=\"/static/no.png\"><script asp-src-include=\"~/static/no/**/*.js\"></script><img src=\"/static/wanted.png\">")]
    [TestCase("<environment include=\"Development\"><img src=\"/static/wanted.png\"></environment>")]
    [TestCase("<img srcset=\"/static/wanted.png 1x, @Model.Large 2x\">")]
    [TestCase("<img src=\"/static/wante&#100;.png\">")]
    [TestCase("<p style=\"color: @color; background: url('/static/wanted.png')\">")]
    [TestCase("<p style=\"background: url(@cdn/static/no.png), url('/static/@(name).png'), url(/static/no@(query)), url(/static/wanted.png)\">")]
    [TestCase("<p style=\"@(a)url(/static/no.png)\" class=\"url(/static/no.png)\"><img src=\"/static/wanted.png\">")]
    public void What_stands_there_as_it_is_is_found(string text)
    {
        foreach (var isComponent in new[] { false, true })
            Assert.That(Urls(text, isComponent), Is.EqualTo(new[] { "/static/wanted.png" }).Or.EqualTo(new[] { "~/static/wanted.png" }));
    }

    [TestCase("<img src=\"/static/logo@2x.png\">", "/static/logo@2x.png")]
    [TestCase("<script src=\"~/lib/@@popperjs/popper.js\"></script>", "~/lib/@popperjs/popper.js")]
    [TestCase("<script src=\"https://cdn.example.com/s/a.js?v=1\"></script>", "https://cdn.example.com/s/a.js")]
    public void Signs_that_stand_for_themselves_are_kept(string text, string url) => Assert.That(Urls(text, isComponent: false), Is.EqualTo(new[] { url }));

    [TestCase("<link href=\"@Assets[\"static/a.css\"]\" /><use href=\"@(Assets[ \"static/b.svg\" ])#c\" />", "static/a.css static/b.svg")]
    [TestCase("@code { string A => Assets[\"static/a.css\"]; string B => Assets[\"static/\" + c]; string C => Assets[$\"static/{d}\"]; string D => other.Assets[\"static/e.css\"]; }", "static/a.css")]
    [TestCase("@* @Assets[\"static/a.css\"] *@ @@Assets[\"static/a.css\"] \"Assets[\"static/a.css\"]\"", "")]
    public void Names_of_assets_are_found_in_components(string text, string names) => Assert.Multiple(() =>
    {
        Assert.That(Urls(text, isComponent: true), Is.EqualTo(names.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.That(Urls(text, isComponent: false), Is.Empty);
    });

    [Test]
    public void Elements_with_a_capital_are_components_there() => Assert.Multiple(() =>
    {
        Assert.That(Urls("<Link href=\"/static/a.css\"/><Img src=\"/static/a.png\">", isComponent: true), Is.Empty);
        Assert.That(Urls("<IMG SRC=\"/static/a.png\">", isComponent: false), Has.Length.EqualTo(1));
    });

    [TestCase("@{ var a = \"b; <img src='/static/a.png'> ")]
    [TestCase("@(a <img src=\"/static/a.png\">")]
    [TestCase("@* <img src=\"/static/a.png\">")]
    public void What_breaks_off_is_code_to_its_end(string text) => Assert.That(Urls(text, isComponent: false), Is.Empty);

    [Test]
    public void What_is_nested_too_deep_is_code_to_its_end()
    {
        var deep = string.Concat(Enumerable.Repeat("@{ <b>", 1_000_000));
        Assert.That(Urls(deep + "<img src=\"/static/a.png\">", isComponent: false), Is.Empty);
    }

    [Test]
    public void Places_are_those_of_the_file()
    {
        var file = Encoding.UTF8.GetBytes("\uFEFF<p>é</p>@{ <img src=\"/static/@@a&amp;b.png?c\"> }");
        var reference = new RazorLanguage(isComponent: false).Find(file).Single();
        Assert.Multiple(() =>
        {
            Assert.That(reference.Url, Is.EqualTo("/static/@a&b.png"));
            Assert.That(Encoding.UTF8.GetString(file, reference.Start, reference.Length), Is.EqualTo("/static/@@a&amp;b.png"));
        });
    }

    private static string[] Urls(string text, bool isComponent) =>
        [.. new RazorLanguage(isComponent).Find(Encoding.UTF8.GetBytes(text)).Select(reference => reference.Url)];
}
