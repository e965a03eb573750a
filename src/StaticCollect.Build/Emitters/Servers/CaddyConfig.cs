using StaticCollect.Build.Content;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>Configuration of Caddy: one file for <c>import</c> in a site of the Caddyfile.</summary>
internal sealed class CaddyConfig : IServerConfig
{
    /// <inheritdoc/>
    public string Name => "caddy";

    /// <inheritdoc/>
    public IReadOnlyList<string> Suffixes { get; } = [".caddy"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Texts(ServedFiles served)
    {
        var id = served.Id;
        var text = new ConfigText()
            .Line($"{KnownServers.Marker} for Caddy. Every publish writes it again.")
            .Line("# Import it in a site: import /path/to/this/file")
            .Line()
            .Line(served.UrlPath == "/" ? "handle {" : $"handle_path {Quoted(served.UrlPath + "*")} {{")
            .Line($"\troot * {Quoted(served.Root)}")
            // As a route: each step relies on those before it, and Caddy would sort them.
            .Line("\troute {")
            .Line("\t\t# Exactly the files whose name changes with their bytes.")
            .Line($"\t\tmap {{path}} {{{id}_cache}} {{");
        foreach (var path in served.Immutable.Where(CanSay))
            text.Line($"\t\t\t{Quoted("/" + path)} \"{ServedFiles.ForEver}\"");
        text.Line($"\t\t\tdefault \"{ServedFiles.AskFirst}\"")
            .Line("\t\t}");
        if (served.Encodings.Count > 0)
            text.Part(Siblings(served));

        // Headers are set before Caddy looks for the file, and what is not there must not be kept for a year.
        text.Line()
            .Line($"\t\t@{id}_missing not file {{path}} {{path}}/index.html")
            .Line($"\t\terror @{id}_missing 404");
        Files(text, served, id, $"{id}_cache").Line("\t}").Line("}");
        if (served.WebRoot is { } webRoot)
            text.Part(WebRoot(served, webRoot));
        return [text.ToString()];
    }

    private static ConfigText WebRoot(ServedFiles served, ServedWebRoot webRoot)
    {
        var id = served.Id + "_webroot";
        var text = new ConfigText()
            .Line("# Exactly the files of the web root, and how long each may be kept; all else is the app's.")
            .Line($"map {{path}} {{{id}_cache}} {{");
        foreach (var (path, cache) in webRoot.Files.Where(file => CanSay(file.Path)))
            text.Line($"\t{Quoted("/" + path)} \"{cache}\"");
        text.Line("\tdefault \"\"")
            .Line("}")
            .Line($"@{id} not vars {{{id}_cache}} \"\"")
            .Line($"handle @{id} {{")
            .Line($"\troot * {Quoted(webRoot.Root)}")
            .Line("\troute {")
            .Line($"\t\t@{id}_missing not file {{path}}")
            .Line($"\t\terror @{id}_missing 404");
        return Files(text, served, id, $"{id}_cache").Line("\t}").Line("}");
    }

    /// <summary>How files are sent.</summary>
    private static ConfigText Files(ConfigText text, ServedFiles served, string id, string cache)
    {
        text.Part(Types(id))
            .Line($"\t\theader Cache-Control {{{cache}}}")
            .Line("\t\theader X-Content-Type-Options nosniff");
        if (served.AllowsOtherHosts)
            text.Line("\t\theader Access-Control-Allow-Origin *");
        if (served.Encodings.Count == 0)
        {
            text.Line("\t\tfile_server");
        }
        else
        {
            text.Line($"\t\t@{id}_encoded file {string.Join(' ', served.Encodings.Select(encoding => "{path}" + encoding.Suffix))}")
                .Line($"\t\theader @{id}_encoded ?Vary Accept-Encoding")
                .Line("\t\tfile_server {")
                .Line($"\t\t\tprecompressed {string.Join(' ', served.Encodings.Select(encoding => encoding.Name))}")
                .Line("\t\t}");
        }

        return text;
    }

    private static ConfigText Siblings(ServedFiles served)
    {
        var text = new ConfigText()
            .Line("\t\t# The encoded siblings are sent in place of their file, and are no files of their own; real downloads are.")
            .Line($"\t\tmap {{path}} {{{served.Id}_original}} {{");
        foreach (var path in served.Downloads.Where(CanSay))
            text.Line($"\t\t\t{Quoted("/" + path)} \"\"");
        return text.Line($"\t\t\t`~^(/.+)\\.(?:{served.SuffixPattern})$` `${{1}}`")
            .Line("\t\t\tdefault \"\"")
            .Line("\t\t}")
            .Line($"\t\t@{served.Id}_sibling file {{{served.Id}_original}}")
            .Line($"\t\terror @{served.Id}_sibling 404");
    }

    // Where we know nothing better, Caddy's own table speaks.
    private static ConfigText Types(string id)
    {
        var text = new ConfigText().Line($"\t\tmap {{file.ext}} {{{id}_type}} {{");
        foreach (var (type, extensions) in MediaTypes.All)
            text.Line($"\t\t\t`~(?i)^\\.(?:{string.Join('|', extensions.Select(extension => extension[1..]))})$` \"{MediaTypes.Header(type)}\"");
        return text.Line("\t\t\tdefault \"\"")
            .Line("\t\t}")
            .Line($"\t\t@{id}_typed not vars {{{id}_type}} \"\"")
            .Line($"\t\theader @{id}_typed Content-Type {{{id}_type}}");
    }

    // Caddy puts variables in wherever it finds braces, before it looks at quotes; and a text with both kinds of quotes
    // cannot be quoted. A file so named is served like any other, and asked for each time.
    private static bool CanSay(string path) =>
        !path.AsSpan().ContainsAny('{', '}') && !(path.Contains('`', StringComparison.Ordinal) && path.AsSpan().ContainsAny('"', '\\'));

    private static string Quoted(string text) => text.AsSpan().ContainsAny('"', '\\') ? $"`{text}`" : $"\"{text}\"";
}
