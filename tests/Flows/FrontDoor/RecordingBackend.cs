using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Flows.Harness;

namespace Tollgate.Flows.FrontDoor;

/// <summary>A backend that numbers the requests it saw whole and answers each with its number and target.</summary>
public sealed class RecordingBackend : IAsyncDisposable
{
    public const string Number = "X-Number";
    public const string Target = "X-Target";

    private readonly ConcurrentDictionary<int, Received> _seen = new();
    private TestBackend _backend = null!;
    private int _last;

    public string Url => _backend.Url;

    /// <summary>What was seen, by number.</summary>
    public IReadOnlyDictionary<int, Received> Seen => _seen;

    public static async Task<RecordingBackend> StartAsync()
    {
        var recording = new RecordingBackend { _backend = await TestBackend.StartAsync() };
        recording._backend.Answer = recording.AnswerAsync;
        return recording;
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        var number = Interlocked.Increment(ref _last);
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _seen[number] = new Received(
            http.Request.Method, target,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), "");
        http.Response.Headers[Number] = number.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers[Target] = target;
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
