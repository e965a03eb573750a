using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using StaticCollect.Build.Content;

namespace StaticCollect.Build.Emitters.Servers;

/// <summary>
/// Configuration of Apache httpd: a file for <c>Include</c> in a virtual host, and the list of names that it looks into.
/// httpd notices by itself when the list changes. It is asked for files only that are there, so that its memory of
/// answers stays bounded.
/// </summary>
internal sealed class ApacheConfig : IServerConfig
{
    private const string Forever = "for-ever";
    private const string Download = "download";
    private const string Listed = "web-root";

    // httpd reads the list in lines of at most 1,024 bytes.
    private const int LongestName = 1000;

    /// <inheritdoc/>
    public string Name => "apache";

    /// <inheritdoc/>
    public IReadOnlyList<string> Suffixes { get; } = [".apache.conf", ".apache.names"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Texts(ServedFiles served) => [Configuration(served).ToString(), Names(served).ToString()];

    private static ConfigText Names(ServedFiles served)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in served.Downloads.SelectMany(Spellings))
            names[name] = Download;
        foreach (var name in served.Immutable.SelectMany(Spellings))
            names[name] = names.ContainsKey(name) ? $"{Download},{Forever}" : Forever;

        // Those of the web root begin with a slash.
        foreach (var (path, cache) in served.WebRoot?.Files ?? [])
        {
            foreach (var name in Spellings("/" + path))
                names[name] = cache == ServedFiles.ForEver ? $"{Listed},{Forever}" : Listed;
        }

