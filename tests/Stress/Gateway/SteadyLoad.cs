using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Tollgate.Stress.Gateway;

/// <summary>Clients that ask one thing after another on kept connections, and look at every answer.</summary>
/// <remarks>Sockets, because HttpClient costs more than the gateway.</remarks>
internal sealed class SteadyLoad
{
    private readonly Uri _gateway;
    private readonly byte[] _request;
    private readonly int _perConnection;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Lock _measuring = new();
    private List<long> _latencies = [];
    private Task _clients = Task.CompletedTask;
    private long _answered;

    /// <param name="gateway">Scheme, host and port.</param>
    /// <param name="path">Path of the call.</param>
    /// <param name="token">Access token.</param>
    /// <param name="perConnection">After how many calls a client connects anew.</param>
    public SteadyLoad(string gateway, string path, string token, int perConnection)
    {
        _gateway = new Uri(gateway);
        _perConnection = perConnection;
        _request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {_gateway.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n");
    }

    /// <summary>The name that TLS clients ask for.</summary>
    public string ServerName { get; init; } = "localhost";

    /// <summary>Calls that were answered by 200 and a whole body.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>What went wrong, a sentence each.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>How long each call took since the last look, in stopwatch ticks and ascending order.</summary>
    public List<long> TakeLatencies()
    {
        List<long> taken;
        lock (_measuring)
        {
            (taken, _latencies) = (_latencies, []);
        }

        taken.Sort();
        return taken;
    }

    public SteadyLoad Start(int clients)
    {
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(RunAsync)));
        return this;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ConnectionAsync();
            }
            catch (Exception error) when (error is IOException or SocketException or AuthenticationException or OperationCanceledException)
            {
                _failures.Enqueue($"{_gateway.Scheme}: {error.Message} {error.InnerException?.Message}");
            }
        }
    }

    private async Task ConnectionAsync()
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(_gateway.Host, _gateway.Port);
        client.ReceiveTimeout = 30_000;
        await using var stream = _gateway.Scheme == "https" ? await EncryptAsync(client) : client.GetStream();
        var buffer = new byte[16 * 1024];
        for (var i = 0; i < _perConnection && !_stop.IsCancellationRequested; i++)
        {
            var sentAt = Stopwatch.GetTimestamp();
            await stream.WriteAsync(_request);
            await AnswerAsync(stream, buffer);
            lock (_measuring)
            {
                _latencies.Add(Stopwatch.GetTimestamp() - sentAt);
            }
        }
    }

    private async Task AnswerAsync(Stream stream, byte[] buffer)
    {
        // No client waits longer than this for anything; a hang is a failure too.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (used, whole) = (0, int.MaxValue);
        while (used < whole)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(used), patience.Token);
            if (read == 0)
            {
                throw new IOException($"The connection ended after {used} bytes of an answer.");
            }

            used += read;
            whole = whole == int.MaxValue ? Length(buffer.AsSpan(0, used)) : whole;
        }

        if (used != whole || !buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
        {
            throw new IOException($"Not the answer: {Encoding.Latin1.GetString(buffer, 0, Math.Min(used, 400))}");
        }

        Interlocked.Increment(ref _answered);
    }

    // Head and body together; not known before the head is there.
    private static int Length(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return int.MaxValue;
        }

        var field = "Content-Length: "u8;
        var at = answer[..end].IndexOf(field);
        if (at < 0)
        {
            throw new IOException($"An answer without a length: {Encoding.Latin1.GetString(answer[..end])}");
        }

        var digits = answer[(at + field.Length)..end];
        var line = digits.IndexOf((byte)'\r');
        return end + 4 + int.Parse(line < 0 ? digits : digits[..line]);
    }

    private async Task<Stream> EncryptAsync(TcpClient client)
    {
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = ServerName,
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        return stream;
    }
}
