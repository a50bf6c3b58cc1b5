namespace Tollgate.Security.Fetch;

/// <summary>Nodes that can answer the same questions: the one that answered last is asked first, and when it cannot be reached the next one.</summary>
/// <param name="nodes">Scheme, host and port of each, in the order they are written; at least one.</param>
public sealed class NodesInTurn(IReadOnlyList<Uri> nodes)
{
    private const int Unavailable = 503;

    private int _first;

    public int Count => nodes.Count;

    /// <summary>The node to ask now.</summary>
    public Uri First => nodes[Volatile.Read(ref _first)];

    /// <summary>From now on the node after this one is asked first, unless another caller has seen to that already.</summary>
    public void Leave(Uri node)
    {
        var first = Volatile.Read(ref _first);
        if (nodes[first] == node)
        {
            Interlocked.CompareExchange(ref _first, (first + 1) % nodes.Count, first);
        }
    }

    /// <summary>Asks each node once until one takes the request.</summary>
    /// <remarks>
    /// Only a request that cannot have had an effect goes to another node: one that did not arrive, or was answered 503. Whoever sends a refresh
    /// token twice has used a token that is no longer good.
    /// </remarks>
    public async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, Func<Uri, HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (var left = nodes.Count - 1; ; left--)
        {
            var node = First;
            try
            {
                using var request = make(node);
                var response = await http.SendAsync(request, cancellation);
                if (left == 0 || (int)response.StatusCode != Unavailable)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // It may hang: whoever asks next had better ask another one.
                Leave(node);
                throw;
            }
            catch (Exception error) when (left > 0 && DidNotArrive(error, cancellation))
            {
                // The next one may.
            }

            Leave(node);
        }
    }

    // The client's own limit of time for a connection is a cancellation that nobody asked for.
    private static bool DidNotArrive(Exception error, CancellationToken cancellation) => error switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        } => true,
        OperationCanceledException { InnerException: TimeoutException } => !cancellation.IsCancellationRequested,
        _ => false,
    };
}
