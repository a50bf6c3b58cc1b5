using System.Net;
using System.Net.Security;

namespace Tollgate.Security.Fetch;

/// <summary>What the guarded clients need of the outside.</summary>
/// <param name="Time">The clock of their patience.</param>
/// <param name="Resolve">The name server.</param>
/// <param name="Trusts">Decides about servers' certificates; null leaves it to the system.</param>
public sealed record OutboundWorld(
    TimeProvider Time, Func<string, CancellationToken, Task<IPAddress[]>> Resolve, RemoteCertificateValidationCallback? Trusts);

/// <summary>The guarded clients, one for each purpose: what an operator allows for one is not allowed for another.</summary>
public sealed class GuardedClients(OutboundOptions options, OutboundWorld world) : IDisposable
{
    /// <summary>For definitions that a publisher imports by URL.</summary>
    public GuardedClient DefinitionImport { get; } = new(new OutboundGuard(options.DefinitionImport), world, options.Timeout);

    /// <summary>For the test whether a backend answers.</summary>
    public GuardedClient EndpointTest { get; } = new(new OutboundGuard(options.EndpointTest), world, options.Timeout);

    /// <summary>For the keys and metadata of key managers.</summary>
    public GuardedClient Jwks { get; } = new(new OutboundGuard(options.Jwks), world, options.Timeout);

    /// <summary>For calls of the try-it console.</summary>
    public GuardedClient TryIt { get; } = new(new OutboundGuard(options.TryIt), world, options.Timeout);

    public void Dispose()
    {
        DefinitionImport.Dispose();
        EndpointTest.Dispose();
        Jwks.Dispose();
        TryIt.Dispose();
    }
}
