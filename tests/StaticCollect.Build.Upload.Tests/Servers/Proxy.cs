using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StaticCollect.Build.Upload.Tests.Servers;

/// <summary>A request on its way to a server.</summary>
/// <param name="Line">Its method and its path, as they were sent.</param>
/// <param name="Try">How often it was made, this time included.</param>
/// <param name="At">When it came, as a time stamp of the machine.</param>
internal sealed record Request(string Line, int Try, long At);

/// <summary>What becomes of a request.</summary>
internal abstract record Fate
{
    /// <summary>The server gets it.</summary>
    /// <param name="Change">What becomes of the head of the answer.</param>
    public sealed record Passed(Func<string, string>? Change = null) : Fate;

    /// <summary>It is answered without the server.</summary>
    /// <param name="Answer">Status, headers, an empty line and a body.</param>
    public sealed record Answered(string Answer) : Fate;

    /// <summary>The connection is cut before the server knows.</summary>
    public sealed record Cut : Fate;

    /// <summary>The server does what it is asked, and the connection is cut before it can say so.</summary>
    public sealed record Lost : Fate;

    /// <summary>An answer with a body and a length that is right.</summary>
    public static Fate Of(string status, string body = "", params string[] headers) =>
        new Answered($"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
}

/// <summary>A way to a server on which a test decides what becomes of each request. One connection for each.</summary>
internal sealed class Proxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, int> _tries = new(StringComparer.Ordinal);
    private readonly Uri _to;
    private readonly Func<Request, Fate> _decide;
    private readonly Task _accepting;

    public Proxy(Uri to, Func<Request, Fate> decide)
    {
        (_to, _decide) = (to, decide);
        _listener.Start();
        Address = new UriBuilder(to) { Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Every request that came, in order.</summary>
    public ConcurrentQueue<Request> Requests { get; } = [];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _accepting.Wait();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var from = client;
        try
        {
            var stream = from.GetStream();
            var (head, rest) = await HeadAsync(stream);
            if (head.Length == 0)
                return;
            var line = string.Join(' ', head.Split(' ')[..2]);
            var request = new Request(line, _tries.AddOrUpdate(line, 1, (_, before) => before + 1), Stopwatch.GetTimestamp());
            Requests.Enqueue(request);
            switch (_decide(request))
            {
                case Fate.Answered answered:
                    // Who still sends a body would be cut off from the answer.
                    if (!head.Contains("100-continue", StringComparison.OrdinalIgnoreCase))
                        await DrainAsync(stream, Length(head) - rest.Length);
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(answered.Answer), _end.Token);
                    break;
                case Fate.Passed passed:
                    await PassAsync(stream, head, rest, passed.Change);
                    break;
                case Fate.Lost:
                    await PassAsync(stream, head, rest, change: null, isLost: true);
                    from.LingerState = new LingerOption(enable: true, seconds: 0);
                    break;
                default:
                    from.LingerState = new LingerOption(enable: true, seconds: 0);
                    break;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of the two has hung up.
        }
    }

    private async Task PassAsync(NetworkStream from, string head, byte[] rest, Func<string, string>? change, bool isLost = false)
    {
        using var to = new TcpClient();
        await to.ConnectAsync(IPAddress.Loopback, _to.Port, _end.Token);
        var server = to.GetStream();
        await server.WriteAsync(Encoding.Latin1.GetBytes(head.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), _end.Token);
        await server.WriteAsync(rest, _end.Token);
        var sending = from.CopyToAsync(server, _end.Token);
        var (answer, start) = await HeadAsync(server);
        while (answer.StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
        {
            await from.WriteAsync(Encoding.Latin1.GetBytes(answer), _end.Token);
            (answer, start) = await HeadAsync(server, start);
        }

        if (isLost)
            return;
        await from.WriteAsync(Encoding.Latin1.GetBytes(change?.Invoke(answer) ?? answer), _end.Token);
        await from.WriteAsync(start, _end.Token);
        await server.CopyToAsync(from, _end.Token);
        from.Close();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task DrainAsync(NetworkStream stream, long left)
    {
        var piece = new byte[65536];
        while (left > 0 && await stream.ReadAsync(piece.AsMemory(0, (int)Math.Min(left, piece.Length)), _end.Token) is > 0 and var read)
            left -= read;
    }

    /// <summary>All up to an empty line, that included, and what came with it.</summary>
    private async Task<(string Head, byte[] Start)> HeadAsync(NetworkStream stream, byte[]? before = null)
    {
        var bytes = new List<byte>(before ?? []);
        var piece = new byte[65536];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. bytes]);
            if (text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is >= 0 and var end)
                return (text[..(end + 4)], [.. bytes[(end + 4)..]]);
            var read = await stream.ReadAsync(piece, _end.Token);
            if (read == 0)
                return ("", []);
            bytes.AddRange(piece.AsSpan(0, read));
        }
    }

    private static long Length(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => long.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
