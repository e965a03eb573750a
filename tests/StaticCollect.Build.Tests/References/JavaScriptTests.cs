using System.Text;
using StaticCollect.Build.References;

namespace StaticCollect.Build.Tests.References;

public class JavaScriptTests
{
    [TestCase("import a from './c.js'")]
    [TestCase("import a from \"./c.js\";")]
    [TestCase("import './c.js'")]
    [TestCase("import'./c.js'")]
    [TestCase("import{a}from'./c.js'")]
    [TestCase("import{a as b,'c d' as e,}from'./c.js'")]
    [TestCase("import*as a from'./c.js'")]
    [TestCase("import* as a from'./c.js'")]
    [TestCase("import a,*as b from'./c.js'")]
    [TestCase("import a, { b } from './c.js'")]
    [TestCase("import\n{\na, // x }\nb /* from */\n}\nfrom\n'./c.js'")]
    [TestCase("import from from './c.js'")]
    [TestCase("import defer from './c.js'")]
    [TestCase("import defer * as a from './c.js'")]
    [TestCase("import source a from './c.js'")]
    [TestCase("import source from from './c.js'")]
    [TestCase("import a from './c.js' with { type: 'json' }")]
    [TestCase("import \\u0061 from './c.js'")]
    [TestCase("import é from './c.js'")]
    [TestCase("export * from './c.js'")]
    [TestCase("export*from'./c.js'")]
    [TestCase("export * as a from './c.js'")]
    [TestCase("export * as 'a b' from './c.js'")]
    [TestCase("export { a, default as b } from './c.js'")]
    [TestCase("export{}from'./c.js'")]
    [TestCase("export { x };\nimport './c.js'")]
    [TestCase("export { x }\nimport './c.js'")]
    [TestCase("export default {}\nimport './c.js'")]
    [TestCase("let a = 1\nimport './c.js'\nb()")]
    [TestCase("import('./c.js')")]
    [TestCase("import ( './c.js' )")]
    [TestCase("import(`./c.js`)")]
    [TestCase("import(/* webpackChunkName: 'x' */ './c.js' /* y */)")]
    [TestCase("import(// x\n'./c.js')")]
    [TestCase("import('./c.js', { with: { type: 'json' } })")]
    [TestCase("import('./c.js',)")]
    [TestCase("import.defer('./c.js')")]
    [TestCase("import.source('./c.js')")]
    [TestCase("function f() { return import('./c.js') }")]
    [TestCase("`${import('./c.js')}`")]
    [TestCase("import.meta.resolve('./c.js')")]
    [TestCase("import . meta /**/ . resolve ( `./c.js` )")]
    [TestCase("new URL('./c.js', import.meta.url)")]
    [TestCase("new/**/URL(`./c.js`,import . meta.url,)")]
    [TestCase("new Worker(new URL('./c.js', import.meta.url), { type: 'module' })")]
    [TestCase("new URL('c.js', import.meta.url)", "c.js")]
    [TestCase("import '../c.js'; import '/c.js'; import './c.js?x#y'", "../c.js", "/c.js", "./c.js?x#y")]
    [TestCase("#!/usr/bin/env node 'x\nimport './c.js'")]
    [TestCase("<!-- 'x\nimport './c.js'\n--> 'y")]
    public void A_reference_is_found(string script, params string[] urls) =>
        Assert.That(Reading.Urls("a.js", script), Is.EqualTo(urls.Length == 0 ? ["./c.js"] : urls));

