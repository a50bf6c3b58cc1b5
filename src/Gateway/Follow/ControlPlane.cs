namespace Tollgate.Gateway.Follow;

/// <summary>How a gateway reaches its control plane.</summary>
/// <param name="BaseUrl">Scheme, host and port of a node that serves the runtime feed.</param>
/// <param name="Http">A client that verifies the node's certificate.</param>
/// <param name="Tokens">The node token.</param>
public sealed record ControlPlane(Uri BaseUrl, HttpMessageInvoker Http, NodeTokenSource Tokens);
