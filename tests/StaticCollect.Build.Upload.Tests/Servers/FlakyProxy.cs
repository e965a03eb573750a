using System.Net;
using System.Net.Sockets;

namespace StaticCollect.Build.Upload.Tests.Servers;

/// <summary>A way to a server on which some connections are cut and some are told to come later.</summary>
internal sealed class FlakyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _to;
    private readonly Task _accepting;
    private int _connections;
    private int _faults;

    public FlakyProxy(Uri to)
    {
        _to = to;
        _listener.Start();
        Address = new UriBuilder(to) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>How many connections came to nothing.</summary>
    public int Faults => _faults;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _accepting.Wait();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            var served = new List<Task>();
            while (!_end.IsCancellationRequested)
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var from = client;
        try
        {
            switch (Interlocked.Increment(ref _connections) % 6)
            {
                case 1:
                    Interlocked.Increment(ref _faults);
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                    return;
                case 4:
                    Interlocked.Increment(ref _faults);
                    _ = await from.GetStream().ReadAsync(new byte[65536], _end.Token);
                    await from.GetStream().WriteAsync("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
                    return;
            }

            using var to = new TcpClient();
            await to.ConnectAsync(IPAddress.Loopback, _to.Port, _end.Token);
            await Task.WhenAny(from.GetStream().CopyToAsync(to.GetStream(), _end.Token), to.GetStream().CopyToAsync(from.GetStream(), _end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of the two has hung up.
        }
    }
}
