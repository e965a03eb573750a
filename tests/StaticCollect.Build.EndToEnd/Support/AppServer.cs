using System.Diagnostics;
using System.Net;
using System.Text;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>An ASP.NET Core app on a free port of the loopback interface; ended by its process id.</summary>
public sealed class AppServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    // Nothing is decoded or remembered: the tests look at what was really sent.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false });

    private readonly ProcessOutput _output;

    private AppServer(Process process, Uri address, ProcessOutput output)
    {
        _process = process;
        _output = output;
        _client.BaseAddress = address;
    }

    /// <summary>Where the app answers.</summary>
    public Uri Address => _client.BaseAddress!;

    /// <summary>What it has printed so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Starts an app and waits until it listens.</summary>
    /// <param name="folder">The folder it is started in, which is its content root.</param>
    /// <param name="assembly">The assembly, relative to the folder.</param>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="forWindows">Whether .NET for Windows runs it.</param>
    public static AppServer Start(string folder, string assembly, string environment = "Production", bool forWindows = false) =>
        Start(folder, [assembly, "--urls", "http://127.0.0.1:0"], environment, forWindows);

    /// <summary>Builds and starts the app of a project with <c>dotnet run</c>.</summary>
    public static AppServer Run(string folder) =>
        Start(folder, ["run", "--", "--urls", "http://127.0.0.1:0"], "Development");

    /// <summary>The same by the .NET SDK for Windows, for a project named like its folder.</summary>
    public static AppServer RunOnWindows(string folder) =>
        Start(folder, ["run", "--project", $"{Path.GetFileName(folder)}.csproj", "--", "--urls", "http://127.0.0.1:0"], "Development", forWindows: true);

    /// <summary>The same with <c>dotnet watch</c>.</summary>
    public static AppServer Watch(string folder) =>
        Start(folder, ["watch", "--non-interactive", "run", "--", "--urls", "http://127.0.0.1:0"], "Development");

    private static AppServer Start(string folder, string[] arguments, string environment, bool forWindows = false)
    {
        var process = Command.Start(
            folder,
            forWindows ? WindowsDotnet.Program : "dotnet",
            arguments,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["ASPNETCORE_ENVIRONMENT"] = environment,
                ["DOTNET_ENVIRONMENT"] = environment,
                ["DOTNET_WATCH_SUPPRESS_LAUNCH_BROWSER"] = "1",
            });
        const string Listening = "Now listening on: ";
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = ProcessOutput.Of(process, (soFar, line) =>
        {
            if (line?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var start)
                address.TrySetResult(new Uri(line[(start + Listening.Length)..]));
            else if (line is null)
                address.TrySetException(new InvalidOperationException($"The app ended before it listened.\n{soFar}"));
        });
        try
        {
            return new AppServer(process, address.Task.WaitAsync(Patience).GetAwaiter().GetResult(), output);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Asks for a path.</summary>
    public (HttpStatusCode Status, byte[] Body, HttpResponseMessage Response) Get(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = _client.SendAsync(request).GetAwaiter().GetResult();
        return (response.StatusCode, response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult(), response);
    }

    /// <summary>The text of a path, which must be there.</summary>
    public string Text(string path)
    {
        var (status, body, _) = Get(path);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), path);
        return Encoding.UTF8.GetString(body);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
