using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Stress.Gateway;

/// <summary>Clients of several tempers at once, and the backend they talk to.</summary>
internal sealed class MixedLoad : IDisposable
{
    private const int Size = 1024 * 1024;

    private static readonly byte[] Body = [.. Enumerable.Range(0, Size).Select(i => (byte)(i * 31 >> 3))];

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 });
    private readonly string _url;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentDictionary<string, int> _done = new();
    private Task _clients = Task.CompletedTask;

    public MixedLoad(string url, string token)
    {
        _url = url;
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
    }

    public IReadOnlyCollection<string> Failures => _failures;

    public string Summary => string.Join(", ", _done.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} {pair.Key}"));

    /// <summary>Every kind of client came through often enough to have an effect.</summary>
    public bool IsExercised => _done.Count == 6 && _done.Values.All(count => count >= 20);

    /// <summary>The backend: sends back what it gets, in the framing it was asked for; a GET gets a large body.</summary>
    public static async Task AnswerAsync(HttpContext http)
    {
        var isSmall = http.Request.Path.Value!.EndsWith("/small", StringComparison.Ordinal);
        if (http.Request.Method == "POST")
        {
            http.Response.ContentLength = http.Request.ContentLength;
            await http.Request.Body.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        else
        {
            http.Response.ContentLength = isSmall ? 1024 : Size;
            await http.Response.Body.WriteAsync(Body.AsMemory(0, isSmall ? 1024 : Size), http.RequestAborted);
        }
    }

    public MixedLoad Start()
    {
        (string Kind, int Clients, Func<Task> Once)[] tempers =
        [
            ("large bodies", 3, () => EchoAsync(chunked: false)),
            ("chunked bodies", 2, () => EchoAsync(chunked: true)),
            ("slow readers", 3, DawdleAsync),
            ("left while reading", 2, LeaveReadingAsync),
            ("left while sending", 2, LeaveSendingAsync),
            ("small calls", 2, SmallAsync),
        ];
        _clients = Task.WhenAll(tempers.SelectMany(
            temper => Enumerable.Range(0, temper.Clients).Select(_ => Task.Run(() => RunAsync(temper.Kind, temper.Once)))));
        return this;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
        Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(string kind, Func<Task> once)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await once();
                _done.AddOrUpdate(kind, 1, (_, count) => count + 1);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
            {
                _failures.Enqueue($"{kind}: {error.Message} {error.InnerException?.Message}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private async Task EchoAsync(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _url + "/echo") { Content = new ByteArrayContent(Body) };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        if (!response.IsSuccessStatusCode || !answer.AsSpan().SequenceEqual(Body))
        {
            throw new InvalidDataException($"{response.StatusCode}, {answer.Length} bytes came back");
        }
    }

    private async Task SmallAsync()
    {
        var answer = await _http.GetByteArrayAsync(_url + "/small");
        if (answer.Length != 1024)
        {
            throw new InvalidDataException($"{answer.Length} bytes");
        }
    }

    // A megabyte in a hundred pieces, with pauses.
    private async Task DawdleAsync()
    {
        using var response = await _http.GetAsync(_url + "/large", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var (buffer, read) = (new byte[Size / 100], 0);
        for (var total = 0; (read = await body.ReadAsync(buffer)) > 0; total += read)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    // Disposing the response in the middle closes the connection.
    private async Task LeaveReadingAsync()
    {
        using var response = await _http.GetAsync(_url + "/large", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[10_000]);
    }

    private async Task LeaveSendingAsync()
    {
        using var leave = new CancellationTokenSource();
        using var content = new StreamContent(new HalfStream(Body, leave));
        content.Headers.ContentLength = Size;
        try
        {
            using var response = await _http.PostAsync(_url + "/echo", content, leave.Token);
            throw new InvalidDataException($"half a body was answered by {response.StatusCode}");
        }
        catch (Exception error) when (leave.IsCancellationRequested && error is not InvalidDataException)
        {
            // Meant: the client is gone.
        }
    }

    // Half of the bytes, then its client leaves.
    private sealed class HalfStream(byte[] bytes, CancellationTokenSource leave) : MemoryStream(bytes, 0, Size / 2)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                await leave.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return read;
        }
    }
}
