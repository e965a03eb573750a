using StaticCollect.Build.Content;
using StaticCollect.Build.Emitters.Servers;

namespace StaticCollect.Build.Tests.Emitters;

/// <summary>The text that each server gets. That the servers understand it, the end-to-end tests show.</summary>
internal sealed class GeneratorTests
{
    private const string ForEver = "\"public, max-age=31536000, immutable\"";

    private static readonly ServedFiles Plain = new("/static/", "/srv/shop/wwwroot/static");

    private static readonly ServedFiles Full = Plain with
    {
        Immutable = ["a b.0123456789ab.js", "css/site.0123456789ab.css"],
        Downloads = ["prices.csv.gz"],
        Encodings = [ContentEncodings.Brotli, ContentEncodings.Gzip],
    };

    [Test]
    public void Each_server_writes_as_many_texts_as_it_has_names_each_with_the_marker_first([ValueSource(typeof(KnownServers), nameof(KnownServers.All))] IServerConfig server)
    {
        var texts = server.Texts(Full);
        Assert.That(texts, Has.Count.EqualTo(server.Suffixes.Count).And.All.StartsWith(KnownServers.Marker).And.All.EndsWith("\n").And.None.Contains("\r"));
    }

    [Test]
    public void No_file_is_promised_for_ever_that_is_not_in_the_list([ValueSource(typeof(KnownServers), nameof(KnownServers.All))] IServerConfig server) => Assert.Multiple(() =>
    {
        Assert.That(string.Concat(server.Texts(Full)), Does.Contain("site.0123456789ab.css").And.Not.Contain("{12}").And.Not.Contain("[0-9a-f]"));
        Assert.That(string.Concat(server.Texts(Plain)), Does.Not.Contain("0123456789ab"));
    });

    [Test]
    public void Nothing_is_said_of_encodings_where_there_are_none([ValueSource(typeof(KnownServers), nameof(KnownServers.All))] IServerConfig server) =>
        Assert.That(string.Concat(server.Texts(Plain)), Does.Not.Contain("brotli").And.Not.Contain("precompressed").And.Not.Contain("gzip_static").And.Not.Contain("Accept-Encoding").And.Not.Contain("_original"));

    [Test]
    public void Two_places_never_share_a_variable() => Assert.Multiple(() =>
    {
        Assert.That(Plain.Id, Does.Match("^static_[0-9a-f]{8}$").And.EqualTo(Full.Id));
        Assert.That((Plain with { Root = "/srv/other" }).Id, Is.Not.EqualTo(Plain.Id));
        Assert.That((Plain with { UrlPath = "/s/" }).Id, Is.Not.EqualTo(Plain.Id));
    });

    [Test]
    public void Nginx_quotes_names_and_refuses_none() => Assert.Multiple(() =>
    {
        var http = Http(Plain with { Immutable = ["it's \"5\" $x\\y {z};#.js", "ü.js"] });
        Assert.That(http, Does.Contain("    \"/static/it's \\\"5\\\" $x\\\\y {z};#.js\" 1;\n"));
        Assert.That(http, Does.Contain("    \"/static/ü.js\" 1;\n"));
    });

    [Test]
    public void Nginx_gets_no_name_twice_that_it_would_take_for_one() =>
        Assert.That(Http(Plain with { Immutable = ["A.js", "a.js"] }), Does.Contain("\"/static/A.js\"").And.Not.Contain("\"/static/a.js\""));

    [TestCase(10, 256)]
    [TestCase(216, 256)]
    [TestCase(217, 512)]
    [TestCase(900, 1024)]
    public void Nginx_is_told_how_much_room_the_longest_name_takes(int length, int size) =>
        Assert.That(Http(Plain with { Immutable = [new string('n', length)] }), Does.Contain($"map_hash_bucket_size {size};"));

    [Test]
    public void Nginx_writes_a_dollar_in_the_root_by_a_variable()
    {
        var served = Plain with { Root = "/srv/a$b" };
        Assert.Multiple(() =>
        {
            Assert.That(Server(served), Does.Contain($"alias \"/srv/a${{{served.Id}_dollar}}b/\";"));
            Assert.That(Http(served), Does.Contain($"geo ${served.Id}_dollar {{ default \"$\"; }}"));
            Assert.That(Http(Plain), Does.Not.Contain("geo"));
        });
    }

    [Test]
    public void At_the_top_of_a_site_nginx_and_caddy_take_everything_that_no_other_rule_takes() => Assert.Multiple(() =>
    {
        var site = Full with { UrlPath = "/", Root = "/srv/site" };
        Assert.That(Server(site), Does.Contain("location / {\n    root \"/srv/site\";"));
        Assert.That(Server(Full), Does.Contain("location ^~ \"/static/\" {\n    alias \"/srv/shop/wwwroot/static/\";"));
        Assert.That(Caddy(site), Does.Contain("\nhandle {\n"));
        Assert.That(Caddy(Full), Does.Contain("\nhandle_path \"/static/*\" {\n"));
    });

    [Test]
    public void Caddy_leaves_out_what_it_cannot_be_told() => Assert.Multiple(() =>
    {
        var text = Caddy(Plain with { Immutable = ["back`tick.js", "both`\".js", "brace{x}.js", "quote\".js"] });
        Assert.That(text, Does.Contain($"\"/back`tick.js\" {ForEver}\n").And.Contain($"`/quote\".js` {ForEver}\n"));
        Assert.That(text, Does.Not.Contain("both").And.Not.Contain("brace"));
    });

    [Test]
    public void Caddy_looks_whether_a_file_is_there_before_it_makes_promises()
    {
        var text = Caddy(Full);
        Assert.That(text.IndexOf("_missing 404", StringComparison.Ordinal), Is.GreaterThan(0).And.LessThan(text.IndexOf("header Cache-Control", StringComparison.Ordinal)));
    }

    [Test]
    public void Apache_gets_its_names_as_it_escapes_them_itself()
    {
        var names = new ApacheConfig().Texts(Plain with { Immutable = ["a b.js", "größe;1.js", "it's $5 100%.js.gz", new string('n', 1001)], Downloads = ["it's $5 100%.js.gz", "x.gz"] })[1];
        Assert.That(names.Split('\n')[1..], Is.EqualTo(new[]
        {
            "a%20b.js for-ever",
            "gr%c3%b6%c3%9fe%3b1.js for-ever",
            "gr%c3%b6%c3%9fe;1.js for-ever",
            "it's%20$5%20100%25.js.gz download,for-ever",
            "x.gz download",
            "",
        }));
    }

    [Test]
    public void Apache_takes_no_variable_out_of_the_root() =>
        Assert.That(new ApacheConfig().Texts(Full with { Root = "/srv/50%{x}$1" })[0], Does.Contain("RewriteCond \"/srv/50\\%{x}\\$1/$1\" -f\n"));

    private static string Http(ServedFiles served) => new NginxConfig().Texts(served)[0];

    private static string Server(ServedFiles served) => new NginxConfig().Texts(served)[1];

    private static string Caddy(ServedFiles served) => new CaddyConfig().Texts(served)[0];
}