    [TestCase("// import './c.js'")]
    [TestCase("/* import './c.js' */")]
    [TestCase("/**\n * @example import a from './c.js'\n */ import(x)")]
    [TestCase("x = \"import './c.js'\"")]
    [TestCase("x = 'import(\"./c.js\")'")]
    [TestCase("x = `import './c.js'`")]
    [TestCase("x = `\nimport './c.js'\n${`import('./c.js')`}import('./c.js')`")]
    [TestCase("x = /import('.\\/c.js')/")]
    [TestCase("foo.import('./c.js')")]
    [TestCase("foo?.import('./c.js')")]
    [TestCase("foo\n.import('./c.js')")]
    [TestCase("$import('./c.js'); import$('./c.js'); éimport('./c.js')")]
    [TestCase("class A { #import(x) { this.#import('./c.js') } }")]
    [TestCase("x = { import: './c.js' }")]
    [TestCase("x = { import(a = './c.js') { } }")]
    [TestCase("import('./c' + '.js')")]
    [TestCase("import(`./${x}.js`)")]
    [TestCase("import(x, './c.js')")]
    [TestCase("import a from 'c.js'; import 'react'; import('@x/c.js'); export * from '#c.js'")]
    [TestCase("import.meta.resolve('c.js')")]
    [TestCase("import ' ./c.js'")]
    [TestCase("import 'https://host/c.js'; import('//host/c.js'); import 'data:text/javascript,x'")]
    [TestCase("import './d/'; import '..'; import '.'")]
    [TestCase("new URL('./c.js'); new URL('./c.js', x); new URL('./c.js', import.meta); new Url('./c.js', import.meta.url)")]
    [TestCase("new URL('https://host/c.js', import.meta.url); new URL('', import.meta.url)")]
    [TestCase("new URL('./c.js', import.meta.url + x)")]
    [TestCase("URL('./c.js', import.meta.url)")]
    [TestCase("export const from = './c.js'")]
    [TestCase("export { x }; from './c.js'")]
    [TestCase("export default import.meta")]
    [TestCase("if (x) { import './c.js' }")]
    [TestCase("importScripts('./c.js')")]
    public void What_only_looks_like_a_reference_is_none(string script) => Assert.That(Reading.Urls("a.js", script), Is.Empty);

    // In each the wrong reading of a slash would end inside of a string or take the import for one.
    [TestCase("a = b / c / d; import('./c.js'); e = '/'")]
    [TestCase("if (x) /'/.test(y); import('./c.js')")]
    [TestCase("while (x) /\"/g.exec(y); import('./c.js')")]
    [TestCase("for await (a of /'/.y) /'/.exec(); import('./c.js')")]
    [TestCase("with (x) /'/.y; import('./c.js')")]
    [TestCase("(x) / '/'.length; import('./c.js')")]
    [TestCase("x.if(y) / '/'.length; import('./c.js')")]
    [TestCase("a[0] / '/'.length; import('./c.js')")]
    [TestCase("x++ / '/'.length; import('./c.js')")]
    [TestCase("++x\n/ '/'.length; import('./c.js')")]
    [TestCase("function f() { return /'/ } import('./c.js')")]
    [TestCase("x.return / '/'.length; import('./c.js')")]
    [TestCase("typeof /'/; void /'/; throw /'/; import('./c.js')")]
    [TestCase("switch (x) { case /'/: { } /'/.y; default: /'/.y } import('./c.js')")]
    [TestCase("this / '/'.length; import('./c.js')")]
    [TestCase("{ } /'/.test(x); import('./c.js')")]
    [TestCase("x = { } / '/'.length; import('./c.js')")]
    [TestCase("x = { a: { b: 1 } / '/'.length }; import('./c.js')")]
    [TestCase("if (x) { } /'/.test(x); import('./c.js')")]
    [TestCase("if (x) y; else { } /'/.test(x); import('./c.js')")]
    [TestCase("try { } catch { } /'/.test(x); import('./c.js')")]
    [TestCase("do /'/.test(x); while (y) /'/.test(x); import('./c.js')")]
    [TestCase("label: { } /'/.test(x); import('./c.js')")]
    [TestCase("function f() { } /'/.test(x); import('./c.js')")]
    [TestCase("a\nfunction f() { } /'/.test(x); import('./c.js')")]
    [TestCase("async function f() { } /'/.test(x); import('./c.js')")]
    [TestCase("x = function () { } / '/'.length; import('./c.js')")]
    [TestCase("x = function* f() { } / '/'.length; import('./c.js')")]
    [TestCase("x = async function () { } / '/'.length; import('./c.js')")]
    [TestCase("class A extends f({}) { } /'/.test(x); import('./c.js')")]
    [TestCase("x = class { } / '/'.length; import('./c.js')")]
    [TestCase("x = class A extends B { m() { } } / '/'.length; import('./c.js')")]
    [TestCase("export default function () { } /'/.test(x); import('./c.js')")]
    [TestCase("export default class { } /'/.test(x); import('./c.js')")]
    [TestCase("export default /'/; import('./c.js')")]
    [TestCase("x = () => { }\n/'/.test(x); import('./c.js')")]
    [TestCase("x = a ? { } / '/'.length : { } / '/'.length; import('./c.js')")]
    [TestCase("x = a ?? /'/; x = a?.5 : /'/; x = a?.b / '/'.length; import('./c.js')")]
    [TestCase("x = 1. / '/'.length + 1.5 / '/'.length + .5 / '/'.length + 1e3 / '/'.length + 5n / '/'.length; import('./c.js')")]
    [TestCase("x = `${y}` / '/'.length; import('./c.js')")]
    [TestCase("x = `${{ a: '}' } / '/'.length}`; import('./c.js')")]
    [TestCase("x = `${`${'`'}`}`; import('./c.js')")]
    [TestCase("x = /[/'\\]]/ / '/'.length; import('./c.js')")]
    [TestCase("x = /\\//g / '/'.length; import('./c.js')")]
    [TestCase("x = [/'/, /\"/]; import('./c.js')")]
    [TestCase("x = y || /'/; x = y && /'/; x = !/'/; x = y => /'/; import('./c.js')")]
    [TestCase("for (const a of /'/.b) { } import('./c.js')")]
    [TestCase("of / '/'.length; import('./c.js')")]
    [TestCase("yield /'/; await /'/; import('./c.js')")]
    [TestCase("return\u00A0/'/; import('./c.js')")]
    [TestCase("// x\u2028import('./c.js')")]
    [TestCase("x = 'a\u2028b\\\r\nc'; import('./c.js')")]
    [TestCase("x = { class: 1, y: { } / '/'.length }; import('./c.js')")]
    [TestCase("x = { function: f(1) / '/'.length, if: 1, get return() { return { } / '/'.length } }; import('./c.js')")]
    [TestCase("\\u{61} / '/'.length; import('./c.js')")]
    public void Slashes_are_read_for_what_they_are(string script) =>
        Assert.That(Reading.Urls("a.js", script), Is.EqualTo(["./c.js"]));

