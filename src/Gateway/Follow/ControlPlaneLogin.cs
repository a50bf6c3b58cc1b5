using System.Net.Http.Headers;
using System.Text;
using Tollgate.Model.Runtime;
using Tollgate.Security.Fetch;

namespace Tollgate.Gateway.Follow;

/// <summary>Logs a gateway in with the configured user and keeps the token until it is nearly over.</summary>
public sealed class ControlPlaneLogin(NodesInTurn nodes, HttpMessageInvoker http, string user, string password, string node, TimeProvider time)
{
    // A token lives for 10 minutes; half of that leaves time for several attempts.
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(5);
    private const int MostTokenLength = 4096;

    private string? _token;
    private DateTimeOffset _renewAt;

    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        // The feed and questions about tokens ask at the same time, and either may forget.
        if (_token is { } known && time.GetUtcNow() < _renewAt)
        {
            return known;
        }

        using var response = await nodes.SendAsync(http, Request, cancellation);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"the control plane answered the node login with {(int)response.StatusCode}");
        }

        await response.Content.LoadIntoBufferAsync(MostTokenLength, cancellation);
        var token = await response.Content.ReadAsStringAsync(cancellation);
        _renewAt = time.GetUtcNow() + RenewAfter;
        _token = token;
        return token;
    }

    /// <summary>Forgets a token that was refused.</summary>
    public void Forget() => _token = null;

    private HttpRequestMessage Request(Uri controlNode)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(controlNode, $"{FeedNames.LoginPath}?node={Uri.EscapeDataString(node)}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return request;
    }
}
