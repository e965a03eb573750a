using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StaticCollect.Build.EndToEnd.Support;

namespace StaticCollect.Build.Servers;

/// <summary>Processes of a server on free ports of this machine, with a folder of their own, ended by their ids.</summary>
public abstract class LocalServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<Process> _processes = [];

    /// <summary>Makes the folder.</summary>
    protected LocalServer() => Folder = Directory.CreateTempSubdirectory("staticcollect-server-").FullName;

    /// <summary>Folder of everything that it writes; gone afterwards.</summary>
    protected string Folder { get; }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        foreach (var process in Enumerable.Reverse(_processes))
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Leaves the test out where a program is not there.</summary>
    protected static void Require(string path, string cure)
    {
        if (!File.Exists(path))
            Machine.Lacks($"'{path}' is missing: {cure}");
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    protected void Run(string program, params string[] arguments)
    {
        using var process = Begin(program, arguments);
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{Log()}");
    }

    /// <summary>Starts a program that runs until this is disposed of.</summary>
    protected void Serve(string program, params string[] arguments) => _processes.Add(Begin(program, arguments));

    /// <summary>Waits until something answers by HTTP, whatever it says.</summary>
    protected void WaitFor(Uri address)
    {
        using var client = new HttpClient();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead);
                return;
            }
            catch (HttpRequestException) when (watch.Elapsed < Patience && !_processes.Exists(process => process.HasExited))
            {
                Thread.Sleep(50);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"The server does not start.\n{Log()}", e);
            }
        }
    }

    private Process Begin(string program, string[] arguments)
    {
        // By a shell, which sends what is printed to a file: a pipe that nobody reads would stop a server.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>output.log 2>&1", "sh", program, .. arguments]) { WorkingDirectory = Folder, UseShellExecute = false };
        return Process.Start(start)!;
    }

    private string Log() => File.Exists(Path.Combine(Folder, "output.log")) ? File.ReadAllText(Path.Combine(Folder, "output.log")) : "";
}
