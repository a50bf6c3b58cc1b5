using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Tollgate.Eventing;
using Tollgate.Eventing.InProcess;
using Tollgate.Gateway;
using Tollgate.Gateway.Authenticate;
using Tollgate.Gateway.Listen;
using Tollgate.Gateway.Match;
using Tollgate.Gateway.Record;
using Tollgate.Gateway.Throttle;

namespace Tollgate.Micro;

/// <summary>What every call does, a benchmark each, with the bytes it may allocate.</summary>
internal sealed class HotTypes : IDisposable
{
    private const int Ok = 200;

    // The id of a call goes into a header of its answer, which is text: 21 characters and what a string needs around them.
    private const int BytesOfId = 72;

    // The dictionary here makes an enumerator each time; Kestrel's keeps one.
    private const int BytesOfEnumerator = 56;

    private readonly PublishedApi _api = new(TimeProvider.System.GetUtcNow());
    private readonly ServiceProvider _services;
    private readonly Exchange _exchange = new();
    private readonly RequestReader _reader = new();
    private readonly HttpRequestFeature _call = new() { Method = "GET", Protocol = "HTTP/1.1", RawTarget = "/petstore/1.0.0/pets/7?a=b" };
    private readonly byte[] _path = Encoding.ASCII.GetBytes("/petstore/1.0.0/pets/7%20a");
    private readonly byte[] _canonical = new byte[64];
    private readonly Window _window = new(0, 60_000);
    private readonly CorrelationIds _ids = new();
    private readonly Pipeline _pipeline;
    private readonly TokenCache _tokens;
    private readonly UsageBook _usage;
    private readonly GatewayMeters _meters;

    public HotTypes()
    {
        var gateway = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton(PublishedApi.Unreachable)
            .AddSingleton<Bus>(new InProcessBus());
        gateway.AddGateway(new GatewayOptions());
        _services = gateway.BuildServiceProvider();
        _pipeline = _services.GetRequiredService<Pipeline>();
        _tokens = _services.GetRequiredService<TokenCache>();
        _usage = _services.GetRequiredService<UsageBook>();
        _meters = _services.GetRequiredService<GatewayMeters>();
        Check(_api.Request);
        _call.Headers.Host = "localhost";
        _call.Headers.Authorization = "Bearer " + new string('t', 900);
    }

    public IReadOnlyList<Benchmark> Benchmarks =>
    [
        new("read a request", BytesOfEnumerator, Times(this, static hot =>
        {
            hot._reader.Read(hot._call);
            hot._reader.Release();
        })),
        new("canonical path", 0, Times(this, static hot => CanonicalPath.TryWrite(hot._path, hot._canonical, out _))),
        new("match context and operation", 0, Times(this, static hot =>
            hot._api.Snapshot.Routes.Find("localhost"u8, "/petstore/1.0.0/pets/7"u8, out var rest)!.Operations.Find(rest, 0))),
        new("find a token in the cache", 0, Times(this, static hot => hot._tokens.TryGet(hot._api.Token, out _))),
        new("reserve in a window", 0, Times(this, static hot => hot._window.TryReserve(1, long.MaxValue))),
        new("all checks of a call, token known", 0, Times(this, static hot => hot.Check(hot._api.Request))),
        new("all checks of a call, API key known", 0, Times(this, static hot => hot.Check(hot._api.RequestWithKey))),
        new("record a call", 0, Times(this, static hot =>
        {
            hot._usage.Record(hot._exchange, Ok);
            hot._meters.Answered(hot._exchange);
        })),
        new("id of a call", BytesOfId, Times(this, static hot => hot._ids.Next())),
    ];

    public void Dispose() => _services.Dispose();

    private void Check(in RequestView request)
    {
        _exchange.Begin(_api.Snapshot, "id", _api.Now, 0);
        if (_pipeline.Run(request, _exchange).Step != Step.Continue)
        {
            throw new UnreachableException("the call was refused");
        }
    }

    private static Action<int> Times(HotTypes hot, Action<HotTypes> operation) => times =>
    {
        for (var i = 0; i < times; i++)
        {
            operation(hot);
        }
    };
}
