namespace Tollgate.Gateway.Follow;

/// <summary>Where a gateway gets the token that it shows to the control plane.</summary>
/// <remarks>A gateway beside its control plane is handed one; a gateway alone logs in with the configured user.</remarks>
/// <param name="Get">A token that is good for some minutes.</param>
/// <param name="Forget">Called when a token was refused.</param>
public sealed record NodeTokenSource(Func<CancellationToken, Task<string>> Get, Action Forget);
