using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using StaticCollect.Build.EndToEnd.Serving;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.EndToEnd.Ways;

/// <summary>Follows a page of the docs in an empty folder: types its commands, writes its files, and reads what is printed.</summary>
internal sealed partial class Walk : IDisposable
{
    private const string Localhost = "localhost:5080";
    private const string Site = "http://www.example.com";
    private const string ReloadNginx = "sudo nginx -s reload\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestProject _project = new("empty");
    private readonly int _port;
    private string _folder;
    private Process? _running;
    private WebServer? _nginx;
    private string _printed = "";

    private Walk()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _folder = _project.Folder;
    }

    /// <summary>Follows a page.</summary>
    /// <param name="blocks">What stands in it.</param>
    /// <param name="begin">Puts into the folder what the page takes for given.</param>
    /// <param name="end">Looks at what came of it.</param>
    public static void Along(IReadOnlyList<PageBlock> blocks, Action<TestProject>? begin = null, Action<TestProject>? end = null)
    {
        if (blocks.Any(block => block.Text.Contains("npm install", StringComparison.Ordinal)) && !Directory.Exists(Bundlers))
            Machine.Lacks("The bundlers are missing: npm ci --prefix tests/bundlers --ignore-scripts");
        using var walk = new Walk();
        begin?.Invoke(walk._project);
        Assert.Multiple(() =>
        {
            foreach (var block in blocks)
                walk.Step(block);
            end?.Invoke(walk._project);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        _nginx?.Dispose();
        _project.Dispose();
    }

    private void Step(PageBlock block)
    {
        if (block.Language == "text")
            Read(block);
        else if (block.Language != "sh")
            Write(block);
        else if (block.Text == ReloadNginx)
            _nginx = WebServer.NginxSite(Path.Combine(_project.Workspace, "etc/nginx/conf.d"));
        else if (block.Stays)
            Start(block.Text);
        else
            Type(block);
    }

    private void Write(PageBlock block)
    {
        Assert.That(block.File, Is.Not.Empty, $"Line {block.Line}: no file is named before this.");
        var path = Here(block.File.StartsWith('/') ? block.File : Path.Combine(_folder, block.File));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var isPartOfProject = block.Language == "xml" && !block.Text.StartsWith("<Project", StringComparison.Ordinal);
        File.WriteAllText(path, Here(isPartOfProject ? File.ReadAllText(path).Replace("</Project>", $"{block.Text}</Project>", StringComparison.Ordinal) : block.Text));
    }

    private void Type(PageBlock block)
    {
        var left = Path.Combine(_project.Workspace, "left");
        var result = _project.Run("sh", ["-e", "-c", $"cd '{_folder}'\n{Here(block.Text)}pwd >'{left}'"]);
        Assert.That(result.ExitCode, Is.Zero, $"Line {block.Line}\n{result.Output}");
        Assert.That(Complaint().Matches(result.Output).Select(match => match.Value), Is.Empty, $"Line {block.Line}\n{result.Output}");
        _folder = File.ReadAllText(left).TrimEnd();
        _printed = result.Output;
    }

    private void Start(string text)
    {
        End();
        _running = Command.Start(_folder, "sh", ["-e", "-c", Here(text)]);
        var output = ProcessOutput.Of(_running);
        for (var watch = Stopwatch.StartNew(); ; Thread.Sleep(50))
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, _port);
                return;
            }
            catch (SocketException) when (!_running.HasExited && watch.Elapsed < Patience)
            {
                // It is still on its way.
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"Nobody answers.\n{output}", e);
            }
        }
    }

    /// <summary>Each line of the page was printed, in its order; <c>...</c> stands for any others.</summary>
    private void Read(PageBlock block)
    {
        var printed = Lines(_printed);
        var from = 0;
        foreach (var line in Lines(Here(block.Text)).Where(line => line is not ("" or "...")))
        {
            from = printed.IndexOf(line, from) + 1;
            Assert.That(from, Is.Positive, $"Line {block.Line}: '{line}' was not printed, or not there:\n{_printed}");
        }
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(line => line.Trim())];

    private void End()
    {
        if (_running is null)
            return;
        _running.Kill(entireProcessTree: true);
        _running.WaitForExit();
        _running.Dispose();
        _running = null;
    }

    /// <summary>The page's words as they hold here: the packed package is a prerelease, ports and folders are this test's, and no registry is asked.</summary>
    private string Here(string text) => text
        .Replace("dotnet add package StaticCollect.Build", "dotnet add package StaticCollect.Build --prerelease", StringComparison.Ordinal)
        .Replace("dotnet new web", "dotnet new web --no-restore", StringComparison.Ordinal)
        .Replace("npm install --save-dev vite", $"ln -s '{Bundlers}' node_modules", StringComparison.Ordinal)
        .Replace("npm install --save-dev esbuild", $"ln -s '{Bundlers}' node_modules", StringComparison.Ordinal)
        .Replace(Localhost, $"127.0.0.1:{_port}", StringComparison.Ordinal)
        .Replace(Site, _nginx?.Address.AbsoluteUri.TrimEnd('/') ?? Site, StringComparison.Ordinal)
        .Replace("/srv/", $"{_project.Workspace}/srv/", StringComparison.Ordinal)
        .Replace("/etc/nginx/", $"{_project.Workspace}/etc/nginx/", StringComparison.Ordinal);

    private static string Bundlers => Path.Combine(PackedPackage.Repository, "tests/bundlers/node_modules");

    [GeneratedRegex(@"\b(error|warning) [A-Z]+[0-9]{4}:.*", RegexOptions.ExplicitCapture)]
    private static partial Regex Complaint();
}