        var text = new ConfigText().Line($"{KnownServers.Marker} for Apache httpd, names. Every publish writes it again.");
        foreach (var (name, value) in names.Where(pair => pair.Key.Length <= LongestName))
            text.Line($"{name} {value}");
        return text;
    }

    private static ConfigText Configuration(ServedFiles served)
    {
        var text = new ConfigText()
            .Line($"{KnownServers.Marker} for Apache httpd. Every publish writes it again.")
            .Line("# Include it in a <VirtualHost>; needs the modules alias, headers, mime and rewrite.")
            .Line()
            .Line($"Alias {Quoted(served.UrlPath)} {Quoted(served.Root + "/")}")
            .Line()
            .Line("RewriteEngine On")
            .Line($"RewriteMap {served.Id} {Quoted($"txt:{served.Configuration}.apache.names")}")
            .Line($"RewriteMap {served.Id}_escape int:escape");
        if (served.Encodings.Count > 0)
            text.Part(HiddenSiblings(served));
        text.Line()
            .Line("# Exactly the files whose name changes with their bytes, as the list of names has them.")
            .Line($"RewriteCond {RuleText(Expanded(served.Root) + "/$1")} -f")
            .Line($"RewriteCond {RuleText(Lookup(served, "$1"))} {RuleText(Forever)}")
            .Line($"{Rule(served)} - [E={served.Id}_cache:1]");
        if (served.Encodings.Count > 0)
            text.Part(Siblings(served));
        text.Part(Folder(served, served.Root));
        return served.WebRoot is { } webRoot ? text.Part(WebRoot(served, webRoot)) : text;
    }

    private static ConfigText WebRoot(ServedFiles served, ServedWebRoot webRoot)
    {
        var file = Expanded(webRoot.Root) + "$1";
        var rule = $"RewriteRule {RuleText("^(/.+)$")}";
        var isListed = $"RewriteCond \"%{{ENV:{served.Id}_webroot}}\" =1";
        var text = new ConfigText()
            .Line("# Exactly the files of the web root; all else is the app's.")
            .Line($"RewriteCond {RuleText(file)} -f")
            .Line($"RewriteCond {RuleText(Lookup(served, "$1"))} {RuleText(Listed)}")
            .Line($"{rule} - [E={served.Id}_webroot:1]")
            .Line(isListed)
            .Line($"RewriteCond {RuleText(Lookup(served, "$1"))} {RuleText(Forever)}")
            .Line($"{rule} - [E={served.Id}_cache:1]");
        for (var i = 0; i < served.Encodings.Count; i++)
        {
            if (i == 0)
                text.Line(isListed);
            text.Line($"RewriteCond {RuleText(file + served.Encodings[i].Suffix)} -f{(i < served.Encodings.Count - 1 ? " [OR]" : "")}");
        }

        if (served.Encodings.Count > 0)
            text.Line($"{rule} - [E={served.Id}_vary:1]");
        foreach (var encoding in served.Encodings)
        {
            text.Line(isListed);
            Accepts(text, encoding)
                .Line($"RewriteCond {RuleText(file + encoding.Suffix)} -f")
                .Line($"{rule} {RuleText(file + encoding.Suffix)} [L,E={served.Id}_encoded:1]");
        }

        return text.Line(isListed)
            .Line($"{rule} {RuleText(file)} [L]")
            .Part(Folder(served, webRoot.Root));
    }

    private static ConfigText Accepts(ConfigText text, IContentEncoding encoding) => text
        .Line($"RewriteCond \"%{{HTTP:Accept-Encoding}}\" {RuleText($@"(?:^|,)\s*{encoding.Name}\s*(?:[;,]|$)")}")
        .Line($"RewriteCond \"%{{HTTP:Accept-Encoding}}\" {RuleText($@"!(?:^|,)\s*{encoding.Name}\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")}");

    private static ConfigText HiddenSiblings(ServedFiles served) => new ConfigText()
        .Line("# The encoded siblings are sent in place of their file, and are no files of their own; real downloads are.")
        .Line($"RewriteCond {RuleText(Expanded(served.Root) + "/$1")} -f")
        .Line($"RewriteCond {RuleText(Expanded(served.Root) + "/$1.$2")} -f")
        .Line($"RewriteCond {RuleText(Lookup(served, "$1.$2"))} {RuleText("!" + Download)}")
        .Line($"RewriteRule {RuleText($@"^{Regex.Escape(served.UrlPath)}(.+)\.({served.SuffixPattern})$")} - [R=404,L]");

    private static ConfigText Siblings(ServedFiles served)
    {
        var file = Expanded(served.Root) + "/$1";
        var text = new ConfigText().Line("# The best sibling that the browser takes.");
        for (var i = 0; i < served.Encodings.Count; i++)
            text.Line($"RewriteCond {RuleText(file + served.Encodings[i].Suffix)} -f{(i < served.Encodings.Count - 1 ? " [OR]" : "")}");
        text.Line($"{Rule(served)} - [E={served.Id}_vary:1]");
        foreach (var encoding in served.Encodings)
        {
            Accepts(text, encoding)
                .Line($"RewriteCond {RuleText(file)} -f")
                .Line($"RewriteCond {RuleText(file + encoding.Suffix)} -f")
                // In the new path a question mark would begin a query.
                .Line($"RewriteCond \"$1\" {RuleText(@"!\?")}")
                .Line($"{Rule(served)} {RuleText($"{Expanded(served.UrlPath)}$1{encoding.Suffix}")} [PT,E={served.Id}_encoded:1]");
        }

        return text;
    }

    private static ConfigText Folder(ServedFiles served, string root)
    {
        var text = new ConfigText()
            .Line($"<Directory {Quoted(root)}>")
            .Line("    Require all granted")
            .Line("    AllowOverride None")
            .Line("    Options -Indexes -MultiViews +FollowSymLinks")
            .Line($"    Header set Cache-Control \"{ServedFiles.AskFirst}\"")
            .Line($"    Header set Cache-Control \"{ServedFiles.ForEver}\" env={served.Id}_cache")
            .Line("    Header set X-Content-Type-Options nosniff");
        if (served.AllowsOtherHosts)
            text.Line("    Header set Access-Control-Allow-Origin *");
        if (served.Encodings.Count > 0)
            text.Line($"    Header merge Vary Accept-Encoding env={served.Id}_vary");
        // A distribution may have said that .gz is always an encoding, which is wrong for downloads.
        text.Line($"    RemoveEncoding {string.Join(' ', ContentEncodings.All.Select(encoding => encoding.Suffix))}");
        foreach (var (type, extensions) in MediaTypes.All)
            text.Line($"    AddType {Quoted(MediaTypes.Header(type))} {string.Join(' ', extensions)}");
        if (served.Encodings.Count > 0)
        {
            text.Line($"    <If \"-n reqenv('{served.Id}_encoded')\">");
            foreach (var encoding in served.Encodings)
                text.Line($"        RemoveType {encoding.Suffix}").Line($"        AddEncoding {encoding.Name} {encoding.Suffix}");
            text.Line("    </If>");
        }

        return text.Line("</Directory>");
    }

    private static string Rule(ServedFiles served) => $"RewriteRule {RuleText($"^{Regex.Escape(served.UrlPath)}(.*)$")}";

    private static string Lookup(ServedFiles served, string path) => $"${{{served.Id}:${{{served.Id}_escape:{path}}}}}";

    // Older versions of httpd escape a semicolon, newer ones do not.
    private static string[] Spellings(string path) =>
        path.Contains(';', StringComparison.Ordinal) ? [Escaped(path, ""), Escaped(path, ";")] : [Escaped(path, "")];

    // What httpd's own int:escape makes of a path, byte by byte.
    private static string Escaped(string path, string alsoKept)
    {
        var text = new StringBuilder(path.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || $"$-_.+!*'(),:@&=/~{alsoKept}".Contains((char)b, StringComparison.Ordinal))
                text.Append((char)b);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{b:x2}");
        }

        return text.ToString();
    }

    // In what mod_rewrite puts together, these begin a variable.
    private static string Expanded(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("$", "\\$", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal);

    // mod_rewrite reads its own lines, and leaves each backslash where it is.
    private static string RuleText(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    // Inside quotes a backslash stands for itself, except before a quote and a backslash.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
