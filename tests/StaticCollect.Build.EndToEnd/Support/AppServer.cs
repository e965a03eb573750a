using System.Diagnostics;
using System.Net;

namespace StaticCollect.Build.EndToEnd.Support;

/// <summary>An ASP.NET Core app on a free port of the loopback interface; ended by its process id.</summary>
public sealed class AppServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    // Nothing is decoded or remembered: the tests look at what was really sent.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false });

    private AppServer(Process process, Uri address)
    {
        _process = process;
        _client.BaseAddress = address;
    }

    /// <summary>Where the app answers.</summary>
    public Uri Address => _client.BaseAddress!;

    /// <summary>Starts an app and waits until it listens.</summary>
    /// <param name="folder">The folder it is started in, which is its content root.</param>
    /// <param name="assembly">The assembly, relative to the folder.</param>
    /// <param name="environment">The name of the environment.</param>
    public static AppServer Start(string folder, string assembly, string environment = "Production")
    {
        var process = Command.Start(
            folder,
            "dotnet",
            [assembly, "--urls", "http://127.0.0.1:0"],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = environment, ["DOTNET_ENVIRONMENT"] = environment });
        const string Listening = "Now listening on: ";
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var start)
                address.TrySetResult(new Uri(line.Data[(start + Listening.Length)..]));
            else if (line.Data is null)
                address.TrySetException(new InvalidOperationException("The app ended before it listened."));
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new AppServer(process, address.Task.WaitAsync(Patience).GetAwaiter().GetResult());
        }
        catch
        {
            process.Kill();
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
        return System.Text.Encoding.UTF8.GetString(body);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
