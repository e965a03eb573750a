using System.Text;
using CsCheck;

namespace StaticCollect.Build.Tests.Naming;

/// <summary>Random files that name each other: chains, diamonds, cycles, files that name themselves, in text full of what is no reference.</summary>
internal static class RandomTree
{
    // Every seventh file or so is a leaf, and names are as odd as they can be.
    public static readonly string[] Paths =
    [
        "a.css", "b.js", "css/c.css", "css/deep/d.min.css", "js/e.mjs", "js/f g.js", OperatingSystem.IsWindows() ? "js/h#i;.js" : "js/h#i?.js", "img/x.png", "img/ü 100%.svgz", "js/b.js", "LICENSE", "sw.js", "img/y.svg", "site.webmanifest", "index.html",
    ];

    public static readonly Gen<Node?> Nodes =
        Gen.Frequency<Node?>(
            (1, Gen.Const(() => (Node?)null)),
            (6, Gen.Select(
                Gen.Int[0, 2],
                Gen.Select(Gen.Int[0, Paths.Length], Gen.Int[0, 7], Gen.Int[0, 7], (target, form, noise) => new Link(target, form, noise)).Array[0, 2],
                (salt, links) => (Node?)new Node(salt, links))));

    public static readonly Gen<Node?[]> Trees = Nodes.Array[Paths.Length];

    /// <summary>Writes the files of a tree.</summary>
    public static void Write(Site site, Node?[] tree)
    {
        for (var i = 0; i < tree.Length; i++)
            Write(site, i, tree[i]);
    }

    /// <summary>Writes or deletes one file.</summary>
    public static void Write(Site site, int path, Node? node)
    {
        if (node is null)
            site.Delete(Paths[path]);
        else
            site.Write(Paths[path], Text(Paths[path], node));
    }

    private static string Text(string path, Node node)
    {
        switch (Path.GetExtension(path))
        {
            case ".svg":
                return $"<svg><!-- {node.Salt} <image href='b.js'/> -->{string.Concat(node.Links.Select(link => $"<image href='{Url(path, link)}'/><rect style=\"fill:url({Url(path, link)})\"/>"))}</svg>";
            case ".html":
                return $"<!-- {node.Salt} -->{string.Concat(node.Links.Select(link => $"<script src=\"{Url(path, link)}\" integrity=\"sha384-{node.Salt}\"></script><a href='b.js'>"))}";
            case ".webmanifest":
                return $"{{\"id\":\"b.js {node.Salt}\",\"icons\":[{string.Join(",", node.Links.Select(link => $"{{\"src\":\"{Url(path, link).Replace("/", "\\/", StringComparison.Ordinal)}\"}}"))}]}}";
        }

        var isStyle = path.EndsWith(".css", StringComparison.Ordinal);
        var text = new StringBuilder(node.Salt == 1 ? "\uFEFF" : "").Append("/* é ").Append(node.Salt).Append(" */");
        foreach (var link in node.Links)
        {
            var url = Url(path, link);
            text.Append(isStyle ? StyleNoise(link.Noise) : ScriptNoise(link.Noise)).Append(isStyle ? InStyle(link.Form, url) : InScript(link.Form, url));
        }

        return text.Append(node.Salt == 2 ? "\r\n" : "\n").ToString();
    }

    private static string Url(string from, Link link)
    {
        // One target is never there.
        var target = link.Target == Paths.Length ? "missing/x.js" : Paths[link.Target];
        var escaped = string.Join('/', target.Split('/').Select(Uri.EscapeDataString));
        if (link.Form == 7)
            return "/static/" + escaped;
        var up = string.Concat(Enumerable.Repeat("../", from.Count(unit => unit == '/')));
        return (up.Length == 0 ? "./" : up) + escaped + (link.Form % 3 == 1 ? "?v=1.0#x/y.z" : "");
    }

    private static string InStyle(int form, string url) => form switch
    {
        0 => $"@import \"{url}\" screen;",
        1 => $"a{{b:url({url})}}",
        2 => $"a{{b:URL( '{url}' )}}",
        3 => $"@import url({url}) layer(x);",
        4 => $"a{{b:image-set(\"{url}\" 1x)}}",
        5 => $"a{{--c:url(\"{url.Replace(".", "\\2e ", StringComparison.Ordinal)}\")}}",
        6 => $"@font-face{{src:url({url}) format('x')}}",
        _ => $"a{{b:url({url})}}",
    };

    private static string InScript(int form, string url) => form switch
    {
        0 => $"import x from \"{url}\";",
        1 => $"import('{url}');",
        2 => $"export*from'{url}';",
        3 => $"new Worker(new URL(\"{url}\", import.meta.url));",
        4 => $"import(`{url}`);",
        5 => $"import '{url.Replace(".", "\\x2e", StringComparison.Ordinal)}';",
        6 => $"import.meta.resolve(\"{url}\");",
        _ => $"import '{url}';",
    };

    private static string StyleNoise(int noise) => noise switch
    {
        0 => "/* url(a.css) @import \"b.js\" */",
        1 => "a{content:\"url(a.css)\"}\r\n",
        2 => "@namespace \"a.css\";",
        3 => ".a\\'b{}",
        4 => "a{b:url(data:image/png;base64,AA==) url(#x) url(//h/a.css) url(HTTP://h/a.css)}",
        5 => "a{b:'./css[css/c.css].css'}",
        _ => "\t",
    };

    private static string ScriptNoise(int noise) => noise switch
    {
        0 => "// import './a.css'\n",
        1 => "var s = \"import './b.js'\";",
        2 => "/[/\"'`]/.test(`${'import \"./b.js\"'}`);",
        3 => "import 'react';",
        4 => "x => x / 2 / './b.js';",
        5 => "f('./b[b.js].js');",
        _ => "\r\n",
    };

    /// <summary>What a file holds.</summary>
    /// <param name="Salt">Tells apart files of equal links.</param>
    /// <param name="Links">Its references.</param>
    public sealed record Node(int Salt, Link[] Links)
    {
        public override string ToString() => $"{Salt}: {string.Join(", ", Links.Select(link => link.ToString()))}";
    }

    /// <summary>A reference.</summary>
    /// <param name="Target">The number of the file that it names.</param>
    /// <param name="Form">How it is written.</param>
    /// <param name="Noise">What stands before it.</param>
    public sealed record Link(int Target, int Form, int Noise)
    {
        public override string ToString() => $"{(Target < Paths.Length ? Paths[Target] : "missing")} as {Form} after {Noise}";
    }
}
