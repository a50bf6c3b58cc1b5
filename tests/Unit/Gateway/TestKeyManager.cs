using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Tollgate.Gateway.Follow;
using Tollgate.Model;
using Tollgate.Model.Runtime;
using Tollgate.Security.Fetch;
using Tollgate.Security.Secrets;

namespace Tollgate.Unit.Gateway;

/// <summary>A key manager that counts what it is asked.</summary>
internal sealed class TestKeyManager : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, RuntimeToken> _tokens = new();
    private int _questions;

    public TestKeyManager() => ControlPlane = new ControlPlane(
        new NodesInTurn([new Uri("https://key-manager.example")]), new HttpMessageInvoker(this),
        new NodeTokenSource(_ => Task.FromResult(NodeToken), () => NodeToken = "good"));

    public ControlPlane ControlPlane { get; }

    public int Questions => Volatile.Read(ref _questions);

    public bool IsAway { get; set; }

    public string NodeToken { get; set; } = "good";

    /// <summary>Answers wait for this.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    /// <summary>Issues an opaque token.</summary>
    public string Issue(Func<RuntimeToken, RuntimeToken>? more = null)
    {
        var text = Scene.Secrets.New(OpaqueKind.AccessToken);
        var token = new RuntimeToken(Scene.ConsumerKey, Scene.ConsumerKey, false, null, ["default"], Scene.Now - 100, Scene.Now + 100);
        _tokens[GeneratedSecret.Hash(text)] = more?.Invoke(token) ?? token;
        return text;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _questions);
        await Open;
        if (IsAway)
        {
            throw new HttpRequestException("nobody listens");
        }

        if (request.Headers.Authorization?.Parameter != "good")
        {
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        }

        return _tokens.TryGetValue(request.RequestUri!.Segments[^1], out var token)
            ? new HttpResponseMessage { Content = new StringContent(ModelJson.Write(token), Encoding.UTF8, "application/json") }
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