    [TestCase("import('./c.js'); x = 'y", "string", 22)]
    [TestCase("import('./c.js'); x = 'y\n'", "string", 22)]
    [TestCase("import('./c.js'); x = `y", "template", 23)]
    [TestCase("import('./c.js'); x = /y\n/", "regular expression", 22)]
    [TestCase("import('./c.js'); /* y", "comment", 18)]
    [TestCase("import('./c.js'); (", "not closed", 18)]
    [TestCase("import('./c.js'); )", "no open one", 18)]
    [TestCase("import('./c.js'); [}", "no open one", 19)]
    public void A_text_that_is_no_script_is_unparsable(string script, string what, int offset)
    {
        var error = Assert.Throws<UnparsableException>(() => Reading.Urls("a.js", script));
        Assert.That(error.Message, Does.Contain(what));
        Assert.That(error.Offset, Is.EqualTo(offset));
    }

    [TestCase("//# sourceMappingURL=a.js.map")]
    [TestCase("//@ sourceMappingURL=a.js.map\r\n")]
    [TestCase("x()\n//#\tsourceMappingURL=a.js.map \t\n\n")]
    [TestCase("x();//# sourceMappingURL=a.js.map")]
    [TestCase("/*# sourceMappingURL=a.js.map */")]
    [TestCase("//# sourceMappingURL=b.js.map\n//# sourceMappingURL=a.js.map")]
    [TestCase("//# sourceMappingURL=a.js.map\nx()")]
    [TestCase("x = '//# sourceMappingURL=b.js.map'\n//# sourceMappingURL=a.js.map")]
    [TestCase("//# sourceMappingURL=a.js.map\nx = '//# sourceMappingURL=b.js.map'")]
    [TestCase("import(x)\n//# sourceMappingURL=a.js.map")]
    [TestCase("'\\\n//# sourceMappingURL=b.js.map'//# sourceMappingURL=a.js.map")]
    public void The_last_comment_names_the_source_map(string script)
    {
        var found = Reading.Language("a.js").Find(Encoding.UTF8.GetBytes(script));
        Assert.That(found.Select(reference => $"{reference.Kind} {reference.Url}"), Is.EqualTo(["SourceMap a.js.map"]));
        Assert.That(script.Substring(found[0].Start, found[0].Length), Is.EqualTo("a.js.map"));
    }

