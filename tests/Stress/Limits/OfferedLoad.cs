using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Tollgate.Stress.Limits;

/// <summary>Offers calls to one gateway at a rate, and counts by window what was let through.</summary>
/// <remarks>A client that is behind catches up at once, so that the rate holds as long as the machine can do it.</remarks>
internal sealed class OfferedLoad(string gateway, byte[] request, double perSecond, int windowSeconds)
{
    // A client waits for its answer before it asks again.
    private const double MostPerClient = 200;

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<long, long> _admitted = new();
    private Task _clients = Task.CompletedTask;
    private long _answered;
    private Latencies? _latencies;

    /// <summary>Answers, whatever they were.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Where times of answers are noted from here on; null for nowhere.</summary>
    public void Note(Latencies? latencies) => Volatile.Write(ref _latencies, latencies);

    public ConcurrentQueue<string> Failures { get; } = new();

    public static byte[] Request(string path, string token) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");

    /// <summary>Calls that were let through in a window; its number is Unix time by its length.</summary>
    public long AdmittedIn(long window) => _admitted.GetValueOrDefault(window);

    public OfferedLoad Start()
    {
        var clients = (int)Math.Ceiling(perSecond / MostPerClient);
        var pause = TimeSpan.FromSeconds(clients / perSecond);
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(number => Task.Run(() => RunAsync(pause * number / clients, pause))));
        return this;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
    }

    private async Task RunAsync(TimeSpan first, TimeSpan pause)
    {
        var uri = new Uri(gateway);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = new TcpClient { NoDelay = true };
                await client.ConnectAsync(uri.Host, uri.Port, _stop.Token);
                await AskAsync(client.GetStream(), first, pause);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                Failures.Enqueue(error.Message);
                await Task.Delay(100);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task AskAsync(NetworkStream stream, TimeSpan first, TimeSpan pause)
    {
        var buffer = new byte[8 * 1024];
        var clock = Stopwatch.StartNew();
        for (var due = first; ; due += pause)
        {
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed, _stop.Token);
            }

            var sentAt = clock.Elapsed;
            await stream.WriteAsync(request, _stop.Token);
            // Small answers: one read has all of it, but for a backend that sends head and body apart.
            var used = 0;
            while (!IsWhole(buffer.AsSpan(0, used)))
            {
                var read = await stream.ReadAsync(buffer.AsMemory(used), _stop.Token);
                used += read > 0 ? read : throw new IOException("The connection ended.");
            }

            Count(buffer, clock.Elapsed - sentAt);
        }
    }

    private void Count(byte[] answer, TimeSpan taken)
    {
        Interlocked.Increment(ref _answered);
        Volatile.Read(ref _latencies)?.Add(taken);
        if (answer.AsSpan().StartsWith("HTTP/1.1 200 "u8))
        {
            _admitted.AddOrUpdate(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / (windowSeconds * 1000), 1, (_, count) => count + 1);
        }
        else if (!answer.AsSpan().StartsWith("HTTP/1.1 429 "u8))
        {
            Failures.Enqueue(Encoding.Latin1.GetString(answer, 0, 40));
        }
    }

    // By its length, or by the last chunk.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var at = answer[..end].IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return answer[end..].IndexOf("\r\n0\r\n\r\n"u8) >= 0;
        }

        var digits = answer[(at + 16)..(end + 2)];
        return answer.Length >= end + 4 + int.Parse(digits[..digits.IndexOf((byte)'\r')]);
    }
}
