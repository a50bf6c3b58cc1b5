using System.Net;
using System.Net.Http.Headers;

namespace Tollgate.Gateway.Follow;

/// <summary>How a gateway reaches its control plane.</summary>
/// <param name="BaseUrl">Scheme, host and port of a node that serves the runtime feed.</param>
/// <param name="Http">A client that verifies the node's certificate.</param>
/// <param name="Tokens">The node token.</param>
public sealed record ControlPlane(Uri BaseUrl, HttpMessageInvoker Http, NodeTokenSource Tokens)
{
    /// <summary>Sends a request with the node token, and once more with a fresh one when that had ended.</summary>
    internal async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        var response = await SendOnceAsync(make, cancellation);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        response.Dispose();
        Tokens.Forget();
        return await SendOnceAsync(make, cancellation);
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Tokens.Get(cancellation));
        return await Http.SendAsync(request, cancellation);
    }
}
