using System.Net;
using System.Net.Http.Headers;
using Tollgate.Security.Fetch;

namespace Tollgate.Gateway.Follow;

/// <summary>How a gateway reaches its control plane.</summary>
/// <param name="Nodes">The nodes that serve the runtime feed and answer for tokens.</param>
/// <param name="Http">A client that verifies the nodes' certificates.</param>
/// <param name="Tokens">The node token; one is good at all nodes.</param>
public sealed record ControlPlane(NodesInTurn Nodes, HttpMessageInvoker Http, NodeTokenSource Tokens)
{
    /// <summary>Sends a request with the node token, and once more with a fresh one when that had ended.</summary>
    /// <param name="make">Makes the request for a node.</param>
    /// <param name="cancellation">Ends all attempts.</param>
    internal async Task<HttpResponseMessage> SendAsync(Func<Uri, HttpRequestMessage> make, CancellationToken cancellation)
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

    private async Task<HttpResponseMessage> SendOnceAsync(Func<Uri, HttpRequestMessage> make, CancellationToken cancellation)
    {
        var token = await Tokens.Get(cancellation);
        return await Nodes.SendAsync(
            Http,
            node =>
            {
                var request = make(node);
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                return request;
            },
            cancellation);
    }
}