    [TestCase("//# sourcemappingurl=a.js.map")]
    [TestCase("// # sourceMappingURL=a.js.map")]
    [TestCase("// x //# sourceMappingURL=a.js.map")]
    [TestCase("//# sourceMappingURL=a.js.map b")]
    [TestCase("//# sourceMappingURL=data:application/json;base64,e30=")]
    [TestCase("//# sourceMappingURL=a.js.map\n//# sourceMappingURL=data:x")]
    [TestCase("x = `\n//# sourceMappingURL=a.js.map`")]
    [TestCase("x = '//# sourceMappingURL=' + url")]
    [TestCase("x = '\\\n//# sourceMappingURL=a.js.map'")]
    [TestCase("/*\n//# sourceMappingURL=a.js.map*/")]
    public void Other_texts_name_no_source_map(string script) => Assert.That(Reading.Urls("a.js", script), Is.Empty);

    [TestCase("import './c\\x2ejs'", "./c.js", "import './c.h1\\x2ejs'")]
    [TestCase("import './\\u0063.js'", "./c.js", "import './\\u0063.h1.js'")]
    [TestCase("import './\\u{63}.js'", "./c.js", "import './\\u{63}.h1.js'")]
    [TestCase("import './\\u{1F600}.js'", "./\U0001F600.js", "import './\\u{1F600}.h1.js'")]
    [TestCase("import './\\uD83D\\uDE00.js'", "./\U0001F600.js", "import './\\uD83D\\uDE00.h1.js'")]
    [TestCase("import './c\\\n.js'", "./c.js", "import './c\\\n.h1.js'")]
    [TestCase("import './c\\\r\n.js'", "./c.js", "import './c\\\r\n.h1.js'")]
    [TestCase("import '.\\/c.js'", "./c.js", "import '.\\/c.h1.js'")]
    [TestCase("import './\\'c.js'", "./'c.js", "import './\\'c.h1.js'")]
    [TestCase("import './\\143.js'", "./c.js", "import './\\143.h1.js'")]
    [TestCase("import './été.js'", "./été.js", "import './été.h1.js'")]
    [TestCase("import './\\é.js'", "./é.js", "import './\\é.h1.js'")]
    [TestCase("import(`./c.js?.x`)", "./c.js?.x", "import(`./c.h1.js?.x`)")]
    public void Escapes_are_undone_and_the_fingerprint_lands_in_the_name(string script, string url, string rewritten)
    {
        Assert.That(Reading.Urls("a.js", script), Is.EqualTo([url]));
        Assert.That(Reading.Rewritten("a.js", script), Is.EqualTo(rewritten));
    }

    [TestCase("import './\\uD83D.js'")]
    [TestCase("import './\\xzz.js'")]
    [TestCase("import './\\u{}.js'")]
    [TestCase("import './\\u{63.js'")]
    [TestCase("import './\\u{110000}.js'")]
    public void A_broken_escape_names_nothing(string script) => Assert.That(Reading.Urls("a.js", script), Is.Empty);

    [Test]
    public void A_byte_order_mark_does_not_matter_and_bytes_that_are_no_utf8_in_urls_only()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. "import './c.js'; // "u8, 0xE9, .. "\nx='"u8, 0xFF, .. "'; import './"u8, 0xE9, .. ".js'; import '"u8, 0xE9, .. "'; import './d.js'"u8];
        Assert.That(Reading.Urls("a.js", file), Is.EqualTo(["./c.js", "./\uFFFD.js", "./d.js"]));
    }

    [Test]
    public void A_utf16_file_is_unparsable() =>
        Assert.That(() => Reading.Urls("a.js", Encoding.Unicode.GetPreamble()), Throws.TypeOf<UnparsableException>());

    [TestCase("a.mjs")]
    [TestCase("a.cjs")]
    [TestCase("A.JS")]
    public void All_extensions_of_scripts_count(string name) => Assert.That(Reading.Urls(name, "import('./c.js')"), Is.EqualTo(["./c.js"]));
}
