using System.Text;
using System.Text.RegularExpressions;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>
/// Configuration of nginx, in two files, since a <c>map</c> can stand in <c>http</c> only and a <c>location</c> in
/// <c>server</c> only. A map of 10,000 names costs nginx 2 MB and a look into a hash table; as many exact locations
/// would cost 70 MB, and seconds at each start.
/// </summary>
internal sealed class NginxConfig : IServerConfig
{
    // A name of the map must fit into a bucket together with its bookkeeping.
    private const int Bookkeeping = 32;

    /// <inheritdoc/>
    public string Name => "nginx";

    /// <inheritdoc/>
    public IReadOnlyList<string> Suffixes { get; } = [".nginx.http.conf", ".nginx.server.conf"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Texts(ServedFiles served) => [Http(served).ToString(), Server(served).ToString()];

    private static ConfigText Http(ServedFiles served)
    {
        // nginx compares the names of a map without case (ASCII only), and refuses one that comes twice.
        var immutable = served.Immutable.DistinctBy(path => path.ToUpperInvariant(), StringComparer.Ordinal).ToList();
        var text = new ConfigText()
            .Line($"{KnownServers.Marker} for nginx, http part. Every publish writes it again.")
            .Line("# Include it in http { }, before the server that includes the server part. nginx needs room for the names:")
            .Line("# have these two lines in http { } once, before all includes, with these or larger numbers.")
            .Line($"#     map_hash_bucket_size {BucketSize(served)};")
            .Line("#     map_hash_max_size 65536;")
            .Line()
            .Line("# Exactly the files whose name changes with their bytes.")
            .Line($"map $uri ${served.Id}_immutable {{")
            .Line("    default 0;");
        foreach (var path in immutable)
            text.Line($"    {Quoted(served.UrlPath + path)} 1;");
        text.Line("}")
            .Line()
            .Line($"map ${served.Id}_immutable ${served.Id}_cache {{")
            .Line($"    0 \"{ServedFiles.AskFirst}\";")
            .Line($"    1 \"{ServedFiles.ForEver}\";")
            .Line("}");
        if (served.Encodings.Count > 0)
            text.Part(Originals(served));
        if (served.WebRoot is { } webRoot)
            text.Part(WebRootNames(served, webRoot));
        if (served.Root.Contains('$', StringComparison.Ordinal))
        {
            text.Line()
                .Line("# nginx knows no other way to write this character into a path.")
                .Line($"geo ${served.Id}_dollar {{ default \"$\"; }}");
        }

        return text;
    }

    private static ConfigText Originals(ServedFiles served)
    {
        var text = new ConfigText()
            .Line("# The file that a name with the suffix of an encoding is the sibling of; none for real downloads.")
            .Line($"map $uri ${served.Id}_original {{")
            .Line("    default \"\";");
        foreach (var path in served.Downloads)
            text.Line($"    {Quoted(served.UrlPath + path)} \"\";");
        var sibling = $@"~^{Regex.Escape(served.UrlPath)}(?<{served.Id}_stem>.+)\.(?:{served.SuffixPattern})$";
        return text.Line($"    {Quoted(sibling)} ${served.Id}_stem;").Line("}");
    }

    private static ConfigText WebRootNames(ServedFiles served, ServedWebRoot webRoot)
    {
        var text = new ConfigText()
            .Line("# Exactly the files of the web root, and how long each may be kept; all else is the app's.")
            .Line($"map $uri ${served.Id}_webroot {{")
            .Line("    default \"\";");
        foreach (var (path, cache) in webRoot.Files.DistinctBy(file => file.Path.ToUpperInvariant(), StringComparer.Ordinal))
            text.Line($"    {Quoted("/" + path)} \"{cache}\";");
        return text.Line("}");
    }

    private static ConfigText Server(ServedFiles served)
    {
        var root = PathText(served, served.Root);
        var isWholeSite = served.UrlPath == "/";
        var text = new ConfigText()
            .Line($"{KnownServers.Marker} for nginx, server part. Every publish writes it again.")
            .Line("# Include it in server { }, and the http part in http { }.")
            .Line()
            // Regular expressions of the rest of the configuration, such as one for all of *.js, shall not take files from here.
            .Line(isWholeSite ? "location / {" : $"location ^~ {Quoted(served.UrlPath)} {{")
            .Line(isWholeSite ? $"    root {Quoted(root)};" : $"    alias {Quoted(root + "/")};");
        Headers(text, served, $"${served.Id}_cache");
        if (served.Encodings.Count > 0)
        {
            text.Line()
                .Line("    # The siblings are sent in place of their file, and are no files of their own.")
                .Line($"    location ~ {Quoted($@"\.(?:{served.SuffixPattern})$")} {{")
                .Line($"        if (-f {Quoted($"{root}/${served.Id}_original")}) {{")
                .Line("            return 404;")
                .Line("        }")
                .Line("    }");
        }

        Types(text).Line("}");
        return served.WebRoot is { } webRoot ? text.Part(WebRoot(served, webRoot)) : text;
    }

    private static ConfigText WebRoot(ServedFiles served, ServedWebRoot webRoot)
    {
        var text = new ConfigText()
            .Line("# The files of the web root, whatever the other locations say.")
            .Line($"if (${served.Id}_webroot) {{")
            .Line($"    rewrite ^(.*)$ /.{served.Id}$1 last;")
            .Line("}")
            .Line($"location ^~ {Quoted($"/.{served.Id}/")} {{")
            .Line("    internal;")
            .Line($"    alias {Quoted(PathText(served, webRoot.Root) + "/")};");
        Headers(text, served, $"${served.Id}_webroot");
        return Types(text).Line("}");
    }

    private static void Headers(ConfigText text, ServedFiles served, string cache)
    {
        text.Line("    expires off;")
            .Line($"    add_header Cache-Control {cache};")
            .Line("    add_header X-Content-Type-Options nosniff;");
        if (served.AllowsOtherHosts)
            text.Line("    add_header Access-Control-Allow-Origin *;");
        if (served.Encodings.Any(encoding => encoding.Name == "br"))
            text.Line("    brotli_static on; # of the module ngx_brotli; on Debian and Ubuntu: libnginx-mod-http-brotli-static");
        if (served.Encodings.Any(encoding => encoding.Name == "gzip"))
            text.Line("    gzip_static on;").Line("    gzip_proxied any; # also for a CDN in front");
        if (served.Encodings.Count > 0)
            text.Line("    gzip_vary on;");
    }

    private static ConfigText Types(ConfigText text)
    {
        text.Line().Line("    default_type application/octet-stream;").Line("    types {");
        foreach (var (type, extensions) in MediaTypes.All)
            text.Line($"        {Quoted(MediaTypes.Header(type))} {string.Join(' ', extensions.Select(extension => extension[1..]))};");
        return text.Line("    }");
    }

    private static string PathText(ServedFiles served, string path) => path.Replace("$", $"${{{served.Id}_dollar}}", StringComparison.Ordinal);

    private static int BucketSize(ServedFiles served)
    {
        var longest = served.Immutable.Concat(served.Downloads).Select(path => served.UrlPath + path)
            .Concat(served.WebRoot?.Files.Select(file => "/" + file.Path) ?? [])
            .Select(Encoding.UTF8.GetByteCount).DefaultIfEmpty().Max();
        var size = 256;
        while (size < longest + Bookkeeping)
            size *= 2;
        return size;
    }

    // Inside quotes a backslash stands for itself, except before a quote, a backslash, t, r and n.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
