using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Tollgate.Flows.Harness;

/// <summary>What a backend received.</summary>
public sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A backend that records what it gets and answers as told.</summary>
public sealed class TestBackend : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private readonly bool _recordBodies;

    private TestBackend(WebApplication app, bool recordBodies)
    {
        _app = app;
        _recordBodies = recordBodies;
    }

    public string Url { get; private set; } = "";

    /// <summary>How the backend answers; 200 with a small JSON body at first.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http => http.Response.WriteAsJsonAsync(new { ok = true });

    public IReadOnlyList<Received> Requests => [.. _received];

    /// <summary>The only request since the last look.</summary>
    public Received TakeOnly()
    {
        Assert.True(_received.TryDequeue(out var request), "the backend got no request");
        Assert.Empty(_received);
        return request;
    }

    public void Forget() => _received.Clear();

    /// <param name="recordBodies">False leaves the body to <see cref="Answer"/>.</param>
    /// <param name="address">Where it listens.</param>
    public static async Task<TestBackend> StartAsync(bool recordBodies = true, string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{address}:0").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        var app = builder.Build();
        var backend = new TestBackend(app, recordBodies);
        app.Run(backend.HandleAsync);
        await app.StartAsync();
        backend.Url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return backend;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        var body = _recordBodies ? await new StreamReader(http.Request.Body).ReadToEndAsync() : "";
        _received.Enqueue(new Received(
            http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body));
        await Answer(http);
    }
}
