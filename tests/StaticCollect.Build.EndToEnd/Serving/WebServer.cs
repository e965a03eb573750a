using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Serving;

/// <summary>A real web server on a free port of this machine, with files of its own, ended by its process.</summary>
public sealed class WebServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private WebServer(string folder, int port, Process process)
    {
        _process = process;
        Folder = folder;
        Address = new Uri($"http://127.0.0.1:{port}");
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = Address,
        };
    }

    /// <summary>Folder of its files: configuration, logs.</summary>
    public string Folder { get; }

    /// <summary>Where it answers.</summary>
    public Uri Address { get; }

    /// <summary>Asks it, and decodes nothing.</summary>
    public HttpClient Client { get; }

    /// <summary>nginx, with a generated configuration as docs/servers.md includes it.</summary>
    /// <param name="root">The static root.</param>
    /// <param name="app">Where everything else comes from; nowhere when <see langword="null"/>.</param>
    /// <param name="more">What else stands in the site.</param>
    public static WebServer Nginx(string root, Uri? app = null, string more = "")
    {
        var proxy = app is null ? "" : $"location / {{ proxy_pass {app.AbsoluteUri.TrimEnd('/')}; proxy_set_header Host $http_host; }}";
        return NginxWith(port => $$"""
            map_hash_bucket_size 256;
            map_hash_max_size 65536;
            include {{Configuration(root)}}.nginx.http.conf;
            server {
                listen 127.0.0.1:{{port}};
                include {{Configuration(root)}}.nginx.server.conf;
                {{proxy}}
                {{more}}
            }
            """);
    }

    /// <summary>nginx, with the one file in a folder that stands for <c>/etc/nginx/conf.d</c>.</summary>
    public static WebServer NginxSite(string folder) =>
        NginxWith(port => File.ReadAllText(Directory.GetFiles(folder).Single()).Replace("listen 80;", $"listen 127.0.0.1:{port};", StringComparison.Ordinal));

    private static WebServer NginxWith(Func<int, string> http)
    {
        const string Brotli = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so";
        Require("/usr/sbin/nginx", "nginx-light");
        Require(Brotli, "libnginx-mod-http-brotli-static");
        return Start(
            (folder, port) => File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
                load_module {{Brotli}};
                daemon off;
                {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
                worker_processes 1;
                pid nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                    {{http(port)}}
                }
                """),
            folder => Command.Start(folder, "/usr/sbin/nginx", ["-p", folder, "-c", "nginx.conf", "-e", "error.log"]));
    }

    /// <summary>Caddy, likewise.</summary>
    public static WebServer Caddy(string root, Uri? app = null, string more = "")
    {
        Require("/usr/bin/caddy", "caddy");
        return Start(
            (folder, port) => File.WriteAllText(Path.Combine(folder, "Caddyfile"), $$"""
                {
                    admin off
                    auto_https off
                    http_port {{port}}
                }
                http://127.0.0.1:{{port}} {
                    bind 127.0.0.1
                    import {{Configuration(root)}}.caddy
                    {{more}}
                    {{(app is null ? "" : $"reverse_proxy {app.Authority}")}}
                }
                """),
            folder => Command.Start(
                folder,
                "/usr/bin/caddy",
                ["run", "--config", "Caddyfile", "--adapter", "caddyfile"],
                new Dictionary<string, string>(StringComparer.Ordinal) { ["XDG_DATA_HOME"] = folder, ["XDG_CONFIG_HOME"] = folder }));
    }

    /// <summary>Apache httpd, likewise.</summary>
    public static WebServer Apache(string root, Uri? app = null, string more = "")
    {
        Require("/usr/sbin/apache2", "apache2");
        string[] modules = ["mpm_event", "authz_core", "dir", "mime", "alias", "headers", "rewrite", "proxy", "proxy_http"];
        return Start(
            (folder, port) => File.WriteAllText(Path.Combine(folder, "httpd.conf"), $"""
                {string.Join('\n', modules.Select(module => $"LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so"))}
                ServerRoot {folder}
                DefaultRuntimeDir {folder}
                PidFile httpd.pid
                ErrorLog error.log
                TypesConfig /etc/mime.types
                ServerName localhost
                User www-data
                Group www-data
                Listen 127.0.0.1:{port}
                <Directory "/">
                    Require all denied
                </Directory>
                <VirtualHost 127.0.0.1:{port}>
                    Include {Configuration(root)}.apache.conf
                    {(app is null ? "" : $"RewriteRule ^/(.*)$ {app.AbsoluteUri}$1 [P]\nProxyPassReverse / {app.AbsoluteUri}")}
                    {more}
                </VirtualHost>
                """),
            folder => Command.Start(folder, "/usr/sbin/apache2", ["-f", Path.Combine(folder, "httpd.conf"), "-DFOREGROUND"]));
    }

    /// <summary>A published ASP.NET Core application.</summary>
    /// <param name="publishFolder">Where it was published to.</param>
    /// <param name="dll">Its name.</param>
    public static WebServer Kestrel(string publishFolder, string dll)
    {
        var port = 0;
        return Start((_, free) => port = free, _ => Command.Start(publishFolder, "dotnet", [dll, "--urls", $"http://127.0.0.1:{port}"]));
    }

    /// <summary>Asks for a path as it stands in a link, with the encodings that a browser offers.</summary>
    public HttpResponseMessage Get(string path, string acceptEncoding = "", Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        if (acceptEncoding.Length > 0)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        more?.Invoke(request);
        return Client.Send(request);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>What the names of the configuration files begin with: they lie beside the web root.</summary>
    public static string Configuration(string root)
    {
        var parent = Path.GetDirectoryName(root)!;
        return Path.GetFileName(parent) == "wwwroot" ? Path.Combine(Path.GetDirectoryName(parent)!, Path.GetFileName(root)) : root;
    }

    private static void Require(string path, string package)
    {
        if (!File.Exists(path))
            Machine.Lacks($"'{path}' is missing: apt-get install {package}");
    }

    private static WebServer Start(Action<string, int> configure, Func<string, Process> start)
    {
        var folder = Path.Combine(PackedPackage.WorkFolder, $"server-{Guid.NewGuid():N}"[..15]);
        Directory.CreateDirectory(folder);

        // Servers hand their work to a user with fewer rights, who must be able to reach the files.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PackedPackage.WorkFolder, File.GetUnixFileMode(PackedPackage.WorkFolder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var port = FreePort();
        configure(folder, port);
        var server = new WebServer(folder, port, start(folder));
        server.WaitUntilReady();
        return server;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void WaitUntilReady()
    {
        var output = ProcessOutput.Of(_process);
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, Address.Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && watch.Elapsed < Patience)
            {
                Thread.Sleep(50);
            }
            catch (SocketException e)
            {
                if (!_process.HasExited)
                    _process.Kill(entireProcessTree: true);
                var log = Path.Combine(Folder, "error.log");
                throw new InvalidOperationException($"The server does not start.\n{output}{(File.Exists(log) ? File.ReadAllText(log) : "")}", e);
            }
        }
    }
}
